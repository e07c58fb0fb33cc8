"""Districts lead to services that exist, and no name leads to two districts unawares."""

from __future__ import annotations

from content.checks.references import unknown
from content.districts import fold, lookup_table
from content.errors import Problem
from content.load import Content


def check(content: Content) -> list[Problem]:
    """Services of districts, and names that lie in several districts without being called `shared` in each."""
    problems: list[Problem] = []
    for key, district in content.districts.items():
        source = content.files[("district", key)]
        problems += unknown(source, ("administration",), "service", district.administration, content.services)
        problems += unknown(source, ("rvt",), "service", district.rvt, content.services)
        if district.rvc.service is not None:
            problems += unknown(source, ("rvc", "service"), "service", district.rvc.service, content.services)
    shared = {fold(name) for district in content.districts.values() for name in district.shared}
    for name, ids in lookup_table(content.districts).items():
        if len(ids) > 1 and name not in shared:
            source = content.files[("district", ids[0])]
            problems.append(
                source.problem((), f"`{name}` leads to {' and '.join(ids)}", "move it to `shared` in each of them")
            )
    return problems
