"""Runs rasa's graph node after node, in an order worked out once, instead of handing every message to dask to schedule.

rasa's own runner builds a dask graph, orders it and walks it anew three times a message, for a chain of a dozen nodes that never changes. The nodes
are rasa's own, called as rasa calls them; only the scheduling is gone. tests/unit/chatbot/test_straight_runner.py holds both against each other.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

#: A node with the names of those whose output it takes.
Step = tuple[str, Any, tuple[str, ...]]


class StraightRunner:
    """Stands where rasa's ``GraphRunner`` stood: ``run(inputs, targets)``. Holds nothing of a run."""

    def __init__(self, schema: Any, nodes: Mapping[str, Any], targets: Sequence[str]) -> None:
        """`schema` is rasa's ``GraphSchema``, `nodes` its nodes with their loaded components, `targets` what will be asked for."""
        self._orders = {target: tuple(_in_order(schema.minimal_graph_schema([target]), nodes, target)) for target in targets}

    @classmethod
    def instead_of(cls, processor: Any) -> StraightRunner:
        """One with the nodes of a loaded ``MessageProcessor``'s runner, for what the processor asks of it."""
        metadata, runner = processor.model_metadata, processor.graph_runner
        return cls(runner._graph_schema, runner._instantiated_nodes, [metadata.nlu_target, metadata.core_target])

    def run(self, inputs: Mapping[str, Any] | None = None, targets: Sequence[str] | None = None) -> dict[str, Any]:
        """Give the output of each target. Raises what a node raises, and ``KeyError`` for a target or an input that nobody named."""
        given = dict(inputs or {})
        results: dict[str, Any] = {}
        for target in targets or self._orders:
            done = dict(given)
            for name, node, needs in self._orders[target]:
                done[name] = node(*[(need, done[need]) for need in needs])[1]
            results[target] = done[target]
        return results


def _in_order(schema: Any, nodes: Mapping[str, Any], target: str) -> list[Step]:
    """The nodes that the target needs, each after those whose output it takes; names that are no node are inputs of a run."""
    steps: list[Step] = []
    seen: set[str] = set()

    def visit(name: str) -> None:
        if name in seen or name not in schema.nodes:
            return
        seen.add(name)
        needs = tuple(schema.nodes[name].needs.values())
        for need in needs:
            visit(need)
        steps.append((name, nodes[name], needs))

    visit(target)
    return steps
