"""A geography that is being put together: it begins as the council's pack, then its atoms and schemes are replaced."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

import geopandas as gpd
import pandas as pd

from geodata.areas import load_areas
from geodata.drawing import read_atoms
from geodata.geography import exact_column
from geodata.manifest import Part
from geodata.overlay import correspondence, locate, nests, shares, snap_coverage
from geodata.profile import AreaScheme, Profile

FINER = ("lsoa", "district", "county")
"""A new scheme stands before the first of these in the control above the map."""

ALIKE = 0.9
"""The part of the atoms that outlines must put where an official lookup with the same codes does, to be the same."""

NEAREST_M = 500.0
"""A postcode on no outline, by rounding of its edge, takes the nearest within this distance, metres."""


@dataclass
class Draft:
    """What is being put together.

    Attributes
    ----------
    base : Profile
        The council with its own pack.
    atoms : geopandas.GeoDataFrame
        Index code, sorted; geometry in British National Grid.
    vintage : int
        Of the atoms.
    pairs : pandas.DataFrame
        old (of the pack), new, share of the old one's residents, status.
    lookup : pandas.DataFrame of str
        Index atom; a column of area codes for each scheme.
    names : dict of str to dict of str to str
        Scheme -> area code -> name.
    postcodes : pandas.DataFrame
        As in the pack, with a column for each scheme whose outlines cut atoms.
    schemes : list of AreaScheme
        In the order of the control above the map.
    shares : dict of str to pandas.DataFrame
        Of the schemes whose outlines cut atoms: atom, area, share.
    outlines : dict of str to geopandas.GeoDataFrame
        Of the same: index code; name, geometry in British National Grid.
    waiting : list of str
        Sentences on parts that do not take effect.
    parent : pandas.Series or None
        Atom -> the pack's atom that most of it, or most of which, was; None where the atoms are the pack's.
    """

    base: Profile
    atoms: gpd.GeoDataFrame
    vintage: int
    pairs: pd.DataFrame
    lookup: pd.DataFrame
    names: dict[str, dict[str, str]]
    postcodes: pd.DataFrame
    schemes: list[AreaScheme]
    shares: dict[str, pd.DataFrame]
    outlines: dict[str, gpd.GeoDataFrame]
    waiting: list[str]
    parent: pd.Series | None = None


def draft_of_pack(base: Profile) -> Draft:
    """Return the council's own areas."""
    atoms = read_atoms(base)
    lookup = pd.read_csv(base.directory / "lookup.csv", dtype="str").set_index("atom").sort_index()
    areas = load_areas(base)
    pairs = pd.DataFrame({"old": atoms.index, "new": atoms.index, "share": 1.0, "status": "unchanged"})
    return Draft(
        base=base,
        atoms=atoms,
        vintage=base.atom_vintage,
        pairs=pairs,
        lookup=lookup.drop(columns=[c for c in ("ward_share",) if c in lookup]),
        names={scheme: dict(named) for scheme, named in areas.names.items()},
        postcodes=pd.read_parquet(base.directory / "postcodes.parquet"),
        schemes=list(base.schemes),
        shares={},
        outlines={},
        waiting=[],
    )


def replace_atoms(draft: Draft, new: gpd.GeoDataFrame, part: Part, official: pd.DataFrame | None) -> None:
    """Put other atoms in the place of the pack's, and their areas, postcodes and residents with them.

    Parameters
    ----------
    draft : Draft
        With the pack's atoms; changed.
    new : geopandas.GeoDataFrame
        Index code; name, geometry in British National Grid.
    part : Part
        The outlines.
    official : pandas.DataFrame or None
        Lookup from the old to the new: atom, area, change.

    Raises
    ------
    GeometryError
        If an old or a new one has no counterpart.
    """
    new = snap_coverage(new)
    given = None
    if official is not None:
        given = official.rename(columns={"atom": "old", "area": "new"})
    pairs = correspondence(draft.atoms, new, given)
    # A split is made where households grew past a limit, into pieces of like size: area would give the town edge its
    # fields, so each piece of a split takes an equal part.
    split = pairs["status"] == "split"
    pairs.loc[split, "share"] = 1.0 / pairs[split].groupby("old")["new"].transform("size")
    parent = pairs.sort_values(["share", "old"], ascending=[False, True]).drop_duplicates("new").set_index("new")["old"]
    draft.parent = parent.loc[new.index]
    draft.lookup = draft.lookup.loc[draft.parent].set_axis(new.index).rename_axis("atom")
    for scheme in set(draft.names) & set(draft.lookup):  # where small areas were merged, an area may have none left
        used = set(draft.lookup[scheme])
        draft.names[scheme] = {code: name for code, name in draft.names[scheme].items() if code in used}
    draft.postcodes = _replaced_postcodes(draft.postcodes, pairs, new)
    draft.atoms, draft.pairs = new[["geometry"]], pairs
    draft.vintage = int(part.about["vintage"] or draft.vintage)
    draft.names[draft.base.atom_scheme] = _named(new)
    place = next(i for i, scheme in enumerate(draft.schemes) if scheme.key == draft.base.atom_scheme)
    draft.schemes[place] = replace(
        draft.schemes[place],
        vintage=draft.vintage,
        note=f"Lower layer super output areas of {draft.vintage}: {len(new)} areas of about 1,700 people.",
    )


def _replaced_postcodes(table: pd.DataFrame, pairs: pd.DataFrame, new: gpd.GeoDataFrame) -> pd.DataFrame:
    """Return the postcodes with their new atoms: by code where unchanged, by point among the pieces elsewhere."""
    atom = table["lsoa"].astype("object")
    by_point = table["by_point"].copy()
    for old, found in pairs[pairs["status"] != "unchanged"].groupby("old"):
        hits = (atom == old).to_numpy()
        pieces = new.loc[sorted(found["new"])]
        x, y = table["easting"].to_numpy(dtype="float64")[hits], table["northing"].to_numpy(dtype="float64")[hits]
        atom[hits] = locate(x, y, pieces, nearest_within_m=1e6)
        by_point[hits] = len(pieces) > 1
    return table.assign(lsoa=atom.astype("category"), by_point=by_point)


def _named(frame: gpd.GeoDataFrame) -> dict[str, str]:
    names = frame["name"].where(frame["name"].fillna("") != "", frame.index.to_series())
    return dict(sorted(names.items(), key=lambda item: item[1]))


def add_outlines(draft: Draft, frame: gpd.GeoDataFrame, part: Part) -> None:
    """Put the areas of outlines in the place of their scheme, or beside the others.

    Where they cut atoms, each postcode is given the area its point lies in.

    Parameters
    ----------
    draft : Draft
        Changed.
    frame : geopandas.GeoDataFrame
        Index code; name, geometry in British National Grid. Areas that no atom has a part in are passed over.
    part : Part
        Says which scheme they are.

    Raises
    ------
    GeometryError
        If they leave atoms out.
    """
    scheme = part.about["scheme"]
    found = shares(draft.atoms, frame)
    frame = frame[frame.index.isin(found["area"])]  # a file of all of England has others, that are not ours
    best = (
        found.sort_values(["share", "area"], ascending=[False, True]).drop_duplicates("atom").set_index("atom")["area"]
    )
    if nests(found):
        area = best.reindex(draft.atoms.index)
        # An official lookup of the same areas is surer than outlines that were drawn for the eye.
        if _is_official(draft, scheme) and set(draft.lookup[scheme]) == set(frame.index):
            alike = (draft.lookup[scheme] == area).mean() >= ALIKE
            area = draft.lookup[scheme] if alike else area
        _set(draft, scheme, area, _named(frame), part, cut=False)
        return
    _set(draft, scheme, best.reindex(draft.atoms.index), _named(frame), part, cut=True)
    draft.shares[scheme], draft.outlines[scheme] = found, frame
    inside = draft.postcodes["lsoa"].isin(set(draft.atoms.index)).to_numpy()
    here = draft.postcodes.loc[inside, ["lsoa", "easting", "northing"]]
    east, north = here["easting"].to_numpy(dtype="float64"), here["northing"].to_numpy(dtype="float64")
    found_at = pd.Series(locate(east, north, frame, nearest_within_m=NEAREST_M), index=here.index, dtype="object")
    area = found_at.where(found_at != "", here["lsoa"].astype("object").map(best))
    draft.postcodes = draft.postcodes.assign(**{exact_column(scheme): area})


def _is_official(draft: Draft, scheme: str) -> bool:
    known = next((one for one in draft.schemes if one.key == scheme), None)
    return known is not None and known.status == "official" and not known.exact


def add_lookup(draft: Draft, rows: pd.DataFrame, part: Part) -> None:
    """Put the areas of a lookup in the place of their scheme; one of atoms that are not in force waits.

    Parameters
    ----------
    draft : Draft
        Changed.
    rows : pandas.DataFrame of str
        atom (of those in force, or of the pack's), area, name.
    part : Part
        Says which scheme they are.
    """
    scheme = part.about["scheme"]
    area = rows.set_index("atom")["area"]
    if draft.parent is not None and part.about["atom_vintage"] == str(draft.base.atom_vintage):
        area = draft.parent.map(area)
    area = area.reindex(draft.atoms.index)
    if area.isna().any():
        draft.waiting.append(
            f"'{part.source_name}' waits: {int(area.isna().sum())} of the small areas in force are not in it. It takes "
            f"effect with the {part.about['atoms'].upper()} outlines of {part.about['atom_vintage']}."
        )
        return
    named = rows.dropna(subset="name").drop_duplicates("area").set_index("area")["name"]
    names = {code: named.get(code, code) for code in sorted(area.unique())}
    _set(draft, scheme, area, dict(sorted(names.items(), key=lambda item: item[1])), part, cut=False)


def _set(draft: Draft, scheme: str, area: pd.Series, names: dict[str, str], part: Part, *, cut: bool) -> None:
    """Put a scheme in the place of the one with its key, or beside the others."""
    used, codes_before = set(area), set(draft.names.get(scheme, ()))
    draft.lookup[scheme] = area
    draft.names[scheme] = {code: name for code, name in names.items() if cut or code in used}
    draft.shares.pop(scheme, None)
    draft.outlines.pop(scheme, None)
    place = next((i for i, known in enumerate(draft.schemes) if known.key == scheme), None)
    before = draft.schemes[place] if place is not None else None
    new = _scheme(scheme, before, part, len(draft.names[scheme]), cut=cut)
    if before and codes_before == set(draft.names[scheme]) and not (new.valid_from or new.valid_to):
        # The same areas, drawn anew; other areas have days of their own.
        new = replace(new, valid_from=before.valid_from, valid_to=before.valid_to)
    if place is not None:
        draft.schemes[place] = new
        return
    at = next(i for i, known in enumerate(draft.schemes) if known.key in FINER)
    draft.schemes.insert(at, new)


def _scheme(key: str, before: AreaScheme | None, part: Part, count: int, *, cut: bool) -> AreaScheme:
    about = part.about
    words = key.replace("_", " ")
    one = before.one if before else words
    vintage = int(about["vintage"]) if about.get("vintage") else None
    how = (
        "Children are counted where their postcode lies; residents are shared out by area and are estimated."
        if cut
        else "Made of whole small areas."
    )
    source = "outlines" if about["kind"] == "outlines" else "lookup"
    return AreaScheme(
        key=key,
        title=about.get("title") or (before.title if before else words[:1].upper() + words[1:] + "s"),
        one=one,
        status="official",
        note=f"{count} areas{f' of {vintage}' if vintage else ''}, from the {source} '{part.source_name}'. {how}",
        valid_from=_day(about.get("valid_from")),
        valid_to=_day(about.get("valid_to")),
        vintage=vintage,
        exact=cut,
    )


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
