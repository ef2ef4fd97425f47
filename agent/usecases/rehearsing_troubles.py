"""What would go wrong in a campaign, each in a sentence with what to do: from its rows and from its runs."""

import math
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal

from agent.domain.brand import Brand, Money, Offer
from agent.domain.channel import Channel, channel_for
from agent.domain.draft import DraftStatus, Severity
from agent.domain.outreach import Outreach, OutreachStatus
from agent.domain.rehearsal.figures import Span, Staff, Trouble
from agent.ports import Ports, Store, Transaction
from agent.usecases.drafting import DraftReport
from agent.usecases.rehearsing_copy import Copied
from agent.usecases.rehearsing_days import Played
from agent.usecases.rehearsing_seen import Seen
from agent.usecases.taken import people_of

_NAMED = 5
_TOLD_BEFORE = frozenset({"law.no_address", "law.no_postal_address"})
"""What the gate blocks for a reason that the rows tell already, by name."""
_LONG_WAIT = timedelta(days=7)
MOST_BOUNCES = 0.05
"""Bounces of all written to at which senders commonly pause a mailbox."""

Runs = Sequence[tuple[Played, Seen]]


@dataclass(frozen=True, kw_only=True)
class Findings:
    """What would go wrong, and what is only worth knowing."""

    troubles: tuple[Trouble, ...] = ()
    remarks: tuple[Trouble, ...] = ()


def found_before(ports: Ports, copied: Copied, *, has_reader: bool) -> Findings:
    """Return what the rows tell before anything is played."""
    with ports.store.read() as tx:
        people = tuple(_people(ports, tx, copied))
    return Findings(
        troubles=(*people, *_brand_lacks(copied.brand), *(() if has_reader else (_NO_READER,))),
        remarks=tuple(_remarks(ports, copied)),
    )


def found_in(
    copied: Copied,
    before: Findings,
    drafted: DraftReport,
    staff: Staff,
    runs: Runs,
    funnel: Mapping[str, Span],
    scene: Store,
) -> Findings:
    """Return all that goes wrong: before, in drafting, and in the runs."""
    troubles = (
        *before.troubles,
        *_not_written(drafted),
        *_blocked(scene, copied.ours),
        *_crashed(runs),
        *_in_runs(runs),
        *_reading(runs, staff),
        *_late(copied, runs),
        *_rates(funnel),
        *_spent(copied, funnel),
    )
    return Findings(troubles=troubles, remarks=(*before.remarks, *_held(copied, runs)))


def crashed(step: str, error: Exception) -> Trouble:
    """Return the trouble that a step ended with an exception."""
    return _crash(f"{step}: {type(error).__name__}: {error}")


_NO_READER = Trouble(
    code="mail.unread",
    sentence="No mailbox is read, so a no that comes by mail would be followed by another letter.",
    advice="Set NANOREACH_IMAP_URL to the mailbox that answers come to.",
)


def _people(ports: Ports, tx: Transaction, copied: Copied) -> Iterator[Trouble]:
    unreachable, silenced, busy = list[str](), list[str](), list[str]()
    by_address: dict[str, list[str]] = defaultdict(list)
    for outreach in copied.ours:
        creator = tx.creators.get(outreach.creator_id)
        if creator is None or outreach.status not in {OutreachStatus.SHORTLISTED, OutreachStatus.CONTACTED}:
            continue
        if creator.address is None and channel_for(creator, copied.campaign.channels) is Channel.DM:
            continue  # a message by hand needs no address
        if creator.address is None:
            unreachable.append(creator.person)
            continue
        email = creator.address.email
        by_address[email.casefold()].append(creator.person)
        if tx.suppressions.has(ports.fingerprints.of(email)):
            silenced.append(creator.person)
        elif _is_taken(ports, tx, outreach):
            busy.append(creator.person)
    twice = [person for people in by_address.values() for person in people[1:]]
    yield from _named(
        unreachable,
        "people.no_address",
        "{who} cannot be written to: no e-mail address is on file.",
        "Import the address with its source, or take them off the list.",
    )
    yield from _named(
        silenced,
        "people.suppressed",
        "{who} asked not to be written to, so their letters are cancelled.",
        "Take them off the list; nobody needs to read those letters.",
    )
    yield from _named(
        busy,
        "people.elsewhere",
        "{who} cannot be written to now: they are spoken with elsewhere, or left alone after a silence.",
        "Wait until that is over (the desk's ranking says when), or take them off this list.",
    )
    yield from _named(
        twice,
        "people.twice",
        "{who} share an address with somebody else on this list; only the first letter leaves.",
        "Keep one of the profiles.",
    )


def _is_taken(ports: Ports, tx: Transaction, outreach: Outreach) -> bool:
    people = people_of(ports, tx, (outreach.creator_id,))
    return people.taken(outreach, at=ports.clock.now()) is not None


def _named(people: list[str], code: str, sentence: str, advice: str) -> Iterator[Trouble]:
    if people:
        yield Trouble(
            code=code, sentence=sentence.format(who=_list(people)), advice=advice, count=len(people)
        )


def _list(people: list[str]) -> str:
    shown = ", ".join(people[:_NAMED])
    return f"{len(people)} creators ({shown}, …)" if len(people) > _NAMED else shown


def _brand_lacks(brand: Brand) -> Iterator[Trouble]:
    if not brand.postal_address.strip():
        yield Trouble(
            code="brand.postal_address",
            sentence="The brand has no postal address, so every letter is blocked (15 USC 7704(a)(5)).",
            advice="Add postal_address to the brand file and import it again.",
        )
    if not brand.privacy_url:
        yield Trouble(
            code="brand.privacy_url",
            sentence="The first letter names no page that explains what is done with data (GDPR art. 14).",
            advice="Add privacy_url to the brand file and import it again.",
        )


def _remarks(ports: Ports, copied: Copied) -> Iterator[Trouble]:
    if copied.ours and ports.links.unsubscribe(copied.ours[0].id) is None:
        yield Trouble(
            code="links.none",
            sentence="People can object only by answering; there is no link in the letters.",
            advice="Set NANOREACH_PUBLIC_URL where the desk can be reached from outside.",
        )
    if copied.neighbours:
        yield Trouble(
            code="mailbox.shared",
            sentence=f"{copied.neighbours} conversations of other campaigns write from the same mailbox; "
            "their letters and follow-ups are in these figures.",
            advice="Nothing to do; the mailbox column shows all of it.",
            count=copied.neighbours,
        )
    yield Trouble(
        code="law.assessment",
        sentence="Whether writing to these people is a legitimate interest must be weighed and written down "
        "before the first letter (GDPR art. 6(1)(f)); nothing here can check that.",
        advice="Keep the assessment with the campaign's papers.",
    )


def _not_written(drafted: DraftReport) -> Iterator[Trouble]:
    by_reason: dict[str, list[str]] = defaultdict(list)
    for each in drafted.failed:
        by_reason[each.reason.replace(each.person, "this person")].append(each.person)
    for reason, people in sorted(by_reason.items()):
        yield Trouble(
            code="letters.not_written",
            sentence=f"No letter can be written to {_list(people)}: {reason}",
            advice="Import posts that a letter can quote, or take them off the list.",
            count=len(people),
        )


def _blocked(scene: Store, ours: Iterable[Outreach]) -> Iterator[Trouble]:
    codes, advice = Counter[str](), dict[str, str]()
    with scene.read() as tx:
        for outreach in ours:
            for draft in tx.drafts.of_outreach(outreach.id):
                if draft.status is DraftStatus.BLOCKED:
                    blocking = [each for each in draft.findings if each.severity is Severity.BLOCK]
                    codes.update({each.code for each in blocking})
                    advice |= {each.code: each.advice for each in blocking if each.code not in advice}
    for code, count in codes.most_common():
        if code in _TOLD_BEFORE:
            continue
        yield Trouble(
            code=f"gate.{code}",
            sentence=f"{_letters(count)} blocked by the gate: {code}.",
            advice=advice[code],
            count=count,
        )


def _letters(count: int) -> str:
    return "1 letter is" if count == 1 else f"{count} letters are"


def _crashed(runs: Runs) -> Iterator[Trouble]:
    for what, times, met in _counted(runs, lambda played: played.crashes):
        yield replace(_crash(what), count=times, runs=met)


def _crash(what: str) -> Trouble:
    return Trouble(
        code="crash",
        sentence=f"A step broke while {what}",
        advice="Nothing of that step was kept. This is a fault of the program: report it with this line.",
    )


def _in_runs(runs: Runs) -> Iterator[Trouble]:
    kinds: tuple[tuple[str, str, str, Callable[[Played], Counter[str]]], ...] = (
        ("letters.cancelled", "Approved letters are cancelled", _LOOK, lambda p: p.cancelled),
        (
            "letters.refused",
            "Letters are refused for good",
            "Correct the address or drop it.",
            lambda p: p.failed,
        ),
        ("letters.not_approvable", "Letters cannot be approved", _LOOK, lambda p: p.not_approved),
        ("follow_ups.dropped", "Follow-ups cannot be written", _MORE_POSTS, lambda p: p.dropped),
        ("follow_ups.blocked", "Follow-ups are blocked by the gate", _MORE_POSTS, lambda p: p.blocked_later),
        ("mail.problem", "Mail could not be filed", "Look at that mail on the desk.", lambda p: p.unreadable),
        ("letters.on_holiday", "Letters leave on a public holiday", _HOLIDAY, lambda p: p.on_holidays),
    )
    for code, sentence, advice, pick in kinds:
        for what, times, met in _counted(runs, pick):
            yield Trouble(code=code, sentence=f"{sentence}: {what}", advice=advice, count=times, runs=met)
    misread = [(what, times) for _, seen in runs for what, times in seen.misread.items()]
    for what in sorted({name for name, _ in misread}):
        yield Trouble(
            code="mail.misread",
            sentence=f"Simulated answers were not read as they were meant: {what}.",
            advice="Read answers on the desk yourself; report these texts.",
            count=sum(times for name, times in misread if name == what),
        )
    endless = sum(not played.is_over and not played.crashes for played, _ in runs)
    if endless:
        yield Trouble(
            code="campaign.endless",
            sentence="The campaign is not over after half a year.",
            advice="Shorten the list, give reviewers more time, or raise the quota.",
            runs=endless,
        )


_LOOK = "Look at what changes between approval and sending, or take these people off the list."
_MORE_POSTS = "Import more posts of these people, or let the campaign end after fewer letters."
_HOLIDAY = "Approve those letters a day later, or start on another day."


def _counted(runs: Runs, pick: Callable[[Played], Counter[str]]) -> Iterator[tuple[str, int, int]]:
    totals, met = Counter[str](), Counter[str]()
    for played, _ in runs:
        totals.update(pick(played))
        met.update(pick(played).keys())
    for what, times in totals.most_common():
        yield what, math.ceil(times / met[what]), met[what]


def _reading(runs: Runs, staff: Staff) -> Iterator[Trouble]:
    room = staff.letters_a_day
    waits = [played.longest_wait for played, _ in runs]
    if max(waits, default=timedelta(0)) > _LONG_WAIT:
        peak = max(day.to_read for played, _ in runs for day in played.days.values())
        needed = math.ceil(peak / room / 5) * staff.reviewers
        yield Trouble(
            code="reviewers.too_few",
            sentence=f"Reviewers: {staff.reviewers}. They read {room} letters a day; up to {peak} wait, "
            f"the last of them for {max(waits).days} days.",
            advice=f"Try {max(needed, staff.reviewers + 1)} reviewers, more minutes a day or a smaller list "
            "(--reviewers, --minutes-a-day).",
            count=peak,
            runs=sum(wait > _LONG_WAIT for wait in waits),
        )
    crowded = [_crowded_days(played, room) for played, _ in runs]
    if any(crowded):
        days = next(each for each in crowded if each)
        yield Trouble(
            code="follow_ups.pile_up",
            sentence=f"More follow-ups become due on one day than can be read ({room}): "
            f"{', '.join(f'{count} on {day.isoformat()}' for day, count in days[:_NAMED])}.",
            advice="Spread the first letters (quotas.per_day), or plan more reading on those days.",
            count=max(count for _, count in days),
            runs=sum(bool(each) for each in crowded),
        )


def _crowded_days(played: Played, room: int) -> list[tuple[date, int]]:
    return [(day.on, day.follow_ups) for day in played.days.values() if day.follow_ups > room]


def _late(copied: Copied, runs: Runs) -> Iterator[Trouble]:
    deadline = copied.campaign.offer.deadline
    if deadline is None:
        return
    late = [sum(on > deadline for on in played.left_on.values()) for played, _ in runs]
    if any(late):
        yield Trouble(
            code="campaign.past_deadline",
            sentence=f"Letters still leave after the offer's deadline ({deadline.isoformat()}): "
            f"{max(late)} at the most.",
            advice="Raise quotas.per_day, read more a day, send fewer letters, or move the deadline.",
            count=max(late),
            runs=sum(map(bool, late)),
        )


def _rates(funnel: Mapping[str, Span]) -> Iterator[Trouble]:
    written = funnel["written_to"].median
    if written and funnel["bounced"].median / written > MOST_BOUNCES:
        yield Trouble(
            code="mailbox.bounces",
            sentence=f"About {funnel['bounced'].median:.0f} of {written:.0f} letters come back, more than "
            f"{MOST_BOUNCES:.0%}: providers slow down such a mailbox.",
            advice="Check the addresses before writing.",
            count=round(funnel["bounced"].median),
        )


def _spent(copied: Copied, funnel: Mapping[str, Span]) -> Iterator[Trouble]:
    programme = copied.brand.programme
    budget = programme.budget if programme is not None else None
    each = _price(copied.campaign.offer, budget)
    if budget is None or each is None:
        return
    takers = math.ceil(funnel["interested"].high)
    if each * takers > budget.amount:
        yield Trouble(
            code="budget.exceeded",
            sentence=f"Up to {takers} people may say yes; what is offered to them costs "
            f"{each * takers} {budget.currency}, the programme has {budget.amount}.",
            advice="Write to fewer people at once, or change the offer.",
            count=takers,
        )


def _price(offer: Offer, budget: Money | None) -> Decimal | None:
    if budget is None:
        return None
    given = (offer.gift.value if offer.gift is not None else None, offer.cash)
    amounts = [money.amount for money in given if money is not None and money.currency == budget.currency]
    return sum(amounts, Decimal(0)) if amounts else None


def _held(copied: Copied, runs: Runs) -> Iterator[Trouble]:
    copied_by_hand = max(played.copied for played, _ in runs)
    if copied_by_hand:
        yield Trouble(
            code="dm.by_hand",
            sentence=f"Up to {copied_by_hand} direct messages are copied by hand; what people answer there "
            "is not played.",
            advice="Reckon with time for copying, and with answers in the platforms' own apps.",
            count=copied_by_hand,
        )
    for what, times, met in _counted(runs, lambda played: played.held):
        if "letters of today" in what:
            yield Trouble(
                code="quota.holds",
                sentence=f"Letters wait for another day because {what}.",
                advice=f"{copied.brand.sender.email} may write more only if its provider is used to it.",
                count=times,
                runs=met,
            )
