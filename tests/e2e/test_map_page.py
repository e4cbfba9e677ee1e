"""The map page in a real browser: each journey is one that a person makes."""

import csv
import io
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, Route, expect

pytestmark = pytest.mark.browser


def open_map(page: Page, address: str = "") -> None:
    page.goto(address or "/")
    expect(page.locator("#area-list [role=option]").first).to_be_visible()


def figure_of(page: Page, name: str) -> str:
    option = page.locator("#area-list [role=option]").filter(has=page.get_by_text(name, exact=True))
    return option.locator(".figure").inner_text()


def test_first_page_answers_without_a_click(page: Page) -> None:
    open_map(page)
    expect(page.locator("h1")).to_have_text("Open cases: per 1,000 aged 5–15")
    expect(page.locator("#sentence")).to_contain_text("On 31 July 2022: 67 open cases")
    expect(page.locator(".badge")).to_have_text("Synthetic demonstration data")
    expect(page.locator("#area-list [role=option]")).to_have_count(3)
    expect(page.locator("#card h3")).to_have_text("Buckinghamshire")


def test_planner_switches_layer_and_scheme_and_the_link_repeats_it(page: Page) -> None:
    open_map(page)
    page.get_by_role("radio", name="Plans maintained").check(force=True)
    expect(page.locator("h1")).to_have_text("Plans maintained: % of residents 0–25")
    page.get_by_role("radio", name="Wards").check(force=True)
    expect(page.locator("#area-list [role=option]")).to_have_count(49)
    page.locator("#period").select_option("2022-07-31")
    expect(page.locator("#sentence")).to_contain_text("5,704 plans")
    page.locator("#area-list [role=option]").first.click()
    expect(page.locator("#card h3")).to_have_text("Abbey")
    sentence, card = page.locator("#sentence").inner_text(), page.locator("#card").inner_text()

    address = page.url
    assert "layer=ehcp_prevalence" in address
    assert "scheme=ward" in address
    assert "period=2022-07-31" in address
    page.goto("about:blank")
    open_map(page, address)
    expect(page.locator("#card h3")).to_have_text("Abbey")
    assert page.locator("#sentence").inner_text() == sentence
    assert page.locator("#card").inner_text() == card


def test_back_returns_to_the_view_before(page: Page) -> None:
    open_map(page)
    page.get_by_role("radio", name="New cases", exact=True).check(force=True)
    expect(page.locator("h1")).to_contain_text("New cases")
    page.go_back()
    expect(page.locator("h1")).to_contain_text("Open cases")


def test_keyboard_walks_the_list_and_chooses(page: Page) -> None:
    open_map(page, "/?scheme=community_board&layer=ehcp_growth")
    options = page.locator("#area-list [role=option]")
    expect(options).to_have_count(16)
    assert page.locator("#area-list [role=option][tabindex='0']").count() == 1
    options.first.focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    expect(options.nth(2)).to_be_focused()
    page.keyboard.press("w")
    assert page.evaluate("document.activeElement.querySelector('.name').textContent").startswith("W")
    page.keyboard.press("End")
    expect(options.last).to_be_focused()
    page.keyboard.press("Enter")
    expect(options.last).to_have_attribute("aria-selected", "true")
    expect(page.locator("#card h3")).to_have_text(options.last.locator(".name").inner_text())
    page.keyboard.press("Escape")
    expect(page.locator("#card h3")).to_have_text("Buckinghamshire")


def test_clicking_the_map_chooses_the_same_area_as_the_list(page: Page) -> None:
    open_map(page)
    expect(page.locator(".area-label span").first).to_be_visible()
    box = page.locator(".area-label", has_text="Aylesbury").locator("span").bounding_box()
    assert box is not None
    page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    expect(page.locator("#card h3")).to_have_text("Aylesbury")
    expect(page.locator("#area-aylesbury")).to_have_attribute("aria-selected", "true")


def test_two_areas_stand_side_by_side(page: Page) -> None:
    open_map(page, "/?area=aylesbury")
    page.get_by_role("button", name="Compare areas").click()
    page.locator("#area-wycombe").click()
    expect(page.locator("#card h3")).to_have_text(["Aylesbury", "Wycombe"])
    expect(page.locator("#card .difference")).not_to_be_empty()
    assert "beside=wycombe" in page.url


def test_map_list_table_and_file_say_the_same(page: Page) -> None:
    open_map(page, "/?layer=cme_new&scheme=locality&period=2021/22")
    page.locator("#table-details summary").click()
    rows = page.locator("#table-box tbody tr")
    expect(rows).to_have_count(3)
    address = page.locator("#csv").get_attribute("href")
    assert address is not None
    text = page.request.get(address).text().lstrip("\ufeff")
    file = {row["name"]: row for row in csv.DictReader(io.StringIO(text))}
    for name in ("Aylesbury", "Wycombe", "Chiltern & South Bucks"):
        cells = rows.filter(has_text=name).locator("td").all_inner_texts()
        assert cells[0] == file[name]["count"]
        assert cells[2] == figure_of(page, name) == f"{float(file[name]['value']):.1f}"
    total = sum(int(row["count"]) for row in file.values())
    assert total == 547
    expect(page.locator("#table-box tfoot tr").last).to_contain_text("547")
    assert {row["basis"] for row in file.values()} == {"synthetic; modelled population"}


def test_table_sorts_by_its_head(page: Page) -> None:
    open_map(page, "/?layer=ehcp_prevalence&scheme=district")
    page.locator("#table-details summary").click()
    head = page.locator("#table-box thead button").nth(1)
    head.click()
    counts = page.locator("#table-box tbody td:nth-of-type(1)").all_inner_texts()
    numbers = [int(count.replace(",", "")) for count in counts]
    assert numbers == sorted(numbers, reverse=True)
    expect(head.locator("xpath=..")).to_have_attribute("aria-sort", "descending")


def test_picture_can_be_taken_away(page: Page, tmp_path: Path) -> None:
    open_map(page)
    expect(page.locator(".area-label span").first).to_be_visible()
    with page.expect_download() as found:
        page.get_by_role("button", name="Save picture").click()
    assert found.value.suggested_filename == "cme_open_locality_2022-07-31_synthetic.png"
    target = tmp_path / "map.png"
    found.value.save_as(target)
    assert target.read_bytes().startswith(b"\x89PNG")
    assert target.stat().st_size > 20_000


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("scheme", ["locality", "ward"])
def test_nothing_bars_a_screen_reader(page: Page, theme: str, scheme: str) -> None:
    page.emulate_media(color_scheme=theme)
    open_map(page, f"/?scheme={scheme}&layer=ehcp_growth")
    page.locator("#area-list [role=option]").first.click()
    page.locator("#table-details summary").click()
    expect(page.locator("#table-box tbody tr").first).to_be_visible()
    found = Axe().run(page, options={"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]})
    assert found.violations_count == 0, found.generate_report()


def test_the_areas_asked_for_last_are_drawn_even_when_earlier_shapes_come_later(page: Page) -> None:
    held: list[Route] = []
    page.route("**/geometry/community_board*", lambda route: held.append(route))  # noqa: PLW0108 - needs a function
    open_map(page)
    page.get_by_role("radio", name="Community boards").check(force=True)
    expect(page.locator("#tags")).to_contain_text("by community board")
    page.get_by_role("radio", name="Former districts").check(force=True)
    expect(page.locator("#area-list [role=option]")).to_have_count(4)
    held[0].continue_()
    page.wait_for_load_state("networkidle")
    expect(page.locator("#area-list [role=option] .name")).to_have_text(
        ["Aylesbury Vale", "Chiltern", "South Bucks", "Wycombe"]
    )
    expect(page.locator(".area-label b")).to_have_text(["Aylesbury Vale", "Chiltern", "South Bucks", "Wycombe"])


def test_while_the_page_rests_it_looks_ahead_so_a_switch_asks_nothing(page: Page) -> None:
    asks_for_growth = '"ahead-of","property":"data","value":', "ehcp_growth"  # it asks for a few layers at a time
    with page.expect_response(
        lambda response: all(text in (response.request.post_data or "") for text in asks_for_growth)
    ):
        open_map(page, "/?scheme=ward&layer=cme_open")
    page.wait_for_load_state("networkidle")
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.post_data or ""))
    page.get_by_role("radio", name="Growth in plans").check(force=True)
    expect(page.locator("h1")).to_have_text("Growth in plans: % change")
    expect(page.locator("#card")).to_contain_text("since 17 January 2019")
    assert [body for body in asked if '"state.data"' in body] == []


def test_an_answer_that_comes_late_is_dropped(page: Page) -> None:
    open_map(page)
    held: list[Route] = []

    def hold_first(route: Route) -> None:
        if held or "choice.data" not in (route.request.post_data or ""):
            route.continue_()
        else:
            held.append(route)

    page.route("**/_dash-update-component*", hold_first)
    page.locator("#area-aylesbury").click()
    page.get_by_role("radio", name="Growth in plans").check(force=True)
    expect(page.locator("#card")).to_contain_text("since 17 January 2019")
    held[0].continue_()
    page.wait_for_load_state("networkidle")
    expect(page.locator("#card h3")).to_have_text("Aylesbury")
    expect(page.locator("#card")).to_contain_text("since 17 January 2019")


def test_phone_shows_the_map_first_and_nothing_spills(page: Page) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    open_map(page, "/?scheme=community_board")
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    box = page.locator(".map-box").bounding_box()
    assert box is not None
    assert box["y"] < 844 / 2
    page.locator("#rail-details summary").click()
    page.get_by_role("radio", name="New cases", exact=True).check(force=True)
    expect(page.locator("h1")).to_contain_text("New cases")


def test_no_request_leaves_the_server(page: Page, site: str) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    open_map(page, "/?scheme=lsoa&layer=ehcp_prevalence")
    assert [url for url in asked if not url.startswith((site, "data:", "blob:"))] == []


def test_address_of_another_snapshot_still_shows_a_map(page: Page) -> None:
    open_map(page, "/?layer=nonsense&scheme=nowhere&period=1066-10-14&area=E99")
    expect(page.locator("h1")).to_contain_text("Open cases")
    expect(page.locator("#card h3")).to_have_text("Buckinghamshire")
