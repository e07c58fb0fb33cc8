"""Puts together what the n-grams and the network say of a message. Pure. The weights are settled by chatbot/network/trust.py."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

Array = npt.NDArray[np.float32]


def topic_probabilities(grams: Array, logits: Array, by_grams: float, by_network: float) -> Array:
    """Give probabilities (messages, topics) from the n-grams' scores (about 0 to 1) and the network's logits, both (messages, topics)."""
    shifted = logits - logits.max(1, keepdims=True)
    certain = shifted - np.log(np.exp(shifted).sum(1, keepdims=True))
    mixed = np.float32(by_grams) * grams + np.float32(by_network) * certain
    exponents = np.exp(mixed - mixed.max(1, keepdims=True))
    return np.asarray(exponents / exponents.sum(1, keepdims=True), np.float32)


def urgency_probability(grams: Array, logits: Array, weights: tuple[float, float, float]) -> Array:
    """Give the probability of danger (messages,) from the n-grams' score and the network's logit. weights: of the two, and a constant."""
    value = np.float32(weights[0]) * grams + np.float32(weights[1]) * logits + np.float32(weights[2])
    return np.asarray(1 / (1 + np.exp(-value)), np.float32)
