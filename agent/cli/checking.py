"""`nanoreach check`."""

from dataclasses import replace
from pathlib import Path
from typing import Annotated

import typer

from agent.cli.options import Home, Json, ports_of
from agent.cli.output import emit_json, plain, remark

PARTLY = 3
NOTHING_TO_DO = 4


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("check")(check)


def check(
    file: Annotated[Path, typer.Argument(help="JSONL: draft, creator, brand and campaign on each line.")],
    home: Home = None,
    as_json: Json = False,
) -> None:
    """Put letters of a file through the gate alone: one JSON object for each line, nothing is stored.

    Ends with 3 where a line could not be read, with 4 where there is none.
    """
    from agent.adapters.memory import MemoryStore
    from agent.adapters.sources import read_cases
    from agent.domain.records import Problem
    from agent.usecases.checking import check_letter, verdict

    ports = replace(ports_of(home), store=MemoryStore())
    told = blocked = 0
    problems: list[Problem] = []
    for row in read_cases(file):
        if isinstance(row, Problem):
            problems.append(row)
            emit_json({"line": row.line, "verdict": "block", "findings": [_unread(row.sentence)]})
            continue
        findings = check_letter(ports, row)
        told += 1
        blocked += verdict(findings) == "block"
        emit_json({"line": row.line, "verdict": verdict(findings), "findings": plain(findings)})
    for problem in problems:
        remark(f"{problem.file} line {problem.line}: {problem.sentence}")
    if not as_json:
        remark(f"{told} letters judged: {told - blocked} pass, {blocked} blocked.")
    if problems:
        raise typer.Exit(PARTLY)
    if not told:
        remark(f"{file} holds no letter: write draft, creator, brand and campaign on each line.")
        raise typer.Exit(NOTHING_TO_DO)


def _unread(sentence: str) -> dict[str, str]:
    # what nobody could read is not a letter that may pass
    return {"code": "input.unread", "severity": "block", "span": "", "advice": sentence}
