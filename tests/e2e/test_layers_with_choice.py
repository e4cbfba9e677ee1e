"""Layers with variants, layers that lack areas, and the strength of the colours."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser

WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]


def open_map(page: Page, address: str = "") -> None:
    page.goto(address or "/")
    expect(page.locator("#area-list [role=option]").first).to_be_visible()


def choose_layer(page: Page, title: str) -> None:
    page.locator("#layers").get_by_role("radio", name=title, exact=True).check(force=True)


def test_only_the_chosen_layer_shows_its_line_and_its_variants(subjects_page: Page) -> None:
    page = subjects_page
    open_map(page)
    expect(page.locator("#layers .plain:visible")).to_have_count(1)
    expect(page.locator("#layers select:visible")).to_have_count(0)
    choose_layer(page, "Primary need")
    chooser = page.get_by_label("Primary need (Primary need)")
    expect(chooser).to_be_visible()
    expect(page.locator("#layers .plain:visible")).to_contain_text("one primary need")


def test_a_variant_is_in_title_and_address_and_is_kept_while_one_looks_elsewhere(subjects_page: Page) -> None:
    page = subjects_page
    open_map(page, "/?layer=ehcp_need:SEMH")
    expect(page.locator("h1")).to_contain_text("% with social, emotional and mental health")
    page.locator("#layers select:visible").select_option("MLD")
    expect(page.locator("h1")).to_contain_text("% with moderate learning difficulty")
    assert "layer=ehcp_need:MLD" in page.url
    choose_layer(page, "New cases")
    expect(page.locator("h1")).to_contain_text("New cases")
    choose_layer(page, "Primary need")
    expect(page.locator("h1")).to_contain_text("% with moderate learning difficulty")
    page.go_back()
    page.go_back()
    expect(page.locator("#layers select:visible")).to_have_value("MLD")
    page.go_back()
    expect(page.locator("#layers select:visible")).to_have_value("SEMH")


def test_areas_a_layer_lacks_are_off_with_the_reason_and_come_back_with_the_choice(subjects_page: Page) -> None:
    page = subjects_page
    open_map(page, "/?scheme=ward&layer=cme_open")
    page.locator("#area-list [role=option]").first.click()
    expect(page.locator("#card h3")).to_have_text("Abbey")
    choose_layer(page, "Deprivation")
    expect(page.locator("#area-list [role=option]")).to_have_count(319)
    assert "scheme=lsoa" in page.url
    wards = page.get_by_role("radio", name="Wards")
    expect(wards).to_be_disabled()
    expect(page.locator("#scheme-why")).to_have_text("Deprivation can be shown by: LSOAs.")
    assert wards.get_attribute("aria-describedby") == "scheme-why"
    assert "LSOAs" in (page.locator("#schemes label").filter(has=wards).get_attribute("title") or "")
    choose_layer(page, "Open cases")
    expect(page.locator("#area-list [role=option]")).to_have_count(49)
    expect(page.locator("#card h3")).to_have_text("Abbey")
    expect(page.locator("#scheme-why")).to_be_hidden()


def test_the_nearest_areas_stand_in_for_those_a_layer_lacks(subjects_page: Page) -> None:
    open_map(subjects_page, "/?scheme=lsoa&layer=cme_open")
    choose_layer(subjects_page, "Most deprived small areas")
    expect(subjects_page.locator("#area-list [role=option]")).to_have_count(67)  # MSOAs


def test_grades_are_dark_where_there_is_more_and_named_by_both_bounds(subjects_page: Page) -> None:
    open_map(subjects_page, "/?layer=deprivation:2025-imd")
    rows = subjects_page.locator("#legend li")
    expect(rows.first).to_contain_text("1 to 2")
    expect(rows.first.locator(".swatch")).to_have_class("swatch look-4")
    expect(subjects_page.locator("#legend .range")).to_have_text(
        ["1 to 2", "3 to 4", "5 to 6", "7 to 8", "9 to 10", "No figure"]
    )


def test_the_strength_of_the_colours_is_kept_and_in_the_address_only_when_not_full(subjects_page: Page) -> None:
    page = subjects_page
    open_map(page)
    assert "fill=" not in page.url
    page.locator("#fill").fill("60")
    page.wait_for_url("**fill=60**")
    opacity = "atlas.panes[0].shapes.wycombe.options.fillOpacity"
    page.wait_for_function(f"{opacity} === 0.6")
    open_map(page, "/?layer=cme_new")  # another visit, without the figure in its address
    page.wait_for_function(f"{opacity} === 0.6")
    page.locator("#fill").fill("100")
    page.wait_for_function(f"{opacity} === 1")
    assert "fill=" not in page.url
    expect(page.get_by_role("slider", name="Colour strength")).to_be_visible()


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_nothing_bars_a_screen_reader_from_a_layer_with_a_choice(subjects_page: Page, theme: str) -> None:
    subjects_page.emulate_media(color_scheme=theme)
    open_map(subjects_page, "/?layer=deprivation:2025-imd")
    found = Axe().run(subjects_page, options={"runOnly": WCAG})
    assert found.violations_count == 0, found.generate_report()


@pytest.mark.parametrize(("width", "height"), [(1440, 900), (390, 844)])
def test_every_layer_can_be_reached_and_nothing_spills(subjects_page: Page, width: int, height: int) -> None:
    page = subjects_page
    page.set_viewport_size({"width": width, "height": height})
    open_map(page)
    if width < 900:
        page.locator("#rail-details summary").click()
    for row in page.locator("#layers .layer").all():
        row.locator("label").first.click()
        expect(row).to_have_class("layer chosen")
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    least = 44 if width < 900 else 24
    heights = page.evaluate(
        "[...document.querySelectorAll('.layer > label, .place-set label, .segments label, button, select')]"
        ".filter(one => one.offsetParent).map(one => one.getBoundingClientRect().height)"
    )
    assert min(heights) >= least
