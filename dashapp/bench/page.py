"""The map page in a browser: first load and switches, against a page of Plotly."""

from __future__ import annotations

from pathlib import Path
from statistics import median
from typing import Any

from dashapp.bench.browser import browser_page, switch_times, watch
from dashapp.bench.processes import free_port, resident_mb, running

KEYS = ["cme_open", "ehcp_growth", "ehcp_prevalence"]
SETTLE_MS = 1500

# From the click to the frame that shows the answer: a message posted in its callback arrives after it was painted.
_PAINTED = """requestAnimationFrame(() => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => done(performance.now() - start);
    port2.postMessage(0);
  })"""
SWITCH_ATLAS = f"""key => new Promise(done => {{
  document.addEventListener('atlas:drawn', () => {_PAINTED}, {{ once: true }});
  START;
  const start = performance.now();
  document.querySelector(`#layers input[value=${{key}}]`).click();
}})"""
SWITCH_RIVAL = f"""key => new Promise(done => {{
  const plot = document.querySelector('#map .js-plotly-plot');
  const drawn = () => {{ plot.removeListener('plotly_afterplot', drawn); {_PAINTED}; }};
  plot.on('plotly_afterplot', drawn);
  const start = performance.now();
  document.querySelector(`#layer input[value=${{key}}]`).click();
}})"""


def measure_page(url: str, rounds: int) -> dict[str, Any]:
    """Return the first load and the switches of the map page, by LSOA."""
    with browser_page() as page:
        traffic = watch(page)
        page.goto(url)
        page.wait_for_selector("#area-list [role=option]")
        page.wait_for_timeout(SETTLE_MS)
        first_load, hosts = traffic.received, sorted(traffic.hosts)
        page.goto(f"{url}?layer={KEYS[-1]}&scheme=lsoa")
        page.wait_for_function("document.querySelectorAll('#area-list [role=option]').length === 319")
        page.wait_for_timeout(SETTLE_MS)
        traffic.received = 0
        times = switch_times(page, SWITCH_ATLAS.replace("START", "atlas.forget()"), KEYS, rounds)
        page.wait_for_timeout(SETTLE_MS)
        switches, received = len(KEYS) * (rounds + 1), traffic.received
        again = switch_times(page, SWITCH_ATLAS.replace("START", ""), KEYS, rounds)
    return {
        "first_load_kb": first_load / 1000,
        "hosts": hosts,
        "switch_ms": median(times),
        "switch_ms_worst": max(times),
        "switch_kb": received / switches / 1000,
        "switch_looked_ahead_ms": median(again),
    }


def measure_rival(url: str, rounds: int) -> float:
    """Return the median milliseconds of a switch on the Plotly page."""
    with browser_page() as page:
        page.goto(url)
        page.wait_for_selector("#map .js-plotly-plot")
        page.wait_for_timeout(2 * SETTLE_MS)
        return median(switch_times(page, SWITCH_RIVAL, KEYS, rounds))


def measure(workspace: Path, rounds: int, starts: int) -> dict[str, Any]:
    """Return the figures of the page and of the one it is measured against.

    Parameters
    ----------
    workspace : pathlib.Path
        With a snapshot.
    rounds, starts : int
        Switches through the layers, and starts of the server.

    Returns
    -------
    dict
        Milliseconds, seconds, kB (10^3 bytes) and MB (10^6 bytes), as the names say.
    """
    seconds = []
    for _ in range(starts):
        port = free_port()
        with running("dashapp", "serve", "--workspace", str(workspace), "--port", str(port), port=port) as server:
            seconds.append(server.first_response_s)
    port = free_port()
    with running("dashapp", "serve", "--workspace", str(workspace), "--port", str(port), port=port) as server:
        found = measure_page(server.url, rounds)
        found["resident_mb"] = resident_mb(server.pid)
    port = free_port()
    with running("dashapp.bench.rival", str(workspace), str(port), port=port) as server:
        found["plotly_switch_ms"] = measure_rival(server.url, rounds)
    found["times_faster_than_plotly"] = found["plotly_switch_ms"] / found["switch_ms"]
    found["first_response_s"] = median(seconds)
    return found
