"""Answers of models, and what calls cost, in memory."""

from dataclasses import replace

from agent.adapters.memory.tables import Tables, require
from agent.domain.draft import Usage
from agent.domain.ids import OutreachId
from agent.ports import Ceiling, KeptAnswer, Spent


class MemoryAnswers:
    """Answers of models that no draft has been made of yet."""

    def __init__(self, tables: Tables) -> None:
        self._tables = tables

    def get(self, key: str) -> KeptAnswer | None:
        """Return the answer with this key."""
        return self._tables.answers.get(key)

    def keep(self, *answers: KeptAnswer) -> None:
        """Insert or replace answers; raises BadInput, and keeps none, where an outreach is unknown."""
        for answer in answers:
            known = answer.outreach_id in self._tables.outreach
            require(known, f"Outreach {answer.outreach_id} is not stored.")
        for answer in answers:
            self._tables.answers[answer.key] = answer

    def of_outreach(self, *outreach_ids: OutreachId) -> tuple[KeptAnswer, ...]:
        """Return the answers for an outreach or several, oldest first."""
        theirs = (row for row in self._tables.answers.values() if row.outreach_id in outreach_ids)
        return tuple(sorted(theirs, key=lambda answer: (answer.at, answer.key)))

    def discard(self, *outreach_ids: OutreachId) -> int:
        """Delete the answers for an outreach or several and return how many there were."""
        theirs = self.of_outreach(*outreach_ids)
        for answer in theirs:
            del self._tables.answers[answer.key]
        return len(theirs)


class MemorySpending:
    """Running sums per scope."""

    def __init__(self, tables: Tables) -> None:
        self._tables = tables

    def take(self, scope: str, most: Usage, *, ceiling: Ceiling) -> bool:
        """Add what a call may cost where the sum stays within the ceiling; return whether it does."""
        spent = self.of(scope)
        after = spent.usage + most
        if ceiling.cost is not None and after.cost > ceiling.cost:
            return False
        if ceiling.tokens is not None and after.tokens > ceiling.tokens:
            return False
        self._tables.spend[scope] = replace(spent, usage=after)
        return True

    def correct(self, scope: str, *, taken: Usage, used: Usage, calls: int = 1) -> None:
        """Put what a call, or several, really cost in place of what was taken, and count the calls."""
        spent = self.of(scope)
        back = Usage(
            input_tokens=-taken.input_tokens,
            output_tokens=-taken.output_tokens,
            cached_tokens=-taken.cached_tokens,
            cost=-taken.cost,
        )
        self._tables.spend[scope] = Spent(calls=spent.calls + calls, usage=spent.usage + back + used)

    def of(self, scope: str) -> Spent:
        """Return the sums of a scope; zeros where nothing was spent."""
        return self._tables.spend.get(scope, Spent())
