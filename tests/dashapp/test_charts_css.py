"""The colours of charts: seen against every ground, in light and in dark."""

import re
from pathlib import Path

import pytest

from layers.chart_frame import COLOURS

ASSETS = Path(__file__).parents[2] / "dashapp" / "assets"
CHARTS = (ASSETS / "cme" / "charts.css").read_text(encoding="utf-8")
SHEET = (ASSETS / "atlas.css").read_text(encoding="utf-8")
LIGHT, DARK, WISHED = 0, 1, 2


def variables(sheet, place):
    """Return the variables of the rules for light, dark and the system's dark."""
    pattern = r"(?m)^\s*:root(?:\[data-theme=dark\]|:not\(\[data-theme=light\]\))? \{([^}]*)\}"
    return dict(re.findall(r"(--[\w-]+): ([^;]+);", re.findall(pattern, sheet)[place]))


def luminance(colour):
    """Return the relative luminance of WCAG 2.2."""
    parts = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one, other):
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("theme", [LIGHT, DARK])
def test_every_colour_is_seen_against_the_panel_it_stands_on(theme):
    colours, ground = variables(CHARTS, theme), variables(SHEET, theme)["--panel"]
    for name in COLOURS:
        assert contrast(colours[name[4:-1]], ground) >= 3


def test_light_colours_are_those_of_the_government_analysis_function():
    colours = variables(CHARTS, LIGHT)
    assert [colours[f"--chart-{number}"] for number in range(1, 5)] == ["#12436d", "#28a197", "#801650", "#f46a25"]


def test_the_systems_dark_is_the_same_dark():
    assert variables(CHARTS, DARK) == variables(CHARTS, WISHED)
    assert variables(CHARTS, DARK).keys() == variables(CHARTS, LIGHT).keys()
