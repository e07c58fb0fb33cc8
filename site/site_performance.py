"""The page "how it performs": a table and plots of what `make bench` measured last (site/performance.json). Reads one file, draws plain SVG."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from jinja2 import Environment
from markupsafe import Markup
from site_words import said_date


def N_(text: str) -> str:  # gettext's name for it
    """Marks a text for the extraction of interface strings (site_refs has the same; it imports the cards, which import this)."""
    return text


RESULT = Path(__file__).with_name("performance.json")
#: What is shown of the measured figures, in order, with its name; the rest is for docs/operating.md.
NAMES: Mapping[str, str] = {
    "messages": N_("Meddelanden i sekunden"),
    "median": N_("Tid för ett svar"),
    "processor": N_("Datortid för ett meddelande"),
    "memory": N_("Minne"),
    "start": N_("Tid att starta"),
    "first_paint": N_("Tid tills något syns på en långsam mobil"),
    "readable": N_("Tid till nödraden på en långsam mobil"),
    "first_bytes": N_("Vikt vid första besöket"),
    "weight_emergency": N_("Den tyngsta akutsidan"),
    "crowd_95": N_("95 av 100 svar när 200 skriver samtidigt"),
    "rehearsal_failed": N_("Fel medan datorer byts ut under samtal"),
}
_WIDTH, _BAR, _GAP = 300, 14, 8


@dataclass(frozen=True)
class Line:
    """A row of the table: figures as they are shown, and how many times better ours is."""

    name: Markup
    ours: str
    peer: str
    ratio: str
    measured: str


def show(environment: Environment, tag: str, say: Any) -> Markup:
    """The table and the plots, in the reader's language. Raises nothing while the file is whole; without it a line says that nothing was measured."""
    result = json.loads(RESULT.read_text(encoding="utf-8")) if RESULT.is_file() else {"rows": [], "plots": {}}
    rows = {row["what"]: row for row in result["rows"]}
    shown = [(rows[what], say(name)) for what, name in NAMES.items() if what in rows]
    lines = [
        Line(name, figure(row["ours"], row["unit"]), f"{figure(row['peer'], row['unit'])} ({row['peer_name']})" if row["peer"] else "",
             f"{row['ratio']:.1f}" if row["ratio"] else "", f"{said_date(row['date'], tag)}, {row['machine']}")
        for row, name in shown
    ]  # fmt: skip
    ratios = [row["ratio"] for row, _ in shown if row["ratio"]]
    html = environment.get_template("partials/performance.html").render(
        lines=lines, bars=bars(ratios), memory=curve(result["plots"].get("memory", []))
    )
    return Markup(html)  # our own template, which escapes what it is given


def figure(value: float, unit: str) -> str:
    """Three figures that count, with the unit behind a space that does not break."""
    rounded = f"{value:.0f}" if abs(value) >= 100 or value == int(value) else f"{value:.3g}"
    return f"{rounded}\u00a0{unit}".strip()


def bars(ratios: Sequence[float]) -> Markup:
    """How many times better, one bar a row of the table that has a peer, on a scale where ten times is one step."""
    most = max([math.log10(one) for one in ratios if one > 0] + [1.0])
    parts = []
    for number, one in enumerate(ratios):
        top, width = number * (_BAR + _GAP), max(2.0, max(0.0, math.log10(one)) / most * (_WIDTH - 60))
        parts.append(f'<rect x="0" y="{top}" width="{width:.1f}" height="{_BAR}" rx="2" fill="currentColor" opacity=".55"/>')
        parts.append(f'<text x="{width + 6:.1f}" y="{top + _BAR - 3}" font-size="12" fill="currentColor">{one:.1f}</text>')
    return _svg("".join(parts), max(1, len(ratios)) * (_BAR + _GAP)) if ratios else Markup("")


def curve(points: Sequence[Sequence[float]]) -> Markup:
    """Memory over the minutes of mixed load, from zero up, so that growth looks as large as it is."""
    if len(points) < 2:
        return Markup("")
    last, most = points[-1][0] or 1.0, max(size for _, size in points) * 1.1
    path = " ".join(f"{minute / last * (_WIDTH - 60):.1f},{100 - size / most * 90:.1f}" for minute, size in points)
    axis = f'<path d="M0 10V100H{_WIDTH - 60}" fill="none" stroke="currentColor" opacity=".4"/>'
    said = f'<text x="{_WIDTH - 55}" y="{104 - points[-1][1] / most * 90:.1f}" font-size="12" fill="currentColor">{points[-1][1]:.0f} MB</text>'
    said += f'<text x="{_WIDTH - 60}" y="116" font-size="12" text-anchor="end" fill="currentColor">{last:.0f} min</text>'
    return _svg(f'{axis}<polyline points="{path}" fill="none" stroke="currentColor" stroke-width="2"/>{said}', 120)


def _svg(inside: str, height: int) -> Markup:
    """Hidden from screen readers: the table says the same."""
    head = f'<svg viewBox="0 0 {_WIDTH} {height}" width="100%" height="{height}" direction="ltr" aria-hidden="true" focusable="false">'
    return Markup(f"{head}{inside}</svg>")  # numbers of ours only
