"""One contract per dataset: what its file must hold."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from geodata.contracts import cme_involvements, ehc_plans, population
from geodata.contracts.base import Column, Contract, Rule
from geodata.errors import UsageError

__all__ = ["CONTRACTS", "Column", "Contract", "Rule", "contract"]

CONTRACTS: Mapping[str, Contract] = MappingProxyType(
    {module.CONTRACT.key: module.CONTRACT for module in (cme_involvements, ehc_plans, population)}
)
"""Dataset key -> contract."""


def contract(key: str) -> Contract:
    """Return the contract of a dataset.

    Raises
    ------
    UsageError
        If there is no such dataset; the message lists those there are.
    """
    if key not in CONTRACTS:
        raise UsageError(f"No dataset '{key}'. Valid: {', '.join(CONTRACTS)}.")
    return CONTRACTS[key]
