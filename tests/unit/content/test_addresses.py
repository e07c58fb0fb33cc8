"""Pages with an address of their own."""

from __future__ import annotations

from pathlib import Path

from content.addresses import address_of, addresses
from content.load import load_content

ROOT = Path(__file__).resolve().parents[3]


def test_each_address_belongs_to_one_page_that_exists() -> None:
    """If this fails a link leads to nothing, or two pages lie on top of each other."""
    pages = load_content(ROOT).pages
    assert set(addresses()) <= set(pages)
    taken = [address_of(key) for key in pages]
    assert len(set(taken)) == len(taken)
    assert all(address == address.lower().strip("/") and " " not in address for address in taken)
