"""The directory as Open Referral HSDS 3.0: valid against the standard's own schemas, stable, without a secret place."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from api import hsds_records as records

SCHEMAS = Path(__file__).resolve().parents[4] / "shared" / "hsds"
needs_schemas = pytest.mark.skipif(not SCHEMAS.is_dir(), reason=f"the standard's schemas are not at {SCHEMAS}")


def faults(name: str, record: dict[str, Any]) -> list[str]:
    """What the standard finds wrong with a record."""
    schema = json.loads((SCHEMAS / f"{name}.json").read_text(encoding="utf-8"))
    return [f"{list(error.path)}: {error.message[:200]}" for error in Draft202012Validator(schema).iter_errors(record)]


@needs_schemas
@pytest.mark.parametrize(
    ("path", "schema"),
    [("services", "service_list"), ("organizations", "organization_list"), ("service_at_locations", "service_at_location_list")],
)
def test_listings_are_valid(path: str, schema: str, client: Any) -> None:
    """If this fails other cities' systems cannot read ours."""
    body = client.get(f"/hsds/{path}?per_page=500").json()
    assert body["size"] == body["total_items"] == len(body["contents"]) > 10
    for record in body["contents"]:
        assert faults(schema, record) == []


@needs_schemas
def test_a_whole_service_is_valid(client: Any, content: Any) -> None:
    """If this fails other cities' systems cannot read phones and hours."""
    for key in ("kvinnofridslinjen", "nodnummer-112", "bris", "terrafem", "rvc", "polisen-114-14"):
        body = client.get(f"/hsds/services/{records.hsds_id('service', key)}").json()
        assert faults("service", body) == [], key


def test_pages_of_a_listing_go_on_and_end(client: Any) -> None:
    """If this fails a system that copies the directory misses services or never stops."""
    seen: list[str] = []
    page = 1
    while True:
        body = client.get(f"/hsds/services?per_page=7&page={page}").json()
        seen += [one["id"] for one in body["contents"]]
        assert body["first_page"] == (page == 1) and body["page_number"] == page
        if body["last_page"]:
            break
        page += 1
    assert len(seen) == len(set(seen)) == body["total_items"]
    assert client.get("/hsds/services?page=9999").json()["empty"] is True
    assert client.get("/hsds/services?page=0").status_code == 422
    assert client.get("/hsds/services/none").status_code == 404


def test_ids_never_change() -> None:
    """If this fails every copy of the directory elsewhere gets all services twice."""
    assert records.hsds_id("service", "kvinnofridslinjen") == "000f3b66-f05c-5b2e-8a04-f5b613872cfb"


def test_a_confidential_service_has_no_place(content: Any) -> None:
    """If this fails a shelter's address goes out to every system that copies ours."""
    helpline = content.services["akutmottagning-valdtagna"]
    visit = helpline.channels_of("visit")[0].model_copy(update={"value": "Kanariegatan 1"})
    for secret in (False, True):
        service = helpline.model_copy(update={"channels": [visit], "confidential": secret})
        told = json.dumps(records.full_service(service, replace(content, services={service.id: service})), ensure_ascii=False)
        assert ("Kanariegatan" in told) is not secret


def test_the_table_has_the_same_services_in_the_same_order(client: Any, content: Any) -> None:
    """If this fails a spreadsheet made from it yesterday does not fit today's."""
    answer = client.get("/hsds/services.csv")
    rows = list(csv.DictReader(io.StringIO(answer.text)))
    assert tuple(rows[0]) == records.COLUMNS
    assert [row["id"] for row in rows] == [records.hsds_id("service", key) for key in sorted(content.services)]
