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

    def keep(self, answer: KeptAnswer) -> None:
        """Insert or replace an answer; raises BadInput where its outreach is unknown."""
        known = answer.outreach_id in self._tables.outreach
        require(known, f"Outreach {answer.outreach_id} is not stored.")
        self._tables.answers[answer.key] = answer

    def of_outreach(self, outreach_id: OutreachId) -> tuple[KeptAnswer, ...]:
        """Return the answers for an outreach, oldest first."""
        theirs = (row for row in self._tables.answers.values() if row.outreach_id == outreach_id)
        return tuple(sorted(theirs, key=lambda answer: (answer.at, answer.key)))

    def discard(self, outreach_id: OutreachId) -> int:
        """Delete the answers for an outreach and return how many there were."""
        theirs = self.of_outreach(outreach_id)
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

    def correct(self, scope: str, *, taken: Usage, used: Usage) -> None:
        """Put what a call really cost in place of what was taken for it, and count the call."""
        spent = self.of(scope)
        back = Usage(
            input_tokens=-taken.input_tokens,
            output_tokens=-taken.output_tokens,
            cached_tokens=-taken.cached_tokens,
            cost=-taken.cost,
        )
        self._tables.spend[scope] = Spent(calls=spent.calls + 1, usage=spent.usage + back + used)

    def of(self, scope: str) -> Spent:
        """Return the sums of a scope; zeros where nothing was spent."""
        return self._tables.spend.get(scope, Spent())
