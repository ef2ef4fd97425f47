"""Which texts hold, and what a version of them says."""

import difflib
from dataclasses import dataclass
from datetime import datetime

import prompts
from agent.domain.errors import BadInput, NotFound
from agent.domain.ids import BrandId, CampaignId
from agent.domain.published import KeptText, Publication, Scope, in_force
from agent.ports import Transaction
from agent.usecases.lookup import the_campaign
from agent.usecases.prompting import kept
from prompts import PromptError

FILE, CURRENT = "file", "current"
"""Words that stand for a version: the shipped one, and the one that holds."""
_LEAST_OF_A_VERSION = 4


@dataclass(frozen=True, kw_only=True)
class Title:
    """The name of a text as a person gave it; what they left out is None."""

    name: str
    language: str | None
    version: str | None

    def __str__(self) -> str:
        return f"{self.name}.{self.language}" if self.language is not None else self.name

    @classmethod
    def of(cls, given: str, language: str | None = None) -> "Title":
        """Return the parts of `name`, `name.fr` or `name.fr@version`, as drafts keep it."""
        title, _, version = given.partition("@")
        name, dot, ending = title.rpartition(".")
        if dot and prompts.is_language(ending):
            if language not in {None, ending}:
                raise BadInput(f"“{given}” is in {ending}, and --language says {language}.")
            return cls(name=name, language=ending, version=version or None)
        return cls(name=title, language=language, version=version or None)


@dataclass(frozen=True, kw_only=True)
class Standing:
    """A text that holds, and the publication that put it in force; none for a shipped file."""

    text: KeptText
    publication: Publication | None = None


@dataclass(frozen=True, kw_only=True)
class Shown:
    """A version of a text, whether it is the one that holds, and all publications of the text so far."""

    text: KeptText
    holds: bool
    history: tuple[Publication, ...]


def scope_of(tx: Transaction, brand: str | None, campaign: str | None) -> Scope | None:
    """Return the scope that a person named, None for none.

    Raises NotFound for an unknown name, BadInput where the campaign is not the brand's.
    """
    if campaign is not None:
        found, _ = the_campaign(tx, CampaignId(campaign))
        if brand not in {None, found.brand_id}:
            raise BadInput(f"Campaign {campaign} is one of brand {found.brand_id}, not of {brand}.")
        return Scope(brand_id=found.brand_id, campaign_id=found.id)
    if brand is None:
        return None
    if tx.brands.get(BrandId(brand)) is None:
        raise NotFound("brand", brand, known=tuple(each.id for each in tx.brands.all()))
    return Scope(brand_id=BrandId(brand))


def catalogue(tx: Transaction, scope: Scope | None, *, now: datetime) -> tuple[Standing, ...]:
    """Return every text as it holds for a scope, or as it is shipped."""
    return tuple(standing(tx, name, language, scope, now=now) for name, language in prompts.names())


def standing(tx: Transaction, name: str, language: str, scope: Scope | None, *, now: datetime) -> Standing:
    """Return the text that holds for a scope."""
    if scope is not None:
        holding = in_force(tx.texts.publications(scope.brand_id), scope.campaign_id).get((name, language))
        if holding is not None and holding.version is not None:
            text = tx.texts.version(name, language, holding.version)
            if text is not None:
                return Standing(text=text, publication=holding)
    return Standing(text=_file(name, language, now=now))


def shown(tx: Transaction, title: Title, scope: Scope | None, *, now: datetime) -> Shown:
    """Return a version of a text, the one that holds where none is named, with the text's history."""
    language = language_of(tx, title, scope)
    text = version_of(tx, title.name, language, title.version or CURRENT, scope, now=now)
    history = tuple(
        each
        for each in tx.texts.publications(scope.brand_id if scope is not None else None)
        if (each.name, each.language) == (title.name, language)
    )
    is_shipped = (title.name, language) in prompts.names()  # a text of an older nanoreach may be no more
    holds = is_shipped and standing(tx, title.name, language, scope, now=now).text.version == text.version
    return Shown(text=text, holds=holds, history=history)


def version_of(
    tx: Transaction, name: str, language: str, word: str, scope: Scope | None, *, now: datetime
) -> KeptText:
    """Return the version that a word stands for: `file`, `current`, or the beginning of its hash."""
    if word == CURRENT:
        return standing(tx, name, language, scope, now=now).text
    if word == FILE:
        return _file(name, language, now=now)
    stored = tx.texts.versions(name, language)
    is_shipped = not stored or (name, language) in prompts.names()
    shipped: tuple[KeptText, ...] = (_file(name, language, now=now),) if is_shipped else ()
    known = {text.version: text for text in (*shipped, *stored)}
    found = [text for version, text in known.items() if version.startswith(word)]
    if len(found) == 1 and len(word) >= _LEAST_OF_A_VERSION:
        return found[0]
    raise NotFound(f"version of {name}.{language}", word, known=(FILE, CURRENT, *known))


def difference(old: KeptText, new: KeptText) -> tuple[str, ...]:
    """Return what differs, as lines of a unified diff; nothing where the texts are the same."""
    names = (old.reference, new.reference)
    return tuple(difflib.unified_diff(old.source.split("\n"), new.source.split("\n"), *names, lineterm=""))


def language_of(tx: Transaction, title: Title, scope: Scope | None) -> str:
    """Return the language that is meant: the one named, the brand's, the only one there is, or English."""
    if title.language is not None:
        return title.language
    brand = tx.brands.get(scope.brand_id) if scope is not None else None
    there = [language for name, language in prompts.names() if name == title.name]
    if brand is not None and brand.language in there:
        return brand.language
    return there[0] if len(there) == 1 else "en"


def _file(name: str, language: str, *, now: datetime) -> KeptText:
    try:
        return kept(prompts.load(name, language), at=now)
    except PromptError as error:
        raise BadInput(str(error)) from error
