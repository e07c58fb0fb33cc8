"""The directory: every filter of the contract, the right order, the right hour."""

from __future__ import annotations

from typing import Any

import pytest


def found(client: Any, query: str) -> list[dict[str, Any]]:
    """The services for a query."""
    answer = client.get(f"/api/services?{query}")
    assert answer.status_code == 200, answer.text
    body = answer.json()
    assert body["count"] == len(body["services"])
    services: list[dict[str, Any]] = body["services"]
    return services


def test_without_a_filter_all_that_is_there_emergency_first(client: Any, content: Any) -> None:
    """If this fails somebody has to search for 112."""
    services = found(client, "")
    assert services[0]["kind"] == "emergency"
    assert {one["id"] for one in services} == {key for key, one in content.services.items() if one.status != "ended"}


@pytest.mark.parametrize(
    ("query", "fits"),
    [
        ("kind=helpline", lambda one: one["kind"] == "helpline"),
        ("audience=men", lambda one: {"men", "everyone"} & set(one["audience"])),
        ("district=farsta", lambda one: {"farsta", "sverige", "stockholms-lan", "stockholms-stad"} & set(one["areas"])),
        ("district=Tensta", lambda one: {"jarva", "sverige", "stockholms-lan", "stockholms-stad"} & set(one["areas"])),
        ("language=en", lambda one: "en" in one["languages"]),
        ("anonymous=yes", lambda one: one["anonymous"] == "yes"),
        ("anonymous=true", lambda one: one["anonymous"] == "yes"),
        ("open_at=2027-06-25T02:00", lambda one: one["open_now"] is True),
        ("q=kvinnofridslinjen", lambda one: "kvinnofridslinjen" in str(one).casefold()),
        ("kind=&district=&q=", lambda one: True),
    ],
)
def test_each_filter_leaves_what_fits(client: Any, query: str, fits: Any) -> None:
    """If this fails somebody is sent to a service that is not for him or her."""
    services = found(client, query)
    assert services
    assert all(fits(one) for one in services)


@pytest.mark.parametrize(
    "query",
    ["kind=made-up", "audience=x", "district=Atlantis", "language=qq", "anonymous=maybe", "open_at=noon", "open_at=0001-01-01T00:00:00Z", "lang=xx",
     "q=" + "x" * 101, "lang=SV"],
)  # fmt: skip
def test_a_filter_that_means_nothing_is_said_so(client: Any, query: str) -> None:
    """If this fails a mistyped filter looks like "nobody helps"."""
    answer = client.get(f"/api/services?{query}")
    assert answer.status_code == 422
    assert answer.headers["content-type"] == "application/problem+json"


def test_no_address_of_a_confidential_service_is_told(client: Any, content: Any) -> None:
    """If this fails a shelter can be found by the person it protects from."""
    for key, service in content.services.items():
        if service.confidential:
            body = client.get(f"/api/services/{key}").json()
            assert [channel for channel in body["channels"] if channel["type"] == "visit"] == []


def test_a_former_number_is_told_beside_the_one_of_today(client: Any) -> None:
    """If this fails somebody with an old leaflet believes the line is gone."""
    line = client.get("/api/services/kvinnofridslinjen").json()
    assert line["former"] and line["former"] != line["phone"]
    assert line["phone_uri"].startswith("tel:")


def test_each_district_has_its_team_and_says_where_the_centre_is_not_known(client: Any, content: Any) -> None:
    """If this fails somebody asks at the wrong office."""
    body = client.get("/api/districts").json()
    assert body["count"] == len(content.districts) == 11
    for district in body["districts"]:
        assert district["rvt"]["id"] == content.districts[district["id"]].rvt
        assert (district["rvc"] is not None) == district["rvc_confirmed"]
        assert bool(district["note"]) != district["rvc_confirmed"]
        assert client.get(f"/api/districts/{district['id']}").json()["name"] == district["name"]
    assert client.get("/api/districts/atlantis").status_code == 404


def test_topics_come_in_their_order_with_labels(client: Any, content: Any) -> None:
    """If this fails a client cannot build its menu."""
    body = client.get("/api/topics?lang=en").json()
    assert [topic["id"] for topic in body["topics"]] == list(content.topics)
    assert all(topic["label"] for topic in body["topics"] if topic["group"] not in ("talk",))
