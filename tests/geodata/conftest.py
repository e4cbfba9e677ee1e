"""A council of four squares, small enough to check by hand, to try what changes the areas of a workspace.

Four atoms of 2 km by 2 km stand in a row, a kilometre a dash; each has four postcodes, 500 m apart. The outlines of a
later census cut the last atom in two halves; those of the wards cut the second.

===========  ===========  ===========  ===========  ===========
atoms 2011   E01000001    E01000002    E01000003    E01000004
postcodes    HP91 1AA-AD  HP92 1AA-AD  HP93 1AA-AD  HP94 1AA-AD
atoms 2021   E01000001    E01000002    E01000003    E01000005, 6
locality     west         west         east         east
MSOA         E02000001    E02000001    E02000002    E02000002
wards, cut   X            X, Y         Y            Y
an age has   10           20           30           40 persons
===========  ===========  ===========  ===========  ===========

The children of `cases`: one at each of the 16 postcodes, two outside, four unknown (one of them withheld).
"""

import json
import shutil
from datetime import date
from types import SimpleNamespace

import geopandas as gpd
import pandas as pd
import pytest
import shapely

from geodata import profile as profiles
from geodata.crs import BNG
from geodata.importing import import_file
from geodata.periods import stock
from geodata.snapshot import Workspace
from geodata.store import Store

WEST, SOUTH, SIDE = 480_000, 210_000, 2_000
ATOMS = {"E01000001": 10, "E01000002": 20, "E01000003": 30, "E01000004": 40}
"""Atom -> persons of each age."""

DAY = stock(date(2022, 7, 31))

PROFILE = """\
version = "1"
[council]
key = "squares"
name = "Squares"
title = "Squares Council"
code = "E06000999"
[atoms]
scheme = "lsoa"
vintage = 2011
[modelled_population]
rates_from = ["locality", "county"]
reason = "it is shared out equally"
"""
SCHEMES = {
    "locality": ("Localities", "locality", "official"), "ward": ("Wards", "ward", "approximate"),
    "msoa": ("MSOAs", "MSOA", "official"), "lsoa": ("LSOAs", "LSOA", "official"),
    "county": ("County", "county", "official"),
}  # fmt: skip


def box(left_km, right_km):
    """Return the part of the row between two distances from its western end."""
    return shapely.box(WEST + left_km * 1000, SOUTH, WEST + right_km * 1000, SOUTH + SIDE)


def write_pack(folder):
    """Write the council's profile and reference pack."""
    folder.mkdir(parents=True)
    schemes = [
        f'[[schemes]]\nkey = "{key}"\ntitle = "{title}"\none = "{one}"\nstatus = "{status}"\nnote = "Squares."\n'
        + ("valid_from = 2020-04-01\nvalid_to = 2025-05-01\n" if key == "ward" else "")
        for key, (title, one, status) in SCHEMES.items()
    ]
    (folder / "profile.toml").write_text(PROFILE + "".join(schemes))
    shapes = [box(2 * i, 2 * i + 2) for i in range(4)]
    gpd.GeoDataFrame({"code": list(ATOMS)}, geometry=shapes, crs=BNG).to_parquet(folder / "atoms.parquet")
    around = gpd.GeoDataFrame({"code": ["N1"], "name": ["Next"]}, geometry=[box(8, 10)], crs=BNG)
    around.to_parquet(folder / "neighbours.parquet")
    (folder / "towns.csv").write_text("name,latitude,longitude,rank\nSquareton,51.78,-0.83,1\n")
    lookup = ["atom,locality,ward,msoa,county"]
    halves = [("west", "E05000001", "E02000001"), ("east", "E05000002", "E02000002")]
    lookup += [",".join([atom, *halves[i // 2], "E06000999"]) for i, atom in enumerate(ATOMS)]
    (folder / "lookup.csv").write_text("\n".join(lookup) + "\n")
    names = [f"{scheme},{code},Area {code}" for scheme, *codes in (
        ("locality", "west", "east"), ("ward", "E05000001", "E05000002"), ("msoa", "E02000001", "E02000002"),
        ("lsoa", *ATOMS), ("county", "E06000999"),
    ) for code in codes]  # fmt: skip
    (folder / "areas.csv").write_text("\n".join(["scheme,code,name", *names]) + "\n")
    places = [(f"HP9{i + 1} 1A{letter}", atom, WEST + 2000 * i + 250 + 500 * j)
              for i, atom in enumerate(ATOMS) for j, letter in enumerate("ABCD")]  # fmt: skip
    table = pd.DataFrame([*places, ("HP95 1AA", "E01000099", WEST + 9000)], columns=["postcode", "lsoa", "easting"])
    table = table.assign(northing=SOUTH + 1000, live=True, by_point=False).astype({"lsoa": "category"})
    table.to_parquet(folder / "postcodes.parquet", index=False)
    people = pd.DataFrame(
        [(atom, age, 25.0) for atom in ATOMS for age in range(91)], columns=["atom", "age", "persons"]
    )
    people.astype({"age": "int8"}).to_parquet(folder / "population.parquet", index=False)


CASES = [
    "child id,start,end,closure,postcode,protected",
    *(f"C{i}{j},2022-01-01,,,HP9{i} 1A{'ABCD'[j]}," for i in range(1, 5) for j in range(4)),
    "C51,2022-01-01,,,HP95 1AA,",
    "C52,2022-01-01,,,SW1A 1AA,",
    "C61,2022-01-01,,,,",
    "C62,2022-01-01,,,HP91 1,",
    "C63,2022-01-01,,,HP91 9ZZ,",
    "C64,2022-01-01,,,HP91 1AA,yes",
]


def outlines(path, codes, *, field="ward22_code", **columns):
    """Write areas (code -> first and last kilometre, or a shape) as GeoJSON in metres, and return the path."""
    features = [
        {
            "type": "Feature",
            "properties": {field: code} | {key: values[i] for key, values in columns.items()},
            "geometry": shapely.geometry.mapping(span if isinstance(span, shapely.Geometry) else box(*span)),
        }
        for i, (code, span) in enumerate(codes.items())
    ]
    crs = {"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::27700"}}
    path.write_text(json.dumps({"type": "FeatureCollection", "crs": crs, "features": features}))
    return path


def write(path, *lines):
    """Write lines as a file and return its path."""
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


LSOA_2021 = {"E01000001": (0, 2), "E01000002": (2, 4), "E01000003": (4, 6), "E01000005": (6, 7), "E01000006": (7, 8)}
LSOA_2011 = {atom: (2 * i, 2 * i + 2) for i, atom in enumerate(ATOMS)}
WARDS = {"X": (0, 3), "Y": (3, 8)}


def residents(path, areas, field="lsoa11_code"):
    """Write a wide population (area -> persons of each age) and return its path."""
    ages = ",".join([*map(str, range(90)), "90+"])
    return write(path, f"{field},{ages}", *(f"{code}," + ",".join([str(n)] * 91) for code, n in areas.items()))


def figures(workspace):
    """Return, for each scheme, the open cases and the residents of one age by area, and what kind they are."""
    store = Store(Workspace(workspace).current())
    counts = store.counts("cme_involvements", "open", [DAY])
    people = store.residents((7, 7), None)
    return {
        scheme.key: (dict(counts[scheme.key, DAY.key]), people.persons[scheme.key], people.basis_in(scheme.key))
        for scheme in store.profile.schemes
    }


@pytest.fixture(scope="session")
def squares_folder(tmp_path_factory):
    """The folder of profiles that holds the council of squares."""
    folder = tmp_path_factory.mktemp("profiles")
    write_pack(folder / "squares")
    return folder


@pytest.fixture
def squares(squares_folder, monkeypatch, tmp_path):
    """The council of squares: its profile, an empty folder for files, and functions that write them."""
    profiles.load_profile()  # kept: below there is no other than the squares
    monkeypatch.setattr(profiles, "PROFILES", squares_folder)
    files = tmp_path / "files"
    files.mkdir()
    return SimpleNamespace(
        profile=profiles.load_profile("squares"), folder=squares_folder, files=files, path=tmp_path / "workspace",
        atoms=ATOMS, cases=CASES, lsoa_2011=LSOA_2011, lsoa_2021=LSOA_2021, wards=WARDS,
        outlines=outlines, write=write, residents=residents, figures=figures, box=box,
    )  # fmt: skip


@pytest.fixture(scope="session")
def kept(tmp_path_factory):
    """A folder for workspaces that several tests begin with a copy of."""
    return tmp_path_factory.mktemp("kept")


@pytest.fixture
def begin(squares, kept):
    """Return a function that fills the workspace of the squares: built once by its name, then copied."""

    def begun(name, build):
        if (kept / name).exists():
            shutil.rmtree(squares.path, ignore_errors=True)
            shutil.copytree(kept / name, squares.path)
        else:
            build()
            shutil.copytree(squares.path, kept / name)

    return begun


@pytest.fixture
def filled(squares, begin):
    """The council of squares with a workspace of its children and residents."""

    def take(dataset, path, **said):
        return import_file(squares.path, dataset, path, profile=squares.profile, **said)

    def build():
        take("cme_involvements", cases)
        take("population", people, reference_date=date(2022, 6, 30))

    cases = write(squares.files / "cases.csv", *CASES)
    people = residents(squares.files / "people.csv", ATOMS)
    squares.take = take
    begin("filled", build)
    return squares
