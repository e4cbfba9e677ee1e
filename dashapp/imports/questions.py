"""What a page may ask the worker, checked before anything is done; light, for the serving process."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, Literal

from geodata.contracts import contract
from geodata.errors import UsageError

Action = Literal["look", "check", "import", "rollback", "purge", "expire"]
ABOUT_FILES = ("look", "check", "import")
ACTIONS: tuple[Action, ...] = ("look", "check", "import", "rollback", "purge", "expire")

DAYS = ("reference_date", "covers_from", "covers_to", "valid_from", "valid_to")
TEXTS = ("basis", "sheet", "edition", "scheme", "title", "code_field", "name_field", "crs")
LONGEST_TEXT = 300


def options_of(said: Mapping[str, Any]) -> dict[str, Any]:
    """Return what a page says of a file as fields of `geodata.options.Options`; what is blank is left out.

    Parameters
    ----------
    said : mapping
        As JSON has it: days as ISO text, the year as a number or its text, the mapping as an object.

    Raises
    ------
    UsageError
        If it is not what a page says.
    """
    filled = {key: value for key, value in said.items() if value not in ("", None)}
    return {key: _read(key, value) for key, value in filled.items()}


def _read(key: str, value: Any) -> Any:
    if key in DAYS and isinstance(value, str):
        try:
            return date.fromisoformat(value)
        except ValueError:
            raise UsageError(f"'{value[:20]}' is not a date. Choose it again.") from None
    if key in TEXTS and isinstance(value, str) and len(value) <= LONGEST_TEXT:
        return value.strip()
    if key == "vintage" and str(value).isdecimal() and len(str(value)) == 4:
        return int(value)
    if key == "beside_synthetic" and isinstance(value, bool):
        return value
    if key == "mapping" and isinstance(value, dict) and all(isinstance(one, str | None) for one in value.values()):
        return value
    raise UsageError(f"What was said of the file cannot be read ({key[:30]}). Reload the page and try again.")


def question_of(asked: Any) -> dict[str, Any]:
    """Return a question as the worker takes it, with the files' token in place of the files.

    Parameters
    ----------
    asked : object
        What came as JSON: ``do``; of a file ``token``, ``dataset`` and ``said``; of a rollback ``to``; of a purge
        ``child``.

    Raises
    ------
    UsageError
        If it is none.
    """
    if not isinstance(asked, dict) or asked.get("do") not in ACTIONS:
        raise UsageError(f"The page asked for nothing that is known. Valid: {', '.join(ACTIONS)}.")
    texts = {key: asked.get(key) or "" for key in ("dataset", "to", "child", "token")}
    if not all(isinstance(text, str) and len(text) <= LONGEST_TEXT for text in texts.values()):
        raise UsageError("What the page asked cannot be read. Reload it and try again.")
    question: dict[str, Any] = {"do": asked["do"]}
    if asked["do"] in ABOUT_FILES:
        said = asked.get("said") or {}
        if not isinstance(said, dict):
            raise UsageError("What was said of the file cannot be read. Reload the page and try again.")
        options_of(said)
        if texts["dataset"] or asked["do"] != "look":
            contract(texts["dataset"])
        return question | {"dataset": texts["dataset"], "said": said, "token": texts["token"]}
    if asked["do"] == "rollback":
        return question | {"to": texts["to"]}
    return question | ({"child": texts["child"]} if asked["do"] == "purge" else {})
