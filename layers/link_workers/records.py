"""Plans and rules as plain JSON, so that they can be kept and read again."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Any

from layers.link_workers.core import Cluster, Plan, Rules, Urn


def plan_record(plan: Plan) -> dict[str, Any]:
    """Return a plan in JSON's types."""
    return {
        "clusters": [
            {
                "post": one.post, "area": one.area, "schools": list(one.schools), "load_hours": one.load_hours,
                "km": one.km, "handed_over": one.handed_over, "connected": one.connected, "cover_for": one.cover_for,
            }
            for one in plan.clusters
        ],
        "left_over": [list(one) for one in plan.left_over],
        "status": plan.status,
        "gap": plan.gap,
        "cost": plan.cost,
        "parts": dict(plan.parts),
        "seconds": plan.seconds,
        "notes": list(plan.notes),
    }  # fmt: skip


def plan_from(record: Mapping[str, Any]) -> Plan:
    """Return the plan of a record that `plan_record` made."""
    return Plan(
        clusters=tuple(Cluster(**{**one, "schools": tuple(one["schools"])}) for one in record["clusters"]),
        left_over=tuple((int(urn), str(why)) for urn, why in record["left_over"]),
        status=record["status"],
        gap=record["gap"],
        cost=record["cost"],
        parts=MappingProxyType(dict(record["parts"])),
        seconds=record["seconds"],
        notes=tuple(record["notes"]),
    )


def rules_record(rules: Rules) -> dict[str, Any]:
    """Return rules in JSON's types, in one order whatever order their sets had."""
    return {
        "least": rules.least,
        "most": rules.most,
        "hard": rules.hard,
        "together": _pairs(rules.together),
        "apart": _pairs(rules.apart),
        "locks": {str(urn): rules.locks[urn] for urn in sorted(rules.locks)},
        "keep": rules.keep,
    }


def rules_from(record: Mapping[str, Any]) -> Rules:
    """Return the rules of a record that `rules_record` made."""
    return Rules(
        least=record["least"],
        most=record["most"],
        hard=record["hard"],
        together=frozenset(frozenset(pair) for pair in record["together"]),
        apart=frozenset(frozenset(pair) for pair in record["apart"]),
        locks=MappingProxyType({int(urn): str(post) for urn, post in record["locks"].items()}),
        keep=record["keep"],
    )


def _pairs(pairs: Iterable[frozenset[Urn]]) -> list[list[Urn]]:
    return sorted(sorted(pair) for pair in pairs)
