"""Where one lives, however it is written, leads to the right district - or honestly to none."""

from __future__ import annotations

from pathlib import Path

import pytest

from content.districts import find_district, find_districts, fold, lookup_table
from content.load import read_content

DISTRICTS = read_content(Path(__file__).parents[3])[0].districts


@pytest.mark.parametrize(
    ("text", "district"),
    [
        ("Tensta", "jarva"),
        ("jag bor i rinkeby", "jarva"),
        ("Rinkeby-Kista", "jarva"),
        ("SPÅNGA TENSTA", "jarva"),
        ("Norrmalm", "norra-innerstaden"),
        ("ostermalm", "norra-innerstaden"),
        ("Hägersten-Liljeholmen", "hagersten-alvsjo"),
        ("alvsjo", "hagersten-alvsjo"),
        ("Soedermalm", "sodermalm"),
        ("Södermalms stadsdelsförvaltning", "sodermalm"),
        ("Hammarby sjöstad", "sodermalm"),
        ("hammarbyhojden", "skarpnack"),
        ("Skarholmn", "skarholmen"),
        ("Tesnta", "jarva"),
        ("تنستا", "jarva"),
        ("أسكن في شيستا", "jarva"),
        ("در رینکبی زندگی می‌کنم", "jarva"),
        ("فارستا", "farsta"),
        ("Shista", "jarva"),
        ("enskede", "enskede-arsta-vantor"),
        ("Enskededalen", "skarpnack"),
    ],
)
def test_finds_the_district(text: str, district: str) -> None:
    """If this fails, somebody who writes where they live is told that there is no such place, or is sent elsewhere."""
    found = find_district(text, DISTRICTS)
    assert found is not None
    assert found.id == district


@pytest.mark.parametrize(
    "text",
    [
        "",
        "ja",
        "vet inte",
        "hemma",
        "Solna",
        "Sundbyberg",
        "Huddinge",
        "Vårby",
        "Märsta",
        "Nacka",
        "Botkyrka",
        "första",
        "Lidingö",
        "🙂",
    ],
)
def test_other_places_and_words_lead_nowhere(text: str) -> None:
    """If this fails, somebody from another municipality, or who named no place, is sent to a team that cannot help."""
    assert find_district(text, DISTRICTS) is None


def test_a_place_in_two_districts_is_asked_about() -> None:
    """If this fails, half of those who live in such a place are sent to the wrong team."""
    assert [found.id for found in find_districts("Svedmyra", DISTRICTS)] == ["enskede-arsta-vantor", "farsta"]
    assert len(find_districts("bor i farsta, jobbar i kista", DISTRICTS)) == 2


def test_every_listed_name_is_found() -> None:
    """If this fails, a name stands in the list but nobody who writes it gets an answer."""
    table = lookup_table(DISTRICTS)
    for district in DISTRICTS.values():
        for name in district.names():
            assert table[fold(name)] == (district.id,), name
            assert find_district(name.upper(), DISTRICTS) == district


def test_centres_are_never_guessed() -> None:
    """If this fails, a person is sent to a centre that may not serve where they live."""
    pairs = {key: district.rvc.service for key, district in DISTRICTS.items()}
    assert len(pairs) == 11
    assert {key: value for key, value in pairs.items() if value} == {
        "sodermalm": "rvc-innerstaden",
        "enskede-arsta-vantor": "rvc-sydost",
        "skarholmen": "rvc-sydvast",
        "hagersten-alvsjo": "rvc-sydvast",
        "jarva": "rvc-vast",
    }
