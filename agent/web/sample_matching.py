"""Invented creators in a ranking and on a map, for the page that shows every component once."""

from datetime import UTC, date, datetime
from decimal import Decimal
from math import cos, sin

from agent.domain.brand import Money
from agent.domain.creator import Address, Creator, Post, Tier
from agent.domain.filters import Filters
from agent.domain.fit import Against, Fit, Level, Quotation, Reason
from agent.domain.ids import CampaignId, OutreachId, creator_id
from agent.domain.outreach import Outreach
from agent.domain.portfolio import Figures, Gains
from agent.domain.vetting import Kind, Signal
from agent.ports import NicheShare
from agent.usecases.matching import Match
from agent.usecases.niche_map import Area, Spot
from agent.usecases.outlook import Choices, Listed, Seat
from agent.usecases.planning import Chosen
from agent.usecases.why_not import Answer, Verdict
from agent.web.mapview import MapView, draw
from agent.web.planview import LeftGroup, PlanView, Proposed

_AT = datetime(2026, 10, 6, 9, 30, tzinfo=UTC)
CAMPAIGN = CampaignId("sample")
_WHO = creator_id("instagram", "oren.unpicks")
_NICHES = (
    NicheShare(id="mending", names={"en": "Visible mending", "fr": "Raccommodage"}, share=0.7, x=0.3, y=0.4),
    NicheShare(id="knitting", names={"en": "Knitting", "fr": "Tricot"}, share=0.6, x=0.42, y=0.55),
    NicheShare(id="thrift", names={"en": "Second hand", "fr": "Seconde main"}, share=0.6, x=0.55, y=0.35),
)

RULES = Filters(languages=frozenset({"en"}), countries=frozenset({"US"}), followers_max=10_000)
CHOICES = Choices(
    languages={"en": 31, "fr": 12},
    countries={"US": 22, "GB": 9, "FR": 12},
    platforms={"instagram": 28, "blog": 15},
    creators=43,
)
LEFT_OUT = {"language not asked for": 12, "country not asked for": 9, "followers unknown": 1}


def sample_seat() -> Seat:
    """Return a listed creator with reasons, a contradiction and a signal."""
    return Seat(rank=3, match=_match(), here=_outreach(), taken=None)


def sample_listed() -> tuple[Listed, ...]:
    """Return a shortlist of one."""
    return (Listed(person="instagram:oren.unpicks", outreach=_outreach()),)


def sample_answer() -> Answer:
    """Return the answer about somebody whom a rule leaves out."""
    return Answer(
        verdict=Verdict.RULED_OUT,
        asked="@oren.unpicks",
        creator=_creator(),
        rule="country not asked for",
        rules=Filters(countries=frozenset({"GB"})),
    )


def sample_map(language: str) -> MapView:
    """Return a drawing of thirty creators in three niches."""
    spots = tuple(_spot(number) for number in range(30))
    areas = tuple(
        Area(
            id=niche.id,
            names=niche.names,
            x=niche.x,
            y=niche.y,
            creators=10,
            listed=sum(spot.is_listed for spot in spots if spot.niche is niche),
        )
        for niche in _NICHES
    )
    return draw(spots, areas, language)


def sample_plan() -> PlanView:
    """Return a proposal of one creator, with those who are left out."""
    gains = Gains(
        fit=0.6, values={"The second evening": 0.4, "Nothing new": 0.1}, niches={}, tier=0, standing=0
    )
    return PlanView(
        proposed=(
            Proposed(
                chosen=Chosen(match=_match(), tier=Tier.NANO, gains=gains, exposure=0),
                adds=("The second evening", "Nothing new"),
            ),
        ),
        groups=(
            LeftGroup(code="outranked", people=("instagram:priya.mends", "blog:the-long-seam")),
            LeftGroup(code="concern", people=("instagram:ada.knits",)),
        ),
        figures=Figures(
            creators=1,
            mean_fit=0.78,
            values={"The second evening": 1},
            values_covered=1,
            niches=1,
            entropy=0,
            cost=Decimal(28),
            minutes=Decimal(4),
            tiers={"nano": 1},
            pool_tiers={"nano": 0.8, "micro": 0.2},
            gini=0,
            repeated=0,
        ),
        cost=Money(amount=Decimal(28), currency="USD"),
    )


def _spot(number: int) -> Spot:
    niche = _NICHES[number % len(_NICHES)]
    reach, angle = 0.01 * (number // len(_NICHES)), 2.4 * number
    return Spot(
        person=f"instagram:sample.{number}",
        x=niche.x + reach * cos(angle),
        y=niche.y + reach * sin(angle),
        niche=niche,
        is_listed=number in {4, 12, 20},
    )


def _match() -> Match:
    reasons = (
        Reason(
            value="The second evening",
            ref="p1",
            quote="Unpicked the whole elbow and began again.",
            score=0.71,
            published_on=date(2026, 9, 28),
            more=(Quotation(ref="bio", quote="I undo things for a living", score=0.52),),
        ),
        Reason(value="Nothing new", ref="p2", quote="This wool is older than I am.", score=0.44),
    )
    found = Against(
        kind="slow_fashion",
        value="Nothing new",
        level=Level.LOOK,
        ref="p3",
        quote="Haul day: eleven tops",
        published_on=date(2025, 11, 2),
    )
    return Match(
        creator=_creator(),
        fit=Fit(
            creator_id=_WHO, score=1.1, similarity=0.58, reasons=reasons, against=(found,), probability=0.78
        ),
        signals=(
            Signal(
                kind=Kind.COMPETITOR,
                level=Level.CONCERN,
                key="competitor.partner",
                figures={"name": "Darnly"},
            ),
        ),
    )


def _creator() -> Creator:
    text = "Unpicked the whole elbow and began again."
    return Creator(
        id=_WHO,
        platform="instagram",
        handle="oren.unpicks",
        url="https://instagram.example/oren.unpicks",
        name="Oren",
        language="en",
        country="US",
        followers=5200,
        address=Address(email="oren@unpicks.example"),
        posts=(Post(key="p1", original=text, text=text, published_on=date(2026, 9, 28)),),
        updated_at=_AT,
    )


def _outreach() -> Outreach:
    return Outreach(
        id=OutreachId("sample-2"),
        campaign_id=CAMPAIGN,
        creator_id=_WHO,
        fit=Fit(creator_id=_WHO, score=1.1, similarity=0.58),
        created_at=_AT,
        updated_at=_AT,
    )
