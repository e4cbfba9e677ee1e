"""What a browser sees: the weight of the first load, and the time and bytes of a switch of layer."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from geodata.errors import InputError

CHROMIUM_NAMES = ("chromium", "chromium-browser", "google-chrome")
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
WIDTH_PX, HEIGHT_PX = 1440, 900


PATIENCE_MS = 20_000
_RACE = f"""key => Promise.race([(SCRIPT)(key), new Promise((_, refuse) =>
  setTimeout(() => refuse(new Error('no answer')), {PATIENCE_MS}))])"""


@dataclass
class Traffic:
    """What came over the wire: bytes as encoded, headers included, and the hosts asked."""

    received: int = 0
    hosts: set[str] = field(default_factory=set)


def chromium_path() -> str:
    """Return the system's Chromium.

    Raises
    ------
    InputError
        If there is none.
    """
    for name in CHROMIUM_NAMES:
        if path := shutil.which(name):
            return path
    raise InputError("No Chromium was found. Install it with the system's packages, then run this again.")


@contextmanager
def browser_page() -> Iterator[Any]:
    """Give a page of a new headless browser without a GPU."""
    from playwright.sync_api import sync_playwright  # noqa: PLC0415 - a test extra

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium_path(), args=ARGUMENTS)
        yield browser.new_page(viewport={"width": WIDTH_PX, "height": HEIGHT_PX})
        browser.close()


def watch(page: Any) -> Traffic:
    """Count what the page receives from now on."""
    traffic = Traffic()
    session = page.context.new_cdp_session(page)
    session.send("Network.enable")

    def finished(event: dict[str, Any]) -> None:
        traffic.received += int(event["encodedDataLength"])

    def asked(event: dict[str, Any]) -> None:
        address = event["request"]["url"]
        if address.startswith("http"):
            traffic.hosts.add(address.split("/")[2].split(":")[0])

    session.on("Network.loadingFinished", finished)
    session.on("Network.requestWillBeSent", asked)
    return traffic


def switch_times(page: Any, script: str, keys: list[str], rounds: int) -> list[float]:
    """Return the milliseconds of each switch.

    Parameters
    ----------
    page : playwright page
        Ready, with the first key shown.
    script : str
        JavaScript of one parameter, the key; a promise of the milliseconds from the click to the painted frame.
    keys : list of str
        Layers to switch between, in turn.
    rounds : int
        How often to go through them; the first round warms up and does not count.
    """
    times: list[float] = []
    for number in range(rounds + 1):
        for key in keys:
            took = float(page.evaluate(_RACE.replace("SCRIPT", script), key))
            page.wait_for_timeout(120)
            if number:
                times.append(took)
    return times
