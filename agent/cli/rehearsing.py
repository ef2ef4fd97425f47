"""`nanoreach rehearse`."""

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from agent.cli.options import Home, Json, moment, settings_of
from agent.cli.output import emit_json, plain, progress

if TYPE_CHECKING:
    from agent.domain.rehearsal.figures import Rehearsal
    from agent.domain.rehearsal.outcomes import Assumptions
    from agent.ports import Ports
    from agent.settings import Settings
    from agent.usecases.rehearsing import Room

PARTLY = 3
NOTHING = 4


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("rehearse")(rehearse)


def rehearse(
    campaign: Annotated[str, typer.Argument(help="The campaign's id.")],
    *,
    seed: Annotated[int, typer.Option(help="Decides every draw: the same seed plays the same run.")] = 1,
    runs: Annotated[int, typer.Option(min=1, max=200, help="How many runs the spans are of.")] = 20,
    reviewers: Annotated[int, typer.Option(min=1, max=50, help="How many people read.")] = 1,
    minutes_a_day: Annotated[
        int, typer.Option(min=1, max=600, help="How long each of them reads on a working day.")
    ] = 120,
    start: Annotated[
        str | None, typer.Option(help="The first day, such as 2026-11-30.", show_default="now")
    ] = None,
    reply_rate: Annotated[
        float | None,
        typer.Option(min=0, max=1, help="What part of creators answers, such as 0.25.", show_default=False),
    ] = None,
    bounce_rate: Annotated[
        float | None,
        typer.Option(min=0, max=1, help="What part of addresses is dead.", show_default=False),
    ] = None,
    assumptions: Annotated[
        Path | None,
        typer.Option(help="A YAML file with all shares; docs/rehearsal.md shows one.", show_default=False),
    ] = None,
    home: Home = None,
    as_json: Json = False,
) -> None:
    """Play a whole campaign on a simulated clock and inbox: what it takes, and what would go wrong.

    Nothing leaves and nothing is stored. Ends with 3 where something would go wrong, with 4 where nobody is
    on the shortlist.
    """
    from agent.bootstrap import build
    from agent.cli.rehearsal_text import show_rehearsal
    from agent.domain.ids import CampaignId
    from agent.domain.rehearsal.figures import Staff
    from agent.usecases.rehearsing import Plan
    from agent.usecases.rehearsing import rehearse as play

    settings = settings_of(home)
    ports = build(settings)
    plan = Plan(
        seed=seed,
        runs=runs,
        starts_at=_start(ports, start),
        staff=Staff(
            reviewers=reviewers,
            minutes_a_day=minutes_a_day,
            minutes_per_letter=settings.minutes_per_letter,
        ),
        assumptions=_assumed(assumptions, reply_rate=reply_rate, bounce_rate=bounce_rate),
    )
    with progress("Rehearsing", unit="runs") as bar:
        done = play(ports, CampaignId(campaign), plan=plan, room=room_of(settings), progress=bar)
    if as_json:
        emit_json(plain_rehearsal(done))
    else:
        show_rehearsal(done)
    if not done.funnel["shortlisted"].high:
        raise typer.Exit(NOTHING)
    if done.troubles:
        raise typer.Exit(PARTLY)


def room_of(settings: "Settings") -> "Room":
    """Return what a rehearsal takes from outside, by these settings."""
    from agent.adapters.llm.lengths import prompt_characters
    from agent.adapters.memory import MemoryStore
    from agent.adapters.public_holidays import public_holiday
    from agent.usecases.rehearsing import Room

    return Room(
        scene=MemoryStore(),
        prompt_characters=prompt_characters,
        holiday=public_holiday,
        input_price=settings.input_price,
        output_price=settings.output_price,
    )


def shipped_assumptions() -> "Assumptions":
    """Return what is assumed about people where nobody says otherwise."""
    from agent import samples
    from agent.adapters.assumptions import parse_assumptions

    file = samples.rehearsal_file("assumptions.yaml")
    return parse_assumptions(file.read_text(encoding="utf-8"), where=file.name)


def plain_rehearsal(done: "Rehearsal") -> dict[str, object]:
    """Return a rehearsal as JSON."""
    whole = dict(plain(done))
    whole["letters_a_day"] = done.staff.letters_a_day
    whole["goes_wrong"] = bool(done.troubles)
    return whole


def _start(ports: "Ports", start: str | None) -> datetime:
    return moment(start) if start is not None else ports.clock.now().replace(second=0, microsecond=0)


def _assumed(path: Path | None, *, reply_rate: float | None, bounce_rate: float | None) -> "Assumptions":
    from agent.domain.rehearsal.outcomes import Outcome

    found = shipped_assumptions() if path is None else _read(path)
    if bounce_rate is not None:
        found = found.changed(Outcome.HARD_BOUNCE, bounce_rate)
    return found if reply_rate is None else found.with_reply_rate(reply_rate)


def _read(path: Path) -> "Assumptions":
    from agent.adapters.assumptions import parse_assumptions
    from agent.domain.errors import BadInput

    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise BadInput(f"--assumptions: {path} cannot be read: {error}.") from error
    return parse_assumptions(text, where=str(path))
