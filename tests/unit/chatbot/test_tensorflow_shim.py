"""What stands in for TensorFlow, and that it never pretends to work."""

from __future__ import annotations

import importlib

import pytest

from chatbot.tensorflow_shim import TensorFlowAbsent, install


@pytest.fixture(autouse=True)
def shim() -> None:
    install()


def test_rasa_can_be_imported_without_tensorflow() -> None:
    """If this breaks, the chatbot does not start at all."""
    importlib.import_module("rasa.core.agent")
    importlib.import_module("rasa.utils.train_utils")


def test_names_can_be_subclassed_but_not_used() -> None:
    """A neural component of rasa must fail loudly instead of answering nonsense."""
    keras = importlib.import_module("tensorflow.keras.layers")

    class Layer(keras.Layer):
        pass

    with pytest.raises(TensorFlowAbsent):
        Layer(3)


def test_a_decorator_leaves_the_function_alone() -> None:
    """rasa decorates functions with tf.function when it defines its components."""
    tensorflow = importlib.import_module("tensorflow")

    @tensorflow.function
    def three() -> int:
        return 3

    assert three() == 3
