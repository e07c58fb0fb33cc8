"""Open, closed or not known, as the browser says it: the script against content.hours, minute for minute, in another zone of the world."""

from __future__ import annotations

import datetime as dt
import json

import pytest
from playwright.sync_api import Browser
from site_context import ROOT
from site_directory_hours import encoded, window_of

from content.hours import STOCKHOLM, state_at
from content.models import Hours

pytestmark = pytest.mark.browser

SEEN = {"sources": ["https://example.org/"], "text_date": "2026-01-01", "confidence": "page-seen"}
LINES = [
    Hours.model_validate({"seen": SEEN, **fields})
    for fields in (
        {"weekly": [{"days": "mon-fri", "opens": "9:00", "closes": "15:00"}]},
        {"weekly": [{"days": "daily", "opens": "20:00", "closes": "2:00"}], "holidays": "open"},
        {"weekly": [{"days": "mon-sat", "opens": "9:00", "closes": "21:00"}, {"days": ["sun"], "opens": "12:00", "closes": "16:00"}], "holidays": "sunday"},
        {"always": True},
    )
]
WORDS = {
    "days": "måndag|tisdag|onsdag|torsdag|fredag|lördag|söndag", "open": "Öppet nu", "closed": "Stängt nu", "unknown": "Vi vet inte om det är öppet just nu.",
    "closes-in": "Stänger om {time}.", "opens-in": "Öppnar om {time}.", "closes": "Stänger klockan {time}.", "opens": "Öppnar klockan {time}.",
    "closes-day": "Stänger {day} klockan {time}.", "opens-day": "Öppnar {day} klockan {time}.",
}  # fmt: skip
#: The script's clock is set and its tick called by hand; what it says is read from the page.
ASK = """(moments) => moments.map((moment) => { Date.now = () => moment; window.ticks.forEach((tick) => tick());
  return Array.from(document.querySelectorAll('.now'), (place) => [place.className.split(' ')[1], place.textContent]); })"""


def said(chromium: Browser, moments: list[dt.datetime], zone: str) -> list[list[list[str]]]:
    window = window_of(moments[0].astimezone(STOCKHOLM).date())
    codes = [encoded(line, window) for line in LINES]
    words = "".join(f' data-{name}="{value}"' for name, value in WORDS.items())
    page = chromium.new_context(timezone_id=zone, locale="sv-SE").new_page()
    page.set_content(
        f"<!doctype html><html lang=sv><template id=directory-words{words}></template>" + "".join(f"<p class=now data-hours='{code}'></p>" for code in codes)
    )
    page.evaluate("() => { window.ticks = []; window.setInterval = (tick) => window.ticks.push(tick); }")
    page.add_script_tag(path=str(ROOT / "site" / "assets" / "directory.js"))
    found: list[list[list[str]]] = page.evaluate(ASK, [moment.timestamp() * 1000 for moment in moments])
    page.context.close()
    return found


@pytest.mark.parametrize(
    ("month", "zone"), [("2026-12-01", "Asia/Tehran"), ("2027-03-01", "America/New_York"), ("2027-06-01", "Europe/Stockholm"), ("2027-10-01", "Africa/Mogadishu")]
)
def test_script_says_what_the_hours_say(month: str, zone: str, chromium: Browser) -> None:
    """A phone set to another country's time sends somebody to a closed door."""
    start = dt.datetime.fromisoformat(month).replace(tzinfo=STOCKHOLM).astimezone(dt.UTC)
    moments = [start + dt.timedelta(minutes=97 * step) for step in range(700)]
    for moment, answers in zip(moments, said(chromium, moments, zone), strict=True):
        assert [answer[0] for answer in answers] == [state_at(line, moment).state for line in LINES], moment.astimezone(STOCKHOLM).isoformat()


@pytest.mark.parametrize(
    ("at", "line", "words"),
    [
        ("2027-06-24T14:40", 0, "Öppet nu Stänger om 20 minuter."),
        ("2027-06-24T10:00", 0, "Öppet nu Stänger klockan 15:00."),
        ("2027-06-24T15:00", 0, "Stängt nu Öppnar måndag klockan 09:00."),  # midsummer's eve and day: nobody has said
        ("2027-06-25T10:00", 0, "Vi vet inte om det är öppet just nu. Öppnar måndag klockan 09:00."),
        ("2027-06-25T02:00", 1, "Stängt nu Öppnar klockan 20:00."),
        ("2027-06-25T01:00", 1, "Öppet nu Stänger om 60 minuter."),
        ("2027-06-25T23:00", 1, "Öppet nu Stänger klockan 02:00."),
        ("2026-12-24T10:00", 2, "Stängt nu Öppnar klockan 12:00."),  # Christmas Eve is kept as a Sunday here
        ("2027-06-25T02:00", 3, "Öppet nu "),
    ],
)
def test_words_checked_by_hand(at: str, line: int, words: str, chromium: Browser) -> None:
    """It says open, and closes in a minute."""
    moment = dt.datetime.fromisoformat(at).replace(tzinfo=STOCKHOLM)
    [answers] = said(chromium, [moment], "Asia/Tehran")
    assert answers[line][1].replace("\u2066", "").replace("\u2069", "").replace("\u00a0", " ") == words


def test_after_the_months_it_knows_it_says_that_it_does_not_know(chromium: Browser) -> None:
    """A site nobody has built for a year still says "open"."""
    start = dt.datetime(2026, 12, 1, 12, tzinfo=STOCKHOLM)
    answers = said(chromium, [start, start + dt.timedelta(days=400)], "Europe/Stockholm")[1]
    assert [answer[0] for answer in answers] == ["unknown", "unknown", "unknown", "open"]
    assert json.dumps(answers[0][1], ensure_ascii=False).strip('" ') == WORDS["unknown"]
