"""The module files of a council's SEN2 person-level return -> rows of the dataset `ehc_plans`, one a named plan.

``joined = join_modules(sorted(folder.glob("*.csv")))``: its `frame` is text under the contract's own column names, so
it goes where the mapped cells of one file go.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path

import numpy as np
import pandas as pd

from geodata.contracts.ehc_plans import CONTRACT
from geodata.dates import parse_days
from geodata.quarantine import MISFIT
from geodata.sen2_children import identify
from geodata.sen2_codes import provision_of, provision_of_school_type
from geodata.sen2_links import NONE, SEVERAL, Owners, at_plans, own, trace_plans
from geodata.sen2_modules import OPTIONAL, Module, read_modules
from geodata.sen2_places import Chosen, current_places, primary_needs

__all__ = ["Joined", "join_modules", "provision_of", "provision_of_school_type"]

NO_END = "a reason for which the plan ceased, but no date"

_WITHOUT = {
    "plandetail": "the settings named in plans are not known",
    "activeplans": "placements and needs can be joined only where they state their request or person",
    "placementdetail": "provision is that of the setting named in the plan, if any",
    "senneed": "primary need is blank",
}
_OF_PERSON = ("year_group", "born", "postcode", "protected")

_KINDS = {
    "ULN": "Children without a usable UPN known by their ULN: {}.",
    "case number": "Children without a usable UPN or ULN known by the case system's number: {}.",
    "export": "Children without a usable number: {}. Their identifier holds for this export only; the next one gives "
    "them another.",
}
"""Which identifier -> what to say of it; a UPN is what is expected."""

Notes = Iterable[tuple[int, str]]


@dataclass(frozen=True)
class Joined:
    """The named plans of a return.

    Attributes
    ----------
    frame : pandas.DataFrame of str
        Columns of the contract that the return has; blank is empty text; index 0 to n - 1. Of primary_need, provision
        and school_urn, which are always there, a blank is "not known".
    rows : numpy.ndarray of int
        Each row's number in the named plan module, as a spreadsheet shows it.
    rows_read : int
        Rows of the named plan module: those of `frame` and those with a fault.
    modules : mapping of str to (str, int)
        Module that was read -> its file's name and its rows.
    unused : tuple of str
        Names of the files that were not needed; they were not read.
    notes : tuple of str
        Sentences on what is not known or was decided; none repeats a value.
    faults : tuple of (int, str, str)
        Row number, column of ours (blank for the row as a whole) and reason, for the plans that cannot be joined; in
        the order of the rows, a row once for each reason.
    """

    frame: pd.DataFrame = field(repr=False)
    rows: np.ndarray = field(repr=False)
    rows_read: int
    modules: Mapping[str, tuple[str, int]]
    unused: tuple[str, ...]
    notes: tuple[str, ...]
    faults: tuple[tuple[int, str, str], ...]


def join_modules(files: Sequence[Path], *, on: date | None = None) -> Joined:
    """Join the modules of one return into plans.

    Parameters
    ----------
    files : sequence of pathlib.Path
        The module CSVs of one return, in any order: person and namedplan, and as far as there are plandetail,
        activeplans, placementdetail, senneed and sen2. requests and assessment are needed where only they lead from a
        plan to its person, as in copies from the department's system (COLLECT).
    on : datetime.date, optional
        The day on which a placement is current; by default the return's reference date (module sen2), else today.

    Returns
    -------
    Joined
        ``rows_read == len(frame) + number of rows with a fault``.

    Raises
    ------
    ContractError
        If a needed module or column lacks.
    InputError
        If two files are one module, a file's name and headings disagree, or a file cannot be read.

    Notes
    -----
    The child is known by the number that `geodata.sen2_children` chooses; need and placement are those that
    `geodata.sen2_places` chooses. The plan ends on its cease date whatever the reason: a transfer to another authority
    ends it here. A plan without a cease date has no end.
    """
    modules, unused = read_modules(files)
    named, plans = modules["namedplan"], trace_plans(modules)
    owners = {name: own(modules[name], modules, plans) for name in OPTIONAL if name in modules}
    end, reason = _ends(modules, owners)
    stopped = (end == "") & ~reason.isin(["", "0"])
    reasons = {"child_id": plans.fault, "end_date": pd.Series(np.where(stopped, NO_END, ""), dtype="str")}
    good = (plans.fault == "") & ~stopped
    columns, notes = _needs_and_places(modules, owners, good, on or _reference_day(modules))
    columns |= {"start_date": named.text("start")}
    if any("end" in module.frame for module in modules.values()):
        columns["end_date"] = end
    children, more = _children(modules["person"], plans.keys["person"][good])
    frame = pd.DataFrame(columns)[good].reset_index(drop=True).join(children)
    return Joined(
        frame=frame[[key for key in CONTRACT.keys if key in frame]],
        rows=named.rows[good.to_numpy(dtype=bool)],
        rows_read=named.count,
        modules={name: (module.path.name, module.count) for name, module in modules.items()},
        unused=tuple(path.name for path in unused),
        notes=_sentences(modules, [*_strays(modules, owners), *more, *notes, *_transfers(modules, owners, good)]),
        faults=_faults(named, reasons),
    )


def _reference_day(modules: Mapping[str, Module]) -> date:
    if "sen2" in modules:
        days, _ = parse_days(modules["sen2"].text("reference"))
        if len(known := days[~np.isnat(days)]):
            day: date = known[0].item()
            return day
    return datetime.now().astimezone().date()


def _ends(modules: Mapping[str, Module], owners: Mapping[str, Owners]) -> tuple[pd.Series[str], pd.Series[str]]:
    """Return the day and the reason for which each plan ceased, from the first module that states it."""
    found = {key: modules["namedplan"].text(key) for key in ("end", "reason")}
    for name in ("plandetail", "activeplans"):
        for key in found if name in modules else ():
            table = pd.DataFrame({"plan": owners[name].plan, "text": modules[name].text(key)})
            table = table[(table["plan"] >= 0) & (table["text"] != "") & ~owners[name].loose].drop_duplicates("plan")
            stated = table.set_index("plan")["text"].reindex(found[key].index).fillna("")
            found[key] = found[key].where(found[key] != "", stated)
    return found["end"], found["reason"]


def _needs_and_places(
    modules: Mapping[str, Module], owners: Mapping[str, Owners], good: pd.Series[bool], on: date
) -> tuple[dict[str, pd.Series[str]], Notes]:
    """Return primary_need, provision and school_urn of all plans, and notes on the good ones."""
    kept = {name: _only(found, good) for name, found in owners.items()}
    places = current_places(modules, kept, on)
    found = {"provision": places.rows["provision"], "school_urn": places.rows["urn"]}
    notes = [*places.notes]
    if "senneed" in modules:
        needs = primary_needs(modules["senneed"], kept["senneed"])
        found["primary_need"] = needs.rows["need"]
        notes += needs.notes
    columns = {"primary_need": pd.Series("", index=good.index, dtype="str")}
    columns |= {key: values.reindex(good.index).fillna("").astype("str") for key, values in found.items()}
    if "senneed" in modules:
        blank = int((columns["primary_need"][good] == "").sum()) - needs.torn
        notes.append((blank, "Plans without a need on record: {}. Their primary need is blank."))
    return columns, [*notes, *_open_questions(places, int(good.sum()))]


def _open_questions(places: Chosen, plans: int) -> Notes:
    """Yield notes on the plans whose provision is blank."""
    rows = places.rows[places.rows["provision"] == ""]
    schools = int((rows["urn"] != "").sum())
    yield plans - len(places.rows) - places.torn, "Plans without a placement on record: {}. Their provision is blank."
    yield (
        schools,
        "Plans placed in a school known by its number (URN) alone: {}. Their provision is blank until the school's "
        "type is known.",
    )
    yield len(rows) - schools, "Plans placed with a provider known by its UKPRN alone: {}. Their provision is blank."


def _only(owners: Owners, good: pd.Series[bool]) -> Owners:
    """Return the owners without the plans that cannot be joined."""
    keep = at_plans(owners.plan, good.to_numpy(dtype=bool))
    return Owners(np.where(keep, owners.plan, NONE), owners.loose)


def _children(persons: Module, ids: pd.Series[str]) -> tuple[pd.DataFrame, Notes]:
    """Return child_id and the other columns of each plan's person, index 0 to n - 1, and notes on identifiers."""
    table = pd.concat([persons.frame, identify(persons)], axis=1).drop_duplicates()
    table = table.set_index("person").loc[ids]
    per_child = table["kind"][~table.index.duplicated()].value_counts()
    twice = table.reset_index().drop_duplicates("person")["child_id"].duplicated(keep=False).sum()
    notes = [(int(twice), "Persons entered twice, with one number and one day of birth: {}. They count as one child.")]
    notes += [(int(per_child.get(kind, 0)), sentence) for kind, sentence in _KINDS.items()]
    if "protected" not in table:
        notes.append((1, "The return does not mark protected addresses: none was withheld."))
    columns = ["child_id", *(key for key in _OF_PERSON if key in table)]
    return table[columns].reset_index(drop=True), notes


def _strays(modules: Mapping[str, Module], owners: Mapping[str, Owners]) -> Notes:
    """Yield notes on the rows of other modules that were passed over."""
    for name, module in modules.items():
        if name != "namedplan":
            yield (
                len(module.misfits),
                f"Rows of {name} with more or fewer cells than headings: {{}}. They were left out.",
            )
    for name, found in owners.items():
        yield int((found.plan == NONE).sum()), f"Rows of {name} that belong to no named plan: {{}}. They were left out."
        yield (
            int((found.plan == SEVERAL).sum()),
            f"Rows of {name} that could belong to several plans of a child: {{}}. They were left out.",
        )


def _transfers(modules: Mapping[str, Module], owners: Mapping[str, Owners], good: pd.Series[bool]) -> Notes:
    if "activeplans" not in modules:
        return
    plan = _only(owners["activeplans"], good).plan
    moved = modules["activeplans"].text("transfer").str.strip("0") != ""
    yield (
        len(np.unique(plan[(plan >= 0) & moved.to_numpy(dtype=bool)])),
        "Plans transferred in from another authority: {}. Their start is the day they were first made, maybe there.",
    )


def _sentences(modules: Mapping[str, Module], notes: Notes) -> tuple[str, ...]:
    missing = [f"There is no module {name}: {what}." for name, what in _WITHOUT.items() if name not in modules]
    return (*missing, *(sentence.format(f"{count:,}") for count, sentence in notes if count))


def _faults(named: Module, reasons: Mapping[str, pd.Series[str]]) -> tuple[tuple[int, str, str], ...]:
    found = [(int(row), "", MISFIT) for row in named.misfits]
    for column, texts in reasons.items():
        bad = (texts != "").to_numpy(dtype=bool)
        found += [(int(row), column, why) for row, why in zip(named.rows[bad], texts[bad], strict=True)]
    return tuple(sorted(found))
