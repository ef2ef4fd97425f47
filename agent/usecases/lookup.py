"""Looking things up by the name a person gave, with a sentence where nothing has that name."""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import TypeVar

from agent.domain.answering import words_of
from agent.domain.brand import Brand, Campaign
from agent.domain.creator import Creator
from agent.domain.draft import Draft
from agent.domain.errors import NanoreachError, NotFound
from agent.domain.ids import CampaignId, DraftId, OutreachId
from agent.domain.outreach import Outreach
from agent.domain.replies import Reply
from agent.ports import Transaction

K = TypeVar("K")
V = TypeVar("V")


@dataclass(frozen=True, kw_only=True)
class Context:
    """An outreach with everybody who takes part in it.

    `brand` is as the outreach's sender writes for it. `answered` is the reply that is being answered; what it
    says then stands among the creator's texts.
    """

    outreach: Outreach
    creator: Creator
    campaign: Campaign
    brand: Brand
    answered: Reply | None = None


def the_campaign(tx: Transaction, campaign_id: CampaignId) -> tuple[Campaign, Brand]:
    """Return a campaign and its brand; raises NotFound, naming the campaigns there are."""
    campaign = tx.brands.campaign(campaign_id)
    if campaign is None:
        known = tuple(each.id for each in tx.brands.campaigns())
        hint = "" if known else "Import one first: nanoreach import brand FILE.yaml"
        raise NotFound("campaign", campaign_id, known=known, hint=hint)
    brand = tx.brands.get(campaign.brand_id)
    if brand is None:
        raise NotFound("brand", campaign.brand_id)
    return campaign, brand


def the_draft(tx: Transaction, draft_id: DraftId) -> Draft:
    """Return a draft; raises NotFound."""
    draft = tx.drafts.get(draft_id)
    if draft is None:
        raise NotFound("draft", draft_id, hint="nanoreach review list shows the letters there are.")
    return draft


def the_contexts(
    tx: Transaction,
    outreach_ids: Iterable[OutreachId],
    *,
    with_posts: bool = True,
    posts: Collection[str] | None = None,
) -> Mapping[OutreachId, Context | NanoreachError]:
    """Return each outreach with everybody who takes part in it, or why there is none; a few statements.

    A list that only names people reads none of their posts; `posts` are the keys of those that are wanted,
    where not all are.
    """
    asked = tuple(outreach_ids)
    known = tx.outreach.with_ids(asked)
    people = [outreach.creator_id for outreach in known.values()]
    creators = tx.creators.with_ids(people, posts=posts) if with_posts else tx.creators.without_posts(people)
    campaigns: dict[CampaignId, tuple[Campaign, Brand]] = {}
    found: dict[OutreachId, Context | NanoreachError] = {}
    for outreach_id in asked:
        outreach = known.get(outreach_id)
        if outreach is None:
            found[outreach_id] = NotFound("outreach", outreach_id)
        elif outreach.creator_id not in creators:
            found[outreach_id] = _erased(outreach_id)
        else:
            if outreach.campaign_id not in campaigns:
                campaigns[outreach.campaign_id] = the_campaign(tx, outreach.campaign_id)
            campaign, brand = campaigns[outreach.campaign_id]
            brand = brand.written_by(outreach.sender)
            creator = creators[outreach.creator_id]
            found[outreach_id] = Context(outreach=outreach, creator=creator, campaign=campaign, brand=brand)
    return found


def the_context(tx: Transaction, outreach_id: OutreachId) -> Context:
    """Return an outreach with creator, campaign and brand; raises NotFound."""
    outreach = tx.outreach.get(outreach_id)
    if outreach is None:
        raise NotFound("outreach", outreach_id)
    creator = tx.creators.get(outreach.creator_id)
    if creator is None:
        raise _erased(outreach_id)
    campaign, brand = the_campaign(tx, outreach.campaign_id)
    brand = brand.written_by(outreach.sender)
    return Context(outreach=outreach, creator=creator, campaign=campaign, brand=brand)


def the_context_of(tx: Transaction, draft: Draft, *, known: Context | None = None) -> Context:
    """Return a draft's outreach with all who take part, and the reply that it answers; raises NotFound.

    `known` is that context without the reply, where this transaction has read it already.

    A reply that is gone, or belongs to another conversation by now, is not in it.
    """
    fits = known is not None and known.outreach.id == draft.outreach_id
    context = known if known is not None and fits else the_context(tx, draft.outreach_id)
    if draft.answers is None:
        return context
    replies = tx.inbox.replies(outreach_id=draft.outreach_id)
    reply = next((each for each in replies if each.id == draft.answers), None)
    return answering(context, reply) if reply is not None else context


def answering(context: Context, reply: Reply) -> Context:
    """Return the context for an answer: what they wrote to us stands among their texts, as the newest."""
    creator = replace(context.creator, posts=(*context.creator.posts, words_of(reply)))
    return replace(context, creator=creator, answered=reply)


def grouped(items: Iterable[V], key: Callable[[V], K]) -> dict[K, list[V]]:
    """Return the items by what the key says of each, in their order."""
    found: dict[K, list[V]] = {}
    for item in items:
        found.setdefault(key(item), []).append(item)
    return found


def _erased(outreach_id: OutreachId) -> NotFound:
    return NotFound("creator of outreach", outreach_id, hint="The person was erased.")
