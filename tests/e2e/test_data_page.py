"""The Data page in a real browser: each journey is one that a data officer makes."""

import csv
import io
import sys
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from dash import Dash
from playwright.sync_api import Browser, Page, expect

from dashapp.data_routes import JOBS
from dashapp.factory import create_app
from dashapp.imports.jobs import ImportJobs
from dashapp.settings import Settings
from geodata.snapshot import Workspace

pytestmark = pytest.mark.browser

HEADINGS = (
    "Ref of the young one",
    "Pupil name",
    "Begun on",
    "Date Closd",
    "Closure Reason",
    "Home Postcode",
    "NC Year",
)
ROWS = (
    ("1", "Jane Smith", "01/10/2021", "", "", "HP20 1UA", "9"),
    ("2", "Oliver Brown", "31/02/2022", "", "", "HP20 1UA", "9"),
    ("3", "Priya Patel", "05/11/2021", "01/12/2021", "BUSC", "ZZ1 1ZZ", "9"),
    ("4", "John Taylor", "06/11/2021", "01/12/2020", "BUSC", "", "9"),
)
Serving = Callable[[Dash], AbstractContextManager[str]]
WAITS = "import sys, time\nfor line in sys.stdin:\n    time.sleep(600)\n"
AXE = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}


@dataclass(frozen=True)
class Office:
    """A page over a workspace of its own, and what stands behind it."""

    page: Page
    workspace: Path
    jobs: ImportJobs


@pytest.fixture
def office(browser: Browser, own_path: Path, serving: Serving) -> Iterator[Office]:
    app = create_app(Settings(own_path))
    with serving(app) as address:
        context = browser.new_context(viewport={"width": 1440, "height": 900}, base_url=address, accept_downloads=True)
        page = context.new_page()
        complaints: list[str] = []
        page.on("pageerror", lambda error: complaints.append(str(error)))
        jobs: ImportJobs = app.server.extensions[JOBS]
        yield Office(page, own_path, jobs)
        context.close()
        jobs.close()
    assert complaints == []


@pytest.fixture
def export(tmp_path: Path) -> Path:
    path = tmp_path / "cases of May.csv"
    with path.open("w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows([HEADINGS, *ROWS])
    return path


def open_data(page: Page) -> None:
    page.goto("/data")
    expect(page.locator("#loaded-box tbody tr").first).to_be_visible()


def choose(page: Page, export: Path) -> None:
    page.locator("#file").set_input_files(export)
    expect(page.locator("#step-columns")).to_be_visible()


def say_what_it_is(page: Page) -> None:
    page.get_by_label("Child's identifier (needed)").select_option("Ref of the young one")
    page.get_by_label("Start of the involvement (needed)").select_option("Begun on")
    page.get_by_label("What kind of figures").select_option("synthetic")


def test_officer_maps_a_column_imports_reads_the_report_and_goes_back(office: Office, export: Path) -> None:
    page, before = office.page, Workspace(office.workspace).current().id
    open_data(page)
    expect(page.locator("#summary")).to_contain_text("3 of 20 datasets are loaded")

    choose(page, export)
    expect(page.get_by_label("Dataset")).to_have_value("cme_involvements")
    expect(page.locator("#first-rows")).to_contain_text("dropped: holds names, addresses or contacts")
    for name in ("Jane", "Oliver", "Priya", "Taylor"):
        expect(page.locator("#add")).not_to_contain_text(name)
    expect(page.locator("#check")).to_contain_text(
        "Choose a heading for Child's identifier and Start of the involvement"
    )
    expect(page.locator("#column-end_date-note")).to_contain_text("Please check: found by a near spelling")
    expect(page.locator("#step-import")).to_be_hidden()

    say_what_it_is(page)
    expect(page.locator("#check")).to_contain_text("2 of 4 rows can be taken in, 2 would be set aside")
    expect(page.locator("#check")).to_contain_text("the end lies before the start")
    assert Workspace(office.workspace).current().id == before

    page.get_by_role("button", name="Import 2 rows").click()
    report = page.locator("#report")
    expect(report).to_contain_text("2 of 4 rows taken in, 2 set aside")
    expect(page.locator("#step-report-title")).to_be_focused()
    expect(page.locator("#live")).to_contain_text("Imported. 2 rows taken in, 2 set aside.")
    rows = report.get_by_role("table", name="Postcodes matched, by locality").get_by_role("row")
    expect(rows.filter(has_text="Aylesbury")).to_contain_text("100%")
    expect(rows.filter(has_text="Outside the county")).to_contain_text("0%")
    changes = dict(
        zip(report.locator(".tiles dt").all_inner_texts(), report.locator(".tiles dd").all_inner_texts(), strict=True)
    )
    assert changes == {"new": "2", "gone": "14", "altered": "0", "unchanged": "0"}
    with page.expect_download() as found:
        report.get_by_role("link", name="Download the rows set aside").click()
    lines = list(csv.DictReader(io.StringIO(Path(found.value.path()).read_text(encoding="utf-8-sig"))))
    assert [(line["row"], line["column"]) for line in lines] == [("3", "start_date"), ("5", "end_date")]
    assert not [line for line in lines if "31/02" in line["value"]]
    assert not list((office.workspace / "uploads").iterdir())

    after = Workspace(office.workspace).current().id
    assert after != before
    history = page.get_by_role("table", name="Snapshots, newest first")
    expect(history.get_by_role("row").nth(1)).to_contain_text("in force")
    back = history.get_by_role("button").first
    back.click()
    expect(page.get_by_role("dialog")).to_contain_text("Nothing is deleted")
    page.keyboard.press("Escape")
    expect(back).to_be_focused()
    assert Workspace(office.workspace).current().id == after
    back.click()
    page.get_by_role("button", name="Go back", exact=True).click()
    expect(page.locator("#history-trouble")).to_contain_text("Done. In force is the snapshot of")
    expect(page.locator("#history-trouble .done")).to_be_focused()
    assert Workspace(office.workspace).current().id == before


def test_the_next_file_with_these_headings_needs_no_mapping(office: Office, export: Path) -> None:
    page = office.page
    open_data(page)
    choose(page, export)
    say_what_it_is(page)
    page.get_by_role("button", name="Import 2 rows").click()
    expect(page.locator("#step-report")).to_be_visible()
    choose(page, export)
    expect(page.locator("#columns")).to_contain_text("Chosen as for the last file with these headings")
    expect(page.get_by_label("Start of the involvement (needed)")).to_have_value("Begun on")
    expect(page.locator("#check")).to_contain_text("tick 'Beside the demonstration'")


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("empty.csv", b"", "'empty.csv' is empty"),
        ("paper.pdf", b"%PDF-1.7", "is a PDF, which has no rows and columns"),
        ("page.xls", b"<html><table></table></html>", "is a web page (HTML)"),
        ("only.csv", b"Child ID,Date Opened\n", "has headings but no rows"),
        (
            "locked.xlsx",
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600) + "EncryptedPackage".encode("utf-16-le") + bytes(600),
            "has a password",
        ),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_in_place_with_the_remedy(
    office: Office, tmp_path: Path, name: str, content: bytes, says: str
) -> None:
    page = office.page
    (tmp_path / name).write_bytes(content)
    open_data(page)
    page.locator("#file").set_input_files(tmp_path / name)
    expect(page.locator("#file-trouble .refusal")).to_contain_text(says)
    expect(page.locator("#file-trouble .refusal")).to_be_focused()
    expect(page.locator("#step-look")).to_be_hidden()
    expect(page.locator("#file")).to_be_enabled()


def test_a_file_that_is_too_large_is_not_even_sent(office: Office, export: Path) -> None:
    page = office.page
    open_data(page)
    page.locator("#data").evaluate("main => { main.dataset.limit = 10; }")
    sent: list[str] = []
    page.on("request", lambda request: sent.append(request.url))
    page.locator("#file").set_input_files(export)
    command = f'locality-atlas import DATASET "cases of May.csv" --workspace "{office.workspace.resolve()}"'
    expect(page.locator("#file-trouble code")).to_have_text(command)
    assert not [url for url in sent if "uploads" in url]


def test_cancel_keeps_nothing(office: Office, export: Path) -> None:
    page = office.page
    office.jobs._process.command = [sys.executable, "-c", WAITS]
    open_data(page)
    page.locator("#file").set_input_files(export)
    page.get_by_role("button", name="Cancel").click()
    expect(page.locator("#file-progress")).to_be_empty()
    expect(page.locator("#file")).to_be_focused()
    expect(page.locator("#step-look")).to_be_hidden()
    page.wait_for_load_state("networkidle")
    assert not list((office.workspace / "uploads").rglob("*.csv"))
    assert office.jobs.running() is None


def test_leaving_the_page_leaves_no_file_behind(office: Office, export: Path) -> None:
    page = office.page
    open_data(page)
    choose(page, export)
    assert list((office.workspace / "uploads").rglob("*.csv"))
    page.get_by_role("link", name="Map").click()
    expect(page.locator("#area-list [role=option]").first).to_be_visible()
    for _ in range(100):
        if not list((office.workspace / "uploads").rglob("*.csv")):
            break
        page.wait_for_timeout(100)
    assert not list((office.workspace / "uploads").rglob("*.csv"))


def test_a_child_is_removed_only_when_one_is_sure(office: Office) -> None:
    page = office.page
    open_data(page)
    page.get_by_label("Child's identifier", exact=True).fill("a")
    page.get_by_role("button", name="Remove", exact=True).click()
    expect(page.get_by_role("dialog")).to_contain_text("from all earlier ones. This cannot be undone.")
    page.get_by_role("button", name="Leave it as it is").click()
    expect(page.locator("#remove-result")).to_be_empty()
    page.get_by_role("button", name="Remove", exact=True).click()
    page.get_by_role("button", name="Remove for good").click()
    expect(page.locator("#remove-result")).to_contain_text("1 row of Children missing education: involvements")
    expect(page.locator("#loaded-box tbody tr").first).to_contain_text("13")
    page.get_by_label("Child's identifier", exact=True).fill("a")
    page.get_by_role("button", name="Remove", exact=True).click()
    page.get_by_role("button", name="Remove for good").click()
    expect(page.locator("#remove-result .refusal")).to_contain_text("No row has that identifier")


def test_published_figures_stand_beside_region_and_england(office: Office, tmp_path: Path) -> None:
    page = office.page
    file = tmp_path / "plans.csv"
    file.write_text(
        "indicator,area,area code,year,value\nplans,Buckinghamshire,E06000060,2020,4595\n"
        "plans,England,E92000001,2020,c\nrequests,Buckinghamshire,E06000060,2021,940\n"
    )
    open_data(page)
    expect(page.locator("#figures-box")).to_contain_text("None are loaded")
    choose(page, file)
    page.get_by_role("button", name="Import 3 rows").click()
    rows = page.locator("#figures-box tbody tr")
    expect(rows).to_have_text(["Buckinghamshire4,595", "Englandconfidential"])
    page.get_by_label("Indicator", exact=True).select_option("requests")
    expect(rows).to_have_text(["Buckinghamshire940"])
    expect(page.get_by_label("Indicator", exact=True)).to_be_focused()
    with page.expect_download() as found:
        page.get_by_role("link", name="Download these figures").click()
    assert found.value.suggested_filename == "plans_requests.csv"


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("width", [1440, 390])
def test_nothing_bars_a_screen_reader_and_nothing_spills(office: Office, export: Path, theme: str, width: int) -> None:
    page = office.page
    page.set_viewport_size({"width": width, "height": 844})
    page.emulate_media(color_scheme=theme)  # type: ignore[arg-type]
    open_data(page)
    choose(page, export)
    say_what_it_is(page)
    expect(page.locator("#step-import")).to_be_visible()
    page.locator("details").evaluate_all("all => all.forEach((one) => { one.open = true; })")
    found = Axe().run(page, options=AXE)
    assert found.violations_count == 0, found.generate_report()
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.get_by_role("button", name="Import 2 rows").click()
    expect(page.locator("#step-report")).to_be_visible()
    page.locator("#loaded-box").get_by_role("button", name="Report").first.click()
    expect(page.locator("#sheet .report")).to_be_visible()
    found = Axe().run(page, options=AXE)
    assert found.violations_count == 0, found.generate_report()
    page.get_by_role("button", name="Close").click()
    expect(page.locator("#sheet")).to_be_hidden()


def test_no_request_leaves_the_server(office: Office, export: Path) -> None:
    page, asked = office.page, []
    page.on("request", lambda request: asked.append(request.url))
    open_data(page)
    choose(page, export)
    home = page.url.removesuffix("data")
    assert [url for url in asked if not url.startswith((home, "data:"))] == []
