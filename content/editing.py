"""Writes into service files without losing their comments: recording a live check, and the first form of a new service."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml
from ruamel.yaml import YAML

LABELS = (
    "free",
    "on_bill",
    "in_call_log",
    "anonymous",
    "reports_children",
    "register_first",
    "face_visible",
    "interpreter",
)


def service_file(root: Path, service_id: str) -> Path:
    """Give the file of a service under the repository root."""
    return root / "content" / "services" / f"{service_id}.yaml"


def record_check(path: Path, place: str, by: str, day: dt.date) -> None:
    """Write `checked: {by, date}` beside the fact at a place named as `content.freshness.Fact` does (`channels.0.hours`, `text_date` …).

    Raises KeyError or IndexError when the file has no such place.
    """
    reader = YAML()
    reader.preserve_quotes = True
    reader.width = 4096
    data: Any = reader.load(path)
    node = data
    steps = place.removesuffix("value").removesuffix("text_date").split(".")
    for step in filter(None, steps):
        node = node[int(step)] if step.isdigit() else node[step]
    node["checked"] = {"by": by, "date": day}
    with path.open("w", encoding="utf-8") as out:
        reader.dump(data, out)


def draft_service(answers: Mapping[str, str]) -> str:
    """Give the text of a new service file; what was not asked is unknown, null or empty."""
    seen = {"sources": [answers["source"]], "text_date": answers["text_date"], "confidence": "page-seen"}
    phone: dict[str, Any] = {
        "type": "phone",
        "value": answers["phone"],
        "languages": [],
        "labels": dict.fromkeys(LABELS, "unknown"),
        "seen": seen,
        "checked": None,
    }
    data = {
        "id": answers["service_id"], "kind": answers["kind"], "name": answers["name"], "alternate_names": [],
        "organization": answers["organization"], "status": "active", "period": None, "part_of": None, "see": [],
        "summary": answers["summary"], "description": answers["summary"], "eligibility": None, "way_in": answers["way_in"],
        "cost": None, "note": None, "accessibility": [], "audience": [answers["audience"]], "minimum_age": None, "maximum_age": None,
        "areas": ["stockholms-stad"], "anonymous": "unknown", "confidential": False, "url": None,
        "channels": [phone] if answers["phone"] else [], "sources": [answers["source"]], "text_date": answers["text_date"],
        "confidence": "page-seen", "checked": None, "verify": ["Allt i den här filen: den är ny."],
    }  # fmt: skip
    return yaml.safe_dump(data, allow_unicode=True, sort_keys=False, width=140)
