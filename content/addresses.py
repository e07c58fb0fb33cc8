"""Where a page lies on the site: at the name of its file, or at a more neutral one (addresses.yaml). The one place that site and API ask."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

import yaml

FILE = Path(__file__).with_name("addresses.yaml")


@lru_cache(maxsize=1)
def addresses() -> Mapping[str, str]:
    """The addresses that differ from the key, by key. They are read once: pages do not move while a program runs."""
    found: dict[str, str] = yaml.safe_load(FILE.read_text(encoding="utf-8"))
    return found


def address_of(key: str) -> str:
    """`hjalp/heder` -> `hjalp/familjen`; most pages lie at their key."""
    return addresses().get(key, key)
