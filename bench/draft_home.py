"""A home with a shortlist to write to: a sample brand, and creators who each say things of their own."""

import random
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from importlib.resources import as_file
from pathlib import Path
from tempfile import TemporaryDirectory

from agent import samples
from agent.adapters.sources import read_brand
from agent.bootstrap import build
from agent.domain.creator import Address, Creator, Post, Provenance
from agent.domain.draft import DraftStatus
from agent.domain.fit import Fit, Reason
from agent.domain.ids import CampaignId, OutreachId, creator_id
from agent.domain.outreach import Outreach
from agent.ports import Ports
from agent.settings import Settings
from agent.usecases.importing import import_brand

CAMPAIGN = CampaignId("mend-sunday")
_AT = datetime(2026, 11, 20, 9, tzinfo=UTC)
_THINGS = (
    "cardigan",
    "denim jacket",
    "wool sock",
    "linen apron",
    "duvet cover",
    "work shirt",
    "tote bag",
    "quilt",
)
_FLAWS = (
    "a moth hole",
    "a torn elbow",
    "a burn from the stove",
    "a split seam",
    "a worn heel",
    "a bleach stain",
)
_WAYS = (
    "a patch of my mother's curtains",
    "red darning wool",
    "a row of running stitches",
    "an old tea towel",
)
_ENDS = (
    "It took two evenings and it does not match at all.",
    "The cat slept on it before I was done.",
    "My neighbor asked who taught me, and I said the library did.",
    "I pulled it out twice before it lay flat.",
    "It will outlive me now.",
)


def settings(home: Path, url: str, **more: object) -> Settings:
    """Return settings for a home and a model on loopback."""
    given = {
        "NANOREACH_HOME": home,
        "OPENAI_BASE_URL": url,
        "OPENAI_API_KEY": "sk-bench",
        "NANOREACH_MODEL": "stub",
        "NANOREACH_INPUT_PRICE": "0.25",
        "NANOREACH_OUTPUT_PRICE": "2",
    } | more
    return Settings(_env_file=None, **given)  # type: ignore[call-arg,arg-type]  # pydantic-settings' own keywords


@contextmanager
def a_home(count: int, url: str, **more: object) -> Iterator[Ports]:
    """Open a new home with so many shortlisted creators, and remove it at the end."""
    with TemporaryDirectory() as folder:
        ports = build(settings(Path(folder), url, **more))
        shortlist(ports, count)
        try:
            yield ports
        finally:
            ports.close()


def shortlist(ports: Ports, count: int) -> None:
    """Store the sample brand, and so many creators with an outreach each."""
    for traversable in samples.brand_files():
        with as_file(traversable) as path:
            import_brand(ports, read_brand(path))
    with ports.store.write() as tx:
        for number in range(count):
            creator = a_creator(number)
            tx.creators.save(creator)
            tx.outreach.save(_outreach(creator, number))


def a_creator(number: int) -> Creator:
    """Return a creator with six posts, the same for the same number."""
    chance = random.Random(number)
    handle = f"mender.{number:05d}"
    return Creator(
        id=creator_id("instagram", handle),
        platform="instagram",
        handle=handle,
        url=f"https://www.instagram.com/{handle}/",
        name=f"{chance.choice(('Priya', 'Joan', 'Ellis', 'Maeve', 'Tessa'))} Winter",
        language="en",
        country="US",
        followers=chance.randrange(1_000, 9_000),
        bio_original="I mend what others throw away.",
        bio="I mend what others throw away.",
        address=Address(
            email=f"{handle}@creator.example", provenance=Provenance(kind="bio", found_on=date(2026, 9, 1))
        ),
        business_contact=True,
        posts=tuple(_post(number, index, chance) for index in range(6)),
        updated_at=_AT,
    )


def _post(number: int, index: int, chance: random.Random) -> Post:
    text = (
        f"My {chance.choice(_THINGS)} had {chance.choice(_FLAWS)}, so this week I mended it with "
        f"{chance.choice(_WAYS)}, number {number * 6 + index} in the notebook. {chance.choice(_ENDS)}"
    )
    day = date(2026, 10, 30) - timedelta(days=9 * index + number % 7)
    return Post(
        key=f"p{number}-{index}", original=text, text=text, published_on=day, likes=chance.randrange(20, 400)
    )


def _outreach(creator: Creator, number: int) -> Outreach:
    reasons = tuple(
        Reason(
            value="Fix it before you replace it",
            ref=p.key,
            quote=p.text,
            score=0.6,
            published_on=p.published_on,
        )
        for p in creator.posts[:3]
    )
    return Outreach(
        id=OutreachId(f"o-{number:05d}"),
        campaign_id=CAMPAIGN,
        creator_id=creator.id,
        fit=Fit(creator_id=creator.id, score=0.6, similarity=0.6, reasons=reasons),
        created_at=_AT,
        updated_at=_AT,
    )


def stored(ports: Ports) -> dict[str, int]:
    """Return how many drafts there are, how many outreaches have one, and how many have several."""
    with ports.store.read() as tx:
        counts = [
            len([d for d in tx.drafts.of_outreach(each.id) if d.status is not DraftStatus.SUPERSEDED])
            for each in tx.outreach.of_campaign(CAMPAIGN)
        ]
    return {
        "drafts": sum(counts),
        "with_one": sum(count == 1 for count in counts),
        "with_several": sum(count > 1 for count in counts),
    }
