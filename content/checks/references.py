"""Every id that one file says of another must exist: services, topics, areas, languages."""

from __future__ import annotations

import difflib
from collections.abc import Collection

from content.errors import Problem
from content.load import Content
from content.models.vocabulary import LANGUAGES, WIDE_AREAS
from content.source import Source
from content.yaml_lines import Loc


def unknown(source: Source, loc: Loc | str, what: str, value: str, known: Collection[str]) -> list[Problem]:
    """A problem if `value` is not among the known ids, with the nearest one as advice."""
    if value in known:
        return []
    # A slip seldom changes both ends of an id; looking only at such ids keeps thousands of services quick.
    alike = sorted(each for each in known if each[:3] == value[:3] or each[-3:] == value[-3:])
    near = difflib.get_close_matches(value, alike, 1)
    mend = f"did you mean `{near[0]}`?" if near else f"write an existing {what}, or make it first"
    return [source.problem(loc, f"there is no {what} `{value}`", mend)]


def check(content: Content) -> list[Problem]:
    """Offers of topics, and ids, areas and languages in services."""
    problems: list[Problem] = []
    for key, topic in content.topics.items():
        source = content.files[("topic", key)]
        for index, offer in enumerate(topic.offers):
            problems += unknown(source, ("offers", index), "service", offer, content.services)
    for service in content.services.values():
        source = content.files[("service", service.id)]
        if service.part_of is not None:
            problems += unknown(source, ("part_of",), "service", service.part_of, content.services)
        for index, other in enumerate(service.see):
            problems += unknown(source, ("see", index), "service", other, content.services)
        for index, area in enumerate(service.areas):
            problems += unknown(source, ("areas", index), "area", area, WIDE_AREAS | content.districts.keys())
        for number, channel in enumerate(service.channels):
            for index, tag in enumerate(channel.languages):
                problems += unknown(source, ("channels", number, "languages", index), "language", tag, LANGUAGES)
    return problems
