"""The page that lists single children: who may open it, and that nothing of it leaves the screen."""

import re
import shutil
import subprocess
import sys
from datetime import date

import pytest

from dashapp.cme_week_routes import PATH, Door
from dashapp.factory import create_app
from dashapp.settings import KEY_BYTES, Settings, new_key
from geodata.snapshot import Workspace

KEY = "k" * 32
REFUSED = "Open it with the address that"


@pytest.fixture
def real(real_path):
    """An application over real children, with a key of its own."""
    return create_app(Settings(real_path, week_key=KEY)).server


def rows(page):
    return re.findall(r'<tr role="row" data-place', page.text)


def test_over_synthetic_children_it_opens_without_a_key(client):
    page = client.get(PATH)
    assert (page.status_code, page.mimetype) == (200, "text/html")
    assert len(rows(page)) == 8
    assert "This list is about single children." in page.text
    assert "31 July 2022" in page.text
    assert "Synthetic demonstration data" in page.text


def test_over_real_children_it_is_closed_with_the_remedy(real):
    page = real.test_client().get(PATH)
    assert page.status_code == 403
    assert REFUSED in page.text
    assert "<code>locality-atlas serve</code> printed" in page.text
    assert not rows(page)


def test_the_key_opens_it_in_that_browser_and_leaves_the_address(real):
    browser = real.test_client()
    first = browser.get(PATH, query_string={"key": KEY})
    assert (first.status_code, first.headers["Location"]) == (303, PATH)
    assert KEY not in first.text
    cookie = first.headers["Set-Cookie"]
    assert {part.strip() for part in cookie.split(";")[1:]} == {"HttpOnly", "SameSite=Strict", f"Path={PATH}"}
    assert KEY not in cookie
    page = browser.get(PATH)
    assert page.status_code == 200
    assert len(rows(page)) == 8
    assert KEY not in page.text
    # It stays open there, also at the old address.
    assert browser.get(PATH, query_string={"key": KEY}).headers["Location"] == PATH
    assert browser.get(PATH).status_code == 200


def test_the_key_is_of_no_use_a_second_time(real):
    assert real.test_client().get(PATH, query_string={"key": KEY}).status_code == 303
    other = real.test_client()
    again = other.get(PATH, query_string={"key": KEY})
    assert again.status_code == 403
    assert "Set-Cookie" not in again.headers
    assert other.get(PATH).status_code == 403


@pytest.mark.parametrize("key", ["", "k", "k" * 31, "k" * 33, "K" * 32, "\u212a" * 32, "\u00e9"])
def test_another_key_opens_nothing_and_does_not_use_up_the_right_one(real, key):
    assert real.test_client().get(PATH, query_string={"key": key}).status_code == 403
    assert real.test_client().get(PATH, query_string={"key": KEY}).status_code == 303


@pytest.mark.parametrize("value", ["", KEY, "x"])
def test_a_cookie_that_was_not_given_opens_nothing(real, value):
    browser = real.test_client()
    name = browser.get(PATH, query_string={"key": KEY}).headers["Set-Cookie"].partition("=")[0]
    other = real.test_client()
    other.set_cookie(name, value, path=PATH)
    assert other.get(PATH).status_code == 403


def test_the_cookie_of_one_server_does_not_open_another(real_path, real):
    again = create_app(Settings(real_path, week_key=KEY)).server.test_client()
    cookie = real.test_client().get(PATH, query_string={"key": KEY}).headers["Set-Cookie"].partition(";")[0]
    assert again.get(PATH, headers={"Cookie": cookie}).status_code == 403


def test_without_a_key_nobody_is_let_in(real_path):
    browser = create_app(Settings(real_path, week_key="")).server.test_client()
    assert browser.get(PATH, query_string={"key": ""}).status_code == 403
    assert not Door("").use("")


def test_real_records_that_come_in_later_close_it(own_path, council):
    browser = create_app(Settings(own_path, week_key=KEY)).server.test_client()
    assert browser.get(PATH).status_code == 200
    council.add_part(Workspace(own_path), "ehc_plans", council.events(council.plans), covers_to=council.dated)
    assert browser.get(PATH).status_code == 403
    assert browser.get(PATH, query_string={"key": KEY}).status_code == 303


def test_each_process_has_a_key_of_its_own(tmp_path):
    keys = {Settings(tmp_path).week_key for _ in range(20)} | {new_key() for _ in range(20)}
    assert len(keys) == 40
    assert KEY_BYTES * 8 >= 192
    assert all(re.fullmatch(r"[A-Za-z0-9_-]{32}", key) for key in keys)
    settings = Settings(tmp_path)
    assert settings.week_key not in repr(settings)


@pytest.mark.parametrize("state", ["closed", "let in", "open"])
def test_nothing_is_kept_and_nothing_is_told_to_others(real, state):
    browser = real.test_client()
    page = browser.get(PATH, query_string={} if state == "closed" else {"key": KEY})
    page = browser.get(PATH) if state == "open" else page
    assert page.status_code == {"closed": 403, "let in": 303, "open": 200}[state]
    assert page.headers["Cache-Control"] == "no-store"
    assert page.headers["Referrer-Policy"] == "no-referrer"
    assert page.headers["Cross-Origin-Resource-Policy"] == "same-origin"
    assert browser.get("/data").headers["Referrer-Policy"] == "same-origin"


def test_only_its_own_scripts_run_and_they_can_ask_nothing(client):
    first, second = client.get(PATH), client.get(PATH)
    policy = first.headers["Content-Security-Policy"]
    (nonce,) = re.findall(r"'nonce-([^']+)'", policy)
    assert first.text.count(f'nonce="{nonce}"') == 1
    assert nonce not in second.headers["Content-Security-Policy"]
    for part in ("default-src 'none'", "connect-src 'none'", "form-action 'none'", "frame-ancestors 'none'"):
        assert part in policy
    assert "unsafe" not in policy


def test_no_link_names_a_child_or_a_school_and_none_gives_the_list_away(client):
    text = client.get(PATH).text
    links = re.findall(r'(?:href|src|action|formaction|data-url)="([^"]*)"', text)
    assert len(links) > 6
    for link in links:
        assert link.startswith("data:") or "?" not in link
        assert "download" not in link
    assert "<form" not in text
    assert " download" not in text
    assert 'autocomplete="off"' in text
    for asset in re.findall(r'"(assets/[^"]+)"', text):
        with client.get(f"/{asset}") as found:
            assert found.status_code == 200


def test_no_route_gives_the_list_as_a_file(app):
    rules = [rule for rule in app.server.url_map.iter_rules() if "week" in rule.rule]
    assert [(rule.rule, rule.methods - {"HEAD", "OPTIONS"}) for rule in rules] == [(PATH, {"GET"})]
    client = app.server.test_client()
    for tail in (".csv", ".json", ".xlsx", "/csv", "?format=csv"):
        found = client.get(f"{PATH}{tail}", follow_redirects=True)
        assert found.mimetype == "text/html"
        assert "Content-Disposition" not in found.headers


def test_whatever_stands_in_the_address_is_dropped(client):
    found = client.get(PATH, query_string={"child": "a", "school": "100001"})
    assert (found.status_code, found.headers["Location"]) == (303, PATH)


def test_another_name_for_this_machine_is_refused(real):
    browser = real.test_client()
    assert browser.get(PATH, query_string={"key": KEY}, headers={"Host": "evil.example"}).status_code == 403
    # The key was not used up.
    assert browser.get(PATH, query_string={"key": KEY}).status_code == 303


def test_identifiers_cannot_become_markup(council, drawn, tmp_path):
    path = tmp_path / "hostile"
    cases = (('"><script>x</script>', council.wycombe, date(2022, 1, 1), None),)
    council.fill(path, cases=cases)
    shutil.copytree(drawn / "drawing", path / "drawing")
    text = create_app(Settings(path)).server.test_client().get(PATH).text
    assert "<script>x" not in text
    assert "&lt;script&gt;x" in text


def test_without_involvements_the_page_says_what_to_import(council, drawn, tmp_path):
    path = tmp_path / "bare"
    council.add_part(Workspace(path), "population", council.population(1), basis="modelled")
    shutil.copytree(drawn / "drawing", path / "drawing")
    page = create_app(Settings(path)).server.test_client().get(PATH)
    assert page.status_code == 200
    assert "cme_involvements is not loaded" in page.text.replace("&#39;", "'")


SERVE = """
import json, sys
from pathlib import Path
from dashapp.factory import create_app
from dashapp.settings import Settings

assert create_app(Settings(Path(sys.argv[1]))).server.test_client().get("/cme/week").status_code == 200
print(json.dumps(sorted({"pandas", "numpy", "geopandas", "pyarrow", "shapely"} & set(sys.modules))))
"""


def test_serving_it_imports_no_data_frames(small_path):
    command = [sys.executable, "-c", SERVE, str(small_path)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout.strip()) == (0, "[]"), done.stderr
