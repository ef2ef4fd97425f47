"""Answers of models, and what calls cost, in SQL."""

from decimal import ROUND_CEILING, Decimal
from typing import Any

from sqlalchemy import BindParameter, ColumnElement, bindparam, delete, insert, update
from sqlalchemy import Row as Record
from sqlalchemy import select as columns
from sqlmodel import col

from agent.adapters.database.statements import add, batches, changed, fetch, refusing
from agent.adapters.database.tables import AnswerRow, Row, SpendRow
from agent.adapters.database.work import Work
from agent.domain.draft import Usage
from agent.domain.errors import BadInput
from agent.domain.ids import OutreachId
from agent.ports import Ceiling, KeptAnswer, Spent

_BILLION = 1_000_000_000


_ANSWERS = Row.metadata.tables["answers"]
_THESE: BindParameter[Any] = bindparam("these", expanding=True)
_ADD = insert(_ANSWERS)
_REMOVE = delete(_ANSWERS).where(_ANSWERS.c.key.in_(_THESE))
_OF_THESE = columns(_ANSWERS).where(_ANSWERS.c.outreach_id.in_(_THESE))
_DISCARD = delete(_ANSWERS).where(_ANSWERS.c.outreach_id.in_(_THESE))

_SPEND = Row.metadata.tables["spend"]
_SUMS = ("calls", "input_tokens", "output_tokens", "cached_tokens", "billionths")
_MOVE = (
    update(_SPEND)
    .where(_SPEND.c.scope == bindparam("this_scope"))
    .values({name: _SPEND.c[name] + bindparam(f"more_{name}") for name in _SUMS})
)


class SqlAnswers:
    """Answers of models that no draft has been made of yet."""

    def __init__(self, work: Work) -> None:
        self._work = work

    def get(self, key: str) -> KeptAnswer | None:
        """Return the answer with this key."""
        row = fetch(self._work, AnswerRow, key)
        return _answer_of(row) if row is not None else None

    def keep(self, *answers: KeptAnswer) -> None:
        """Insert or replace answers; raises BadInput, and keeps none, where an outreach is unknown."""
        rows = [
            {
                "key": answer.key,
                "outreach_id": answer.outreach_id,
                "model": answer.model,
                "content": answer.content,
                "usage": answer.usage,
                "at": answer.at,
            }
            for answer in answers
        ]
        if not rows:
            return
        names = ", ".join(sorted({answer.outreach_id for answer in answers}))
        with refusing(self._work, f"An outreach is not stored: {names}."):
            connection = self._work.connection()  # here, since the savepoint is set when it is asked for
            connection.execute(_REMOVE, {"these": [answer.key for answer in answers]})
            connection.execute(_ADD, rows)

    def of_outreach(self, *outreach_ids: OutreachId) -> tuple[KeptAnswer, ...]:
        """Return the answers for an outreach or several, oldest first."""
        connection = self._work.connection()
        rows = [
            row for some in batches(outreach_ids) for row in connection.execute(_OF_THESE, {"these": some})
        ]
        return tuple(sorted(map(_answer_of, rows), key=lambda answer: (answer.at, answer.key)))

    def discard(self, *outreach_ids: OutreachId) -> int:
        """Delete the answers for an outreach or several and return how many there were."""
        connection = self._work.connection()
        return sum(connection.execute(_DISCARD, {"these": some}).rowcount for some in batches(outreach_ids))


class SqlSpending:
    """Running sums per scope."""

    def __init__(self, work: Work) -> None:
        self._work = work

    def take(self, scope: str, most: Usage, *, ceiling: Ceiling) -> bool:
        """Add what a call may cost where the sum stays within the ceiling; return whether it does."""
        self._open(scope)
        within: list[ColumnElement[bool]] = [col(SpendRow.scope) == scope]
        if ceiling.cost is not None:
            within.append(col(SpendRow.billionths) + _billionths(most.cost) <= _billionths(ceiling.cost))
        if ceiling.tokens is not None:
            tokens = col(SpendRow.input_tokens) + col(SpendRow.output_tokens)
            within.append(tokens + most.tokens <= ceiling.tokens)
        return changed(self._work, update(SpendRow).where(*within).values(_moved(most))) == 1

    def correct(self, scope: str, *, taken: Usage, used: Usage, calls: int = 1) -> None:
        """Put what a call, or several, really cost in place of what was taken, and count the calls."""
        move = {
            "this_scope": scope,
            "more_calls": calls,
            "more_input_tokens": used.input_tokens - taken.input_tokens,
            "more_output_tokens": used.output_tokens - taken.output_tokens,
            "more_cached_tokens": used.cached_tokens - taken.cached_tokens,
            "more_billionths": _billionths(used.cost) - _billionths(taken.cost),
        }
        connection = self._work.connection()
        if connection.execute(_MOVE, move).rowcount == 0:
            self._open(scope)
            connection.execute(_MOVE, move)

    def of(self, scope: str) -> Spent:
        """Return the sums of a scope; zeros where nothing was spent."""
        row = fetch(self._work, SpendRow, scope)
        if row is None:
            return Spent()
        usage = Usage(
            input_tokens=row.input_tokens,
            output_tokens=row.output_tokens,
            cached_tokens=row.cached_tokens,
            cost=Decimal(row.billionths) / _BILLION,
        )
        return Spent(calls=row.calls, usage=usage)

    def _open(self, scope: str) -> None:
        if fetch(self._work, SpendRow, scope) is not None:
            return
        row = SpendRow(scope=scope, calls=0, input_tokens=0, output_tokens=0, cached_tokens=0, billionths=0)
        try:
            add(self._work, row, otherwise="Opened meanwhile.")
        except BadInput:  # another process was faster
            return


def _moved(more: Usage) -> dict[str, ColumnElement[int]]:
    return {
        "input_tokens": col(SpendRow.input_tokens) + more.input_tokens,
        "output_tokens": col(SpendRow.output_tokens) + more.output_tokens,
        "cached_tokens": col(SpendRow.cached_tokens) + more.cached_tokens,
        "billionths": col(SpendRow.billionths) + _billionths(more.cost),
    }


def _billionths(cost: Decimal) -> int:
    # upwards, so that rounding never lets anybody spend more than the ceiling
    return int((cost * _BILLION).to_integral_value(rounding=ROUND_CEILING))


def _answer_of(row: AnswerRow | Record[Any]) -> KeptAnswer:
    return KeptAnswer(
        key=row.key,
        outreach_id=OutreachId(row.outreach_id),
        model=row.model,
        content=row.content,
        usage=row.usage,
        at=row.at,
    )
