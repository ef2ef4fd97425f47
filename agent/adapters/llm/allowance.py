"""Which campaign pays for a call."""

from agent.domain.brand import Campaign
from agent.ports import Allowance, Ceiling


def allowance_of(campaign: Campaign) -> Allowance:
    """Return what a campaign's models may cost."""
    budget = campaign.models
    return Allowance(campaign_id=campaign.id, ceiling=Ceiling(cost=budget.cost, tokens=budget.tokens))
