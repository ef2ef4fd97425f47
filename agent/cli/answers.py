"""`nanoreach answers`: answers of nobody known, saying whose one is, and what one means."""

from typing import TYPE_CHECKING, Annotated

import typer

from agent.cli.options import By, Home, Json, decider, ports_of
from agent.cli.output import emit_json, remark, say, show, table

if TYPE_CHECKING:
    from agent.domain.replies import Reply
    from agent.usecases.belonging import Suggestion, Unclaimed

NOTHING_TO_DO = 4


def register(app: typer.Typer) -> None:
    """Add the commands."""
    group = typer.Typer(help="Whose an answer is, and what it means.", no_args_is_help=True)
    group.command("list")(list_answers)
    group.command("assign")(assign)
    group.command("correct")(correct_answer)
    app.add_typer(group, name="answers")


def list_answers(
    every: Annotated[bool, typer.Option("--all", help="Every answer, with its conversation.")] = False,
    home: Home = None,
    as_json: Json = False,
) -> None:
    """List the answers that wait for somebody to say whose they are, with the likely conversation."""
    from agent.usecases.belonging import unclaimed

    if every:
        _list_every(home, as_json=as_json)
        return
    found = unclaimed(ports_of(home))
    if as_json:
        emit_json([_plain(each) for each in found])
    elif found:
        rows = table("Answer", "From", "Kind", "Subject", "Perhaps")
        for each in found:
            rows.add_row(
                each.reply.id,
                each.reply.from_address,
                each.reply.kind.value,
                each.reply.subject,
                f"{each.suggestion.outreach.id} {each.suggestion.creator.person}" if each.suggestion else "",
            )
        show(rows)
        say(f"{len(found)} answers. Say whose one is: nanoreach answers assign ANSWER CONVERSATION")
    if not found:
        remark("Every answer has its conversation.")
        raise typer.Exit(NOTHING_TO_DO)


def _list_every(home: Home, *, as_json: bool) -> None:
    with ports_of(home).store.read() as tx:
        replies = tx.inbox.replies()
    if as_json:
        emit_json([_of(each) | {"conversation": each.outreach_id} for each in replies])
    elif replies:
        rows = table("Answer", "From", "Kind", "Subject", "Conversation")
        for each in replies:
            rows.add_row(each.id, each.from_address, each.kind.value, each.subject, each.outreach_id or "")
        show(rows)
        say(f"{len(replies)} answers. Read wrong: nanoreach answers correct ANSWER KIND")
    if not replies:
        remark("Nobody has answered yet.")
        raise typer.Exit(NOTHING_TO_DO)


def assign(
    answer: Annotated[str, typer.Argument(help="The answer's id, as answers list shows it.")],
    conversation: Annotated[
        str, typer.Argument(help="The conversation's id, or platform:handle of the creator.")
    ],
    by: By = None,
    home: Home = None,
    as_json: Json = False,
) -> None:
    """File an answer under a conversation, and honour what it says there: a no ends it."""
    from agent.domain.ids import ReplyId
    from agent.usecases.belonging import belongs, conversation_with
    from agent.usecases.lookup import the_context

    ports = ports_of(home)
    outreach_id = conversation_with(ports, conversation)
    filed = belongs(ports, ReplyId(answer), outreach_id, by=decider(by))
    with ports.store.read() as tx:
        status = the_context(tx, outreach_id).outreach.status.value
    if as_json:
        emit_json(_of(filed) | {"conversation": filed.outreach_id, "status": status})
    else:
        say(f"{filed.id} ({filed.kind.value}) is filed under {filed.outreach_id}, which is {status} now.")


def correct_answer(
    answer: Annotated[str, typer.Argument(help="The answer's id.")],
    kind: Annotated[str, typer.Argument(help="What it means: interested, question, declined …")],
    by: By = None,
    home: Home = None,
    as_json: Json = False,
) -> None:
    """Say what the newest answer of a conversation means, where it was read wrong."""
    from agent.domain.ids import ReplyId
    from agent.usecases.answering import kind_named
    from agent.usecases.correcting import correct

    corrected = correct(ports_of(home), ReplyId(answer), kind_named(kind), by=decider(by))
    if as_json:
        emit_json(_of(corrected) | {"conversation": corrected.outreach_id})
    else:
        say(f"{corrected.id} means {corrected.kind.value} now.")


def _plain(each: "Unclaimed") -> dict[str, object]:
    return _of(each.reply) | {"suggestion": _suggested(each.suggestion) if each.suggestion else None}


def _of(reply: "Reply") -> dict[str, object]:
    return {
        "id": reply.id,
        "from": reply.from_address,
        "kind": reply.kind.value,
        "subject": reply.subject,
        "text": reply.text,
        "received_at": reply.received_at.isoformat(),
    }


def _suggested(suggestion: "Suggestion") -> dict[str, object]:
    return {
        "conversation": suggestion.outreach.id,
        "campaign": suggestion.outreach.campaign_id,
        "creator": suggestion.creator.person,
        "because": suggestion.because.value,
    }
