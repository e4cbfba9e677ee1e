"""Two layers side by side with one cursor."""

import re
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, Route, expect

pytestmark = pytest.mark.browser

WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
PLACES = "atlas.panes.map(({ map }) => [map.getCenter().lat.toFixed(3), map.getCenter().lng.toFixed(3), map.getZoom()])"
SIZES = "atlas.panes.map(({ map }) => [map.getSize().x, map.getSize().y])"


def open_map(page: Page, address: str = "") -> None:
    page.goto(address or "/")
    expect(page.locator("#area-list [role=option]").first).to_be_visible()


def wait_for_two(page: Page) -> None:
    page.wait_for_function("atlas.panes.length === 2 && atlas.panes.every(pane => pane.isDrawn())")


def together(page: Page) -> None:
    """Both maps come to rest at the same place."""
    page.wait_for_function(f"(() => {{ const [a, b] = {PLACES}; return String(a) === String(b); }})()")


def test_a_second_layer_stands_beside_the_first_and_the_link_repeats_it(page: Page) -> None:
    open_map(page, "/?scheme=ward&layer=cme_open")
    page.get_by_role("button", name="Compare two layers").click()
    wait_for_two(page)
    second = page.get_by_label("Second layer")
    expect(second).to_be_focused()
    second.select_option("ehcp_need:ASD")
    expect(page.locator("#second-title h2")).to_have_text("Primary need: % with autistic spectrum disorder")
    page.locator("#second-period").select_option("2022-07-31")
    expect(page.locator("#second-title .when-words")).to_have_text("31 July 2022")
    expect(page.locator("h1")).to_have_text("Open cases and Primary need: Autistic spectrum disorder")
    expect(page.locator("#first-title h2")).to_have_text("Open cases: per 1,000 aged 5–15")
    expect(page.locator("#second-title .tag").first).to_have_text("synthetic")
    for legend in ("#legend li", "#second-legend li"):
        assert page.locator(legend).count() > 1
    sizes = page.evaluate(SIZES)
    assert sizes[0] == sizes[1]
    assert "with=ehcp_need:ASD&with_period=2022-07-31" in page.url

    address, words = page.url, page.locator("#second-sentence").inner_text()
    page.goto("about:blank")
    open_map(page, address)
    wait_for_two(page)
    expect(page.locator("#second-sentence")).to_have_text(words)


def test_a_click_chooses_in_both_and_card_and_list_show_both_figures(page: Page) -> None:
    open_map(page, "/?scheme=ward&layer=cme_open&with=ehcp_prevalence")
    wait_for_two(page)
    option = page.locator("#area-list [role=option]").first
    figures = [option.locator(".figure").inner_text(), option.locator(".second-figure").inner_text()]
    assert re.fullmatch(r"[\d.]+", figures[0])
    assert re.fullmatch(r"[\d.]+%", figures[1])
    option.click()
    expect(page.locator("#card h3")).to_have_text("Abbey")
    blocks = page.locator("#card .layer-figures")
    expect(blocks).to_have_count(2)
    expect(blocks.locator("b")).to_have_text(figures)
    expect(blocks.nth(1).locator("h4")).to_have_text(re.compile("^Plans maintained, "))
    rings = page.evaluate("atlas.panes.map(pane => pane.rings.chosen.getLayers().length)")
    assert rings[0] == rings[1] > 0
    expect(page.locator("#second-csv")).to_have_attribute("href", re.compile("layer=ehcp_prevalence"))


def test_hovering_one_map_points_and_speaks_in_the_other(page: Page) -> None:
    open_map(page, "/?scheme=locality&layer=cme_open&with=ehcp_prevalence")
    wait_for_two(page)
    box = page.locator("#second-map").bounding_box()
    assert box is not None
    page.mouse.move(box["x"] + 150, box["y"] + 150)
    page.mouse.move(box["x"] + 153, box["y"] + 150)
    tips = page.locator(".leaflet-tooltip")
    expect(tips).to_have_count(2)
    words = tips.all_inner_texts()
    assert words[0].split(" ")[0] == words[1].split(" ")[0] == "Aylesbury"
    assert sum("%" in one for one in words) == 1
    dot = page.locator(".pane").first.locator(".cursor").bounding_box()
    first = page.locator(".pane").first.locator(".leaflet-container").bounding_box()
    assert dot is not None
    assert first is not None
    assert abs(dot["x"] + dot["width"] / 2 - first["x"] - 153) < 2
    page.mouse.move(5, 5)
    expect(tips).to_have_count(0)
    expect(page.locator(".cursor:visible")).to_have_count(0)


def test_focusing_an_area_in_the_list_shows_it_on_both_maps(page: Page) -> None:
    open_map(page, "/?scheme=locality&layer=cme_open&with=ehcp_prevalence")
    wait_for_two(page)
    page.locator("#area-list [role=option]").first.focus()
    expect(page.locator(".leaflet-tooltip")).to_have_count(2)
    page.keyboard.press("ArrowDown")
    expect(page.locator(".leaflet-tooltip").first).to_contain_text("Chiltern & South Bucks")
    expect(page.locator(".leaflet-tooltip")).to_have_count(2)


def test_both_maps_move_together_whoever_is_moved_and_however(page: Page) -> None:
    open_map(page, "/?scheme=lsoa&layer=cme_open&with=ehcp_prevalence")
    wait_for_two(page)
    start = page.evaluate(PLACES)
    for selector in (".pane .leaflet-container", "#second-map"):
        box = page.locator(selector).first.bounding_box()
        assert box is not None
        page.mouse.move(box["x"] + 200, box["y"] + 200)
        page.mouse.down()
        page.mouse.move(box["x"] + 150, box["y"] + 230, steps=5)
        dragged = page.evaluate(PLACES)
        assert dragged[0] == dragged[1]
        page.mouse.up()
        page.mouse.wheel(0, -200)
        page.wait_for_timeout(500)
        together(page)
    page.locator("#second-map").focus()
    page.keyboard.press("ArrowLeft")
    page.wait_for_timeout(500)
    together(page)
    page.get_by_role("button", name="Zoom in").click()
    page.wait_for_timeout(500)
    together(page)
    assert page.evaluate(PLACES)[0][2] > start[0][2]
    page.get_by_role("button", name="Whole county").click()
    together(page)


def test_back_to_one_map_leaves_nothing_behind_and_back_again_brings_it(page: Page) -> None:
    open_map(page, "/?scheme=ward&layer=cme_open&area=E05013120&with=ehcp_prevalence")
    wait_for_two(page)
    page.get_by_role("button", name="Back to one map").click()
    expect(page.get_by_role("button", name="Compare two layers")).to_be_focused()
    expect(page.locator("#second-pane")).to_be_hidden()
    expect(page.locator("h1")).to_have_text("Open cases: per 1,000 aged 5–15")
    expect(page.locator("#card .layer-figures")).to_have_count(0)
    expect(page.locator(".second-figure:visible")).to_have_count(0)
    assert "with" not in page.url
    page.go_back()
    wait_for_two(page)
    expect(page.locator("#card .layer-figures")).to_have_count(2)


def test_two_layers_of_one_date_go_through_time_together(page: Page) -> None:
    open_map(page, "/?layer=cme_open&period=2022-07-31&with=cme_long_open&with_period=2022-07-31")
    wait_for_two(page)
    page.get_by_role("button", name="Earlier").click()
    expect(page.locator("#first-title .when-words")).to_have_text("30 June 2022")
    expect(page.locator("#second-title .when-words")).to_have_text("30 June 2022")


def test_an_answer_for_the_second_map_that_comes_late_is_dropped(page: Page) -> None:
    open_map(page, "/?scheme=ward&layer=cme_open&with=ehcp_prevalence")
    wait_for_two(page)
    held: list[Route] = []

    def hold_first(route: Route) -> None:
        if held or '"second.data"' not in (route.request.post_data or ""):
            route.continue_()
        else:
            held.append(route)

    page.evaluate("atlas.forget()")
    page.route("**/_dash-update-component*", hold_first)
    page.locator("#second-layer").select_option("ehcp_growth")
    page.wait_for_timeout(100)
    page.locator("#second-layer").select_option("child_population")
    expect(page.locator("#second-title h2")).to_contain_text("Children who live here")
    held[0].continue_()
    page.wait_for_load_state("networkidle")
    expect(page.locator("#second-title h2")).to_contain_text("Children who live here")
    expect(page.locator("#card .layer-figures h4").nth(1)).to_contain_text("Children who live here")


def test_only_areas_that_both_layers_have_are_offered(subjects_page: Page) -> None:
    page = subjects_page
    open_map(page, "/?scheme=ward&layer=cme_open&with=deprivation:2025-imd")
    wait_for_two(page)
    expect(page.locator("#area-list [role=option]")).to_have_count(319)
    expect(page.get_by_role("radio", name="Wards")).to_be_disabled()
    expect(page.locator("#scheme-why")).to_have_text("Open cases and Deprivation can both be shown by: LSOAs.")
    page.locator("#layers").get_by_role("radio", name="Most deprived small areas").check(force=True)
    expect(page.locator("#second-pane")).to_be_hidden()
    expect(page.locator("#scheme-why")).to_contain_text("no areas in common")
    expect(page.locator("#area-list [role=option]")).to_have_count(49)


def test_the_picture_has_both_maps(page: Page, tmp_path: Path) -> None:
    open_map(page, "/?layer=cme_open&with=ehcp_need:ASD")
    wait_for_two(page)
    with page.expect_download() as found:
        page.get_by_role("button", name="Save picture").click()
    name = found.value.suggested_filename
    assert name == "cme_open_with_ehcp_need-ASD_locality_2022-07-31_synthetic.png"
    target = tmp_path / "maps.png"
    found.value.save_as(target)
    assert target.stat().st_size > 20_000


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("width", [1440, 390])
def test_nothing_bars_a_screen_reader_from_two_maps(page: Page, theme: str, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    page.emulate_media(color_scheme=theme)
    open_map(page, "/?scheme=ward&layer=cme_open&with=ehcp_prevalence&area=E05013120")
    wait_for_two(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    found = Axe().run(page, options={"runOnly": WCAG})
    assert found.violations_count == 0, found.generate_report()


def test_on_a_phone_the_two_maps_are_of_one_size_below_each_other(page: Page) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    open_map(page, "/?layer=cme_open")
    page.get_by_role("button", name="Compare two layers").click()
    wait_for_two(page)
    sizes = page.evaluate(SIZES)
    assert sizes[0] == sizes[1]
    boxes = [one.bounding_box() for one in page.locator(".leaflet-container").all()]
    assert boxes[0] is not None
    assert boxes[1] is not None
    assert boxes[1]["y"] > boxes[0]["y"] + boxes[0]["height"]
