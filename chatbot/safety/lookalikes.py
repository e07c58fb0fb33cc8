"""Writes rules/ordinary.txt, the words that look like a word of danger and are none: ``python -m chatbot.safety.lookalikes [word lists]``.

To be run when words were added to the rules or a language to the project. Looks through the project's own texts (training messages, sentence pairs,
catalogues) and through any word lists given, one word a line, and keeps the words that typing tolerance would read as a word of the rules.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

from chatbot.safety.net import ORDINARY, RULES, ordinary_words, read_net
from chatbot.safety.tokens import words_of

_ROOT = Path(__file__).parents[2]
_TEXTS = ("chatbot/data/nlu/*/*.yml", "chatbot/data/pairs/*.tsv", "translations/*/LC_MESSAGES/*.po", "content/answers/*.yaml", "content/pages/**/*.md")
_OFTEN = 3  # a word seen less often in messages may be a slip itself
_HEADER = """# Words that look like a word of danger and are none: typing tolerance leaves them alone. Written by python -m chatbot.safety.lookalikes from the
# project's own texts and the most frequent Swedish, English and Arabic words of wordfreq 3 (CC BY-SA 4.0); words written in by hand stay.
# A word with - before it is a slip, however often people make it: it never gets into the list.
"""


def project_words(root: Path) -> set[str]:
    """Give the words that the project's texts use at least three times."""
    seen: Counter[str] = Counter()
    for pattern in _TEXTS:
        for path in sorted(root.glob(pattern)):
            seen.update(words_of(path.read_text(encoding="utf-8")))
    return {word for word, times in seen.items() if times >= _OFTEN}


def lookalikes(words: Iterable[str]) -> Iterator[str]:
    """Give those words that the rules would read as another word, in order."""
    spelling = read_net(RULES, ordinary=()).matcher.spelling
    for word in sorted(set(words)):
        if word not in spelling.words and not word.isdigit() and spelling.near(word):
            yield word


def main() -> None:
    """Write the list anew; what stands in it stays."""
    listed = {word for name in sys.argv[1:] for line in Path(name).read_text(encoding="utf-8").split() for word in words_of(line)}
    slips = [line for line in (RULES / ORDINARY).read_text(encoding="utf-8").splitlines() if line.startswith("-")]
    words = {*ordinary_words(RULES), *listed, *project_words(_ROOT)} - {line.removeprefix("-").strip() for line in slips}
    found = list(lookalikes(words))
    (RULES / ORDINARY).write_text(_HEADER + "\n".join([*slips, *found]) + "\n", encoding="utf-8")
    print(f"{len(found)} words in {ORDINARY}")


if __name__ == "__main__":
    main()
