"""The team's week in a real browser: opened, sorted and narrowed down by hand, and never anywhere but on the screen."""

import re
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from dash import Dash
from playwright.sync_api import Browser, Locator, Page, expect

from dashapp.factory import create_app
from dashapp.settings import Settings

pytestmark = pytest.mark.browser

AXE = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
WEEK = "/cme/week"
Serving = Callable[[Dash], AbstractContextManager[str]]
KEY = "e2e-" + "k" * 28


@pytest.fixture
def real_site(real_path: Path, serving: Serving) -> Iterator[str]:
    """Real children behind a key that the test knows."""
    with serving(create_app(Settings(real_path, week_key=KEY))) as address:
        yield address.rstrip("/")


def open_week(page: Page) -> Locator:
    """Open the page; the rows of its list that are seen."""
    page.goto(WEEK)
    expect(page.locator("#week-filters")).to_be_visible()
    return page.locator("#week-cases tbody tr:visible")


def column(page: Page, key: str) -> list[str]:
    return page.locator(f"#week-cases tbody tr:visible td.{key}").all_inner_texts()


def days(page: Page) -> list[int]:
    return [int(text.replace(",", "")) for text in column(page, "days")]


def test_the_first_screen_has_the_headlines_and_a_dozen_cases(page: Page) -> None:
    rows = open_week(page)
    expect(rows).to_have_count(67)
    for row in range(12):
        expect(rows.nth(row)).to_be_in_viewport(ratio=1)
    values = page.locator(".headlines dd").all_inner_texts()
    assert values[0] == "67"
    assert values[1:3] == [str(page.locator(f"tr[data-{key}]").count()) for key in ("care", "untouched")]
    assert values[3] == f"{max(days(page)):,} days"
    expect(page.locator(".as-of")).to_contain_text("31 July 2022: the last day of the extract")
    first = column(page, "priority").index("Next")
    assert first == int(values[1])
    for part in (days(page)[:first], days(page)[first:]):
        assert part == sorted(part, reverse=True)


def test_a_heading_sorts_by_keyboard_and_says_so(page: Page) -> None:
    open_week(page)
    heads = page.locator("#week-cases thead th")
    expect(heads.nth(0)).to_have_attribute("aria-sort", "ascending")
    button = page.get_by_role("button", name="Days open")
    button.focus()
    page.keyboard.press("Enter")
    expect(heads.nth(2)).to_have_attribute("aria-sort", "descending")
    expect(page.locator("#week-cases [aria-sort]")).to_have_count(1)
    assert days(page) == sorted(days(page), reverse=True)
    page.keyboard.press("Space")
    expect(heads.nth(2)).to_have_attribute("aria-sort", "ascending")
    assert days(page) == sorted(days(page))
    expect(button).to_be_focused()
    page.get_by_role("button", name="School").click()
    schools = column(page, "school")
    assert len(schools) == 67
    assert schools == sorted(schools, key=lambda name: [part.zfill(3) for part in re.split(r"(\d+)", name)])


def test_locality_is_chosen_by_keyboard_and_the_counts_agree(page: Page) -> None:
    rows = open_week(page)
    expected = dict(
        zip(
            page.locator("#by-locality tbody th").all_inner_texts(),
            page.locator("#by-locality tbody td:nth-child(2)").all_inner_texts(),
            strict=True,
        )
    )
    assert sum(map(int, expected.values())) == 67
    page.get_by_label("Locality", exact=True).focus()
    page.keyboard.type("Wyc")
    expect(page.locator("#week-shown")).to_have_text(f"{expected['Wycombe']} of 67 shown")
    expect(rows).to_have_count(int(expected["Wycombe"]))
    assert set(column(page, "locality")) == {"Wycombe"}
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    expect(page.get_by_label("Open to social care")).to_be_focused()
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    assert len(column(page, "contact")) == rows.count()
    assert all("untouched" in text for text in column(page, "contact"))
    page.get_by_role("button", name="Show all").first.click()
    expect(rows).to_have_count(67)
    expect(page.get_by_label("Locality", exact=True)).to_be_focused()


def test_school_and_ticks_narrow_down_to_none_and_back(page: Page) -> None:
    rows = open_week(page)
    school = page.get_by_label("School", exact=True)
    name = school.locator("option").nth(1).inner_text().rpartition(" (")[0]
    school.select_option(index=1)
    assert set(column(page, "school")) == {name}
    page.get_by_label("Locality", exact=True).select_option("outside")
    expect(page.locator("#week-none")).to_be_visible()
    expect(page.locator("#week-cases")).to_be_hidden()
    page.locator("#week-none button").click()
    expect(rows).to_have_count(67)


def test_nothing_of_a_choice_leaves_the_page(page: Page) -> None:
    open_week(page)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    before = page.evaluate("[location.href, history.length, JSON.stringify(localStorage), document.cookie]")
    page.get_by_label("Locality", exact=True).select_option("aylesbury")
    page.get_by_label("School", exact=True).select_option("")
    page.get_by_label("Open to social care").check()
    page.get_by_role("button", name="Last contact").click()
    page.wait_for_load_state("networkidle")
    assert page.evaluate("[location.href, history.length, JSON.stringify(localStorage), document.cookie]") == before
    assert asked == []
    page.reload()
    expect(page.locator("#week-shown")).to_have_text("67 of 67 shown")
    expect(page.get_by_label("Locality", exact=True)).to_have_value("*")


def test_paper_gets_one_line(page: Page) -> None:
    open_week(page)
    page.emulate_media(media="print")
    assert page.locator("body").inner_text().strip() == (
        "This list is about single children and is not for paper. Read it on the screen."
    )


def test_links_lead_to_the_other_pages_and_within_this_one(page: Page) -> None:
    open_week(page)
    page.get_by_role("link", name="By school").click()
    expect(page.locator("#by-school")).to_be_in_viewport()
    assert page.url.endswith("/cme/week#by-school")
    page.get_by_role("link", name="Data", exact=True).click()
    expect(page.get_by_role("heading", name="Data", exact=True)).to_be_visible()
    assert page.url.endswith("/data")


def test_on_a_phone_each_case_is_a_card_and_can_be_put_in_order(page: Page) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    rows = open_week(page)
    expect(page.locator("#week-cases thead")).to_be_hidden()
    page.get_by_label("Order").select_option("days")
    assert days(page) == sorted(days(page), reverse=True)
    card = rows.first.bounding_box()
    assert card is not None
    assert card["width"] <= 390
    page.get_by_label("Nobody touched for 14 days").check()
    expect(rows).to_have_count(int(page.locator(".headlines dd").nth(2).inner_text()))


def test_real_children_are_shown_to_who_has_the_key_alone(browser: Browser, real_site: str) -> None:
    mine, other = browser.new_context(), browser.new_context()
    page, stranger = mine.new_page(), other.new_page()
    page.goto(f"{real_site}{WEEK}")
    expect(page.get_by_role("heading", name="This page needs its key")).to_be_visible()
    page.goto(f"{real_site}{WEEK}?key={KEY}")
    expect(page.locator("#week-cases tbody tr")).to_have_count(8)
    assert page.url == f"{real_site}{WEEK}"
    assert page.evaluate("document.cookie") == ""
    page.reload()
    expect(page.locator("#week-cases tbody tr")).to_have_count(8)
    stranger.goto(f"{real_site}{WEEK}?key={KEY}")
    expect(stranger.get_by_role("heading", name="This page needs its key")).to_be_visible()
    found = Axe().run(stranger, options=AXE)
    assert found.violations_count == 0, found.generate_report()
    mine.close()
    other.close()


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("width", [1440, 720, 390])
def test_nothing_bars_a_screen_reader_and_nothing_spills(page: Page, theme: str, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 844})
    page.emulate_media(color_scheme=theme)  # type: ignore[arg-type]
    open_week(page)
    page.locator("details").evaluate_all("all => all.forEach((one) => { one.open = true; })")
    found = Axe().run(page, options=AXE)
    assert found.violations_count == 0, found.generate_report()
    assert page.evaluate("document.documentElement.scrollWidth") <= width
