"""Putting a brand's own text in force, and going back."""

from dataclasses import dataclass
from datetime import datetime

from agent.domain.errors import BadInput
from agent.domain.people import Entry
from agent.domain.published import KeptText, Publication, Scope
from agent.ports import Ports, Transaction
from agent.usecases.prompting import kept
from agent.usecases.prompting_lab import (
    FILE,
    Title,
    difference,
    language_of,
    scope_of,
    standing,
    version_of,
)
from agent.usecases.prompting_rules import require_tunable, validated


@dataclass(frozen=True, kw_only=True)
class Decision:
    """For whom a text is to hold, as a person named it, who decides, and why."""

    brand: str | None
    campaign: str | None
    by: str
    reason: str


@dataclass(frozen=True, kw_only=True)
class Change:
    """What publishing does, or would do: the text before and after, line by line.

    `publication` is None where nothing was published: the version holds already, or it was only a trial.
    """

    scope: Scope
    before: KeptText
    after: KeptText
    lines: tuple[str, ...]
    publication: Publication | None


def publish(ports: Ports, title: Title, source: str, decision: Decision, *, dry_run: bool = False) -> Change:
    """Put a text in force for a brand or a campaign; from now on letters are written with it.

    Raises BadInput for a text that cannot be used, or where nobody says for whom and why.
    """
    prompt = validated(source)
    if prompt.name != title.name or title.language not in {None, prompt.language}:
        raise BadInput(f"The file is a text for {prompt.title}, not for {title}.")
    at = ports.clock.now()
    with ports.store.write() as tx:
        scope = scope_of(tx, decision.brand, decision.campaign)
        if scope is None:
            raise BadInput("Say for whom: --brand, or --campaign for one campaign of it.")
        after = kept(prompt, at=at)
        return _put(tx, after, _row(after, prompt.version, scope, decision, at=at), dry_run=dry_run)


def roll_back(ports: Ports, title: Title, to: str, decision: Decision) -> Change:
    """Put an earlier version in force again; `file` withdraws what the brand or the campaign has published.

    Brand and campaign may be left out where the text is published for one of them only.
    """
    require_tunable(title.name)
    at = ports.clock.now()
    with ports.store.write() as tx:
        scope = scope_of(tx, decision.brand, decision.campaign) or _only_scope(tx, title)
        language = title.language or _published_language(tx, title, scope) or language_of(tx, title, scope)
        if to == FILE:
            below = Scope(brand_id=scope.brand_id) if scope.campaign_id is not None else None
            after = standing(tx, title.name, language, below, now=at).text
            return _put(tx, after, _row(after, None, scope, decision, at=at))
        after = version_of(tx, title.name, language, to, scope, now=at)
        validated(after.source)  # the program may ask for more today than when it was written
        return _put(tx, after, _row(after, after.version, scope, decision, at=at))


def _row(
    text: KeptText, version: str | None, scope: Scope, decision: Decision, *, at: datetime
) -> Publication:
    if not decision.reason.strip():
        raise BadInput("Say why with --reason: whoever reads the history needs it.")
    return Publication(
        brand_id=scope.brand_id,
        campaign_id=scope.campaign_id,
        name=text.name,
        language=text.language,
        version=version,
        by=decision.by,
        at=at,
        reason=decision.reason.strip(),
    )


def _put(tx: Transaction, after: KeptText, row: Publication, *, dry_run: bool = False) -> Change:
    before = standing(tx, row.name, row.language, row.scope, now=row.at).text
    is_new = not dry_run and _own_version(tx, row) != row.version
    if is_new:
        tx.texts.keep(after)
        tx.texts.publish(row)
        what = "text published" if row.version is not None else "text withdrawn"
        about = f"{after.reference} for {row.scope}"
        tx.journal.add(Entry(at=row.at, who=row.by, what=what, subject=about, why=row.reason))
    return Change(
        scope=row.scope,
        before=before,
        after=after,
        lines=difference(before, after),
        publication=row if is_new else None,
    )


def _own_version(tx: Transaction, row: Publication) -> str | None:
    """Return the version that this scope has itself in force, None for none."""
    own = [
        each.version
        for each in tx.texts.publications(row.brand_id)
        if (each.name, each.language, each.scope) == (row.name, row.language, row.scope)
    ]
    return own[-1] if own else None


def _only_scope(tx: Transaction, title: Title) -> Scope:
    """Return the only scope for which a text is published; raises BadInput for none or several."""
    last: dict[tuple[Scope, str], Publication] = {}
    for each in tx.texts.publications():
        if each.name == title.name and title.language in {None, each.language}:
            last[each.scope, each.language] = each
    scopes = list(dict.fromkeys(each.scope for each in last.values() if each.version is not None))
    if len(scopes) == 1:
        return scopes[0]
    if not scopes:
        raise BadInput(f"Nothing is published under {title}: the shipped file holds for everybody.")
    told = ", ".join(map(str, scopes))
    raise BadInput(f"{title} is published for {told}; say which with --brand or --campaign.")


def _published_language(tx: Transaction, title: Title, scope: Scope) -> str | None:
    """Return the language in which this scope has published the text, where it is one only."""
    rows = tx.texts.publications(scope.brand_id)
    languages = {each.language for each in rows if each.name == title.name and each.scope == scope}
    return languages.pop() if len(languages) == 1 else None
