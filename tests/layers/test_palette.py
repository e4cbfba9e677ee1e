"""Colours: neighbouring classes can be told apart, on light and on dark."""

from itertools import pairwise

import pytest

from layers.palette import CLASS_COUNT, SEQUENTIAL_DARK, SEQUENTIAL_LIGHT, steps

PALETTES = pytest.mark.parametrize("colours", [SEQUENTIAL_LIGHT, SEQUENTIAL_DARK], ids=["light", "dark"])


def luminance(colour):
    """Return the relative luminance of WCAG 2.2."""
    parts = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one, other):
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def test_contrast_is_measured_as_wcag_does():
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21)
    assert contrast("#FFFFFF", "#767676") == pytest.approx(4.54, abs=0.01)


@PALETTES
def test_there_is_a_colour_for_every_class(colours):
    assert len(set(colours)) == CLASS_COUNT == 5


@PALETTES
def test_neighbouring_steps_differ_by_more_than_a_third(colours):
    for one, other in pairwise(colours):
        assert contrast(one, other) > 1.35


@PALETTES
def test_the_ends_can_never_be_confused(colours):
    assert contrast(colours[0], colours[-1]) > 7


def test_more_is_further_from_the_ground():
    light = [luminance(colour) for colour in SEQUENTIAL_LIGHT]
    dark = [luminance(colour) for colour in SEQUENTIAL_DARK]
    assert light == sorted(light, reverse=True)
    assert dark == sorted(dark)


@pytest.mark.parametrize(
    ("count", "expected"), [(1, (2,)), (2, (0, 4)), (3, (0, 2, 4)), (4, (0, 1, 3, 4)), (5, (0, 1, 2, 3, 4))]
)
def test_fewer_classes_are_spread_over_all_steps(count, expected):
    assert steps(count) == expected


@pytest.mark.parametrize("count", [0, 6])
def test_no_more_classes_than_colours(count):
    with pytest.raises(ValueError, match=f"1 to 5 classes; got {count}"):
        steps(count)
