"""A text tried on a campaign's own creators beside the one that holds: old and new letters, and figures.

Nothing of it is stored: no draft, no version. Every letter is the writer's first answer; the second try that
drafting gives a blocked letter would hide what the text itself does.
"""

from collections.abc import Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from datetime import datetime

from agent.domain.draft import Draft, Finding, Severity, Usage
from agent.domain.errors import BadInput, NanoreachError
from agent.domain.ids import CampaignId, DraftId
from agent.domain.letter import Letter
from agent.ports import Assignment, Ports, Progress, Recall, Transaction, Writer, Written
from agent.usecases.drafting import choose_writer
from agent.usecases.gating import judged
from agent.usecases.lookup import the_campaign
from agent.usecases.making import letter_from
from agent.usecases.prompting import texts_for, usable_texts
from agent.usecases.prompting_lab import Title
from agent.usecases.prompting_rules import is_for_letters, is_for_models, validated
from agent.usecases.trial_cases import Case, cases_for
from agent.usecases.trial_figures import Figures, figures_of
from prompts import Prompt, Texts

_OF_BOTH = frozenset({"letters/frame", "letters/offer"})
"""Texts that stand around whatever a writer found."""
_LANES = 4
"""Calls to a model at a time."""


@dataclass(frozen=True, kw_only=True)
class Tried:
    """One letter of a trial and what the gate says of it; or why there is none."""

    letter: Letter | None = None
    body: str = ""
    findings: tuple[Finding, ...] = ()
    usage: Usage = field(default_factory=Usage)
    failed: str = ""

    @property
    def is_blocked(self) -> bool:
        """Whether the gate would stop it."""
        return any(finding.severity is Severity.BLOCK for finding in self.findings)


@dataclass(frozen=True, kw_only=True)
class Pair:
    """The old and the new letter to one creator."""

    person: str
    old: Tried
    new: Tried


@dataclass(frozen=True, kw_only=True)
class Trial:
    """What a trial showed. `left_out` says by reason how many creators of the campaign were not tried."""

    campaign: str
    writer: str
    old_text: str
    new_text: str
    pairs: tuple[Pair, ...]
    old: Figures
    new: Figures
    left_out: Mapping[str, int]


def evaluate(
    ports: Ports,
    title: Title,
    source: str,
    *,
    campaign: str | None,
    limit: int,
    writer_name: str,
    progress: Progress,
) -> Trial:
    """Write to the creators of a campaign's shortlist with the text that holds and with another one.

    Raises BadInput for a text that cannot be used, and where there is nobody to try it on.
    """
    prompt = validated(source)
    if prompt.name != title.name or title.language not in {None, prompt.language}:
        raise BadInput(f"The file is a text for {prompt.title}, not for {title}.")
    if not is_for_letters(prompt.name):
        raise BadInput(f"Letters are not made of {prompt.name}, so that it cannot be tried on any.")
    writer = _writer_for(ports, prompt, writer_name)
    at = ports.clock.now()
    with ports.store.read() as tx:
        found, _ = the_campaign(tx, _campaign_id(tx, campaign))
        held = texts_for(tx, found)
        cases, left_out = cases_for(tx, found.id, prompt, limit=limit, at=at)
    if not cases:
        told = "; ".join(f"{count} {why}" for why, count in left_out.items()) or "its shortlist is empty"
        raise BadInput(f"There is nobody in campaign {found.id} to try {prompt.title} on: {told}.")
    sides = _written(
        ports,
        writer,
        cases,
        (held, _with(held, prompt)),
        lanes=1 if writer.name == "offline" else _LANES,
        progress=progress,
        at=at,
    )
    pairs = tuple(
        Pair(person=case.context.creator.person, old=old, new=new)
        for case, (old, new) in zip(cases, sides, strict=True)
    )
    return Trial(
        campaign=found.id,
        writer=writer.name,
        old_text=held.prompt(prompt.name, prompt.language).reference,
        new_text=prompt.reference,
        pairs=pairs,
        old=_figures([pair.old for pair in pairs], prompt.language),
        new=_figures([pair.new for pair in pairs], prompt.language),
        left_out=left_out,
    )


def _writer_for(ports: Ports, prompt: Prompt, name: str) -> Writer:
    wanted = "openai" if is_for_models(prompt.name) else "offline"
    if wanted == "openai" and wanted not in ports.writers:
        raise BadInput(
            f"{prompt.title} is read by a model, and none is configured: set OPENAI_API_KEY, or "
            "OPENAI_BASE_URL for a server of your own."
        )
    if name == "auto":
        return choose_writer(ports, wanted)
    writer = choose_writer(ports, name)
    if prompt.name not in _OF_BOTH and is_for_models(prompt.name) != (writer.name != "offline"):
        raise BadInput(
            f"The {writer.name} writer does not read {prompt.name}; try it with --writer {wanted}."
        )
    return writer


def _campaign_id(tx: Transaction, given: str | None) -> CampaignId:
    if given is not None:
        return CampaignId(given)
    known = [campaign.id for campaign in tx.brands.campaigns()]
    if len(known) == 1:
        return known[0]
    if not known:
        raise BadInput("There is no campaign yet; import one first: nanoreach import brand FILE.yaml")
    raise BadInput(f"Say on whose shortlist with --campaign; there are {', '.join(known)}.")


def _with(texts: Texts, prompt: Prompt) -> Texts:
    others = (each for each in texts.published if each.title != prompt.title)
    return Texts((prompt, *others))


# --- writing --------------------------------------------------------------------------------------


def _written(
    ports: Ports,
    writer: Writer,
    cases: Sequence[Case],
    sides: tuple[Texts, Texts],
    *,
    lanes: int,
    progress: Progress,
    at: datetime,
) -> list[tuple[Tried, Tried]]:
    jobs = [(case, texts) for case in cases for texts in sides]
    tried: list[Tried] = []
    with ThreadPoolExecutor(max_workers=lanes) as pool:
        for answer in pool.map(lambda job: _tried(ports, writer, *job, at=at), jobs):
            tried.append(answer)
            progress(len(tried), len(jobs))
    return list(zip(tried[::2], tried[1::2], strict=True))


def _tried(ports: Ports, writer: Writer, case: Case, texts: Texts, *, at: datetime) -> Tried:
    assignment = replace(case.assignment, texts=texts)
    try:
        with usable_texts():
            written = writer.write(assignment)
            letter = letter_from(written.words, assignment)
    except NanoreachError as error:
        return Tried(failed=str(error))
    return _judged(ports, case, assignment, written, letter, at=at)


def _judged(
    ports: Ports,
    case: Case,
    assignment: Assignment,
    written: Written,
    letter: Letter,
    *,
    at: datetime,
) -> Tried:
    draft = Draft(
        id=DraftId("trial"),
        outreach_id=case.context.outreach.id,
        touch=assignment.touch,
        channel=assignment.channel,
        letter=letter,
        origin=written.origin,
        usage=written.usage,
        created_at=at,
        updated_at=at,
    )
    # a letter on trial is like none of the others on trial, and no letter of the campaign is like it
    alone = replace(ports, recall=Recall())
    findings = judged(alone, case.context, assignment.thread, draft, at=at, texts=assignment.texts)
    return Tried(letter=letter, body=letter.text, findings=findings, usage=written.usage)


def _figures(side: Iterable[Tried], language: str) -> Figures:
    listed = list(side)
    letters = [each for each in listed if each.letter is not None]
    return figures_of(
        [each.body for each in letters],
        language,
        findings=[finding for each in letters for finding in each.findings],
        blocked=sum(each.is_blocked for each in letters),
        failed=len(listed) - len(letters),
        usage=[each.usage for each in letters],
    )
