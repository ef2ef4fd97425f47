"""Agreements and brief letters, in memory."""

from collections.abc import Collection, Iterable
from datetime import datetime

from agent.adapters.memory.tables import Tables, require
from agent.domain.brief import Agreement, BriefAnswer, BriefApproval, BriefVersion
from agent.domain.ids import BriefId, CreatorId, OutreachId


class MemoryBriefs:
    """Agreements, versions of briefs, approvals and answers."""

    def __init__(self, tables: Tables) -> None:
        self._tables = tables

    def agreement(self, outreach_id: OutreachId) -> Agreement | None:
        """Return the agreement of an outreach."""
        return self._tables.agreements.get(outreach_id)

    def agreements(self) -> tuple[Agreement, ...]:
        """Return every agreement by its outreach."""
        return tuple(self._tables.agreements[key] for key in sorted(self._tables.agreements))

    def save_agreement(self, agreement: Agreement) -> None:
        """Insert or replace an agreement; raise BadInput where its outreach is unknown."""
        outreach_id = agreement.outreach_id
        require(outreach_id in self._tables.outreach, f"There is no outreach {outreach_id} to agree about.")
        self._tables.agreements[outreach_id] = agreement

    def add(self, version: BriefVersion) -> None:
        """Insert a version; raise BadInput where its number is taken or its outreach unknown."""
        taken = {each.number for each in self.versions(version.outreach_id)}
        is_known = version.outreach_id in self._tables.outreach
        require(
            is_known and version.number not in taken and version.id not in self._tables.briefs,
            f"Version {version.number} of the brief of outreach {version.outreach_id} is there already, or "
            "the outreach is not stored.",
        )
        self._tables.briefs[version.id] = version

    def get(self, brief_id: BriefId) -> BriefVersion | None:
        """Return a version."""
        return self._tables.briefs.get(brief_id)

    def latest(self, outreach_id: OutreachId) -> BriefVersion | None:
        """Return the newest version of an outreach."""
        versions = self.versions(outreach_id)
        return versions[-1] if versions else None

    def versions(self, outreach_id: OutreachId) -> tuple[BriefVersion, ...]:
        """Return every version of an outreach, oldest first."""
        theirs = (each for each in self._tables.briefs.values() if each.outreach_id == outreach_id)
        return tuple(sorted(theirs, key=lambda version: version.number))

    def approve(self, approval: BriefApproval) -> None:
        """Insert an approval; raise BadInput where there is one already or the version is unknown."""
        brief_id = approval.brief_id
        require(
            brief_id in self._tables.briefs and brief_id not in self._tables.brief_approvals,
            f"Brief {brief_id} is approved already, or it is not stored.",
        )
        self._tables.brief_approvals[brief_id] = approval

    def approval(self, brief_id: BriefId) -> BriefApproval | None:
        """Return the approval of a version."""
        return self._tables.brief_approvals.get(brief_id)

    def approved_of(self, creator_ids: Collection[CreatorId]) -> tuple[tuple[BriefVersion, datetime], ...]:
        """Return the newest approved version of each outreach to these creators, and when that was."""
        tables = self._tables
        newest: dict[OutreachId, tuple[BriefVersion, datetime]] = {}
        for version in sorted(tables.briefs.values(), key=lambda each: each.number):
            approval = tables.brief_approvals.get(version.id)
            if approval is not None and tables.outreach[version.outreach_id].creator_id in creator_ids:
                newest[version.outreach_id] = (version, approval.at)
        return tuple(newest[outreach_id] for outreach_id in sorted(newest))

    def answer(self, answer: BriefAnswer) -> None:
        """Store an answer; raise BadInput where its version is unknown."""
        require(answer.brief_id in self._tables.briefs, f"There is no brief {answer.brief_id} to answer to.")
        self._tables.brief_answers[answer.id] = answer

    def answers(self, brief_ids: Iterable[BriefId]) -> tuple[BriefAnswer, ...]:
        """Return the answers to these versions, oldest first."""
        wanted = set(brief_ids)
        found = (each for each in self._tables.brief_answers.values() if each.brief_id in wanted)
        return tuple(sorted(found, key=lambda answer: (answer.at, answer.id)))
