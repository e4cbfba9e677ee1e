import io

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from geodata import text_file
from geodata.errors import InputError
from geodata.text_file import count_lines, examine

TEXT = "a,b\r\né,2\r\n"


@pytest.fixture
def file(tmp_path):
    return tmp_path / "file.csv"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_encodings(file, encoding):
    file.write_bytes(TEXT.encode(encoding))
    assert examine(file).encoding == encoding


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_utf_16_without_a_mark(file, encoding):
    file.write_bytes(TEXT.encode(encoding))
    assert examine(file).encoding == encoding


def test_facts(file):
    file.write_bytes(b'a,"b"\r\nc,\x00d\nsome more text\n' + b"much text" * 9 + b"\x00 e")
    facts = examine(file)
    assert (facts.quotes, facts.zeros, facts.ends_open) == (2, (2, 4), True)
    file.write_bytes(b"a,b\r")
    assert not examine(file).ends_open


@pytest.mark.parametrize("chunk_bytes", [1, 2, 3, 1 << 20])
def test_the_line_of_a_bad_byte(file, monkeypatch, chunk_bytes):
    monkeypatch.setattr(text_file, "CHUNK_BYTES", chunk_bytes)
    for content, line in (
        (b"a\r\nb\rc\n\x81", 4),
        (b"\x81", 1),
        (b"\xef\xbb\xbfa\nb\xe9c\n", 2),
        ("a\nb\nc".encode("utf-16")[:-1], 3),
        ("a\nbcde".encode("utf-16-le")[:-1], 2),
    ):
        file.write_bytes(content)
        with pytest.raises(InputError, match=f"line {line}"):
            examine(file)


LINES = st.text(st.sampled_from("a\r\n"), max_size=12)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(LINES, st.sampled_from(["utf-8", "utf-16", "utf-16-be"]), st.sampled_from([1, 2, 5, 1 << 20]))
def test_lines_are_those_that_python_sees(file, monkeypatch, text, encoding, chunk_bytes):
    monkeypatch.setattr(text_file, "CHUNK_BYTES", chunk_bytes)
    file.write_bytes(text.encode(encoding))
    assert count_lines(file, encoding) == len(list(io.StringIO(text, newline="")))
