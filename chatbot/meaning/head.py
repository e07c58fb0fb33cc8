"""A linear head on the space of meaning: probabilities of labels for a vector. Trained by `rasa train`, in seconds."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
from sklearn.linear_model import LogisticRegression

Array = npt.NDArray[np.float32]


@dataclass(frozen=True)
class LinearHead:
    """labels in the order of the rows of weights (labels, dimensions) and bias. temperature: above 1 makes probabilities milder."""

    labels: tuple[str, ...]
    weights: Array
    bias: Array
    temperature: float = 1.0

    @classmethod
    def fit(cls, vectors: Array, labels: Sequence[str], strength: float, temperature: float, balanced: bool = False) -> LinearHead:
        """Fit a multinomial logistic regression. strength: scikit-learn's C. balanced: weigh rare labels up."""
        model = LogisticRegression(C=strength, max_iter=400, class_weight="balanced" if balanced else None)
        model.fit(vectors, np.asarray(labels))
        weights, bias = model.coef_, model.intercept_
        if len(model.classes_) == 2:
            weights, bias = np.vstack([-weights, weights]) / 2, np.concatenate([-bias, bias]) / 2
        return cls(tuple(str(c) for c in model.classes_), weights.astype(np.float32), bias.astype(np.float32), temperature)

    def probabilities(self, vectors: Array) -> Array:
        """Give an array (len(vectors), labels) whose rows sum to one."""
        scores = (vectors @ self.weights.T + self.bias) / np.float32(self.temperature)
        scores = np.exp(scores - scores.max(1, keepdims=True))
        return np.asarray(scores / scores.sum(1, keepdims=True), np.float32)

    def save(self, path: Path) -> None:
        """Write the head as .npz."""
        np.savez_compressed(
            path, labels=np.array(self.labels), weights=self.weights, bias=self.bias, temperature=np.float32(self.temperature)
        )

    @classmethod
    def load(cls, path: Path) -> LinearHead:
        """Read what ``save`` wrote."""
        with np.load(path) as data:
            return cls(tuple(str(x) for x in data["labels"]), data["weights"], data["bias"], float(data["temperature"]))
