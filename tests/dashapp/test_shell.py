"""The page around the map: whole without a script, and every place the scripts fill is in it."""

import re
from collections import Counter
from html.parser import HTMLParser
from pathlib import Path

import pytest

import dashapp
from callbacks.ids import Id
from dashapp.factory import create_app
from dashapp.settings import Settings
from dashapp.shell import MOVES, palette_css
from layers.palette import SEQUENTIAL_DARK, SEQUENTIAL_LIGHT

ASSETS = Path(dashapp.__file__).parent / "assets"
OPEN = {"meta", "link", "br", "img", "input", "hr"}


class Page(HTMLParser):
    """The elements of a page, and those that were not closed in order."""

    def __init__(self, text):
        super().__init__()
        self.elements, self.stack, self.wrong, self.words = [], [], [], []
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        self.elements.append((tag, dict(attrs)))
        if tag not in OPEN:
            self.stack.append(tag)

    def handle_endtag(self, tag):
        if not self.stack or self.stack.pop() != tag:
            self.wrong.append(tag)

    def handle_data(self, data):
        if self.stack and self.stack[-1] not in {"script", "style"}:
            self.words.append(data.strip())

    def ids(self):
        return [attributes["id"] for _, attributes in self.elements if "id" in attributes]


@pytest.fixture
def page(client):
    return Page(client.get("/").text)


def test_every_element_is_closed_in_order(page):
    assert page.wrong == []
    assert page.stack == []


def test_ids_are_unique_and_none_is_that_of_a_dash_component(page):
    assert {key: number for key, number in Counter(page.ids()).items() if number > 1} == {}
    assert not set(page.ids()) & {str(key) for key in Id}


def test_every_place_that_a_script_fills_is_in_the_page_and_the_other_way_round(page):
    scripts = "\n".join(path.read_text(encoding="utf-8") for path in sorted(ASSETS.glob("*.js")))
    named = set(re.findall(r"""(?:byId|put)\(["']([a-z-]+)["']""", scripts))
    named |= set(re.findall(r"""(?:querySelector(?:All)?|closest)\(["'`]#([a-z-]+)""", scripts))
    made = set(re.findall(r"""\bid: ["']([a-z-]+)["']""", scripts))
    ours = set(page.ids()) - {"react-entry-point"} - {one for one in page.ids() if one.startswith("_dash")}
    assert named - made - {str(key) for key in Id} <= ours
    assert {one for one in ours if not re.search(rf"""["'#]{one}["'\s\],.]""", scripts)} == set()


def test_the_skip_link_and_the_labels_lead_somewhere(page):
    ids = set(page.ids())
    for tag, attributes in page.elements:
        if tag == "a" and attributes.get("href", "").startswith("#"):
            assert attributes["href"][1:] in ids
        if tag == "label":
            assert attributes["for"] in ids


def test_every_button_has_a_type_and_a_name(page):
    buttons = [attributes for tag, attributes in page.elements if tag == "button"]
    assert len(buttons) >= len(MOVES) + 4  # theme, earlier, later, picture
    assert all(button["type"] == "button" for button in buttons)
    named = [button for button in buttons if "aria-label" in button]
    assert len(named) >= len(MOVES) + 2


def test_the_page_is_in_english_with_one_heading_and_its_landmarks(page):
    tags = Counter(tag for tag, _ in page.elements)
    assert ("html", {"lang": "en-GB"}) in page.elements
    assert (tags["h1"], tags["main"], tags["header"], tags["nav"], tags["title"]) == (1, 1, 1, 1, 1)


def test_the_bar_leads_to_every_page_and_says_which_is_open(page):
    links = [attributes for tag, attributes in page.elements if tag == "a" and attributes["href"] in {"./", "data"}]
    assert [(link["href"], link.get("aria-current")) for link in links] == [("./", "page"), ("data", None)]


def test_changes_are_announced_politely(page):
    (live,) = (attributes for _, attributes in page.elements if attributes.get("id") == "live")
    assert (live["role"], live["aria-live"]) == ("status", "polite")


def test_the_bar_says_whose_data_of_when_for_whom_and_that_it_is_synthetic(page, small_store):
    text = " ".join(page.words)
    created = small_store.snapshot.created
    assert "Buckinghamshire" in text
    assert "Officer view" in text
    assert f"Data of {created.day} {created:%B %Y}" in text
    assert "Synthetic demonstration data" in text


def test_real_data_are_not_called_synthetic(real_path):
    text = create_app(Settings(real_path)).server.test_client().get("/").text
    assert "Synthetic" not in text


def test_the_colours_of_the_page_are_those_of_the_palette(client):
    css = palette_css()
    assert css in client.get("/").text
    assert [colour in css for colour in (*SEQUENTIAL_LIGHT, *SEQUENTIAL_DARK)] == [True] * 10
    light, dark = css.split("}", maxsplit=1)
    assert all(colour in light for colour in SEQUENTIAL_LIGHT)
    assert all(dark.count(colour) == 2 for colour in SEQUENTIAL_DARK)  # chosen, and by the system's wish


def test_dash_puts_its_own_scripts_and_place_into_the_page(client):
    text = client.get("/").text
    assert 'id="react-entry-point"' in text
    assert "_dash-config" in text
    assert "&lt;script" not in text  # not escaped
