"""Settles, on messages that neither has learnt, how far the network and the n-grams are believed. Only for making the network.

Topic: the probability is softmax(ngrams * n-gram scores + network * log-probabilities of the network), the two weights of least surprise.
Danger: logistic regression on the n-gram score and the network's logit.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
import numpy.typing as npt
from scipy.optimize import minimize

from chatbot.meaning.blend import topic_probabilities, urgency_probability
from chatbot.meaning.head import LinearHead
from chatbot.meaning.network import Network
from chatbot.meaning.ngrams import count_rows
from chatbot.network.messages import Lesson

Numbers = npt.NDArray[np.generic]
_COLUMNS = 1 << 18
_RIDGE = 0.5
URGENT, CALM = "urgent", "calm"


def settle(folder: Path, told: list[Lesson]) -> dict[str, object]:
    """Give the weights and what they reach on the messages kept out, per language, as plain data for about.json."""
    network = Network.load(folder)
    learnt, kept_out = [x for x in told if not x.kept_out], [x for x in told if x.kept_out]
    rows, tests = count_rows([x.text for x in learnt], _COLUMNS), count_rows([x.text for x in kept_out], _COLUMNS)
    by_topic = LinearHead.fit(rows, [x.topic for x in learnt], _RIDGE)
    by_danger = LinearHead.fit(rows, [URGENT if x.urgent else CALM for x in learnt], _RIDGE)
    grams = by_topic.scores(tests)[:, [by_topic.labels.index(t) for t in network.topics]]
    danger = by_danger.scores(tests)[:, by_danger.labels.index(URGENT)]
    read = [network.read(x.text) for x in kept_out]
    logits, own = np.array([scores for scores, _ in read]), np.array([score for _, score in read])
    wanted = np.array([network.topics.index(x.topic) for x in kept_out])
    urgent = np.array([x.urgent for x in kept_out], np.float64)

    def surprise(weights: Numbers) -> float:
        chance = topic_probabilities(grams, logits, float(weights[0]), float(weights[1]))[np.arange(len(wanted)), wanted]
        return float(-np.log(np.maximum(chance, 1e-9)).mean())

    def alarm(weights: Numbers) -> float:
        chance = np.clip(urgency_probability(danger, own, (float(weights[0]), float(weights[1]), float(weights[2]))), 1e-9, 1 - 1e-9)
        return float(-(urgent * np.log(chance) + (1 - urgent) * np.log(1 - chance)).mean())

    topic = minimize(surprise, np.array([10.0, 0.5]), method="Nelder-Mead").x
    second = minimize(alarm, np.array([4.0, 0.5, -2.0]), method="Nelder-Mead", options={"maxiter": 2000}).x
    both = topic_probabilities(grams, logits, float(topic[0]), float(topic[1])).argmax(1) == wanted
    locales = np.array([x.locale for x in kept_out])
    return {
        "trust": {"topic": [round(float(x), 3) for x in topic], "urgency": [round(float(x), 3) for x in second]},
        "kept_out": {
            locale: {"messages": int((locales == locale).sum()), "ngrams": _share(grams.argmax(1) == wanted, locales == locale),
                     "network": _share(logits.argmax(1) == wanted, locales == locale), "both": _share(both, locales == locale)}
            for locale in sorted(set(locales.tolist()))
        },
    }  # fmt: skip


def _share(right: Numbers, among: Numbers) -> float:
    return round(float(right[among].mean()), 3)
