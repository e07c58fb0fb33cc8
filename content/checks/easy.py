"""Easy read: short sentences. A person who reads slowly loses the thread in a long one.

The limit is a house rule in the spirit of the guidelines for easy-read Swedish (short sentences, one thought in each).
"""

from __future__ import annotations

import re

from content.checks.pieces import pieces
from content.errors import Problem
from content.load import Content

EASY_MAX_WORDS = 15

_WORD = re.compile(r"\{[^{}]*\}|[^\W_][\w'’-]*")


def check(content: Content) -> list[Problem]:
    """Sentences of easy-read pages and answers that are too long."""
    problems = []
    for piece in pieces(content):
        if not piece.easy:
            continue
        for sentence in piece.sentences():
            words = len(_WORD.findall(sentence))
            if words > EASY_MAX_WORDS:
                line = piece.line + piece.text.count("\n", 0, max(piece.text.find(sentence[:30]), 0))
                problems.append(
                    Problem(
                        piece.source.path,
                        line,
                        f"an easy-read sentence has {words} words: {sentence[:50]}…",
                        f"cut it into sentences of at most {EASY_MAX_WORDS} words",
                    )
                )
    return problems
