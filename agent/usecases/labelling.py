"""A model reads the answers that no rule knew; it can only calm a conversation.

They are on file and honoured as far as rules go before it is asked, so that a model that is down, refuses
or has no budget left loses nothing: a person reads them all the same. It is never asked about an answer
that a rule knew.
"""

from collections.abc import Iterable
from dataclasses import replace

from agent.domain.brand import Campaign
from agent.domain.errors import NanoreachError
from agent.domain.inbound import parse
from agent.domain.outreach import OutreachStatus
from agent.domain.people import Entry
from agent.domain.reading.dates import available_from
from agent.domain.reading.language import is_french, plain
from agent.domain.replies import CALMING, Reading, Reply, ReplyKind
from agent.ports import Ports
from agent.usecases.honouring import honour
from agent.usecases.lookup import the_campaign

AT_ONCE = 20
"""Answers that are read by a model in one go: letters wait meanwhile."""
_MAY_CALM = frozenset({OutreachStatus.CONTACTED, OutreachStatus.IN_CONVERSATION})
"""States that a model may end; what was agreed on is a person's to end."""


def label_open(ports: Ports, replies: Iterable[Reply]) -> tuple[int, str]:
    """Have a model read these replies of the kind OTHER; return how many it calmed, and why it stopped early.

    Raises nothing of the model's: what it does not read stays as it is.
    """
    if ports.labeller is None:
        return 0, ""
    calmed = 0
    for reply in [each for each in replies if each.kind is ReplyKind.OTHER and each.text.strip()][:AT_ONCE]:
        campaign = _campaign(ports, reply)
        if campaign is None:
            continue
        language = "fr" if is_french(plain(reply.text)) else "en"
        try:
            kind = ports.labeller.label(reply.text, language=language, campaign=campaign)
        except NanoreachError as error:
            return calmed, f"A model did not read what the rules left open: {error}"
        calmed += kind in CALMING and _calm(ports, reply, kind)
    return calmed, ""


def _campaign(ports: Ports, reply: Reply) -> Campaign | None:
    """Return the campaign of a conversation that may still be calmed, None for any other."""
    with ports.store.read() as tx:
        outreach = tx.outreach.get(reply.outreach_id) if reply.outreach_id is not None else None
        if outreach is None or outreach.status not in _MAY_CALM:
            return None
        return the_campaign(tx, outreach.campaign_id)[0]


def _calm(ports: Ports, reply: Reply, kind: ReplyKind) -> bool:
    """File a reply under the model's kind and honour it; return False where it was changed meanwhile."""
    at = ports.clock.now()
    with ports.store.write() as tx:
        outreach = tx.outreach.get(reply.outreach_id) if reply.outreach_id is not None else None
        mail = tx.inbox.mail(reply.inbound_id)
        if outreach is None or mail is None or outreach.status not in _MAY_CALM:
            return False
        if reply not in tx.inbox.replies(outreach_id=outreach.id):
            return False
        parsed = parse(mail.raw)
        day = parsed.sent_on or mail.received_at.date()
        until = available_from(reply.text, today=day) if kind is ReplyKind.NOT_NOW else None
        tx.inbox.file(replace(reply, kind=kind, until=until))
        tx.journal.add(
            Entry(
                at=at,
                who=ports.worker,
                what="answer labelled",
                subject=reply.id,
                why=f"{kind.value}, by a model",
            )
        )
        why = f"{kind.value} from {reply.id}, by a model"
        honour(ports, tx, parsed, Reading(kind=kind, until=until), outreach, at=at, why=why)
    return True
