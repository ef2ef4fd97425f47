"""What is held about a person, and taking all of it out, in memory."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import asdict, replace
from typing import Any

from agent.adapters.memory.sources import MemoryCreators
from agent.adapters.memory.tables import Tables
from agent.domain.chain import blanked
from agent.domain.draft import Approval
from agent.domain.ids import CreatorId, DraftId, InboundId
from agent.domain.people import Entry
from agent.domain.replies import InboundMail
from agent.ports import ERASED, FORGOTTEN, Erasure, Suppression, Traces


class MemoryPrivacy:
    """Data-subject requests."""

    def __init__(self, tables: Tables) -> None:
        self._tables = tables

    def approvals(self, draft_ids: Collection[DraftId]) -> tuple[Approval, ...]:
        """Return the approvals of these drafts, oldest first."""
        theirs = (row for row in self._tables.approvals.values() if row.draft_id in draft_ids)
        return tuple(sorted(theirs, key=lambda approval: (approval.at, approval.id)))

    def mails(self) -> Iterator[InboundMail]:
        """Yield every raw mail whose text is kept, by id."""
        mails = self._tables.mails
        return (mails[key] for key in sorted(mails))

    def suppression(self, fingerprint: str) -> Suppression | None:
        """Return since when and why an address is not written to."""
        return self._tables.suppressions.get(fingerprint)

    def suppressed(self, fingerprints: Collection[str]) -> frozenset[str]:
        """Return those of many keyed hashes that are on the list."""
        return frozenset(each for each in fingerprints if each in self._tables.suppressions)

    def erase(self, traces: Traces) -> Mapping[str, int]:
        """Delete what belongs to the person and blank the rest; return how many rows that were, by table."""
        erased = self._count(traces.creators)
        erased["replies"], erased["mails"] = self._blank_mails(traces)
        creators = MemoryCreators(self._tables)
        for creator_id in traces.creators:
            creators.delete(creator_id)
        erased["journal"] = self._blank_journal(traces)
        erased["notes"] = self._blank_notes(traces)
        return erased

    def mentions(self, words: Collection[str]) -> Mapping[str, int]:
        """Return how many rows still hold one of these words in a text, by table."""
        tables = self._tables
        rows: dict[str, Iterable[object]] = {
            "posts": (post for creator in tables.creators.values() for post in creator.posts),
            "creators": (replace(creator, posts=()) for creator in tables.creators.values()),
            "brands": tables.brands.values(),
            "campaigns": tables.campaigns.values(),
            "outreach": tables.outreach.values(),
            "drafts": tables.drafts.values(),
            "rejections": tables.rejections.values(),
            "opened": tables.open_letters.values(),
            "deliveries": tables.deliveries.values(),
            "handovers": tables.handovers.values(),
            "replies": tables.replies.values(),
            "answers": tables.answers.values(),
            "accounts": tables.accounts.values(),
            "paces": tables.paces.values(),
            "texts": tables.texts.values(),
            "publications": tables.publications.values(),
            "briefs": tables.briefs.values(),
            "brief_approvals": tables.brief_approvals.values(),
            "brief_answers": tables.brief_answers.values(),
        }
        counts = {name: sum(_holds(row, words) for row in each) for name, each in rows.items()}
        return {name: count for name, count in counts.items() if count}

    def save(self, erasure: Erasure) -> None:
        """Insert or replace an unfinished forgetting."""
        self._tables.erasures[erasure.id] = erasure

    def unfinished(self) -> tuple[Erasure, ...]:
        """Return the forgettings that are not finished, oldest first."""
        return tuple(
            sorted(self._tables.erasures.values(), key=lambda erasure: (erasure.begun_at, erasure.id))
        )

    def finish(self, erasure_id: str) -> None:
        """Remove an unfinished forgetting."""
        self._tables.erasures.pop(erasure_id, None)

    def _count(self, creators: Collection[CreatorId]) -> dict[str, int]:
        tables = self._tables
        outreach = {row.id for row in tables.outreach.values() if row.creator_id in creators}
        drafts = {row.id for row in tables.drafts.values() if row.outreach_id in outreach}
        briefs = {row.id for row in tables.briefs.values() if row.outreach_id in outreach}
        known = [tables.creators[name] for name in creators if name in tables.creators]
        return {
            "creators": len(known),
            "posts": sum(len(creator.posts) for creator in known),
            "outreach": len(outreach),
            "drafts": len(drafts),
            "approvals": sum(row.draft_id in drafts for row in tables.approvals.values()),
            "rejections": sum(draft_id in drafts for draft_id in tables.rejections),
            "deliveries": sum(row.outreach_id in outreach for row in tables.deliveries.values()),
            "answers": sum(row.outreach_id in outreach for row in tables.answers.values()),
            "agreements": sum(outreach_id in outreach for outreach_id in tables.agreements),
            "briefs": len(briefs),
            "brief_approvals": sum(brief_id in briefs for brief_id in tables.brief_approvals),
            "brief_answers": sum(row.brief_id in briefs for row in tables.brief_answers.values()),
            "handovers": sum(row.outreach_id in outreach for row in tables.handovers.values()),
        }

    def _blank_mails(self, traces: Traces) -> tuple[int, int]:
        tables = self._tables
        outreach = {row.id for row in tables.outreach.values() if row.creator_id in traces.creators}
        answers: set[InboundId] = {key for key, row in tables.replies.items() if row.outreach_id in outreach}
        theirs = traces.mails | answers
        replies = [tables.replies.pop(key, None) for key in theirs]
        mails = [tables.mails.pop(key, None) for key in theirs]
        return sum(row is not None for row in replies), sum(row is not None for row in mails)

    def _blank_journal(self, traces: Traces) -> int:
        count = 0
        for number, entry in list(self._tables.journal.items()):
            if entry.subject in traces.subjects or _names((entry.subject,), traces.words):
                self._blank(number, replace(entry, subject=ERASED, why=""))
            elif _is_told(entry, traces) or _names((entry.why,), traces.words):
                self._blank(number, replace(entry, why=""))
            else:
                continue
            count += 1
        return count

    def _blank(self, number: int, entry: Entry) -> None:
        tables = self._tables
        tables.journal[number] = entry
        tables.links[number] = blanked(tables.links[number], subject=entry.subject == ERASED)

    def _blank_notes(self, traces: Traces) -> int:
        tables = self._tables
        suppressed: dict[str, Suppression] = {
            key: replace(row, reason=FORGOTTEN if key in traces.fingerprints else ERASED)
            for key, row in tables.suppressions.items()
            if (key in traces.fingerprints and row.reason != FORGOTTEN) or _names((row.reason,), traces.words)
        }
        for key, suppression in suppressed.items():
            tables.suppressions[key] = suppression
        count = len(suppressed)
        noted: tuple[tuple[dict[Any, Any], str], ...] = (
            (tables.outreach, "reason"),
            (tables.drafts, "note"),
            (tables.rejections, "note"),
            (tables.deliveries, "reason"),
            (tables.handovers, "reason"),
        )
        for table, name in noted:
            naming = {key: row for key, row in table.items() if _names((getattr(row, name),), traces.words)}
            for key, row in naming.items():
                table[key] = replace(row, **{name: ERASED})
            count += len(naming)
        return count


def _is_told(entry: Entry, traces: Traces) -> bool:
    return entry.subject in traces.fingerprints and entry.why not in {"", FORGOTTEN}


def _names(texts: Iterable[str], words: Collection[str]) -> bool:
    return any(word in text.casefold() for text in texts for word in words)


def _holds(row: Any, words: Collection[str]) -> bool:  # noqa: ANN401 - rows of different tables
    return _names(_texts(asdict(row)), words)


def _texts(value: object) -> Iterator[str]:
    match value:
        case str():
            yield value
        case dict():
            for item in value.values():
                yield from _texts(item)
        case tuple() | list():
            for item in value:
                yield from _texts(item)
