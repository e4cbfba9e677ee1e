"""A real server and a real browser: the demonstration council, served as a person would."""

import threading
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, suppress
from pathlib import Path

import pytest
import waitress
from dash import Dash
from playwright.sync_api import Browser, Page, expect, sync_playwright

from dashapp.bench.browser import ARGUMENTS, chromium_path
from dashapp.factory import create_app
from dashapp.settings import Settings

# How long a busy machine takes is not what is tested.
expect.set_options(timeout=20_000)


@contextmanager
def running(app: Dash) -> Iterator[str]:
    """Serve an application in a thread; its address."""
    server = waitress.create_server(app.server, host="127.0.0.1", port=0, threads=4)

    def run() -> None:
        with suppress(OSError):  # closing takes the socket away under it
            server.run()

    thread = threading.Thread(target=run, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.effective_port}/"
    server.close()
    thread.join(5)


@pytest.fixture(scope="session")
def serving() -> Callable[[Dash], AbstractContextManager[str]]:
    """What serves an application while a test looks at it."""
    return running


@contextmanager
def served(workspace: Path) -> Iterator[str]:
    """Serve a workspace as a person would; the address."""
    with running(create_app(Settings(workspace))) as address:
        yield address


@pytest.fixture(scope="session")
def site(demo_workspace: Path) -> Iterator[str]:
    with served(demo_workspace) as address:
        yield address


@pytest.fixture(scope="session")
def subjects_site(subjects_path: Path) -> Iterator[str]:
    """The small council with every subject, so that every kind of layer and the places are there."""
    with served(subjects_path) as address:
        yield address


@pytest.fixture(scope="session")
def forecast_site(forecast_path: Path) -> Iterator[str]:
    """The demonstration council with its forecast of EHC plans."""
    with served(forecast_path) as address:
        yield address


@pytest.fixture(scope="session")
def plan_site(plan_path: Path) -> Iterator[str]:
    """The demonstration council with a plan of its link workers."""
    with served(plan_path) as address:
        yield address


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium_path(), args=ARGUMENTS)
        yield browser
        browser.close()


@contextmanager
def watched(browser: Browser, site: str) -> Iterator[Page]:
    """Give a page at desktop size that fails the test when its console or its scripts complain."""
    context = browser.new_context(viewport={"width": 1440, "height": 900}, base_url=site, accept_downloads=True)
    page = context.new_page()
    complaints: list[str] = []
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    yield page
    context.close()
    assert complaints == []


@pytest.fixture
def page(browser: Browser, site: str) -> Iterator[Page]:
    """The demonstration council."""
    with watched(browser, site) as found:
        yield found


@pytest.fixture
def subjects_page(browser: Browser, subjects_site: str) -> Iterator[Page]:
    """The small council with every subject."""
    with watched(browser, subjects_site) as found:
        yield found


@pytest.fixture
def forecast_page(browser: Browser, forecast_site: str) -> Iterator[Page]:
    """The demonstration council with its forecast of EHC plans."""
    with watched(browser, forecast_site) as found:
        yield found


@pytest.fixture
def plan_page(browser: Browser, plan_site: str) -> Iterator[Page]:
    """The demonstration council with a plan of its link workers."""
    with watched(browser, plan_site) as found:
        yield found
