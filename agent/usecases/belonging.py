"""Whose an answer is that came from an address nobody knows: a suggestion, and a person who says so.

Creators are often answered for by a manager or an agency, who write from an address of their own.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum

from agent.domain.creator import Creator
from agent.domain.errors import BadInput, NotFound
from agent.domain.ids import OutreachId, ReplyId
from agent.domain.inbound import parse
from agent.domain.outreach import OPEN, Outreach
from agent.domain.people import Entry
from agent.domain.reading.language import plain
from agent.domain.replies import Reading, Reply, ReplyKind
from agent.ports import Ports, Transaction
from agent.usecases.honouring import honour
from agent.usecases.lookup import the_context

_NOBODYS = frozenset({ReplyKind.BOUNCE, ReplyKind.COMPLAINT, ReplyKind.AUTO})
_SHORTEST_NAME = 3
"""Letters; shorter names stand in too many texts."""
_EVERYBODYS = frozenset(
    {"gmail", "googlemail", "outlook", "hotmail", "live", "msn", "yahoo", "ymail", "icloud", "me", "mac",
     "aol", "gmx", "proton", "protonmail", "orange", "wanadoo", "free", "sfr", "laposte", "bbox"}
)  # fmt: skip
"""Houses where anybody has an address: sharing one says nothing."""


class Because(StrEnum):
    """What a suggestion rests on, the surest first."""

    NAMED = "named"
    FIRST_NAME = "first_name"
    HOUSE = "house"


@dataclass(frozen=True, kw_only=True)
class Suggestion:
    """The one conversation that an answer may belong to."""

    outreach: Outreach
    creator: Creator
    because: Because


def suggestions(tx: Transaction, replies: Iterable[Reply]) -> Mapping[ReplyId, Suggestion]:
    """Return for each answer of nobody known the conversation it may belong to, where there is just one."""
    lost = [each for each in replies if each.outreach_id is None and each.kind not in _NOBODYS]
    if not lost:
        return {}
    written_to = [each for each in tx.outreach.in_states(OPEN) if each.touches_sent > 0]
    creators = tx.creators.with_ids(each.creator_id for each in written_to)
    open_ones = [(each, creators[each.creator_id]) for each in written_to if each.creator_id in creators]
    found = ((reply.id, _suggested(reply, open_ones)) for reply in lost)
    return {reply_id: suggestion for reply_id, suggestion in found if suggestion is not None}


@dataclass(frozen=True, kw_only=True)
class Unclaimed:
    """An answer of nobody known, and the conversation it may belong to, where there is just one."""

    reply: Reply
    suggestion: Suggestion | None


def unclaimed(ports: Ports) -> tuple[Unclaimed, ...]:
    """Return the answers that wait for somebody to say whose they are, oldest first."""
    with ports.store.read() as tx:
        lost = [each for each in tx.inbox.replies() if each.outreach_id is None and each.kind not in _NOBODYS]
        suggested = suggestions(tx, lost)
    return tuple(Unclaimed(reply=each, suggestion=suggested.get(each.id)) for each in lost)


def conversation_with(ports: Ports, name: str) -> OutreachId:
    """Return the conversation of this name: its id, or `platform:handle` where there is just one.

    Raises BadInput where nothing was sent to that creator, or in several conversations; NotFound for
    somebody who is not known.
    """
    if ":" not in name:
        return OutreachId(name)
    with ports.store.read() as tx:
        creator = tx.creators.find(name)
        if creator is None:
            raise NotFound("creator", name)
        written = [each for each in tx.outreach.of_creators((creator.id,)) if each.touches_sent > 0]
    if len(written) == 1:
        return written[0].id
    if not written:
        raise BadInput(f"Nothing was sent to {name}, so no answer can be theirs.")
    known = ", ".join(f"{each.id} ({each.campaign_id})" for each in written)
    raise BadInput(f"{name} was written to in several conversations; name one of them: {known}.")


def belongs(ports: Ports, reply_id: ReplyId, outreach_id: OutreachId, *, by: str) -> Reply:
    """File an answer of nobody known under a conversation, as a person says, and honour what it says there.

    Raises BadInput for an answer that is not there or belongs somewhere already, NotFound for a conversation
    that is not there.
    """
    at = ports.clock.now()
    with ports.store.write() as tx:
        reply = next((each for each in tx.inbox.replies() if each.id == reply_id), None)
        if reply is None or reply.outreach_id is not None or reply.kind in _NOBODYS:
            raise BadInput(f"Answer {reply_id} is not one that waits for somebody to say whose it is.")
        outreach = the_context(tx, outreach_id).outreach
        mail = tx.inbox.mail(reply.inbound_id)
        if mail is None or outreach.touches_sent == 0:
            raise BadInput(
                f"Nothing was sent in conversation {outreach_id} that answer {reply_id} could answer."
            )
        filed = replace(reply, outreach_id=outreach.id)
        tx.inbox.file(filed)
        tx.journal.add(Entry(at=at, who=by, what="answer assigned", subject=reply.id, why=outreach.id))
        reading = Reading(kind=reply.kind, until=reply.until)
        why = f"{reply.kind.value} from {reply.id}"
        honour(ports, tx, parse(mail.raw), reading, outreach, at=at, why=why)
    return filed


def _suggested(reply: Reply, open_ones: Iterable[tuple[Outreach, Creator]]) -> Suggestion | None:
    """Return the only conversation with the surest sign, None where several have it or none."""
    words = plain(f"{reply.subject}\n{reply.text}")
    signs = [
        (because, outreach, creator)
        for outreach, creator in open_ones
        if (because := _because(words, reply.from_address, creator)) is not None
    ]
    for because in Because:
        having = [(outreach, creator) for sign, outreach, creator in signs if sign is because]
        if having:
            people = {creator.id for _, creator in having}
            outreach, creator = max(having, key=lambda pair: pair[0].updated_at)
            return (
                Suggestion(outreach=outreach, creator=creator, because=because) if len(people) == 1 else None
            )
    return None


def _because(words: str, sender: str, creator: Creator) -> Because | None:
    name = plain(creator.name or "").strip()
    if any(_says(words, each) for each in (name if " " in name else "", plain(creator.handle))):
        return Because.NAMED
    if _says(words, name.split(" ")[0]):
        return Because.FIRST_NAME
    house = _house(sender)
    theirs = _house(creator.address.email) if creator.address is not None else ""
    return Because.HOUSE if house and house == theirs else None


def _says(words: str, name: str) -> bool:
    return len(name) >= _SHORTEST_NAME and re.search(rf"(?<!\w){re.escape(name)}(?!\w)", words) is not None


def _house(address: str) -> str:
    domain = address.rpartition("@")[2].casefold()
    return "" if domain.split(".")[0] in _EVERYBODYS else domain
