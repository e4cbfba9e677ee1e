"""``locality-atlas datasets``: what can be imported, with the columns that a file needs and may have."""

from __future__ import annotations

import argparse
import json
from typing import Any

from geodata.contracts import CONTRACTS, Column, Contract, contract, for_profile
from geodata.errors import NoSnapshotError
from geodata.profile import Profile, load_profile
from geodata.snapshot import Workspace

SOME_ALIASES = 4


def add_datasets(
    commands: argparse._SubParsersAction[argparse.ArgumentParser], parents: list[argparse.ArgumentParser]
) -> None:
    """Add the command to the parser."""
    parser = commands.add_parser("datasets", parents=parents, help="list what can be imported, with its columns")
    parser.add_argument("dataset", nargs="?", metavar="DATASET", help="only this one, with its codes and headings")
    parser.add_argument("--format", choices=("text", "json", "markdown"), default="text")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Print the datasets, or one of them whole, with the codes of the workspace's council."""
    profile = _profile(Workspace(args.workspace))
    wanted = [contract(args.dataset)] if args.dataset else list(CONTRACTS.values())
    chosen = [for_profile(one, profile) for one in wanted]
    if args.format == "json":
        print(json.dumps([describe(one) for one in chosen], indent=1, ensure_ascii=False))
    elif args.format == "markdown":
        print(as_markdown(chosen), end="")
    else:
        for one in chosen:
            print_text(one, whole=bool(args.dataset))
    return 0


def _profile(workspace: Workspace) -> Profile:
    try:
        return load_profile(workspace.current().manifest.profile)
    except NoSnapshotError:
        return load_profile()


def describe(wanted: Contract) -> dict[str, Any]:
    """Return a contract in JSON's types."""
    columns = [
        {
            "key": column.key,
            "title": column.title,
            "kind": column.kind,
            "needed": column.required,
            "headings": [column.key, *column.aliases],
            "codes": dict(column.codes),
            "description": column.description,
        }
        for column in wanted.columns
    ]
    return {
        "dataset": wanted.key,
        "title": wanted.title,
        "plain": wanted.plain,
        "about_children": wanted.personal,
        "retention_months": wanted.retention_months,
        "columns": columns,
    }


def print_text(wanted: Contract, *, whole: bool) -> None:
    """Print one dataset for a person; `whole` also lists headings and codes of each column."""
    print(f"{wanted.key:20}{wanted.title}\n{'':20}{wanted.plain}")
    if not whole:
        needed = [column.key for column in wanted.columns if column.required]
        print(f"{'':20}needs: {', '.join(needed)}\n")
        return
    for column in wanted.columns:
        mark = " (needed)" if column.required else ""
        print(f"\n  {column.key}{mark}: {column.title}. {column.description}".rstrip())
        if column.aliases:
            print(f"    also: {', '.join(column.aliases)}")
        for code, meaning in column.codes.items():
            print(f"    {code:20}{meaning}")


def as_markdown(chosen: list[Contract]) -> str:
    """Return the datasets as a page of the documentation."""
    lines = [
        "# Datasets",
        "",
        "What can be imported. Case, spaces and punctuation of headings do not matter; others can be named with",
        "`--map` or chosen on the Data page. Names of people are dropped, whatever their heading. This page is made by",
        "`locality-atlas datasets --format markdown`.",
    ]
    for one in chosen:
        kept = f" Kept for {one.retention_months} months at most." if one.retention_months else ""
        lines += ["", f"## {one.key}", "", f"{one.title}. {one.plain}{kept}", ""]
        lines += ["| column | needed | what it holds | also known as |", "| --- | --- | --- | --- |"]
        lines += [_line(column) for column in one.columns]
    return "\n".join(lines) + "\n"


def _line(column: Column) -> str:
    codes = f" One of {', '.join(f'`{code}`' for code in column.codes)}." if column.codes else ""
    more = f" and {len(column.aliases) - SOME_ALIASES} more" if len(column.aliases) > SOME_ALIASES else ""
    aliases = ", ".join(column.aliases[:SOME_ALIASES]) + more
    text = f"{column.title}. {column.description}{codes}".replace("  ", " ").strip()
    return f"| `{column.key}` | {'yes' if column.required else ''} | {text} | {aliases} |"
