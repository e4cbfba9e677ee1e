import pytest
import requests
from urllib3 import exceptions as broken

from geodata.official.service import Limits
from geodata.official.trouble import AskedToWaitError, reason, status_words

ONLINE = "Check that this machine is online and may reach it."
LATE = broken.ReadTimeoutError(None, "/x?token=abc", "Read timed out.")


@pytest.mark.parametrize(
    ("wrapper", "cause", "what", "remedy"),
    [
        (
            requests.exceptions.SSLError,
            broken.SSLError("certificate verify failed"),
            "has a certificate that this machine does not trust",
            "If your council inspects traffic, name its certificate in REQUESTS_CA_BUNDLE.",
        ),
        (
            requests.exceptions.ConnectionError,
            broken.NameResolutionError("service.example", None, OSError("unknown")),
            "is not a name that this machine can find (5 tries)",
            ONLINE,
        ),
        (
            requests.exceptions.ConnectTimeout,
            broken.ConnectTimeoutError("late"),
            "could not be reached within 10 s (5 tries)",
            ONLINE,
        ),
        (
            requests.exceptions.ConnectionError,
            broken.NewConnectionError(None, "refused"),
            "refused the connection (5 tries)",
            ONLINE,
        ),
        (requests.exceptions.ConnectionError, LATE, "did not answer within 30 s (5 tries)", ""),
        (
            requests.exceptions.ProxyError,
            broken.ProxyError("refused", OSError()),
            "was not reached: the proxy refused",
            "Check HTTPS_PROXY.",
        ),
        (
            requests.exceptions.ConnectionError,
            broken.ProtocolError("Connection aborted."),
            "broke off before its answer was whole (5 tries)",
            "",
        ),
        (
            requests.exceptions.ContentDecodingError,
            broken.DecodeError("odd"),
            "could not be asked (DecodeError)",
            "Check the address.",
        ),
    ],
)
def test_what_lies_behind_an_error_is_told_in_words_without_the_query(wrapper, cause, what, remedy):
    error = wrapper(broken.MaxRetryError(None, "/x?token=abc", cause))
    assert reason(error, Limits(), 5) == (what, remedy)


def test_an_error_while_an_answer_is_read_was_tried_once():
    assert reason(LATE, Limits()) == ("did not answer within 30 s", "")
    assert reason(requests.exceptions.ConnectionError(LATE), Limits(read_s=0.5)) == ("did not answer within 0.5 s", "")
    assert reason(broken.IncompleteRead(1, 2), Limits())[0] == "broke off before its answer was whole"


def test_a_pause_that_is_too_long_is_told():
    assert reason(AskedToWaitError("3,600 s"), Limits(), 5) == ("is busy and asks to wait 3,600 s", "")


def test_an_error_that_nobody_thought_of_is_named_by_its_kind():
    assert reason(ValueError("token=abc"), Limits(), 5) == ("could not be asked (ValueError)", "Check the address.")


@pytest.mark.parametrize(
    ("status", "what"),
    [
        (404, "has nothing at this address (status 404)"),
        (410, "has nothing at this address (status 410)"),
        (429, "is busy or out of order (status 429, 5 tries)"),
        (504, "is busy or out of order (status 504, 5 tries)"),
        (401, "refused (status 401)"),
        (204, "refused (status 204)"),
    ],
)
def test_a_status_is_told_in_words(status, what):
    assert status_words(status, Limits())[0] == what
