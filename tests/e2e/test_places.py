"""Places on the map: shown, filtered, found and opened without a mouse."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser

WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]


def open_map(page: Page, address: str = "") -> None:
    page.goto(address or "/")
    expect(page.locator("#area-list [role=option]").first).to_be_visible()


def drawn(page: Page) -> int:
    """Return how many symbols are on the map."""
    return int(page.evaluate("atlas.panes[0].symbols ? atlas.panes[0].symbols.getLayers().length : 0"))


def tick(page: Page, name: str, on: bool = True) -> None:
    page.get_by_role("checkbox", name=name, exact=True).set_checked(on)


def test_places_are_fetched_only_when_they_are_wanted_and_once(subjects_page: Page) -> None:
    page = subjects_page
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url) if "/points/" in request.url else None)
    open_map(page)
    assert asked == []
    expect(page.locator("#places-list")).to_be_hidden()
    tick(page, "Family centres")
    expect(page.locator("#places-title")).to_have_text("Places (3)")
    assert drawn(page) == 3
    tick(page, "Family centres", on=False)
    expect(page.locator("#places-list")).to_be_hidden()
    assert drawn(page) == 0
    tick(page, "Family centres")
    expect(page.locator("#places-title")).to_have_text("Places (3)")
    assert len(asked) == 1
    assert "snapshot=" in asked[0]


def test_the_legend_says_what_each_symbol_is_and_what_is_illustrative(subjects_page: Page) -> None:
    open_map(subjects_page, "/?points=family_centres,schools")
    legend = subjects_page.locator("#place-legend")
    expect(legend.locator("h2").first).to_have_text("Family centres illustrative")
    expect(legend.locator("li").first).to_have_text("Family centre")
    shapes = legend.locator("path").evaluate_all("paths => paths.map(path => path.getAttribute('d'))")
    assert len(shapes) == len(set(shapes)) == 2 + 9  # every kind has a shape of its own


def test_kinds_can_be_taken_away_and_the_link_repeats_it(subjects_page: Page) -> None:
    page = subjects_page
    open_map(page, "/?points=schools")
    expect(page.locator("#places-title")).to_have_text("Places (10)")
    kinds = page.get_by_role("group", name="Kinds of schools")
    expect(kinds.locator("label").filter(has_text="Primary")).to_have_text("Primary2")
    kinds.get_by_role("checkbox", name="Primary").uncheck()
    expect(page.locator("#places-title")).to_have_text("Places (8)")
    assert drawn(page) == 8
    address = page.url
    page.goto("about:blank")
    open_map(page, address)
    expect(page.locator("#places-title")).to_have_text("Places (8)")
    expect(page.locator("#place-legend")).not_to_contain_text("Primary")


def test_a_layer_brings_its_places_and_takes_them_along_unless_they_were_asked_for(subjects_page: Page) -> None:
    page = subjects_page
    layers = page.locator("#layers")
    schools = page.get_by_role("checkbox", name="Schools", exact=True)
    open_map(page)
    layers.get_by_role("radio", name="Schools", exact=True).check(force=True)
    expect(schools).to_be_checked()
    layers.get_by_role("radio", name="Open cases", exact=True).check(force=True)
    expect(schools).not_to_be_checked()
    schools.check()
    layers.get_by_role("radio", name="Schools", exact=True).check(force=True)
    layers.get_by_role("radio", name="Open cases", exact=True).check(force=True)
    expect(schools).to_be_checked()
    layers.get_by_role("radio", name="Schools", exact=True).check(force=True)
    schools.uncheck()
    expect(page.locator("#places-list")).to_be_hidden()
    assert "points=none" in page.url
    page.reload()
    expect(page.locator("h1")).to_contain_text("Schools")
    expect(schools).not_to_be_checked()


def test_a_keyboard_finds_a_place_opens_it_and_comes_back(subjects_page: Page) -> None:
    page = subjects_page
    open_map(page, "/?points=family_centres,schools")
    find = page.get_by_role("searchbox", name="Find a place")
    find.fill("monday, wed")  # a fact, not a name
    expect(page.locator("#places-title")).to_have_text("Places (1 of 13)")
    find.press("Tab")
    option = page.locator("#places-list [role=option]")
    expect(option).to_be_focused()
    expect(page.locator(".leaflet-tooltip")).to_contain_text("Open Monday, Wednesday and Friday")
    zoom = page.evaluate("atlas.map.getZoom()")
    page.keyboard.press("Enter")
    popup = page.locator(".leaflet-popup")
    expect(popup).to_contain_text("Oak")
    expect(popup).to_contain_text("Family centre plus")
    expect(popup.locator(".place-words")).to_be_focused()
    assert page.evaluate("atlas.map.getZoom()") > zoom
    expect(page.locator("#live")).to_have_text("Oak. Family centre plus. Open Monday, Wednesday and Friday")
    page.keyboard.press("Escape")
    expect(popup).to_have_count(0)
    expect(option).to_be_focused()


def test_a_symbol_answers_to_the_mouse_and_leaves_the_area_below_alone(subjects_page: Page) -> None:
    page = subjects_page
    open_map(page, "/?points=family_centres")
    expect(page.locator("#places-title")).to_have_text("Places (3)")
    x, y = page.evaluate(
        "(() => { const at = atlas.map.latLngToContainerPoint([51.7, -0.8]); "
        "const box = atlas.map.getContainer().getBoundingClientRect(); return [box.left + at.x, box.top + at.y]; })()"
    )
    page.mouse.move(x, y)
    page.mouse.move(x + 1, y)
    expect(page.locator(".leaflet-tooltip").filter(has_text="Family centre")).to_be_visible()
    page.mouse.click(x, y)
    expect(page.locator(".leaflet-popup")).to_be_visible()
    expect(page.locator("#card h3")).to_have_text("Buckinghamshire")


def test_symbols_stay_above_the_areas_when_these_change(subjects_page: Page) -> None:
    page = subjects_page
    open_map(page, "/?points=family_centres")
    expect(page.locator("#places-title")).to_have_text("Places (3)")
    page.get_by_role("radio", name="Wards").check(force=True)
    expect(page.locator("#area-list [role=option]")).to_have_count(49)
    last = page.evaluate(
        "(() => { const { _drawLast } = atlas.map.getRenderer(atlas.panes[0].symbols.getLayers()[0]); "
        "return atlas.panes[0].symbols.hasLayer(_drawLast.layer); })()"
    )
    assert last


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_nothing_bars_a_screen_reader_from_the_places(subjects_page: Page, theme: str) -> None:
    page = subjects_page
    page.emulate_media(color_scheme=theme)
    open_map(page, "/?points=family_centres,schools&scheme=ward")
    expect(page.locator("#places-title")).to_have_text("Places (13)")
    page.locator("#places-list [role=option]").first.click()
    expect(page.locator(".leaflet-popup")).to_be_visible()
    found = Axe().run(page, options={"runOnly": WCAG})
    assert found.violations_count == 0, found.generate_report()
