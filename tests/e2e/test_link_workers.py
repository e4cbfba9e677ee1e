"""The page on link workers in a real browser: each journey is one that a family support manager makes."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from callbacks.workers_model import desk_of

pytestmark = pytest.mark.browser

AXE = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}


def open_page(page: Page, query: str = "") -> None:
    page.goto(f"/link-workers{query}")
    expect(page.get_by_role("heading", level=1)).to_have_text("Link workers")


@pytest.fixture(scope="session")
def a_move(plan_store) -> tuple[int, str, str]:
    """A school whose families would be handed over, its post today and in the plan, and another that may take it."""
    desk = desk_of(plan_store)
    given = desk.proposed.worker_of()
    return next(
        (one.urn, given[one.urn], post.post)
        for one in desk.work.schools
        if one.families > 1 and given.get(one.urn) and one.urn in desk.posts[given[one.urn]].held
        for post in desk.work.posts
        if post.post != given[one.urn] and not desk.refuse(desk.proposed, one.urn, post.post).hard
    )


def test_first_screen_answers_in_five_figures_against_today(plan_page: Page) -> None:
    page = plan_page
    page.goto("/cme")
    page.get_by_role("navigation", name="Pages").get_by_role("link", name="Link workers").click()
    expect(page.locator(".lead")).to_contain_text("schools each on average")
    for card in ("without", "outside", "over", "km", "families"):
        box = page.locator(f".card-{card}").bounding_box()
        assert box is not None
        assert box["y"] + box["height"] <= 900
    expect(page.locator(".card-without")).to_contain_text(re.compile(r"Today: \d+, and \d+ whose worker is absent"))
    expect(page.locator(".card-km")).to_contain_text("estimated")


def test_manager_moves_a_school_sees_load_and_handovers_change_saves_and_compares(
    plan_page: Page, a_move: tuple[int, str, str]
) -> None:
    page, (urn, giver, taker) = plan_page, a_move
    open_page(page)
    page.evaluate("window.stayed = true")
    was = page.locator(f'#map tr[data-worker="{taker}"] .hours-cell b').inner_text()
    families = int(page.locator(".card-families .value b").inner_text())
    page.locator("#move-school").select_option(str(urn))
    page.locator("#move-to").select_option(taker)
    page.get_by_role("button", name="Move the school").click()

    effect = page.locator("#effect")
    for post in (giver, taker):
        expect(effect.locator("tbody th", has_text=post)).to_be_visible()
    expect(page.locator("#move")).to_be_focused()
    taken = effect.locator("tbody tr", has_text=taker)
    hours = taken.locator("td").first.locator("b").inner_text()
    assert float(hours) > float(was)
    handed = taken.locator("td").last
    assert int(handed.locator("b").inner_text()) > int(handed.inner_text().split()[0])
    expect(page.locator(f'#map tr[data-worker="{taker}"] .hours-cell')).to_contain_text(f"was {was}")
    assert int(page.locator(".card-families .value b").inner_text()) > families
    expect(page).to_have_url(re.compile(f"move={urn}:{taker}"))
    assert page.evaluate("window.stayed") is True

    page.locator("#save-name").fill("With one move")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.locator("#plan")).to_have_value("saved:With one move")
    expect(page).to_have_url(re.compile("plan=saved:With"))
    page.locator("#with").select_option("proposed")
    expect(page.locator("#who-changes tbody tr")).to_have_count(1)
    expect(page.locator("#who-changes tbody tr")).to_contain_text(f"{giver}")
    expect(page.locator("#compare-totals")).to_contain_text("Families who would change worker")
    page.get_by_text("Worker by worker").click()
    expect(page.locator("#compare details table tbody tr")).to_have_count(2)
    page.get_by_role("button", name="Delete With one move").click()
    expect(page.locator("#plan")).to_have_value("proposed")
    expect(page.locator("#keep")).not_to_contain_text("With one move")


def test_a_move_is_undone(plan_page: Page, a_move: tuple[int, str, str]) -> None:
    page, (urn, _, taker) = plan_page, a_move
    open_page(page, f"?move={urn}:{taker}")
    expect(page.locator("#now")).to_contain_text("1 move by hand that is not saved")
    page.get_by_role("link", name="Undo the last move").click()
    expect(page.locator("#effect")).to_have_count(0)
    expect(page).not_to_have_url(re.compile("move="))


def test_a_hard_rule_is_said_at_the_form_and_not_broken(browser: Browser, plan_site: str, plan_store) -> None:
    desk = desk_of(plan_store)
    given = desk.proposed.worker_of()
    urn, post = next(
        (one.urn, post.post) for one in desk.work.schools for post in desk.work.posts
        if post.post != given.get(one.urn) and desk.refuse(desk.proposed, one.urn, post.post).hard
    )  # fmt: skip
    # Not a watched page: a browser notes every refusal on its console.
    context = browser.new_context(base_url=plan_site, viewport={"width": 1440, "height": 900})
    page = context.new_page()
    open_page(page)
    page.locator("#move-school").select_option(str(urn))
    page.locator("#move-to").select_option(post)
    with page.expect_response(lambda answer: answer.status == 400):
        page.get_by_role("button", name="Move the school").click()
    expect(page.locator("#move [role=alert]")).to_contain_text(f"was not moved to {post}.")
    expect(page.locator("#move-to")).to_have_value(post)
    expect(page.locator("#effect")).to_have_count(0)
    context.close()


def test_a_chosen_worker_is_drawn_closer_and_shows_its_schools(plan_page: Page) -> None:
    page = plan_page
    open_page(page)
    whole = page.locator("svg.workers-map").get_attribute("viewBox")
    page.locator("#map tr[data-worker] a").nth(4).click()
    expect(page.locator("#worker")).to_be_focused()
    expect(page.locator("#worker table tbody tr")).not_to_have_count(0)
    expect(page.locator("#worker thead")).to_contain_text("Km from base (estimated)")
    assert page.locator("svg.workers-map").get_attribute("viewBox") != whole
    expect(page.locator("#map tr.pointed")).to_have_count(1)
    page.get_by_role("link", name="Show all workers").click()
    expect(page.locator("svg.workers-map")).to_have_attribute("viewBox", whole or "")
    page.locator("svg.workers-map .labels text").first.click()
    expect(page.locator("#map tr.pointed")).to_have_count(1)
    page.locator("#worker a", has_text="Move").first.click()
    expect(page.locator("#move-school")).not_to_have_value("")
    expect(page.locator("#move-to optgroup").first).to_have_attribute("label", "Nearest bases")


def test_a_locality_and_todays_sharing_are_chosen_in_place(plan_page: Page) -> None:
    page = plan_page
    open_page(page)
    page.get_by_role("link", name="Wycombe", exact=True).click()
    expect(page.locator(".area-row")).to_have_count(1)
    expect(page).to_have_url(re.compile("area=wycombe"))
    page.locator("#plan").select_option("today")
    expect(page.locator(".lead")).to_contain_text(re.compile(r"Today's sharing: \d+ of 237 schools have a worker"))
    expect(page.locator("#left")).to_be_visible()
    expect(page).to_have_url(re.compile("plan=today"))


def test_the_workbook_is_taken_away(plan_page: Page) -> None:
    page = plan_page
    open_page(page)
    with page.expect_download() as download:
        page.get_by_role("link", name="Workbook (XLSX)").click()
    assert download.value.suggested_filename == "link_workers_synthetic.xlsx"


def test_a_sheet_fits_one_page_of_paper(plan_page: Page) -> None:
    page = plan_page
    page.goto("/link-workers/sheet/LW-05")
    expect(page.locator(".sheet")).to_contain_text("Load band")
    paper = page.pdf(prefer_css_page_size=True)
    assert len(re.findall(rb"/Type\s*/Page[^s]", paper)) == 1
    page.get_by_role("link", name="Back to the page").click()
    expect(page.locator("#worker-title")).to_contain_text("LW-05")


def test_the_page_works_without_scripts(browser: Browser, plan_site: str, a_move: tuple[int, str, str]) -> None:
    urn, giver, taker = a_move
    context = browser.new_context(base_url=plan_site, java_script_enabled=False)
    page = context.new_page()
    open_page(page)
    page.locator(f'#map tr[data-worker="{giver}"] a').click()
    expect(page.locator("#worker-title")).to_contain_text(giver)
    page.locator("#move-school").select_option(str(urn))
    page.locator("#move-to").select_option(taker)
    page.get_by_role("button", name="Move the school").click()
    expect(page.locator("#effect")).to_contain_text(taker)
    page.locator("#save-name").fill("Without scripts")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.locator("#plan")).to_have_value("saved:Without scripts")
    page.locator("#with").select_option("proposed")
    page.get_by_role("button", name="Compare", exact=True).click()
    expect(page.locator("#who-changes tbody tr")).to_have_count(1)
    page.get_by_role("button", name="Delete Without scripts").click()
    expect(page.locator("#plan")).to_have_value("proposed")
    context.close()


@pytest.mark.parametrize(
    ("query", "scheme"),
    [
        ("?worker=LW-05&move=MOVE", "light"), ("?worker=LW-05&move=MOVE", "dark"), ("?plan=today&area=wycombe", "dark"),
        ("?plan=best", "light"), ("/sheet/LW-05", "dark"),
    ],
)  # fmt: skip
def test_axe_finds_nothing(
    browser: Browser, plan_site: str, scheme: str, query: str, a_move: tuple[int, str, str]
) -> None:
    context = browser.new_context(base_url=plan_site, color_scheme=scheme, viewport={"width": 1440, "height": 900})
    page = context.new_page()
    page.goto(f"/link-workers{query.replace('MOVE', f'{a_move[0]}:{a_move[2]}')}")
    page.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true; })")
    found = Axe().run(page, options=AXE).response["violations"]
    assert [(one["id"], [node["target"] for node in one["nodes"]]) for one in found] == []
    context.close()


@pytest.mark.parametrize("query", ["?worker=LW-05&move=MOVE", "?plan=today", "/sheet/LW-05"])
def test_a_phone_shows_everything_without_scrolling_sideways(
    plan_page: Page, query: str, a_move: tuple[int, str, str]
) -> None:
    page = plan_page
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(f"/link-workers{query.replace('MOVE', f'{a_move[0]}:{a_move[2]}')}")
    page.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true; })")
    assert page.evaluate("document.documentElement.scrollWidth") <= 390


@pytest.mark.parametrize("width", [1024, 1440])
def test_the_bar_of_pages_stays_on_one_line_of_a_desk(plan_page: Page, width: int) -> None:
    page = plan_page
    page.set_viewport_size({"width": width, "height": 900})
    open_page(page)
    tops = page.locator(".pages a").evaluate_all("links => links.map((one) => one.getBoundingClientRect().top)")
    assert len(tops) == 6
    if width == 1440:
        assert len(set(tops)) == 1
        box = page.locator(".top-bar").bounding_box()
        assert box is not None
        assert box["height"] < 64
    assert page.evaluate("document.documentElement.scrollWidth") <= width
