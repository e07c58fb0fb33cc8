"""A small repository of Swedish texts, so that the tests of catalogues do not hang on what the portal says today."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from translations import checks, merge, status
from translations.entries import DOMAINS, Entry
from translations.locales import KNOWN
from translations.pofile import PoEntry, PoFile, catalog_text, po_path, pot_path, template_text, write_text
from translations.sources import SAFETY

#: The chat texts of the small repository: the first is a safety text.
TEXTS = (
    Entry("Ring {emergency} nu om du kan.", (SAFETY, "phrase: emergency.first")),
    Entry("Hej. Vad vill du ha hjälp med?", ("phrase: greeting",)),
    Entry("Jag vill prata med någon", ("topic: fri_yta",)),
)


@pytest.fixture
def repository(tmp_path: Path) -> Callable[..., Path]:
    """`repository(en=[...])` makes a root with templates and the catalogues given, and says where it is."""

    def make(texts: tuple[Entry, ...] = TEXTS, **catalogs: list[PoEntry]) -> Path:
        for domain in DOMAINS:
            write_text(pot_path(tmp_path, domain), template_text(texts if domain == "chat" else ()))
        for tag, entries in catalogs.items():
            write_text(po_path(tmp_path, tag, "chat"), catalog_text(tag, PoFile(tuple(entries))))
        return tmp_path

    return make


@pytest.fixture
def not_offered(monkeypatch: pytest.MonkeyPatch) -> str:
    """The tag of a language that is known and not offered, whatever locales.yaml says today."""
    known = {tag: replace(locale, offered=tag != "fi" and locale.offered) for tag, locale in KNOWN.items()}
    for module in (checks, merge, status):
        monkeypatch.setattr(module, "KNOWN", known)
    return "fi"
