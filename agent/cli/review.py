"""`nanoreach review`: the desk's verbs for the terminal."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import click
import typer

from agent.cli.options import By, Home, Json, decider, ports_of
from agent.cli.output import emit_json, say, show, table

if TYPE_CHECKING:
    from agent.domain.draft import DraftStatus
    from agent.usecases.reviewing import Review

DraftName = Annotated[str, typer.Argument(help="The letter's id.")]


def register(app: typer.Typer) -> None:
    """Add the commands."""
    group = typer.Typer(help="Read letters and decide about them.", no_args_is_help=True)
    group.command("list")(list_letters)
    group.command("show")(show_letter)
    group.command("edit")(edit)
    group.command("change")(change)
    group.command("approve")(approve)
    group.command("reject")(reject)
    app.add_typer(group, name="review")


def list_letters(
    campaign: Annotated[str | None, typer.Option(help="Only this campaign.", show_default=False)] = None,
    status: Annotated[
        str | None,
        typer.Option(help="pending, blocked, approved, rejected, superseded or all.", show_default=False),
    ] = None,
    home: Home = None,
    as_json: Json = False,
) -> None:
    """List letters that wait for a decision, oldest first."""
    from agent.domain.ids import CampaignId
    from agent.ports import DraftFilter
    from agent.usecases.reviewing import queue, review

    ports = ports_of(home)
    statuses = _statuses(status)
    reviews: list[Review] = []
    after = None
    while True:
        page = queue(
            ports,
            only=DraftFilter(campaign=CampaignId(campaign) if campaign else None),
            statuses=statuses,
            after=after,
        )
        reviews += [review(ports, item.draft.id) for item in page.items]
        after = page.after
        if after is None:
            break
    if as_json:
        emit_json([_plain(each) for each in reviews])
        return
    made = table("Letter", "Status", "Channel", "To", "Subject", "Findings")
    for each in reviews:
        made.add_row(
            each.draft.id,
            each.draft.status.value,
            each.draft.channel.value,
            each.creator.person,
            each.draft.letter.subject,
            ", ".join(finding.code for finding in each.draft.findings),
        )
    show(made)
    say(f"{len(reviews)} letters. Read one: nanoreach review show ID")


def show_letter(draft: DraftName, home: Home = None, as_json: Json = False) -> None:
    """Show exactly what would leave, with the evidence and the seal."""
    from agent.domain.ids import DraftId
    from agent.usecases.reviewing import review

    found = review(ports_of(home), DraftId(draft))
    if as_json:
        emit_json(_plain(found))
        return
    _print(found)


def edit(
    draft: DraftName,
    subject: Annotated[str | None, typer.Option(help="The new subject.", show_default=False)] = None,
    body: Annotated[
        Path | None,
        typer.Option(help="A file with the new text (- for standard input).", show_default=False),
    ] = None,
    by: By = None,
    home: Home = None,
    as_json: Json = False,
) -> None:
    """Replace a letter's words; without --body an editor opens. The text goes through the gate again."""
    from agent.domain.ids import DraftId
    from agent.usecases.reviewing import edit as store_edit
    from agent.usecases.reviewing import review

    ports = ports_of(home)
    letter = review(ports, DraftId(draft)).draft.letter
    text = _new_text(letter.text, body, asks=subject is None)
    found = store_edit(
        ports,
        DraftId(draft),
        subject=letter.subject if subject is None else subject,
        text=text,
        by=decider(by),
    )
    if as_json:
        emit_json(_plain(found))
        return
    _print(found)


def change(
    draft: DraftName,
    wish: Annotated[
        str, typer.Argument(help="What to change, in a sentence; without a model another version is made.")
    ] = "",
    writer: Annotated[str, typer.Option(help="auto, openai or offline.")] = "auto",
    by: By = None,
    home: Home = None,
    as_json: Json = False,
) -> None:
    """Have a letter written again as you wish; the new version takes its place and waits for a decision."""
    from agent.domain.ids import DraftId
    from agent.usecases.reviewing import review
    from agent.usecases.revising import revise

    ports = ports_of(home)
    seen = review(ports, DraftId(draft)).draft.letter.digest
    new = revise(ports, DraftId(draft), wish=wish, seen=seen, by=decider(by), writer_name=writer)
    found = review(ports, new.id)
    if as_json:
        emit_json(_plain(found) | {"revises": draft})
        return
    _print(found)


def approve(
    draft: DraftName,
    seal: Annotated[str, typer.Option(help="The seal that review show printed: exactly this text.")],
    by: By = None,
    home: Home = None,
    as_json: Json = False,
) -> None:
    """Approve exactly the text with this seal: an e-mail leaves with the next send, a DM is copied."""
    from agent.domain.handover import Handover
    from agent.domain.ids import DraftId
    from agent.usecases.reviewing import approve as give

    released = give(ports_of(home), DraftId(draft), seal=seal, by=decider(by))
    if isinstance(released, Handover):
        if as_json:
            emit_json({"id": draft, "channel": "dm", "message": released.id})
        else:
            say(f"Approved. It waits to be copied by hand: nanoreach dm show {released.id}")
    elif as_json:
        emit_json(
            {"id": draft, "channel": "email", "delivery": released.id, "message_id": released.message_id}
        )
    else:
        say(f"Approved. It leaves with the next nanoreach send, as {released.message_id}.")


def reject(
    draft: DraftName,
    reason: Annotated[
        str,
        typer.Option(help="not_true, wrong_tone, wrong_person, wrong_offer, not_now, taste or other."),
    ],
    note: Annotated[str, typer.Option(help="In your own words.")] = "",
    by: By = None,
    home: Home = None,
    as_json: Json = False,
) -> None:
    """Turn a letter down, with the reason."""
    from agent.domain.draft import RejectionReason
    from agent.domain.errors import BadInput
    from agent.domain.ids import DraftId
    from agent.usecases.reviewing import reject as turn_down

    try:
        known = RejectionReason(reason)
    except ValueError as error:
        names = ", ".join(each.value for each in RejectionReason)
        raise BadInput(f"“{reason}” is no reason; known: {names}.") from error
    turn_down(ports_of(home), DraftId(draft), reason=known, note=note, by=decider(by))
    if as_json:
        emit_json({"id": draft, "status": "rejected", "reason": known.value})
    else:
        say("Rejected.")


def _statuses(name: str | None) -> "frozenset[DraftStatus]":
    from agent.domain.draft import WAITING, DraftStatus
    from agent.domain.errors import BadInput

    if name is None:
        return WAITING
    if name == "all":
        return frozenset(DraftStatus)
    try:
        return frozenset({DraftStatus(name)})
    except ValueError as error:
        names = ", ".join(each.value for each in DraftStatus)
        raise BadInput(f"“{name}” is no status; known: all, {names}.") from error


def _plain(found: "Review") -> dict[str, object]:
    outgoing = found.outgoing
    return {
        "id": found.draft.id,
        "seal": found.seal,
        "status": found.draft.status,
        "channel": found.draft.channel,
        "to": outgoing.recipient if outgoing else None,
        "creator": found.creator.person,
        "campaign": found.campaign.id,
        "touch": found.draft.touch,
        "answers": _answered(found),
        "writer": found.draft.origin,
        "subject": found.draft.letter.subject,
        "body": outgoing.body if outgoing else found.draft.letter.text,
        "findings": found.draft.findings,
        "receipts": found.draft.letter.receipts,
        "letter": found.draft.letter,
        "problem": found.problem,
    }


def _answered(found: "Review") -> dict[str, object] | None:
    reply = found.answered
    return {"id": reply.id, "kind": reply.kind, "text": reply.text} if reply is not None else None


def _print(found: "Review") -> None:
    outgoing = found.outgoing
    say(f"Letter    {found.draft.id} ({found.draft.status.value}, written by {found.draft.origin.writer})")
    say(f"Channel   {found.draft.channel.value}")
    if outgoing is not None:
        say(f"To        {outgoing.to.name} <{outgoing.recipient}>".replace("  <", " <"))
        say(f"From      {outgoing.sender.name} <{outgoing.sender.email}>")
    else:
        say(f"Problem   {found.problem}")
    if found.draft.letter.subject:
        say(f"Subject   {found.draft.letter.subject}")
    if found.answered is not None:
        say()
        say(f"Answers   {found.answered.kind.value}, {found.answered.received_at:%Y-%m-%d %H:%M} UTC")
        for line in found.answered.text.splitlines():
            say(f"  > {line}")
    say()
    say(outgoing.body if outgoing else found.draft.letter.text)
    say()
    say("Evidence")
    for each in found.evidence:
        when = f", {each.receipt.published_on}" if each.receipt.published_on else ""
        say(f"  [{each.number}] {each.receipt.kind.value} {each.receipt.ref}{when}: “{each.text}”")
    for finding in found.draft.findings:
        say(f"  {finding.severity.value} {finding.code}: {finding.advice}")
    if found.seal is not None and found.draft.status.value == "pending":
        say()
        say(f"nanoreach review approve {found.draft.id} --seal {found.seal}")


def _new_text(text: str, body: Path | None, *, asks: bool) -> str:
    from agent.domain.errors import BadInput

    if body is not None:
        if str(body) == "-":
            return sys.stdin.read()
        try:
            return body.read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError) as error:
            raise BadInput(f"{body} cannot be read as UTF-8 text: {error}.") from error
    if not asks:
        return text
    edited = click.edit(text, extension=".txt")
    if edited is None:
        raise BadInput("The editor was closed without saving; the letter is unchanged.")
    return edited
