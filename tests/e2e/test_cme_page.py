"""The page on children missing education in a real browser: each journey is one that an officer makes."""

import re
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

pytestmark = pytest.mark.browser

AXE = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}


def open_page(page: Page, query: str = "") -> None:
    page.goto(f"/cme{query}")
    expect(page.get_by_role("heading", level=1)).to_have_text("Children missing education")


def row(page: Page, name: str) -> list[str]:
    """Return the text of the cells of an area in the table beside the map."""
    return page.locator("#where tbody tr", has=page.get_by_role("rowheader", name=name)).locator("td").all_inner_texts()


def test_officer_reads_the_headline_without_scrolling(page: Page) -> None:
    open_page(page)
    first = page.locator(".card-open")
    expect(first).to_contain_text("Open on 31 July 2022")
    expect(first.locator("b")).to_have_text("67")
    expect(first).to_contain_text("7 more than on 30 June 2022")
    expect(page.locator(".card-where")).to_contain_text("Aylesbury")
    expect(page.locator(".agreement")).to_contain_text("Every figure agrees with the printed report.")
    for card in page.locator(".head-card").all():
        box = card.bounding_box()
        assert box is not None
        assert box["y"] + box["height"] <= 900


def test_officer_looks_at_the_printed_year_and_comes_back(page: Page) -> None:
    open_page(page)
    year = page.get_by_label("Year", exact=True)
    year.focus()
    year.select_option("2020/21")
    expect(page.locator(".card-open b")).to_have_text("58")
    expect(page.locator(".card-open .tag")).to_have_text("printed")
    expect(page.locator("#printed")).to_contain_text("589 involvements less 528 closed leave 61 open")
    expect(page.locator("#where")).to_contain_text("so there is no map of it")
    expect(page).to_have_url(re.compile(r"year=2020/21"))
    expect(page.locator("#year")).to_be_focused()
    page.locator("#year").select_option("2021/22")
    expect(page.locator(".card-open b")).to_have_text("67")
    expect(page.locator("#quality")).to_be_visible()


def test_officer_changes_measure_and_areas_in_place(page: Page) -> None:
    open_page(page)
    page.evaluate("window.stayed = true")
    page.evaluate("atlas.drawCharts()")
    page.locator("#areas").scroll_into_view_if_needed()
    page.locator("#areas").focus()
    before = page.locator("#areas").bounding_box()
    page.locator("#areas").select_option("community_board")
    expect(page.locator("#where path.area")).to_have_count(16)
    expect(page.locator("#areas")).to_be_focused()
    assert page.evaluate("window.stayed") is True
    after = page.locator("#areas").bounding_box()
    assert before is not None
    assert after is not None
    assert abs(after["y"] - before["y"]) < 2
    expect(page).to_have_url(re.compile(r"measure=cme_open&areas=community_board"))
    page.locator("#measure").select_option("cme_new")
    expect(page.locator("#where h3").first).to_contain_text("New cases")
    # The year's form knows of it: another year is shown by the same areas.
    expect(page.locator('.year-form input[name="areas"]')).to_have_value("community_board")


def test_officer_smooths_the_rates_where_that_is_offered(page: Page) -> None:
    open_page(page)
    smooth = page.get_by_label("Smooth the rates")
    expect(smooth).to_be_disabled()
    expect(smooth).to_have_accessible_description(re.compile("3 areas are too few"))
    page.locator("#areas").select_option("ward")
    expect(smooth).to_be_enabled()
    page.get_by_label("Smooth the rates").check()
    expect(page.locator("#where h3").first).to_contain_text("Open cases, smoothed")
    expect(page).to_have_url(re.compile(r"smooth=1"))
    page.locator("#measure").select_option("cme_closed_soon")
    expect(smooth).to_be_disabled()
    expect(page.locator("#why-not")).to_contain_text("Shares of cases are not smoothed")


def test_a_map_with_a_funnel_is_shown_where_the_officer_was(page: Page) -> None:
    open_page(page, "?areas=community_board")
    page.locator("#measure").scroll_into_view_if_needed()
    page.locator("#measure").focus()
    page.locator("#measure").select_option("cme_closed_soon")
    funnel = page.locator(".chart[data-chart=funnel_cme_closed_soon]")
    expect(funnel).to_have_attribute("aria-label", re.compile("Closed within 4 weeks by size of community boards"))
    expect(page.locator("#measure")).to_be_focused()
    expect(page.locator("#measure")).to_be_in_viewport()
    funnel.scroll_into_view_if_needed()
    expect(funnel).to_have_attribute("data-drawn", "")


def test_map_and_page_show_an_area_in_the_same_colour(page: Page) -> None:
    open_page(page, "?areas=ward")
    shape = page.locator("#where path.area").first
    drawn = shape.evaluate("node => getComputedStyle(node).fill")
    look = (shape.get_attribute("class") or "")[-1]
    swatch = page.locator(f'#where tr[data-area="{shape.get_attribute("data-area")}"] .swatch')
    expect(swatch).to_have_class(f"swatch look-{look}")
    page.get_by_role("link", name="Open on the map").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Open cases: per 1,000 aged 5\u201315")
    expect(page.locator("#area-list li .swatch").first).to_have_class(re.compile(f"look-{look}$"))
    step = page.evaluate(f"getComputedStyle(document.documentElement).getPropertyValue('--step-{look}').trim()")
    red, green, blue = (int(step[place : place + 2], 16) for place in (1, 3, 5))
    assert drawn == f"rgb({red}, {green}, {blue})"


def test_a_row_and_its_shape_point_at_each_other_by_keyboard_alone(page: Page) -> None:
    open_page(page)
    page.locator("#smooth").evaluate("node => node.scrollIntoView()")
    page.locator("#areas").focus()
    page.keyboard.press("Tab")  # the map's link, as smoothing is disabled here
    expect(page.get_by_role("link", name="Open on the map")).to_be_focused()
    page.keyboard.press("Tab")
    expect(page.locator(".heat-table")).to_be_focused()
    page.keyboard.press("Tab")
    expect(page.locator("#where tbody").get_by_role("link", name="Aylesbury")).to_be_focused()
    expect(page.locator('#where tr[data-area="aylesbury"]')).to_have_class(re.compile("pointed"))
    assert page.locator("#chosen-edge").get_attribute("d") == page.locator('path[data-area="aylesbury"]').get_attribute(
        "d"
    )
    page.locator('path[data-area="wycombe"]').click()
    expect(page.locator("#where tbody").get_by_role("link", name="Wycombe")).to_be_focused()


def test_skip_link_leads_to_the_figures(page: Page) -> None:
    open_page(page)
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to the figures")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("#cme")).to_be_focused()


def test_officer_takes_the_report_away(page: Page) -> None:
    open_page(page)
    for words, name in (("Download workbook (XLSX)", "cme_report_2021-22_synthetic.xlsx"),
                        ("CSV", "cme_report_2021-22_synthetic.csv")):  # fmt: skip
        with page.expect_download() as download:
            page.get_by_role("link", name=words, exact=True).click()
        assert download.value.suggested_filename == name
        assert Path(download.value.path()).stat().st_size > 10_000


def test_every_chart_is_drawn_and_has_its_figures_in_a_table(page: Page) -> None:
    open_page(page)
    page.evaluate("atlas.drawCharts()")
    charts = page.locator(".chart")
    assert charts.count() >= 9
    for chart in charts.all():
        expect(chart).to_have_attribute("data-drawn", "")
        expect(chart).to_have_attribute("aria-label", re.compile(r"\w"))
    assert page.locator("details.folded table").count() >= 9


def test_folded_tables_are_open_on_paper_and_folded_again(page: Page) -> None:
    open_page(page)
    folded = page.locator("details.folded")
    assert folded.count() > 5
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert page.locator("details.folded:not([open])").count() == 0
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    assert page.locator("details.folded[open]").count() == 0


def test_a_year_that_is_not_there_leads_back_to_one_that_is(browser: Browser, site: str) -> None:
    page = browser.new_page(base_url=site)
    answer = page.goto("/cme?year=2031/32")
    assert answer is not None
    assert answer.status == 400
    expect(page.get_by_role("alert")).to_contain_text("No committee year '2031/32' here. Valid: 2020/21, 2021/22.")
    assert Axe().run(page, options=AXE).response["violations"] == []
    page.get_by_role("link", name="2021/22").click()
    expect(page.locator(".card-open b")).to_have_text("67")
    page.close()


def test_the_page_works_without_scripts(browser: Browser, site: str) -> None:
    context = browser.new_context(base_url=site, java_script_enabled=False)
    page = context.new_page()
    page.goto("/cme")
    expect(page.get_by_role("button", name="Print")).to_be_hidden()
    page.locator("#areas").select_option("ward")
    page.locator(".choosers").get_by_role("button", name="Show").click()
    expect(page.locator("#where path.area")).to_have_count(49)
    page.locator("#year").select_option("2020/21")
    page.locator(".year-form").get_by_role("button", name="Show").click()
    expect(page.locator(".card-open b")).to_have_text("58")
    assert "areas=ward" in page.url
    context.close()


# Axe takes ten seconds and more for a page: every state in one theme, those with every colour in both.
@pytest.mark.parametrize(
    ("query", "theme"),
    [
        ("", "light"), ("", "dark"), ("?areas=ward&smooth=1", "light"), ("?areas=ward&smooth=1", "dark"),
        ("?year=2020/21", "light"), ("?measure=cme_closed_soon&areas=community_board", "dark"),
    ],
)  # fmt: skip
def test_no_state_breaks_a_rule_of_accessibility(page: Page, query: str, theme: str) -> None:
    page.emulate_media(color_scheme=theme)  # type: ignore[arg-type]
    open_page(page, query)
    page.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true; })")
    page.evaluate("atlas.drawCharts()")
    found = Axe().run(page, options=AXE).response["violations"]
    assert [(one["id"], [node["target"] for node in one["nodes"]]) for one in found] == []


@pytest.mark.parametrize("query", ["", "?areas=ward", "?year=2020/21"])
def test_a_phone_shows_everything_without_scrolling_sideways(page: Page, query: str) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    open_page(page, query)
    page.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true; })")
    page.evaluate("atlas.drawCharts()")
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    expect(page.get_by_role("navigation", name="Pages")).to_be_visible()
    pages = page.locator(".pages a")
    tops = {round(one["y"]) for link in pages.all() if (one := link.bounding_box())}
    assert len(tops) == 2  # six names, two rows of three


def test_text_twice_as_large_still_fits(page: Page) -> None:
    # 1280 pixels at 200 % are 640 of the page's.
    page.set_viewport_size({"width": 640, "height": 450})
    open_page(page, "?areas=community_board")
    assert page.evaluate("document.documentElement.scrollWidth") <= 640
