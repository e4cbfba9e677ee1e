from geodata.errors import AtlasError
from geodata.official.refusal import FetchError, refusal


def test_it_says_what_where_and_the_remedy_and_never_the_query(make_source):
    error = refusal(make_source("https://user:secret@host.example:8080/path/0?token=abc"), "did not answer within 30 s")
    assert str(error) == (
        "Small areas: host.example did not answer within 30 s. Try again later, or download it by hand from "
        "https://office.example/areas and import the file."
    )


def test_a_remedy_of_its_own_comes_first(make_source):
    assert "went away. Look for it. Or download it by hand from" in str(
        refusal(make_source(), "went away", "Look for it.")
    )


def test_it_is_one_of_ours_and_a_builtin(make_source):
    error = refusal(make_source(), "went away")
    assert isinstance(error, FetchError)
    assert isinstance(error, AtlasError)
    assert isinstance(error, ConnectionError)
