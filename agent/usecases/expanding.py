"""What a campaign is searched with: its own text, and, where wanted, what a fitting creator would write.

A model is asked once for a text and language; what it answers is kept until the text changes. Without an
answer the search goes on with the campaign's own text alone, and says so.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import blake2b

from agent.domain.brand import Brand, Campaign
from agent.domain.draft import Origin, Usage
from agent.domain.errors import NanoreachError, Unavailable
from agent.domain.ids import CampaignId
from agent.domain.imagined import Imagined, cleaned
from agent.ports import Expander, Kept, KeptExpansions, Ports
from agent.usecases.composing import LANGUAGES

LEAST = 2
"""So many usable texts make an expansion; a model that wrote fewer did not understand."""
_LEFT_OUT = "Searched with the brand's own text alone"
_NO_MODEL = (
    f"{_LEFT_OUT}: no model is configured; set OPENAI_API_KEY, or OPENAI_BASE_URL for a server of your own, "
    "or NANOREACH_EXPAND_QUERIES=no."
)


@dataclass(frozen=True, kw_only=True)
class Searched:
    """What a ranking was searched with.

    `expansions` count beside the campaign's own `query`; `problem` is the one sentence that says why there
    are none, or that they could not be kept. `calls` is how often a model was asked now, with `usage`.
    """

    query: str
    expansions: tuple[Imagined, ...] = ()
    problem: str = ""
    calls: int = 0
    usage: Usage = field(default_factory=Usage)


def query_text(brand: Brand, campaign: Campaign) -> str:
    """Return what a campaign looks for, as one text: its objective and the brand's values."""
    return " ".join((campaign.objective, *(f"{value.name}. {value.text}" for value in brand.values)))


def searched(ports: Ports, brand: Brand, campaign: Campaign, *, ask: bool) -> Searched:
    """Return what to search with; a model is asked only with `ask`, else only what is kept is used.

    Raises nothing of the model's: one that is down stops no search.
    """
    query = query_text(brand, campaign)
    if ports.expanding is None:
        return Searched(query=query)
    if ports.expanding.expander is None:
        return Searched(query=query, problem=_NO_MODEL)
    attempt = _Attempt(ports.expanding.expander, query)
    kept = {each.key: each for each in ports.expanding.kept.of(campaign.id)}
    found, problem = attempt.run(_languages(brand, campaign), kept, ask=ask)
    if ask and set(kept) != {each.key for each in found}:
        # what an earlier text had led to is forgotten here, also where the model failed
        unkept = _kept(ports.expanding.kept, campaign.id, found)
        problem = problem or unkept
    return Searched(
        query=query,
        expansions=tuple(text for each in found for text in each.texts) if attempt.is_whole else (),
        problem=problem,
        calls=len(attempt.usages),
        usage=attempt.usage,
    )


class _Attempt:
    """What is kept for a text, and the calls for what is not."""

    def __init__(self, expander: Expander, query: str) -> None:
        self._expander = expander
        self._query = query
        self.usages: list[Usage] = []
        self.is_whole = False

    def run(
        self, languages: Sequence[str], kept: Mapping[str, Kept], *, ask: bool
    ) -> tuple[tuple[Kept, ...], str]:
        """Return the expansions there are, and what went wrong; `is_whole` tells whether all are there."""
        found: list[Kept] = []
        try:
            for language in languages:
                key = _key(self._query, language, self._expander.origin(language))
                texts = cleaned(kept[key].texts, query=self._query) if key in kept else ()
                if len(texts) < LEAST and not ask:
                    return tuple(found), ""
                found.append(Kept(key=key, texts=texts if len(texts) >= LEAST else self._ask(language)))
        except NanoreachError as error:  # whatever a model does, it stops no search
            return tuple(found), f"{_LEFT_OUT}: {error}"
        self.is_whole = bool(found)
        return tuple(found), ""

    @property
    def usage(self) -> Usage:
        """What the calls consumed."""
        return sum(self.usages, start=Usage())

    def _ask(self, language: str) -> tuple[Imagined, ...]:
        answer = self._expander.expand(self._query, language=language)
        self.usages.append(answer.usage)
        texts = cleaned(answer.texts, query=self._query)
        if len(texts) < LEAST:
            raise Unavailable(
                f"Model “{answer.origin.model}” wrote nothing that can be searched with; choose another."
            )
        return texts


def _languages(brand: Brand, campaign: Campaign) -> tuple[str, ...]:
    """Return the brand's language, then those of the creators it looks for, as far as there are prompts."""
    wanted = dict.fromkeys((brand.language, *campaign.languages))
    return tuple(language for language in wanted if language in LANGUAGES) or (brand.language,)


def _key(query: str, language: str, origin: Origin) -> str:
    made_of = f"{origin.prompt}\0{origin.model}\0{language}\0{query}"
    return blake2b(made_of.encode(), digest_size=16).hexdigest()


def _kept(place: KeptExpansions, campaign_id: CampaignId, found: tuple[Kept, ...]) -> str:
    try:
        place.keep(campaign_id, found)
    except Unavailable as error:
        return f"What the model imagined could not be kept, so that it will be asked again: {error}"
    return ""
