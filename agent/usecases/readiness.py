"""How far a campaign's set-up is: what the law asks, and what is missing from brand to first draft."""

from dataclasses import dataclass

from agent.domain.brand import Brand, Campaign, Offer
from agent.domain.brief import DisclosureRule
from agent.domain.draft import WAITING
from agent.domain.gate.law import COUNTRIES, CountryRule
from agent.domain.ids import CampaignId, OutreachId
from agent.domain.outreach import OutreachStatus
from agent.ports import DraftFilter, Ports
from agent.usecases.indexing import Verification, verify_index
from agent.usecases.lookup import the_campaign

_COUNTED = 1000


@dataclass(frozen=True, kw_only=True)
class Readiness:
    """What stands and what is missing for a campaign.

    `countries` are the rules on writing to creators in the campaign's countries, or in all where it names
    none; `unknown` are its countries without a rule. `disclosures` are the rules on marking what creators
    publish, `unmarked` the countries without one. `has_objection_link` says whether letters can carry one.
    """

    campaign: Campaign
    brand: Brand
    countries: tuple[CountryRule, ...]
    unknown: tuple[str, ...]
    disclosures: tuple[DisclosureRule, ...]
    unmarked: tuple[str, ...]
    has_objection_link: bool
    index: Verification
    listed: int
    without_letter: int
    to_read: int

    @property
    def gives_nothing(self) -> bool:
        """Whether the offer gives a creator nothing at all."""
        offer = self.campaign.offer
        return offer.gift is None and offer.cash is None and offer.affiliate is None


def readiness(ports: Ports, campaign_id: CampaignId) -> Readiness:
    """Return how far a campaign's set-up is; raises NotFound."""
    today = ports.clock.now().date()
    index = verify_index(ports)
    with ports.store.read() as tx:
        campaign, brand = the_campaign(tx, campaign_id)
        listed = tx.outreach.of_campaign(campaign_id)
        without_letter = tx.outreach.undrafted(
            campaign_id, status=OutreachStatus.SHORTLISTED, drafted=WAITING
        )
        to_read = tx.drafts.count(
            statuses=WAITING, only=DraftFilter(campaign=campaign_id), at_most=_COUNTED + 1
        )
    asked = campaign.countries
    rules = tuple(rule for rule in COUNTRIES if not asked or rule.country in asked)
    marked = tuple(
        rule
        for rule in ports.briefing.law.disclosures
        if (not asked or rule.country in asked)
        and rule.holds(rule.country, _benefits(campaign.offer), on=today)
    )
    return Readiness(
        campaign=campaign,
        brand=brand,
        countries=rules,
        unknown=_others(asked, {rule.country for rule in rules}),
        disclosures=marked,
        unmarked=_others(asked, {rule.country for rule in marked}),
        has_objection_link=ports.links.unsubscribe(OutreachId("nobody")) is not None,
        index=index,
        listed=len(listed),
        without_letter=len(without_letter),
        to_read=to_read,
    )


def _benefits(offer: Offer) -> frozenset[str]:
    given = {"gift": offer.gift, "cash": offer.cash, "affiliate": offer.affiliate}
    return frozenset(name for name, benefit in given.items() if benefit is not None)


def _others(asked: tuple[str, ...], known: set[str]) -> tuple[str, ...]:
    return tuple(country for country in asked if country not in known)
