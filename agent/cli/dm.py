"""`nanoreach dm`: direct messages that a person copies into a platform's app."""

import sys
from typing import TYPE_CHECKING, Annotated

import typer

from agent.cli.options import By, Home, Json, decider, ports_of
from agent.cli.output import emit_json, remark, say, show, table

if TYPE_CHECKING:
    from agent.usecases.handing import Errand

NOTHING_TO_DO = 4
MessageName = Annotated[str, typer.Argument(help="The message's id.")]


def register(app: typer.Typer) -> None:
    """Add the commands."""
    group = typer.Typer(help="Approved direct messages, to copy by hand.", no_args_is_help=True)
    group.command("list")(list_messages)
    group.command("show")(show_message)
    group.command("sent")(sent)
    group.command("failed")(failed)
    group.command("put-back")(put_back)
    group.command("answer")(answer)
    app.add_typer(group, name="dm")


def list_messages(
    every: Annotated[
        bool, typer.Option("--all", help="Also those that are sent, failed or cancelled.")
    ] = False,
    home: Home = None,
    as_json: Json = False,
) -> None:
    """List messages that wait to be copied, or that somebody is copying; without their texts."""
    from agent.domain.handover import OPEN_HANDOVERS, HandoverState
    from agent.usecases.handing import errands

    found = errands(ports_of(home), states=frozenset(HandoverState) if every else OPEN_HANDOVERS)
    if as_json:
        emit_json([_plain(each) for each in found])
        return
    made = table("Message", "State", "To", "Copied by", "Since (UTC)", "Remark")
    for each in found:
        since = each.handover.claimed_at
        made.add_row(
            each.handover.id,
            each.handover.state.value,
            each.handover.person,
            each.holder,
            f"{since:%Y-%m-%d %H:%M}" if since else "",
            each.obstacle or each.handover.reason,
        )
    show(made)
    say(f"{len(found)} messages. Take one in hand: nanoreach dm show ID")


def show_message(
    message: MessageName,
    take_over: Annotated[
        bool, typer.Option("--take-over", help="Somebody else began and it did not go: you made sure.")
    ] = False,
    by: By = None,
    home: Home = None,
    as_json: Json = False,
) -> None:
    """Take a message in hand and print exactly what was approved, for copying."""
    from agent.domain.ids import HandoverId
    from agent.usecases.handing import take

    found = take(ports_of(home), HandoverId(message), by=decider(by), taking_over=take_over)
    if as_json:
        emit_json({**_plain(found), "text": found.handover.text, "whole_notice": found.whole_notice})
        return
    remark(f"For {found.handover.person}: {found.handover.profile_url or 'no page is on file'}")
    say(found.handover.text)
    remark(f"\nThen: nanoreach dm sent {message}, or nanoreach dm failed {message} --reason “…”")
    remark(f"If they ask for the full notice, this is it:\n{found.whole_notice}")


def sent(message: MessageName, by: By = None, home: Home = None, as_json: Json = False) -> None:
    """Note that a message was copied and sent, now and by whom; a second time changes nothing."""
    from agent.domain.ids import HandoverId
    from agent.usecases.handing import mark_sent

    marked = mark_sent(ports_of(home), HandoverId(message), by=decider(by))
    if as_json:
        emit_json(
            {
                "id": message,
                "state": marked.handover.state,
                "by": marked.handover.by,
                "sent_at": marked.handover.sent_at,
                "although": marked.although,
            }
        )
    else:
        say(f"Noted: sent by {marked.handover.by} at {marked.handover.sent_at:%Y-%m-%d %H:%M} UTC.")
    if marked.although:
        remark(f"It went although {marked.although}. Write nothing more to this person.")


def failed(
    message: MessageName,
    reason: Annotated[str, typer.Option(help="Why it could not be sent, in a few words.")],
    by: By = None,
    home: Home = None,
    as_json: Json = False,
) -> None:
    """Note that a message cannot be sent, and why."""
    from agent.domain.ids import HandoverId
    from agent.usecases.handing import mark_failed

    mark_failed(ports_of(home), HandoverId(message), by=decider(by), reason=reason)
    _done(message, "failed", "Noted: it could not be sent. The conversation is closed.", as_json=as_json)


def put_back(message: MessageName, by: By = None, home: Home = None, as_json: Json = False) -> None:
    """Give a message back that was taken in hand and did not go."""
    from agent.domain.ids import HandoverId
    from agent.usecases.handing import put_back as give_back

    give_back(ports_of(home), HandoverId(message), by=decider(by))
    _done(message, "waiting", "It waits for anybody again.", as_json=as_json)


def answer(
    message: MessageName,
    kind: Annotated[
        str | None,
        typer.Option(
            help="interested, question, negotiates, not_now, manager, declined, opted_out or other; "
            "without it, what plain rules make of the text is proposed and nothing is filed.",
            show_default=False,
        ),
    ] = None,
    by: By = None,
    home: Home = None,
    as_json: Json = False,
) -> None:
    """File what they answered, read from standard input. opted_out: nobody writes to them again, anywhere."""
    from agent.domain.ids import HandoverId
    from agent.usecases.answering import kind_named, proposed_kind, take_down_answer

    ports, text = ports_of(home), sys.stdin.read()
    if kind is None:
        proposed = proposed_kind(ports, text)
        if as_json:
            emit_json({"id": message, "proposed": proposed})
        else:
            say(f"It reads as {proposed.value}. To file it: the same again with --kind {proposed.value}")
        raise typer.Exit(NOTHING_TO_DO)
    reply = take_down_answer(ports, HandoverId(message), text=text, kind=kind_named(kind), by=decider(by))
    if as_json:
        emit_json({"id": message, "answer": reply.id, "kind": reply.kind})
    else:
        say(f"Filed as {reply.kind.value}.")


def _done(message: str, state: str, sentence: str, *, as_json: bool) -> None:
    if as_json:
        emit_json({"id": message, "state": state})
    else:
        say(sentence)


def _plain(found: "Errand") -> dict[str, object]:
    handover = found.handover
    return {
        "id": handover.id,
        "state": handover.state,
        "to": handover.person,
        "url": handover.profile_url,
        "campaign": found.campaign.id,
        "touch": handover.touch,
        "characters": len(handover.text),
        "limit": found.platform.most if found.platform else None,
        "by": handover.by,
        "claimed_at": handover.claimed_at,
        "sent_at": handover.sent_at,
        "reason": handover.reason,
        "obstacle": found.obstacle,
        "until": found.until,
    }
