"""Which columns of a lookup are the small areas, and which the areas of a scheme: told by their headings."""

from __future__ import annotations

import re
from collections.abc import Sequence

_SCHEMES = {"lsoa": "lsoa", "msoa": "msoa", "ward": "ward", "wd": "ward", "board": "community_board",
            "community_board": "community_board", "locality": "locality", "lad": "district", "ltla": "district",
            "district": "district"}  # fmt: skip
"""Word at the start of a heading -> scheme, finest first: of several, the finest but the small areas is meant."""

_HEADING = re.compile(rf"^(?P<word>{'|'.join(_SCHEMES)})_?(?P<year>\d{{2,4}})?_?(?P<what>code|cd|name|nm)$")


def _parts(heading: str) -> tuple[str, int | None, str] | None:
    plain = re.sub(r"[^a-z0-9_]", "", heading.strip().lower().replace(" ", "_"))
    found = _HEADING.match(plain)
    if found is None:
        return None
    year = found["year"]
    what = "code" if found["what"] in ("code", "cd") else "name"
    return _SCHEMES[found["word"]], None if not year else int(year) % 100 + 2000, what


def scheme_of(heading: str) -> tuple[str, int | None]:
    """Return the scheme and vintage that a heading speaks of: ("ward", 2024) for "ward24_code"; "" for none."""
    found = _parts(heading)
    return (found[0], found[1]) if found else ("", None)


def lookup_columns(headings: Sequence[str], atoms: str, wanted: str = "") -> dict[str, str]:
    """Return our column -> heading for a lookup.

    Parameters
    ----------
    headings : sequence of str
        As they stand in the file.
    atoms : str
        The scheme of the small areas ("lsoa").
    wanted : str, optional
        The scheme to take, where the file has several.

    Returns
    -------
    dict of str to str
        Some of atom, area, name and change; what is not found is left to the aliases. Two columns of small areas make a
        lookup between two censuses: from the earlier to the later.
    """
    known = {heading: parts for heading in headings if (parts := _parts(heading))}
    codes = {heading: (scheme, year or 0) for heading, (scheme, year, what) in known.items() if what == "code"}
    small = sorted((h for h, (scheme, _) in codes.items() if scheme == atoms), key=lambda h: codes[h][1])
    order = list(dict.fromkeys(_SCHEMES.values()))
    large = sorted((h for h in codes if h not in small), key=lambda h: order.index(codes[h][0]))
    large = [h for h in large if codes[h][0] == wanted] if wanted and wanted != atoms else large
    found: dict[str, str] = {}
    if small:
        found["atom"] = small[0]
    if len(small) > 1 and wanted in ("", atoms):
        found["area"] = small[-1]
    elif large:
        found["area"] = large[0]
    if "area" in found:
        scheme, year, _ = known[found["area"]]
        names = [h for h, (s, y, what) in known.items() if (s, y, what) == (scheme, year, "name")]
        found |= {"name": names[0]} if names else {}
    return found
