"""The script of the charts, on a page of nothing else: drawn when near, in the colours and width that there are."""

import json
import threading
from pathlib import Path

import pytest
import waitress
from flask import Flask, Response, request, send_from_directory
from playwright.sync_api import expect

from dashapp import plotly_routes
from layers.chart_intervals import Interval, IntervalPanel, intervals
from layers.charts import Bar, Panel, columns

ASSETS = Path(__file__).parents[2] / "dashapp" / "assets"
POLICY = "default-src 'none'; script-src 'self' 'nonce-n'; style-src 'self' 'unsafe-inline'; img-src data:"
LIGHT, DARK = "rgb(18, 67, 109)", "rgb(134, 189, 235)"
BARS = ".chart[data-chart={}] .bars path"

pytestmark = pytest.mark.browser


def specs():
    row = Interval("Aylesbury", 5.0, 4.0, 6.0, "Aylesbury in words")
    panels = [IntervalPanel(f"Measure {number}", "Per 1,000", [row]) for number in range(3)]
    counts = columns([Panel("", [Bar("Sep", 3, 2, "3\n(2)", "September: 3 new")])], ("Month", "Cases"))
    return {"near": counts, "panels": intervals(panels), "far": counts}


def body(script):
    parts = []
    for key, spec in specs().items():
        text = json.dumps(spec).replace("<", "\\u003c")
        gap = "<div style='height:4000px'></div>" if key == "far" else ""
        parts.append(
            f"{gap}<figure><div class='chart' role='img' aria-label='What it shows' data-chart='{key}'></div>"
            f"<script type='application/json' id='chart-{key}'>{text}</script>"
            "<details><summary>Table</summary>Figures</details></figure>"
        )
    return (
        "<!DOCTYPE html><html lang='en' data-theme='light'><title>Charts</title><link rel='icon' href='data:,'>"
        "<link rel='stylesheet' href='assets/atlas.css'><link rel='stylesheet' href='assets/cme/charts.css'>"
        f"<body>{''.join(parts)}<script src='assets/10-atlas.js'></script>"
        f"<script src='assets/cme/20-charts.js' data-plotly='{script}'></script></body></html>"
    )


@pytest.fixture(scope="module")
def address():
    server = Flask("charts")
    plotly_routes.register(server)

    @server.get("/assets/<path:name>")
    def assets(name):
        return send_from_directory(ASSETS, name)

    @server.get("/")
    def page():
        script = request.args.get("script", plotly_routes.plotly_url())
        return Response(body(script), headers={"Content-Security-Policy": POLICY})

    found = waitress.create_server(server, host="127.0.0.1", port=0, threads=4)
    thread = threading.Thread(target=found.run, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{found.effective_port}/"
    found.close()
    thread.join(5)


@pytest.fixture
def open_page(browser, address):
    """Open the page at a size; its scripts must not complain."""
    contexts, complaints = [], []

    def go(size=(1440, 900), where=""):
        contexts.append(browser.new_context(viewport={"width": size[0], "height": size[1]}))
        page = contexts[-1].new_page()
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.goto(address + where)
        return page

    yield go
    for context in contexts:
        context.close()
    assert complaints == []


def drawn(page, key):
    return page.locator(f".chart[data-chart={key}][data-drawn]")


def test_a_chart_is_drawn_when_it_comes_near_and_its_parts_are_not_read_out(open_page):
    page = open_page()
    expect(drawn(page, "near")).to_have_count(1)
    expect(drawn(page, "far")).to_have_count(0)
    assert page.evaluate("[...document.querySelector('.chart').children].every((one) => one.ariaHidden === 'true')")
    assert page.locator(".modebar-btn").count() == 0
    page.locator(".chart[data-chart=far]").scroll_into_view_if_needed()
    expect(drawn(page, "far")).to_have_count(1)


def test_colours_follow_the_theme(open_page):
    page = open_page()
    expect(page.locator(BARS.format("near")).first).to_have_css("fill", LIGHT)
    page.evaluate("document.documentElement.dataset.theme = 'dark'")
    expect(page.locator(BARS.format("near")).first).to_have_css("fill", DARK)


def test_a_hover_says_the_figure_in_words(open_page):
    page = open_page()
    expect(drawn(page, "near")).to_have_count(1)
    page.locator(BARS.format("near")).first.hover(force=True)
    expect(page.locator(".chart[data-chart=near] .hovertext")).to_have_text("September: 3 new")


def test_panels_stand_side_by_side_where_there_is_room_and_nothing_is_wider_than_a_phone(open_page):
    page = open_page()
    expect(drawn(page, "panels")).to_have_count(1)
    wide = page.locator(".chart[data-chart=panels]").bounding_box()["height"]
    page.set_viewport_size({"width": 390, "height": 844})
    expect(page.locator(".chart[data-chart=near] .main-svg").first).to_have_attribute("width", "388")
    assert page.locator(".chart[data-chart=panels]").bounding_box()["height"] > wide * 1.3
    assert page.evaluate("document.documentElement.scrollWidth") == 390


def test_paper_has_every_chart_in_light_colours_and_the_screen_has_its_own_again(open_page):
    page = open_page()
    page.evaluate("document.documentElement.dataset.theme = 'dark'")
    expect(drawn(page, "near")).to_have_count(1)
    page.evaluate(
        "addEventListener('beforeprint', () => { window.paper = [...document.querySelectorAll('.chart')].map("
        "(one) => [one.querySelector('.bars path, .points path').style.fill, one.querySelector('svg').clientWidth]) })"
    )
    page.pdf()
    paper = page.evaluate("window.paper")
    assert [fill for fill, _ in paper] == [LIGHT] * 3
    assert all(0 < width <= 660 for _, width in paper)
    expect(page.locator(BARS.format("near")).first).to_have_css("fill", DARK)
    assert page.evaluate("document.documentElement.dataset.theme") == "dark"


def test_every_chart_can_be_drawn_before_a_print(open_page):
    page = open_page()
    page.evaluate("window.atlas.drawCharts()")
    expect(page.locator(".chart[data-drawn]")).to_have_count(3)


def test_without_the_script_the_table_beneath_is_opened(open_page):
    page = open_page(where="?script=vendor/none.js")
    expect(page.locator(".chart[data-chart=near].undrawn")).to_contain_text("in the table beneath")
    expect(page.locator("figure").first.locator("details[open]")).to_have_count(1)
    assert page.locator(".chart[data-chart=near]").get_attribute("role") is None
