import pytest

from geodata.official.answer import looks_like


@pytest.mark.parametrize(
    ("start", "words"),
    [
        (b"<!DOCTYPE html><html>", "a web page"),
        (b"\xef\xbb\xbf\r\n  <html>", "a web page"),
        (b"PK\x03\x04rest", "a ZIP archive"),
        (b'{"title": "Not found"}', "a message"),
        (b"%PDF-1.7", "a PDF"),
        (b"", "nothing"),
        (b" \r\n", "nothing"),
        (b"URN,Name\r\n1,Abc\r\n", ""),
        ("\ufeffURN,Näme".encode(), ""),
    ],
)
def test_an_answer_is_known_by_its_first_bytes(start, words):
    assert looks_like(start) == words
