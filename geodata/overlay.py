"""Areas laid over areas: do they make up the council, which atoms lie in them, which point, and what became of which.

Published outlines are generalised: two files of the same boundary disagree by up to 250 m. Every limit here was
measured on the real outlines of one county (319 LSOAs of 2011, 334 of 2021, 67 MSOAs, 49 wards, 4 districts) against
the official lookups, as a half-width: the radius of the largest disc that fits. Area alone tells nothing, because a
sliver can be two fifths of a small atom.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from geodata.crs import BNG, WGS84, require_crs
from geodata.errors import GeometryError, InputError
from geodata.outlines import place

INNER_M = 50.0
"""Half-width in metres from which an overlap, or a hole inside the council, is real.

The published files have neither. The same outlines thinned one by one by 100 m make overlaps of 47 m; an LSOA that is
missing leaves a hole of at least 108 m.
"""

EDGE_SHARE, EDGE_MIN_M, EDGE_MAX_M = 0.06, 100.0, 300.0
"""Half-width from which a hole at the council's edge is real: this part of a typical area's side, within these metres.

Against the atoms the published files leave holes of up to 230 m (wards, MSOAs) and 95 m (LSOAs). A missing area at the
edge leaves at least 843, 560 and 194 m. The limits come to 300, 290 and 130 m.
"""

GRID_M = 1.0
"""Grid of a coverage in metres; any from 0.01 to 2 m keeps the real outlines whole."""

SLIVER_M = 100.0
"""Half-width in metres below which a piece of an atom is a sliver, unless it is most of its area.

LSOAs of 2021 over those of 2011: the widest sliver has 97 m, the narrowest true piece 108 m. Over wards this limit
comes closest to the shares that postcodes give.
"""

MIN_SHARE = 0.02
"""Part of an atom below which a piece is a sliver, unless it is most of its area. The smallest true piece has 0.027."""

SAME_EDGES_M = 250.0
"""Largest half-width in metres of cuts that are put down to different detail, when no atom is cut deeper.

MSOAs are made of whole LSOAs, yet their outlines cut LSOAs by up to 215 m. Wards cut them by up to 1,500 m.
"""

MIN_COVERED = 0.5
"""Part of an atom that has to lie in areas at all. The least covered atom of the real files has 0.88."""

NEAREST_M = 2.0
"""Metres beyond every area at which a point still takes the nearest: the rounding of coordinates and outlines.

Not more, because of the postcodes outside the generalised outline of the county within 10 m of it 22 belong to the
neighbours and 3 to the county.
"""

STEPS = 2.0**40
"""Shares are multiples of 1 / STEPS, so that they add up to exactly 1 in any order."""

CHANGES: Mapping[str, str] = {"U": "unchanged", "S": "split", "M": "merged", "X": "redrawn"}
"""Change indicator of the official lookups -> status."""


@dataclass(frozen=True)
class Problem:
    """An overlap of two areas, or a part of the council in no area.

    Attributes
    ----------
    kind : {"overlap", "hole"}
        Which of the two.
    areas : tuple of str
        The two codes, or the code of the area next to the hole.
    km2 : float
        Size.
    longitude, latitude : float
        Middle of its widest place, in degrees.
    """

    kind: str
    areas: tuple[str, ...]
    km2: float
    longitude: float
    latitude: float

    def sentence(self) -> str:
        """Return what is wrong and where."""
        at = f"{self.km2:.3f} km2 at {place(self.longitude, self.latitude)}"
        if self.kind == "overlap":
            return f"{self.areas[0]} and {self.areas[1]} overlap: {at}."
        return f"A part of the council is in no area, next to {self.areas[0]}: {at}."


def _wide(shapes: np.ndarray, half_width_m: np.ndarray | float) -> np.ndarray:
    """Return which shapes hold a disc of that radius."""
    found: np.ndarray = ~shapely.is_empty(shapely.buffer(shapes, -np.asarray(half_width_m)))
    return found


def _problem(kind: str, areas: tuple[str, ...], shape: shapely.Geometry) -> Problem:
    largest = max(shapely.get_parts(shape), key=shapely.area)
    middle = shapely.Point(shapely.maximum_inscribed_circle(largest).coords[0])
    at = gpd.GeoSeries([middle], crs=BNG).to_crs(WGS84).iloc[0]
    return Problem(kind, areas, float(shape.area) / 1e6, float(at.x), float(at.y))


def edge_limit_m(whole: shapely.Geometry, areas: int) -> float:
    """Return the half-width in metres from which a hole at the council's edge is real; see `EDGE_SHARE`."""
    return float(np.clip(EDGE_SHARE * np.sqrt(whole.area / areas), EDGE_MIN_M, EDGE_MAX_M))


def check_partition(
    frame: gpd.GeoDataFrame, whole: shapely.Geometry, *, inner_m: float = INNER_M, edge_m: float | None = None
) -> list[Problem]:
    """Say where areas overlap, and where the council is in no area.

    Parameters
    ----------
    frame : geopandas.GeoDataFrame
        Index code; polygons in British National Grid.
    whole : shapely.Geometry
        The council's outline, in British National Grid. What lies beyond it is not judged.
    inner_m : float, optional
        Half-width in metres from which an overlap, or a hole that does not touch the council's edge, is real.
    edge_m : float, optional
        The same for a hole at the council's edge; by default `edge_limit_m`.

    Returns
    -------
    list of Problem
        Overlaps, then holes, the largest first. Empty: the areas make up the council.
    """
    areas = require_crs(frame, BNG).sort_index()
    shapes, codes = areas.geometry.to_numpy(), [str(code) for code in areas.index]
    tree = shapely.STRtree(shapes)
    one, two = tree.query(shapes, predicate="intersects")
    one, two = one[one < two], two[one < two]
    shared = shapely.intersection(shapes[one], shapes[two])
    real = np.flatnonzero(_wide(shared, inner_m))
    problems = [_problem("overlap", (codes[one[k]], codes[two[k]]), shared[k]) for k in real]
    holes = shapely.get_parts(shapely.difference(whole, shapely.union_all(shapes)))
    at_edge = shapely.dwithin(holes, whole.boundary, GRID_M)
    limits = np.where(at_edge, edge_limit_m(whole, len(areas)) if edge_m is None else edge_m, inner_m)
    problems += [_problem("hole", (codes[tree.nearest(hole)],), hole) for hole in holes[_wide(holes, limits)]]
    return sorted(problems, key=lambda problem: (problem.kind != "overlap", -problem.km2, problem.areas))


def snap_coverage(frame: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Make neighbouring areas share their edges exactly, on a grid of `GRID_M`.

    Overlaps go to the neighbour with the longest common border, and so do gaps up to twice `INNER_M` wide that are not
    open to the outside. Real ones are for `check_partition`, which comes first.

    Parameters
    ----------
    frame : geopandas.GeoDataFrame
        Polygons in British National Grid.

    Returns
    -------
    geopandas.GeoDataFrame
        The same rows and columns; the shapes are a valid coverage (`shapely.coverage_is_valid`).

    Raises
    ------
    GeometryError
        If an area vanishes, or edges still do not match.
    """
    shapes = shapely.set_precision(require_crs(frame, BNG).geometry.to_numpy(), GRID_M)
    shapes = shapely.set_precision(shapely.coverage_clean(shapes, gap_width=2 * INNER_M), GRID_M)
    lost = [str(code) for code in frame.index[shapely.is_empty(shapes)]]
    if lost:
        raise GeometryError(f"Nothing is left of {', '.join(lost[:5])} beside their neighbours. Correct the outlines.")
    if not shapely.coverage_is_valid(shapes):
        torn = [str(code) for code in frame.index[~shapely.is_empty(shapely.coverage_invalid_edges(shapes))]]
        raise GeometryError(f"The edges of {', '.join(torn[:5])} do not match their neighbours'. Correct the outlines.")
    return frame.set_geometry(gpd.GeoSeries(shapes, index=frame.index, crs=BNG))


def _pieces(atoms: gpd.GeoDataFrame, areas: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Return where atoms and areas overlap: atom, area, geometry, m2, of_atom and of_area (parts of 1); sorted."""
    atoms, areas = require_crs(atoms, BNG).sort_index(), require_crs(areas, BNG).sort_index()
    inner, outer = atoms.geometry.to_numpy(), areas.geometry.to_numpy()
    i, j = shapely.STRtree(outer).query(inner, predicate="intersects")
    shared = shapely.intersection(inner[i], outer[j])
    m2 = shapely.area(shared)
    columns = {"atom": atoms.index.to_numpy()[i], "area": areas.index.to_numpy()[j], "m2": m2}
    columns |= {"of_atom": m2 / shapely.area(inner[i]), "of_area": m2 / shapely.area(outer[j])}
    found = gpd.GeoDataFrame(columns, geometry=shared, crs=BNG)
    return found[found["m2"] > 0].sort_values(["atom", "area"], ignore_index=True)


def _refuse_uncovered(atoms: gpd.GeoDataFrame, pieces: gpd.GeoDataFrame) -> None:
    covered = pieces.groupby("atom")["of_atom"].sum().reindex(atoms.index, fill_value=0.0).sort_index()
    low = covered[covered < MIN_COVERED]
    if len(low):
        listed = ", ".join(f"{code} ({part:.0%} covered)" for code, part in low.head(5).items())
        raise GeometryError(f"{len(low)} atoms lie in no area: {listed}. Add the areas that are missing.")


def _largest(pieces: pd.DataFrame) -> np.ndarray:
    found = np.zeros(len(pieces), dtype=bool)
    found[pieces.groupby("atom")["m2"].idxmax().to_numpy()] = True
    return found


def _cut(pieces: gpd.GeoDataFrame, half_width_m: float) -> np.ndarray:
    """Return which pieces are no slivers: wide enough and large enough, or most of their area."""
    enough = (pieces["of_atom"] >= MIN_SHARE).to_numpy() & _wide(pieces.geometry.to_numpy(), half_width_m)
    found: np.ndarray = enough | (pieces["of_area"] > 0.5).to_numpy()
    return found


def _same_edges_m(atoms: gpd.GeoDataFrame, areas: gpd.GeoDataFrame) -> float:
    """Return how far the two disagree where they should not at all, along their outer edge: a half-width in metres.

    In steps of 50 m, from `SLIVER_M` to `SAME_EDGES_M`.
    """
    inner, outer = shapely.union_all(atoms.geometry.to_numpy()), shapely.union_all(areas.geometry.to_numpy())
    parts = shapely.get_parts(shapely.symmetric_difference(inner, outer))
    return SLIVER_M + 50.0 * sum(_wide(parts, width).any() for width in np.arange(SLIVER_M, SAME_EDGES_M, 50.0))


def _normalised(m2: pd.Series, group: pd.Series) -> pd.Series:
    """Return the share of each row in its group, which add up to exactly 1: the largest takes what rounding leaves."""
    found = np.floor(m2 / m2.groupby(group).transform("sum") * STEPS) / STEPS
    rest = 1.0 - found.groupby(group).sum()
    largest = m2.groupby(group).idxmax()
    found.loc[largest.to_numpy()] += rest.loc[largest.index].to_numpy()
    return found


def shares(atoms: gpd.GeoDataFrame, areas: gpd.GeoDataFrame) -> pd.DataFrame:
    """Say which part of each atom lies in which area.

    A piece narrower than `SLIVER_M` or below `MIN_SHARE` is dropped, unless it is the atom's largest or most of its
    area. When no atom is cut deeper than the two sets of outlines disagree along their outer edge (at most
    `SAME_EDGES_M`), the areas are made of whole atoms and every cut is dropped.

    Parameters
    ----------
    atoms, areas : geopandas.GeoDataFrame
        Index code, unique; polygons in British National Grid.

    Returns
    -------
    pandas.DataFrame
        atom, area, share of the atom's area (above 0, to 1); sorted; the shares of an atom add up to exactly 1.

    Raises
    ------
    GeometryError
        If less than `MIN_COVERED` of an atom lies in areas.
    """
    pieces = _pieces(atoms, areas)
    _refuse_uncovered(atoms, pieces)
    kept = _largest(pieces)
    touched = areas[areas.index.isin(pieces["area"])]
    if (_cut(pieces, _same_edges_m(atoms, touched)) & ~kept).any():
        kept |= _cut(pieces, SLIVER_M)
    found = pd.DataFrame(pieces.loc[kept, ["atom", "area", "m2"]]).reset_index(drop=True)
    return found.assign(share=_normalised(found["m2"], found["atom"]))[["atom", "area", "share"]]


def nests(shares: pd.DataFrame) -> bool:
    """Return whether every atom lies whole in one area, by what `shares` returned."""
    return not shares["atom"].duplicated().any()


def locate(
    easting: np.ndarray, northing: np.ndarray, areas: gpd.GeoDataFrame, *, nearest_within_m: float = NEAREST_M
) -> np.ndarray:
    """Return the area in which each point lies.

    Parameters
    ----------
    easting, northing : numpy.ndarray of float
        British National Grid metres; a point without coordinates has NaN.
    areas : geopandas.GeoDataFrame
        Index code; polygons in British National Grid.
    nearest_within_m : float, optional
        A point on no area takes the nearest within so many metres.

    Returns
    -------
    numpy.ndarray of object
        Area codes; "" where there is none. A point on a common edge takes the first code in alphabetical order.
    """
    areas = require_crs(areas, BNG).sort_index()
    shapes, nowhere = areas.geometry.to_numpy(), len(areas)
    at = np.column_stack([easting, northing]).astype(float)
    points, position = shapely.points(at), np.full(len(at), nowhere)
    known = np.flatnonzero(np.isfinite(at).all(axis=1))
    area, point = shapely.STRtree(points[known]).query(shapes, predicate="intersects")
    np.minimum.at(position, known[point], area)
    lost = known[position[known] == nowhere]
    if nearest_within_m > 0 and len(lost):
        point, area = shapely.STRtree(shapes).query_nearest(points[lost], max_distance=nearest_within_m)
        np.minimum.at(position, lost[point], area)
    found: np.ndarray = np.array([*map(str, areas.index), ""], dtype=object)[position]
    return found


def _status(pairs: pd.DataFrame) -> np.ndarray:
    """Return what happened to the old area of each pair, from the pairs alone."""
    news, olds = (pairs.groupby(column)[column].transform("size") for column in ("old", "new"))
    split = (news > 1) & (olds.groupby(pairs["old"]).transform("max") == 1)
    merged = (olds > 1) & (news.groupby(pairs["new"]).transform("max") == 1)
    cases = [pairs["old"] == pairs["new"], split, merged]
    found: np.ndarray = np.select(cases, ["unchanged", "split", "merged"], "redrawn")
    return found


def _derived(old: gpd.GeoDataFrame, new: gpd.GeoDataFrame, pieces: gpd.GeoDataFrame) -> pd.DataFrame:
    """Return the pairs of old and new areas by code and by outline: a code in both never changed (ONS rule)."""
    both = old.index.intersection(new.index)
    gone = pieces[~pieces["atom"].isin(both)]
    _refuse_uncovered(old[~old.index.isin(both)], gone)
    fresh = ~gone["area"].isin(both)
    replaced = (gone["of_atom"] * fresh).groupby(gone["atom"]).transform("sum") >= MIN_COVERED
    gone = gone[fresh | ~replaced].reset_index(drop=True)
    kept = gone.loc[_largest(gone) | _cut(gone, SLIVER_M), ["atom", "area"]]
    pairs = pd.concat([pd.DataFrame({"atom": both, "area": both}), kept], ignore_index=True)
    pairs = pairs.rename(columns={"atom": "old", "area": "new"})
    return pairs.assign(status=_status(pairs))


def _official(old: gpd.GeoDataFrame, given: pd.DataFrame) -> pd.DataFrame:
    """Return the pairs of the official lookup that begin in one of the old areas."""
    if lacking := [column for column in ("old", "new", "change") if column not in given]:
        raise InputError(
            f"The lookup of old and new areas has no column {', '.join(lacking)}. Map its columns to these."
        )
    text = given[["old", "new", "change"]].astype("str").apply(lambda column: column.str.strip()).drop_duplicates()
    ours = text[text["old"].isin(old.index)].reset_index(drop=True)
    status = ours["change"].str.upper().map(dict(CHANGES))
    if status.isna().any():
        wrong = ", ".join(sorted(set(ours.loc[status.isna(), "change"]))[:5])
        raise InputError(f"The lookup of old and new areas has the change '{wrong}'. Known are {', '.join(CHANGES)}.")
    return ours[["old", "new"]].assign(status=status)


def correspondence(old: gpd.GeoDataFrame, new: gpd.GeoDataFrame, given: pd.DataFrame | None = None) -> pd.DataFrame:
    """Say what became of each old area in a newer vintage.

    Parameters
    ----------
    old, new : geopandas.GeoDataFrame
        Index code, unique; polygons in British National Grid; both of the whole council and of nothing else.
    given : pandas.DataFrame, optional
        The official lookup: old, new and change (the keys of `CHANGES`). It decides which pairs exist; rows of other
        councils are passed over. Without it a code in both is unchanged, and one that vanished is matched with the new
        codes in whose outlines more than slivers of it lie.

    Returns
    -------
    pandas.DataFrame
        old, new, share of the old area's land in the new one (of an old area they add up to exactly 1), status (a value
        of `CHANGES`); sorted.

    Raises
    ------
    InputError
        If the lookup lacks a column or has another change.
    GeometryError
        If an area has no counterpart, or does not overlap any of them.
    """
    pieces = _pieces(old, new)
    pairs = _derived(old, new, pieces) if given is None else _official(old, given)
    for side, frame in (("old", old), ("new", new)):
        if alone := sorted(set(frame.index) ^ set(pairs[side])):
            listed = ", ".join(alone[:5])
            raise GeometryError(
                f"{len(alone)} {side} areas have no outline or no counterpart: {listed}. Check the files."
            )
    m2 = pieces.set_index(["atom", "area"])["m2"]
    pairs = pairs.sort_values(["old", "new"], ignore_index=True)
    pairs["m2"] = m2.reindex(pd.MultiIndex.from_frame(pairs[["old", "new"]])).fillna(0.0).to_numpy()
    apart = pairs.groupby("old")["m2"].sum().loc[lambda total: total == 0].index
    if len(apart):
        raise GeometryError(f"Nothing of {', '.join(apart[:5])} lies where its new areas are. Check the two files.")
    pairs["share"] = _normalised(pairs["m2"], pairs["old"])
    return pairs[["old", "new", "share", "status"]]
