"""The page on family centres in a real browser: each journey is one that a family support manager makes."""

import re
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

pytestmark = pytest.mark.browser

AXE = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
ASKED = "?mode=bus&add=2&close=IFC-02&move=IFC-15&to=IB-04"


def open_page(page: Page, query: str = "") -> None:
    page.goto(f"/centres{query}")
    expect(page.get_by_role("heading", level=1)).to_have_text("Family centres")


def test_first_screen_says_how_many_are_far_and_where(page: Page) -> None:
    page.goto("/")
    page.get_by_role("navigation", name="Pages").get_by_role("link", name="Family centres").click()
    expect(page.locator(".lead")).to_contain_text("children aged 5 to 17")
    expect(page.locator(".lead")).to_contain_text("more than 30 minutes by bus")
    for number, words in enumerate(("Children aged 5 to 17", "low-income families", "Within reach", "centres open")):
        card = page.locator(".centres-cards > .head-card").nth(number)
        expect(card).to_contain_text(words)
        box = card.bounding_box()
        assert box is not None
        assert box["y"] + box["height"] <= 900


def test_manager_closes_a_centre_sees_who_loses_adds_one_and_downloads(page: Page, tmp_path: Path) -> None:
    open_page(page)
    page.evaluate("window.stayed = true")
    page.get_by_role(
        "link", name=re.compile(r"What if it closed\? ?: Illustrative centre: High Wycombe \(plus\)")
    ).click()
    expect(page.locator("#outcome")).to_contain_text("Closing Illustrative centre: High Wycombe (plus)")
    expect(page.locator(".plan-cards .card-ages_5_17 b")).not_to_have_text("0")
    expect(page.locator("#equality")).to_be_visible()
    expect(page.locator(".loss-table .strong").first).to_contain_text("Buckinghamshire")
    expect(page.get_by_role("checkbox", name=re.compile("High Wycombe \\(plus\\)"))).to_be_checked()
    expect(page).to_have_url(re.compile("close=IFC-02"))
    before = page.locator(".plan-cards .card-aim b").inner_text()
    page.get_by_label("Centres to add").select_option("1")
    page.get_by_role("button", name="Work out").click()
    expect(page.locator("#outcome")).to_contain_text("Adding Illustrative building")
    expect(page.locator(".proven")).to_contain_text("Proven best")
    expect(page.locator(".plan-cards .card-aim b")).not_to_have_text(before)
    expect(page.locator("#sites .centre-sign[data-setting] .sign-added")).to_have_count(1)
    expect(page.locator("#sites .centre-sign[data-setting] .sign-shut")).to_have_count(1)
    assert page.evaluate("window.stayed") is True
    for kind, start in (("CSV", b"\xef\xbb\xbf"), ("XLSX", b"PK")):
        with page.expect_download() as waiting:
            page.get_by_role("link", name=f"As {kind}", exact=True).click()
        target = tmp_path / kind
        waiting.value.save_as(target)
        assert target.read_bytes().startswith(start)
    # The address is the whole of it, and going back shows the view before.
    page.reload()
    expect(page.locator("#outcome")).to_contain_text("Adding Illustrative building")
    page.go_back()
    expect(page.locator("#outcome")).to_contain_text("Closing Illustrative centre: High Wycombe (plus): ")


def test_another_way_of_travel_comes_in_place_and_keeps_the_question(page: Page) -> None:
    open_page(page, "?close=IFC-02")
    page.evaluate("window.stayed = true")
    page.locator("#mode").select_option("walk")
    expect(page.locator(".lead")).to_contain_text("on foot")
    expect(page.locator("#outcome")).to_contain_text("Closing")
    expect(page).to_have_url(re.compile("mode=walk.*close=IFC-02|close=IFC-02.*mode=walk"))
    expect(page.locator("#f-mode")).to_have_value("walk")
    assert page.evaluate("window.stayed") is True


def test_a_leap_within_the_page_does_not_ask_again(page: Page) -> None:
    open_page(page)
    page.evaluate("window.stayed = true")
    page.get_by_role("navigation", name="On this page").get_by_role("link", name="Add, close or move").click()
    page.go_back()
    assert page.evaluate("window.stayed") is True


def test_a_sign_and_its_row_point_at_each_other(page: Page) -> None:
    open_page(page)
    page.locator("#map tr[data-setting='IFC-01']").hover()
    expect(page.locator("#map g.pointed")).to_have_attribute("data-setting", "IFC-01")


def test_what_makes_no_sense_is_said_at_the_form(browser: Browser, site: str) -> None:
    # Not a watched page: a browser notes every refusal on its console.
    context = browser.new_context(base_url=site, viewport={"width": 1440, "height": 900})
    page = context.new_page()
    open_page(page)
    page.locator("#f-move").select_option("IFC-03")
    with page.expect_response(lambda answer: answer.status == 400):
        page.get_by_role("button", name="Work out").click()
    expect(page.locator("#sites [role=alert]")).to_contain_text("Choose the building that the centre moves to")
    expect(page.locator("#f-move")).to_have_value("IFC-03")
    context.close()


def test_the_page_works_without_scripts(browser: Browser, site: str) -> None:
    context = browser.new_context(base_url=site, java_script_enabled=False)
    page = context.new_page()
    open_page(page)
    page.locator("#mode").select_option("car")
    page.get_by_role("button", name="Show").click()
    expect(page.locator(".lead")).to_contain_text("by car")
    page.get_by_text("Close", exact=True).first.click()
    page.get_by_role("checkbox", name=re.compile("Wendover")).check()
    page.get_by_role("button", name="Work out").click()
    expect(page.locator("#outcome")).to_contain_text("Closing Illustrative centre: Wendover")
    context.close()


# Axe takes half a minute for the whole page: what is asked for holds all there is, the form what is wrong with it.
@pytest.mark.parametrize(
    ("query", "scheme", "within"),
    [(ASKED, "light", None), (ASKED, "dark", "main"), ("?add=9", "dark", "#sites"), ("?mode=boat", "light", None)],
)
def test_axe_finds_nothing(browser: Browser, site: str, query: str, scheme: str, within: str | None) -> None:
    context = browser.new_context(base_url=site, color_scheme=scheme, viewport={"width": 1440, "height": 900})
    page = context.new_page()
    open_page(page, query)
    # But for the longest list, whose 319 rows are all alike.
    page.evaluate("document.querySelectorAll('details:not(:has(.small-box))').forEach((one) => { one.open = true; })")
    found = Axe().run(page, context=within, options=AXE).response["violations"]
    assert [(one["id"], [node["target"] for node in one["nodes"]]) for one in found] == []
    context.close()


@pytest.mark.parametrize("query", ["", ASKED])
def test_a_phone_shows_everything_without_scrolling_sideways(page: Page, query: str) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    open_page(page, query)
    page.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true; })")
    assert page.evaluate("document.documentElement.scrollWidth") <= 390


def test_a_phone_is_brought_to_what_was_worked_out(page: Page) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    open_page(page)
    page.get_by_label("Centres to add").select_option("1")
    page.get_by_role("button", name="Work out").click()
    expect(page.locator("#outcome")).to_be_in_viewport()
    expect(page.locator("#worked-out")).to_be_focused()
