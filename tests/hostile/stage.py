"""Letters through the real path: assembled, judged and stored as a campaign's letters are."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from functools import cache
from importlib.resources import files
from pathlib import Path

from agent.adapters.clock import FixedClock
from agent.adapters.languages import Lingua
from agent.adapters.memory import MemoryStore
from agent.adapters.sources.brand import read_brand
from agent.domain.creator import Address, Creator, Post, Provenance
from agent.domain.draft import Draft, DraftStatus, Finding, Origin, Severity, Usage
from agent.domain.ids import CampaignId, OutreachId, creator_id
from agent.domain.letter import Words
from agent.domain.outreach import Outreach
from agent.domain.records import BrandFile
from agent.domain.text import normal
from agent.ports import Assignment, Ports, Writer, Written
from agent.usecases.drafting import draft_letter
from tests.builders import a_fit
from tests.fakes import make_ports

TODAY = date(2026, 10, 20)
NOW = datetime(2026, 10, 20, 8, tzinfo=UTC)
_SAMPLES: Mapping[str, str] = {"fr": "savon-du-sud.yaml", "en": "second-evening.yaml"}
_BRANDS = Path(__file__).parent / "data" / "brands"
_NAMES: Mapping[str, str] = {"fr": "Maëlle", "en": "June"}
_OUTREACH = OutreachId("o-1")


@dataclass
class Speaking:
    """A writer that says what a function makes of the assignment, every time it is asked."""

    words: Callable[[Assignment], Words]
    name: str = "openai"

    def write(
        self, assignment: Assignment, *, rejected: Words | None = None, findings: Sequence[Finding] = ()
    ) -> Written:
        """Return the words; findings do not impress it."""
        prompt = f"model/first_touch.{assignment.language}@000000000000"
        origin = Origin(writer=self.name, model="obedient", prompt=prompt)
        return Written(words=self.words(assignment), origin=origin, usage=Usage())


@cache
def brand_file(name: str) -> BrandFile:
    """Return the sample brand of a language, or the brand of this folder's data with this name."""
    if name in _SAMPLES:
        return read_brand(Path(str(files("agent.samples").joinpath(_SAMPLES[name]))))
    return read_brand(_BRANDS / f"{name}.yaml")


@cache
def _ports() -> Ports:
    return replace(make_ports(), clock=FixedClock(NOW), languages=Lingua())


def a_person(
    language: str, posts: Sequence[tuple[str, str, date]], *, bio: str = "", handle: str = "maelle.dit"
) -> Creator:
    """Return a creator with posts given as key, text and day; texts become normal as an import makes them."""
    return Creator(
        id=creator_id("instagram", handle),
        platform="instagram",
        handle=handle,
        name=_NAMES[language],
        language=language,
        country="FR" if language == "fr" else "US",
        followers=4200,
        bio_original=bio,
        bio=normal(bio),
        address=Address(
            email="hello@creator.example",
            provenance=Provenance(kind="bio", url="https://instagram.example/x", found_on=date(2026, 10, 1)),
        ),
        business_contact=True,
        posts=tuple(
            Post(key=key, original=text, text=normal(text), published_on=on) for key, text, on in posts
        ),
        updated_at=NOW,
    )


def drafted(creator: Creator, writer: Writer, *, language: str, brand: str = "") -> Draft:
    """Return the creator's first letter as the store has it after the gate; `brand` is not the sample."""
    made = brand_file(brand or language)
    campaign = made.campaigns[0]
    ports = replace(_ports(), store=MemoryStore())
    with ports.store.write() as tx:
        tx.brands.save(made.brand)
        tx.brands.save_campaign(campaign)
        tx.creators.save(creator)
        tx.outreach.save(
            Outreach(
                id=_OUTREACH,
                creator_id=creator.id,
                campaign_id=CampaignId(campaign.id),
                fit=a_fit(creator_id=creator.id, reasons=()),
                created_at=NOW,
                updated_at=NOW,
            )
        )
    draft = draft_letter(ports, _OUTREACH, writer=writer)
    assert draft is not None
    with ports.store.read() as tx:
        stored = tx.drafts.get(draft.id)
    assert stored is not None
    return stored


def is_approvable(draft: Draft) -> bool:
    """Return whether a person could approve the draft as it stands."""
    return draft.status is DraftStatus.PENDING


def blocks(draft: Draft) -> list[str]:
    """Return the codes of what stopped it."""
    return [finding.code for finding in draft.findings if finding.severity is Severity.BLOCK]
