"""One contract per dataset: what its file must hold."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from geodata.contracts import (
    area_scheme,
    cme_involvements,
    deprivation,
    early_help_cases,
    ehc_plans,
    ehcp_series,
    family_centres,
    home_education,
    housing,
    indicator_names,
    indicator_values,
    link_workers,
    population,
    provision,
    rag_ratings,
    school_allocations,
    schools,
)
from geodata.contracts.base import Column, Contract, Rule
from geodata.errors import UsageError

__all__ = ["CONTRACTS", "Column", "Contract", "Rule", "contract"]

_MODULES = (
    cme_involvements,
    ehc_plans,
    home_education,
    early_help_cases,
    population,
    schools,
    provision,
    family_centres,
    link_workers,
    school_allocations,
    housing,
    deprivation,
    area_scheme,
    ehcp_series,
    indicator_values,
    indicator_names,
    rag_ratings,
)

CONTRACTS: Mapping[str, Contract] = MappingProxyType({module.CONTRACT.key: module.CONTRACT for module in _MODULES})
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
