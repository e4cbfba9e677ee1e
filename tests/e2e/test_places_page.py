"""The page on specialist places in a real browser: each journey is one that an education planner makes."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

pytestmark = pytest.mark.browser

AXE = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
CELL = "?year=2027&area=aylesbury&phase=secondary&need=communication&provision=special"


def open_page(page: Page, query: str = "?year=2027") -> None:
    page.goto(f"/places{query}")
    expect(page.get_by_role("heading", level=1)).to_have_text("Specialist places")


def test_first_screen_says_short_by_how_many_from_when_and_what_is_planned(forecast_page: Page) -> None:
    page = forecast_page
    open_page(page)
    expect(page.locator(".lead").first).to_contain_text("more specialist places are needed")
    for card, words in ((".card-short", "Chance of a shortage"), (".card-when", "First short"),
                        (".card-planned", "places in 5 schemes")):  # fmt: skip
        expect(page.locator(card)).to_contain_text(words)
        box = page.locator(card).bounding_box()
        assert box is not None
        assert box["y"] + box["height"] <= 900
    expect(page.locator(".county-strip")).to_contain_text("more than 12,000")


def test_planner_has_the_answer_in_three_clicks(forecast_page: Page) -> None:
    page = forecast_page
    page.goto("/cme")
    page.get_by_role("navigation", name="Pages").get_by_role("link", name="Specialist places").click()
    page.locator(".first-cells a").first.click()
    expect(page.locator("#cell .cell-facts")).to_contain_text("Chance that places are short")
    expect(page.locator("#cell .cell-facts")).to_contain_text("Rests on")
    expect(page.locator("#cell .cell-facts")).to_contain_text("First January short")
    page.get_by_role("link", name="Compare ready-made options").click()
    expect(page.locator("#compare .compare-table").first).to_contain_text("Over 45 minutes (estimated)")
    expect(page.locator(".ranking li").first).to_contain_text("a year for each child newly placed")


def test_a_chosen_cell_comes_in_place_and_stands_in_the_address(forecast_page: Page) -> None:
    page = forecast_page
    open_page(page)
    page.evaluate("window.stayed = true")
    page.locator('#gap-matrix a.cell[title^="Aylesbury, secondary, communication"]').first.click()
    expect(page.locator("#cell-title")).to_contain_text("Aylesbury, secondary, communication and interaction")
    expect(page).to_have_url(re.compile("area=aylesbury&phase=secondary&need=communication&provision=special"))
    assert page.evaluate("window.stayed") is True
    expect(page.locator("#gap-matrix a.cell[aria-current]")).to_have_count(1)
    expect(page.locator("#cell .chart")).to_have_attribute("data-drawn", "")
    # Another January keeps the cell.
    page.locator("#year").select_option("2030")
    expect(page.locator("#cell .tags").first).to_contain_text("January 2030")
    expect(page).to_have_url(re.compile("year=2030&area=aylesbury|area=aylesbury.*year=2030"))


def test_the_matrix_is_walked_by_the_keyboard(forecast_page: Page) -> None:
    page = forecast_page
    open_page(page)
    first = page.locator("#gap-matrix a.cell").first
    first.focus()
    page.keyboard.press("ArrowRight")
    expect(page.locator("#gap-matrix tbody tr").nth(1).locator("a.cell").nth(1)).to_be_focused()
    page.keyboard.press("ArrowDown")
    expect(page.locator("#gap-matrix tbody tr").nth(2).locator("a.cell").nth(1)).to_be_focused()
    page.keyboard.press("Home")
    expect(page.locator("#gap-matrix tbody tr").nth(2).locator("a.cell").first).to_be_focused()
    assert page.locator('#gap-matrix a.cell[tabindex="0"]').count() == 1
    page.keyboard.press("Enter")
    expect(page.locator("#cell-title")).to_contain_text("early years")
    expect(page.locator("#gap-matrix tbody tr").nth(2).locator("a.cell").first).to_be_focused()


def test_a_rolled_up_cell_leads_to_the_wider_one(forecast_page: Page) -> None:
    page = forecast_page
    open_page(page, "?year=2027&area=aylesbury&phase=secondary&need=sensory&provision=base")
    expect(page.locator("#cell .look-at")).to_contain_text("too few for figures of its own")
    page.locator("#cell .look-at a").click()
    expect(page.locator("#cell-title")).to_contain_text("Buckinghamshire")


def test_planner_tries_keeps_compares_and_deletes_a_scenario(forecast_page: Page) -> None:
    page = forecast_page
    open_page(page)
    page.locator("#f-school1_name").fill("New special school north")
    page.locator("#f-school1_area").select_option("aylesbury")
    page.locator("#f-school1_secondary").fill("80")
    page.locator("#f-school1_opens").fill("2026-09-01")
    page.get_by_role("button", name="Show what changes").click()
    expect(page.locator("#matrix")).to_contain_text("cells change with the scenario")
    expect(page.locator("#gap-matrix .was").first).to_contain_text("was")
    expect(page).to_have_url(re.compile("plan="))
    page.locator("#save-name").fill("School in the north")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page).to_have_url(re.compile("scenario=School"))
    expect(page.locator("#scenario-choice")).to_have_value("School in the north")
    expect(page.locator(".compare-table").first).to_contain_text("School in the north")
    page.locator("#scenario-choice").select_option("")
    expect(page.locator("#matrix")).not_to_contain_text("cells change")
    page.get_by_label(re.compile("School in the north")).check()
    expect(page.locator(".compare-table").first).to_contain_text("School in the north")
    page.locator("summary", has_text="Delete a saved scenario").click()
    page.get_by_role("button", name="Delete School in the north").click()
    expect(page.locator("#scenario")).not_to_contain_text("School in the north")


def test_what_makes_no_sense_is_said_at_the_form(browser: Browser, forecast_site: str) -> None:
    # Not a watched page: a browser notes every refusal on its console.
    context = browser.new_context(base_url=forecast_site, viewport={"width": 1440, "height": 900})
    page = context.new_page()
    open_page(page)
    page.locator("#f-avoided").fill("many")
    with page.expect_response(lambda answer: answer.status == 400):
        page.get_by_role("button", name="Show what changes").click()
    expect(page.locator("#scenario [role=alert]")).to_contain_text("'many' is no number")
    expect(page.locator("#f-avoided")).to_have_value("many")
    context.close()


def test_the_page_works_without_scripts(browser: Browser, forecast_site: str) -> None:
    context = browser.new_context(base_url=forecast_site, java_script_enabled=False)
    page = context.new_page()
    open_page(page)
    page.locator('#gap-matrix a.cell[title^="Wycombe, secondary, communication"]').first.click()
    expect(page.locator("#cell-title")).to_contain_text("Wycombe, secondary")
    page.locator("#f-over_number").check()
    page.get_by_role("button", name="Show what changes").click()
    expect(page.locator("#matrix")).to_contain_text("cells change with the scenario")
    page.locator("#save-name").fill("Without scripts")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.locator(".look-at").first).to_contain_text("Without scripts")
    page.locator("summary", has_text="Delete a saved scenario").click()
    page.get_by_role("button", name="Delete Without scripts").click()
    expect(page.locator("#scenario")).not_to_contain_text("Without scripts")
    context.close()


@pytest.mark.parametrize(
    ("query", "scheme"),
    [(f"{CELL}&with=examples&finer=1", "light"), (f"{CELL}&with=examples&finer=1", "dark"), ("?year=1900", "light")],
)
def test_axe_finds_nothing(browser: Browser, forecast_site: str, scheme: str, query: str) -> None:
    context = browser.new_context(base_url=forecast_site, color_scheme=scheme, viewport={"width": 1440, "height": 900})
    page = context.new_page()
    open_page(page, query)
    if "1900" not in query:
        page.evaluate("atlas.drawCharts()")
    found = Axe().run(page, options=AXE).response["violations"]
    assert [(one["id"], [node["target"] for node in one["nodes"]]) for one in found] == []
    context.close()


@pytest.mark.parametrize("query", ["?year=2027", f"{CELL}&with=examples", "?year=1900"])
def test_a_phone_shows_everything_without_scrolling_sideways(forecast_page: Page, query: str) -> None:
    page = forecast_page
    page.set_viewport_size({"width": 390, "height": 844})
    if "1900" in query:
        page.route("**/places?year=1900", lambda route: route.fulfill(response=route.fetch(), status=200))
    open_page(page, query)
    page.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true; })")
    assert page.evaluate("document.documentElement.scrollWidth") <= 390


def test_a_sign_and_its_row_point_at_each_other(forecast_page: Page) -> None:
    page = forecast_page
    open_page(page)
    page.locator("#map tr[data-setting]").nth(3).hover()
    expect(page.locator("#map g.pointed")).to_have_attribute("data-setting", "3")
