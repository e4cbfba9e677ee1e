"""Only the page itself may ask for changes."""

import pytest
from flask import Request
from werkzeug.test import EnvironBuilder

from dashapp.imports.guard import is_from_this_page


def request(host, **headers):
    named = {key.replace("_", "-"): value for key, value in headers.items()}
    return Request(EnvironBuilder(base_url=f"http://{host}/", method="POST", headers=named).get_environ())


@pytest.mark.parametrize("host", ["127.0.0.1:8050", "localhost:8050", "[::1]:8050", "localhost"])
def test_the_page_itself_may(host):
    assert is_from_this_page(request(host, X_Atlas="1", Origin=f"http://{host}"))
    assert is_from_this_page(request(host, X_Atlas="1", Origin=f"http://{host}", Sec_Fetch_Site="same-origin"))


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"Origin": "http://localhost:8050"},
        {"X_Atlas": "1"},
        {"X_Atlas": "0", "Origin": "http://localhost:8050"},
        {"X_Atlas": "1", "Origin": "http://127.0.0.1:8050"},
        {"X_Atlas": "1", "Origin": "http://localhost"},
        {"X_Atlas": "1", "Origin": "null"},
        {"X_Atlas": "1", "Origin": "http://localhost:8050@evil.example"},
        {"X_Atlas": "1", "Origin": "http://localhost:8050", "Sec_Fetch_Site": "same-site"},
    ],
)
def test_no_other_may(headers):
    assert not is_from_this_page(request("localhost:8050", **headers))
