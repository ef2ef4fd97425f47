"""A campaign, rehearsed: the real use-cases on a copy in memory, a clock that jumps, people who answer."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from decimal import Decimal
from typing import Protocol, Self
from zoneinfo import ZoneInfo

from agent.domain.brand import Brand
from agent.domain.ids import CampaignId, OutreachId
from agent.domain.pacing import ZONES
from agent.domain.rehearsal.figures import Cost, Day, Rehearsal, Span, Staff, Trouble, span
from agent.domain.rehearsal.outcomes import Assumptions, Fate, fate_of
from agent.ports import Assignment, Holiday, MarkInMind, Ports, Progress, Recall, Store
from agent.usecases.drafting import DraftReport, draft_campaign
from agent.usecases.lookup import the_context
from agent.usecases.rehearsing_copy import Copied, copy_campaign
from agent.usecases.rehearsing_days import Played, Rules, play
from agent.usecases.rehearsing_seen import Seen, see
from agent.usecases.rehearsing_troubles import Findings, crashed, found_before, found_in
from agent.usecases.rehearsing_world import (
    Memory,
    NumberedIds,
    RememberedLanguages,
    RememberedWriter,
    SimulatedClock,
    World,
)

_CHARACTERS_PER_TOKEN = 4
"""OpenAI's rule of thumb for English; French needs somewhat more tokens."""
_PREPARED = 1_000_000
"""The names of a run come after those that were given while drafting."""
_MARKET_OF_LANGUAGE = {"fr": "FR", "en": "US"}


class Scene(Store, Protocol):
    """A store that can be copied at once, so that every run begins with the same rows."""

    def forked(self) -> Self:
        """Return a store with the same rows, whose changes are its own."""


@dataclass(frozen=True, kw_only=True)
class Room:
    """What a rehearsal takes from outside: an empty store, the length of a model's prompt, holidays, prices.

    Prices are for a million tokens.
    """

    scene: Scene
    prompt_characters: Callable[[Assignment], int]
    holiday: Holiday
    input_price: Decimal = Decimal(0)
    output_price: Decimal = Decimal(0)


@dataclass(frozen=True, kw_only=True)
class Plan:
    """What is rehearsed: how often, from when on, who reads, and what is assumed about people."""

    seed: int = 1
    runs: int = 20
    starts_at: datetime
    staff: Staff = field(default_factory=Staff)
    assumptions: Assumptions


@dataclass(frozen=True, kw_only=True)
class _Set:
    """The stage of all runs: ports on the copy, what was drafted, and what is remembered."""

    ports: Ports
    scene: Scene
    copied: Copied
    drafted: DraftReport
    rules: Rules
    prompts: Mapping[tuple[object, ...], int]
    findings: Findings


def rehearse(
    ports: Ports, campaign_id: CampaignId, *, plan: Plan, room: Room, progress: Progress
) -> Rehearsal:
    """Play a campaign through `plan.runs` times and say what came of it; the store is only read.

    The calendar is that of the first run, spans are over all of them; the same plan on the same store gives
    the same answer. Raises NotFound for an unknown campaign.
    """
    stage = _stage(ports, campaign_id, plan=plan, room=room)
    progress(0, plan.runs)
    runs = [_run(stage, plan, seed=plan.seed)]
    prompts = sum(length for key, length in stage.prompts.items() if key[0] == campaign_id)
    for number in range(1, plan.runs):
        progress(number, plan.runs)
        runs.append(_run(stage, plan, seed=plan.seed + number))
    progress(plan.runs, plan.runs)
    return _told(stage, plan, room, runs, (prompts, runs[0][1].characters))


def _stage(ports: Ports, campaign_id: CampaignId, *, plan: Plan, room: Room) -> _Set:
    copied = copy_campaign(ports, campaign_id, room.scene, at=plan.starts_at)
    memory, prompts = Memory(), dict[tuple[object, ...], int]()
    writer = RememberedWriter(
        memory=memory, behind=ports.writers["offline"], weigh=room.prompt_characters, prompts=prompts
    )
    playing = replace(
        ports,
        clock=SimulatedClock(plan.starts_at),
        ids=NumberedIds(),
        languages=RememberedLanguages(memory=memory, behind=ports.languages),
        judge=memory.judge,
        store=room.scene,
        writers={"offline": writer},
        worker="a worker in a rehearsal",
        marks=MarkInMind(),
        expanding=None,
        labeller=None,
        recall=Recall(),  # what is played here is no neighbour of real letters
    )
    findings = found_before(ports, copied, has_reader=bool(ports.readers))
    drafted, crash = _drafted(playing, campaign_id)
    if crash is not None:
        findings = replace(findings, troubles=(*findings.troubles, crash))
    return _Set(
        ports=playing,
        scene=room.scene,
        copied=copied,
        drafted=drafted,
        rules=_rules(copied.brand, plan, room, campaign_id),
        prompts=prompts,
        findings=findings,
    )


def _drafted(ports: Ports, campaign_id: CampaignId) -> tuple[DraftReport, Trouble | None]:
    try:
        return draft_campaign(ports, campaign_id, writer_name="offline", progress=_quiet), None
    except Exception as error:  # noqa: BLE001 - a rehearsal is there to find what breaks, whatever it is
        return DraftReport(writer="offline"), crashed("writing letters", error)


def _rules(brand: Brand, plan: Plan, room: Room, campaign_id: CampaignId) -> Rules:
    market = brand.programme.market if brand.programme is not None else None
    country = market or _MARKET_OF_LANGUAGE.get(brand.language)
    return Rules(
        campaign=campaign_id,
        staff=plan.staff,
        zone=ZoneInfo(ZONES.get(country or "", "UTC")),
        country=country,
        rejected=plan.assumptions.rejected.share,
        holiday=room.holiday,
    )


def _run(stage: _Set, plan: Plan, *, seed: int) -> tuple[Played, Seen]:
    store = stage.scene.forked()
    clock = SimulatedClock(plan.starts_at)
    fates: dict[OutreachId, Fate] = {}

    def fate(outreach_id: OutreachId) -> Fate:
        if outreach_id not in fates:
            fates[outreach_id] = _fate(store, outreach_id, plan, seed=seed)
        return fates[outreach_id]

    world = World(clock=clock, store=store, fates=fate, gap=stage.copied.brand.sender.pacing.gap)
    ids = NumberedIds(after=_PREPARED)
    ports = replace(
        stage.ports,
        store=store,
        clock=clock,
        ids=ids,
        mailer=world,
        mail_reader=world,
        more_readers=(),
        sent_mail=None,
        marks=MarkInMind(),
    )
    played = play(ports, world, clock, stage.rules, seed=seed)
    return played, see(store, stage.copied, world)


def _fate(store: Store, outreach_id: OutreachId, plan: Plan, *, seed: int) -> Fate:
    with store.read() as tx:
        context = the_context(tx, outreach_id)
    name = f"{context.campaign.id}:{context.creator.id}"
    return fate_of(plan.assumptions, seed=seed, name=name, touches=context.campaign.cadence.touches)


def _told(
    stage: _Set, plan: Plan, room: Room, runs: list[tuple[Played, Seen]], consumed: tuple[int, int]
) -> Rehearsal:
    first, first_seen = runs[0]
    days = [day for _, day in sorted(first.days.items())]
    left = [day.on for day in days if day.sent]
    funnels = [seen.funnel for _, seen in runs]
    funnel = {name: span(each[name] for each in funnels) for name in funnels[0]}
    minutes = span(float(sum(day.minutes for day in played.days.values())) for played, _ in runs)
    findings = found_in(stage.copied, stage.findings, stage.drafted, plan.staff, runs, funnel, stage.scene)
    return Rehearsal(
        campaign=stage.copied.campaign.id,
        seed=plan.seed,
        runs=plan.runs,
        starts_at=plan.starts_at,
        staff=plan.staff,
        per_day=stage.copied.brand.sender.pacing.per_day,
        campaign_per_day=stage.copied.campaign.per_day,
        days=_until_the_last(days),
        first_sent_on=min(left, default=None),
        last_sent_on=max(left, default=None),
        ends_on=days[-1].on if first.is_over else None,
        funnel=funnel,
        cost=_cost(room, minutes, consumed, letters=first_seen.drafts),
        troubles=findings.troubles,
        remarks=findings.remarks,
        assumptions=plan.assumptions,
        first_run=funnels[0],
    )


def _cost(room: Room, minutes: Span, consumed: tuple[int, int], *, letters: int) -> Cost:
    tokens_in, tokens_out = (characters // _CHARACTERS_PER_TOKEN for characters in consumed)
    money = (tokens_in * room.input_price + tokens_out * room.output_price) / 1_000_000
    return Cost(
        letters=letters,
        input_tokens=tokens_in,
        output_tokens=tokens_out,
        money=money,
        reviewer_minutes=minutes,
    )


def _until_the_last(days: list[Day]) -> tuple[Day, ...]:
    busy = [number for number, day in enumerate(days) if not day.is_quiet]
    return tuple(days[: busy[-1] + 1]) if busy else ()


def _quiet(_done: int, _total: int) -> None:
    return
