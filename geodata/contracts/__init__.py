"""One contract per dataset: what its file must hold."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import TYPE_CHECKING

from geodata.contracts import (
    area_scheme,
    buildings,
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
    low_income,
    population,
    provision,
    rag_ratings,
    school_allocations,
    schools,
    travel_times,
)
from geodata.contracts.base import Column, Contract, Rule
from geodata.errors import UsageError

if TYPE_CHECKING:
    from geodata.profile import Profile

__all__ = ["CONTRACTS", "Column", "Contract", "Rule", "contract", "for_profile"]

_MODULES = (
    cme_involvements,
    ehc_plans,
    home_education,
    early_help_cases,
    population,
    schools,
    provision,
    family_centres,
    buildings,
    link_workers,
    school_allocations,
    travel_times,
    housing,
    deprivation,
    low_income,
    area_scheme,
    ehcp_series,
    indicator_values,
    indicator_names,
    rag_ratings,
)

CONTRACTS: Mapping[str, Contract] = MappingProxyType({module.CONTRACT.key: module.CONTRACT for module in _MODULES})
"""Dataset key -> contract."""

CODE_LISTS: Mapping[str, tuple[str, Callable[[Profile], Mapping[str, str]]]] = MappingProxyType(
    {"closures": ("closing codes", lambda profile: profile.closing_codes)}
)
"""List of a council's profile (`Column.codes_of`) -> what it is called, and how its codes are had."""


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


def for_profile(wanted: Contract, profile: Profile) -> Contract:
    """Return a contract with what the council's own profile says: the codes of its lists, and the words about them.

    Parameters
    ----------
    wanted : Contract
        From `contract`; one without columns of the profile's codes comes back as it is.
    profile : Profile
        The council's.
    """
    if not any(column.codes_of for column in wanted.columns):
        return wanted
    columns = tuple(_with_codes(column, profile) for column in wanted.columns)
    known = {code for column in columns if column.codes_of for code in column.codes}
    return replace(wanted, columns=columns, flags=tuple(_with_remedy(rule, known) for rule in wanted.flags))


def _with_codes(column: Column, profile: Profile) -> Column:
    if not column.codes_of:
        return column
    words, codes_in = CODE_LISTS[column.codes_of]
    codes = codes_in(profile)
    return replace(
        column,
        codes=codes,
        spellings={" ".join(label.lower().split()): code for code, label in codes.items()},
        unknown=f"not one of the {words} of {profile.name}'s profile; correct it in the system it comes from, or add "
        "the code to the profile",
    )


def _with_remedy(rule: Rule, known: set[str]) -> Rule:
    if rule.code not in known:
        return rule
    return replace(rule, description=f"{rule.description.removesuffix('?')} as {rule.code}?")
