"""`nanoreach send`, `outbox`, `uncertain`, `tick` and `work`."""

import time
from contextlib import closing
from datetime import timedelta
from typing import TYPE_CHECKING, Annotated

import typer

from agent.cli.options import By, Home, Json, WriterName, decider, moment, ports_of, settings_of
from agent.cli.output import emit_json, remark, say, show, table

if TYPE_CHECKING:
    from agent.domain.delivery import Delivery
    from agent.ports import Ports
    from agent.usecases.reading import FetchReport
    from agent.usecases.sending_report import SendReport

FAILED = 1
PARTLY = 3
NOTHING_TO_DO = 4
_PATIENCE = timedelta(minutes=5)
"""How long `send` waits for the gap between two letters before it leaves the rest to a later run."""


def register(app: typer.Typer) -> None:
    """Add the commands."""
    app.command("send")(send)
    outbox = typer.Typer(help="Approved letters on their way.", no_args_is_help=True)
    outbox.command("list")(outbox_list)
    outbox.command("resume")(outbox_resume)
    app.add_typer(outbox, name="outbox")
    uncertain = typer.Typer(help="Letters of which nobody knows whether they went.", no_args_is_help=True)
    uncertain.command("list")(uncertain_list)
    uncertain.command("look")(look)
    uncertain.command("resolve")(resolve)
    app.add_typer(uncertain, name="uncertain")
    app.command("tick")(tick)
    app.command("work")(work)


def send(
    once: Annotated[
        bool, typer.Option("--once", help="One pass: do not wait for the gap between two letters.")
    ] = False,
    home: Home = None,
    as_json: Json = False,
) -> None:
    """Deliver approved letters that are due. The mailbox is read first."""
    from agent.usecases.ticking import send_now

    ports = ports_of(home)
    mail, latest = send_now(ports)
    report = latest
    while not once and (pause := _pause(ports, latest)) is not None:
        remark(f"Waiting {pause:.0f} s: {latest.held[-1].reason}.")
        time.sleep(pause)
        mail, latest = send_now(ports)
        report = _joined(report, latest)
    if as_json:
        emit_json({"mail": mail, "where": ports.mailer.where, **_lists(report)})
    else:
        _print(report, ports.mailer.where)
    _leave(report, mail)


def outbox_list(
    state: Annotated[
        str | None,
        typer.Option(
            help="queued, handshake, data, sent, failed, uncertain or cancelled.", show_default=False
        ),
    ] = None,
    home: Home = None,
    as_json: Json = False,
) -> None:
    """List deliveries, oldest first."""
    from agent.domain.delivery import DeliveryState
    from agent.domain.errors import BadInput
    from agent.usecases.freezing import frozen
    from agent.usecases.handing import messages_to_copy
    from agent.usecases.outbox import outbox

    try:
        states = None if state is None else (DeliveryState(state),)
    except ValueError as error:
        names = ", ".join(each.value for each in DeliveryState)
        raise BadInput(f"“{state}” is no state; known: {names}.") from error
    ports = ports_of(home)
    _list(outbox(ports, states=states), as_json=as_json)
    why = frozen(ports)
    if why:
        remark(f"nanoreach: {why}")
    waiting = messages_to_copy(ports)
    if waiting:
        remark(f"Not in here: direct messages that people copy ({waiting}). nanoreach dm list shows them.")


def outbox_resume(by: By = None, home: Home = None, as_json: Json = False) -> None:
    """Let letters leave again after a backup was restored: say it once you have looked what went."""
    from agent.usecases.freezing import resume

    reason = resume(ports_of(home), by=decider(by))
    if as_json:
        emit_json({"resumed": bool(reason), "reason": reason})
    else:
        say("Letters may leave again from this home." if reason else "Sending is not frozen.")
    if not reason:
        raise typer.Exit(NOTHING_TO_DO)


def uncertain_list(home: Home = None, as_json: Json = False) -> None:
    """List letters that may or may not have gone."""
    from agent.domain.delivery import DeliveryState
    from agent.usecases.outbox import outbox

    _list(outbox(ports_of(home), states=(DeliveryState.UNCERTAIN,)), as_json=as_json)


def look(home: Home = None, as_json: Json = False) -> None:
    """Look for uncertain letters in the sent folder and in what came in; settle those that went."""
    from agent.usecases.finding import find_uncertain

    report = find_uncertain(ports_of(home))
    if as_json:
        emit_json(report)
    else:
        for line in report.found:
            say(f"{line.id} to {line.to}: {line.reason}")
        for line in report.missing:
            say(f"{line.id} to {line.to} stays uncertain: {line.reason}")
    if report.problem:
        remark(f"nanoreach: {report.problem}")
    if report.missing:
        remark("Ask the mail server about the others, then: nanoreach uncertain resolve ID --as sent|resend")
        raise typer.Exit(PARTLY if report.found else FAILED)
    if not report.found:
        raise typer.Exit(NOTHING_TO_DO)


def resolve(
    delivery: Annotated[str, typer.Argument(help="The delivery's id.")],
    verdict: Annotated[str, typer.Option("--as", help="sent: it went; resend: send it again.")],
    by: By = None,
    home: Home = None,
    as_json: Json = False,
) -> None:
    """Say what became of an uncertain letter."""
    from agent.domain.errors import BadInput
    from agent.domain.ids import DeliveryId
    from agent.usecases.outbox import resolve as decide

    match verdict:
        case "sent" | "resend":
            settled = decide(ports_of(home), DeliveryId(delivery), verdict=verdict, by=decider(by))
        case _:
            raise BadInput(f"“{verdict}” is no verdict; write --as sent or --as resend.")
    if as_json:
        emit_json(_plain(settled))
    else:
        say(f"{delivery} is {settled.state.value}.")


def tick(
    at: Annotated[
        str | None,
        typer.Option(help="Act as if it were this time (ISO 8601; UTC without zone).", show_default=False),
    ] = None,
    writer: WriterName = "auto",
    home: Home = None,
    as_json: Json = False,
) -> None:
    """Do all that is due, once: read the mailbox, propose follow-ups and answers, send what is approved."""
    from agent.adapters.clock import FixedClock
    from agent.bootstrap import sends_letters
    from agent.domain.errors import BadInput
    from agent.usecases.ticking import tick as run

    if at is not None and sends_letters(settings_of(home)):
        raise BadInput(
            "--at pretends another time, and NANOREACH_SMTP_URL or mailboxes.yaml would send real letters in "
            "it. Do without one of the two."
        )
    ports = ports_of(home, clock=FixedClock(moment(at)) if at is not None else None)
    with closing(ports):
        report = run(ports, writer_name=writer)
    if as_json:
        emit_json(report)
    else:
        say(
            f"{report.mail.new} new mails; {len(report.follow_ups.proposed)} follow-ups proposed, "
            f"{len(report.follow_ups.blocked)} blocked, {len(report.follow_ups.dropped)} dropped; "
            f"{len(report.answers.proposed)} answers drafted, {len(report.answers.blocked)} blocked."
        )
        _print(report.sent, ports.mailer.where)
    left = report.follow_ups.waiting | report.follow_ups.dropped | report.answers.waiting
    for name, reason in left.items():
        remark(f"{name}: {reason}")
    proposed = report.follow_ups.proposed or report.follow_ups.blocked or report.follow_ups.dropped
    proposed = proposed or report.answers.proposed or report.answers.blocked
    if report.found.found and not as_json:
        say(f"{len(report.found.found)} uncertain letters turned out to have gone.")
    if report.found.problem:
        remark(f"nanoreach: {report.found.problem}")
    _leave(report.sent, report.mail, did_more=bool(proposed or report.mail.new or report.found.found))


def work(
    every: Annotated[float, typer.Option(min=1, help="Seconds between two looks at what is due.")] = 60,
    writer: WriterName = "auto",
    home: Home = None,
) -> None:
    """Do everything that is due, for ever; any number of these may run."""
    from jobs.scheduler import run_forever

    settings_of(home)
    with closing(ports_of(home)) as ports:
        run_forever(ports, every=timedelta(seconds=every), writer_name=writer, tell=remark)


def _pause(ports: "Ports", report: "SendReport") -> float | None:
    if report.stopped or report.next_at is None:
        return None
    wait = report.next_at - ports.clock.now()
    return max(0.05, wait.total_seconds()) if wait <= _PATIENCE else None


def _joined(earlier: "SendReport", later: "SendReport") -> "SendReport":
    earlier.sent += later.sent
    earlier.failed += later.failed
    earlier.uncertain += later.uncertain
    earlier.cancelled += later.cancelled
    settled = {line.id for line in (*later.sent, *later.failed, *later.uncertain, *later.cancelled)}
    still = {line.id: line for line in (*earlier.held, *later.held) if line.id not in settled}
    earlier.held = list(still.values())
    earlier.stopped = later.stopped
    return earlier


def _lists(report: "SendReport") -> dict[str, object]:
    return {
        "sent": report.sent,
        "failed": report.failed,
        "uncertain": report.uncertain,
        "held": report.held,
        "cancelled": report.cancelled,
        "stopped": report.stopped,
    }


def _print(report: "SendReport", where: str) -> None:
    say(
        f"{len(report.sent)} sent to {where}, {len(report.failed)} failed, "
        f"{len(report.uncertain)} uncertain, {len(report.held)} held, {len(report.cancelled)} cancelled."
    )
    for name, lines in (
        ("failed", report.failed),
        ("uncertain", report.uncertain),
        ("held", report.held),
        ("cancelled", report.cancelled),
    ):
        for line in lines:
            until = f" until {line.until:%d %b %H:%M} UTC" if line.until else ""
            say(f"  {name}: {line.to}{until}: {line.reason}")


def _leave(report: "SendReport", mail: "FetchReport", *, did_more: bool = False) -> None:
    for problem in filter(None, (report.stopped, mail.problem)):
        remark(f"nanoreach: {problem}")
    if report.failed or report.uncertain or report.stopped or mail.problem:
        raise typer.Exit(PARTLY if report.sent or did_more or mail.problem else FAILED)
    if not (report.sent or report.held or report.cancelled or did_more):
        raise typer.Exit(NOTHING_TO_DO)


def _plain(delivery: "Delivery") -> dict[str, object]:
    return {
        "id": delivery.id,
        "to": delivery.envelope_to,
        "message_id": delivery.message_id,
        "state": delivery.state,
        "due_at": delivery.due_at,
        "attempts": delivery.attempts,
        "reason": delivery.reason,
        "sent_at": delivery.sent_at,
    }


def _list(deliveries: "tuple[Delivery, ...]", *, as_json: bool) -> None:
    if as_json:
        emit_json([_plain(delivery) for delivery in deliveries])
        return
    made = table("Delivery", "To", "State", "Due (UTC)", "Tries", "Reason")
    for each in deliveries:
        made.add_row(
            each.id,
            each.envelope_to,
            each.state.value,
            f"{each.due_at:%Y-%m-%d %H:%M}",
            str(each.attempts),
            each.reason,
        )
    show(made)
