"""Looking things up by the name a person gave, with a sentence where nothing has that name."""

from dataclasses import dataclass

from agent.domain.brand import Brand, Campaign
from agent.domain.creator import Creator
from agent.domain.draft import Draft
from agent.domain.errors import NotFound
from agent.domain.ids import CampaignId, DraftId, OutreachId
from agent.domain.outreach import Outreach
from agent.ports import Transaction


@dataclass(frozen=True, kw_only=True)
class Context:
    """An outreach with everybody who takes part in it."""

    outreach: Outreach
    creator: Creator
    campaign: Campaign
    brand: Brand


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


def the_context(tx: Transaction, outreach_id: OutreachId) -> Context:
    """Return an outreach with creator, campaign and brand; raises NotFound."""
    outreach = tx.outreach.get(outreach_id)
    if outreach is None:
        raise NotFound("outreach", outreach_id)
    creator = tx.creators.get(outreach.creator_id)
    if creator is None:
        raise NotFound("creator of outreach", outreach_id, hint="The person was erased.")
    campaign, brand = the_campaign(tx, outreach.campaign_id)
    return Context(outreach=outreach, creator=creator, campaign=campaign, brand=brand)
