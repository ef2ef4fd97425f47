"""Conversations in the small world: a first letter left, they wrote back, and somebody answers."""

from dataclasses import replace
from typing import Any

from agent.domain.brand import Gift, Offer
from agent.domain.delivery import Delivery
from agent.domain.draft import Draft
from agent.domain.ids import CampaignId
from agent.domain.replies import Reply
from agent.ports import Ports
from agent.usecases.drafting_answers import draft_answer
from agent.usecases.reading import FetchReport, fetch_mail
from agent.usecases.reviewing import approve, review
from tests.builders import euros
from tests.fakes import ListMailbox
from tests.unit.usecases.world import CAMPAIGN, READER, a_world, an_answer, sent, the_campaign

HANDLE = "lison.sans.flacon"
YES = "Oh oui, avec plaisir ! Dites-moi ce qu’il vous faut."
QUESTION = "Bonjour, faut-il publier quelque chose en échange ?"


def wrote_back(*texts: str, ports: Ports | None = None, handle: str = HANDLE) -> tuple[Ports, Delivery]:
    """Return a world in which the first letter left and was answered with these texts, in order."""
    world = ports or a_world(handle)
    delivery, _ = sent(world, handle)
    return hears(world, delivery, *texts), delivery


def hears(ports: Ports, delivery: Delivery, *texts: str, **mail: Any) -> Ports:
    """Return the world after these answers to a letter were read, too."""
    known = ports.mail_reader.messages if isinstance(ports.mail_reader, ListMailbox) else []
    raws = [an_answer(delivery, text, **mail) for text in texts]
    told = replace(ports, mail_reader=ListMailbox([*known, *raws]))
    report: FetchReport = fetch_mail(told)
    assert not report.problem
    return told


def replies(ports: Ports) -> tuple[Reply, ...]:
    """Return what was filed, oldest first."""
    with ports.store.read() as tx:
        return tx.inbox.replies()


def answered(ports: Ports, number: int = -1) -> Draft:
    """Return the drafted answer to one of the replies, the newest unless another is named."""
    return draft_answer(ports, replies(ports)[number].id)


def approved_answer(ports: Ports, draft: Draft) -> Delivery:
    """Return the delivery of an answer, approved as it stands."""
    shown = review(ports, draft.id)
    assert shown.draft.status.value == "pending", shown.draft.findings
    delivery = approve(ports, draft.id, seal=str(shown.seal), by=READER)
    assert isinstance(delivery, Delivery)
    return delivery


def offering(ports: Ports, **terms: Any) -> Ports:
    """Return the world with another offer in its campaign."""
    gift: dict[str, Any] = {"gift": Gift(name="savon à froid au romarin", value=euros("9"))}
    with ports.store.write() as tx:
        tx.brands.save_campaign(the_campaign(offer=Offer(**(gift | terms))))
    return ports


def the_draft(ports: Ports, draft: Draft) -> Draft:
    """Return the draft as it is stored now."""
    with ports.store.read() as tx:
        found = tx.drafts.get(draft.id)
    assert found is not None
    return found


def campaign_id() -> CampaignId:
    """Return the campaign of this world."""
    return CAMPAIGN
