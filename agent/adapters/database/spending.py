"""Answers of models, and what calls cost, in SQL."""

from decimal import ROUND_CEILING, Decimal

from sqlalchemy import ColumnElement, delete, update
from sqlmodel import Session, col, select

from agent.adapters.database.statements import add, changed, fetch, put
from agent.adapters.database.tables import AnswerRow, SpendRow
from agent.domain.draft import Usage
from agent.domain.errors import BadInput
from agent.domain.ids import OutreachId
from agent.ports import Ceiling, KeptAnswer, Spent

_BILLION = 1_000_000_000


class SqlAnswers:
    """Answers of models that no draft has been made of yet."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def get(self, key: str) -> KeptAnswer | None:
        """Return the answer with this key."""
        row = fetch(self._session, AnswerRow, key)
        return _answer_of(row) if row is not None else None

    def keep(self, answer: KeptAnswer) -> None:
        """Insert or replace an answer; raises BadInput where its outreach is unknown."""
        row = AnswerRow(
            key=answer.key,
            outreach_id=answer.outreach_id,
            model=answer.model,
            content=answer.content,
            usage=answer.usage,
            at=answer.at,
        )
        put(self._session, row, otherwise=f"Outreach {answer.outreach_id} is not stored.")

    def of_outreach(self, outreach_id: OutreachId) -> tuple[KeptAnswer, ...]:
        """Return the answers for an outreach, oldest first."""
        query = select(AnswerRow).where(col(AnswerRow.outreach_id) == outreach_id)
        ordered = query.order_by(col(AnswerRow.at), col(AnswerRow.key))
        return tuple(map(_answer_of, self._session.exec(ordered)))

    def discard(self, outreach_id: OutreachId) -> int:
        """Delete the answers for an outreach and return how many there were."""
        return changed(self._session, delete(AnswerRow).where(col(AnswerRow.outreach_id) == outreach_id))


class SqlSpending:
    """Running sums per scope."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def take(self, scope: str, most: Usage, *, ceiling: Ceiling) -> bool:
        """Add what a call may cost where the sum stays within the ceiling; return whether it does."""
        self._open(scope)
        within: list[ColumnElement[bool]] = [col(SpendRow.scope) == scope]
        if ceiling.cost is not None:
            within.append(col(SpendRow.billionths) + _billionths(most.cost) <= _billionths(ceiling.cost))
        if ceiling.tokens is not None:
            tokens = col(SpendRow.input_tokens) + col(SpendRow.output_tokens)
            within.append(tokens + most.tokens <= ceiling.tokens)
        return changed(self._session, update(SpendRow).where(*within).values(_moved(most))) == 1

    def correct(self, scope: str, *, taken: Usage, used: Usage) -> None:
        """Put what a call really cost in place of what was taken for it, and count the call."""
        moved = _moved(used, less=taken) | {"calls": col(SpendRow.calls) + 1}
        statement = update(SpendRow).where(col(SpendRow.scope) == scope).values(moved)
        if changed(self._session, statement) == 0:
            self._open(scope)
            changed(self._session, statement)

    def of(self, scope: str) -> Spent:
        """Return the sums of a scope; zeros where nothing was spent."""
        row = fetch(self._session, SpendRow, scope)
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
        if fetch(self._session, SpendRow, scope) is not None:
            return
        row = SpendRow(scope=scope, calls=0, input_tokens=0, output_tokens=0, cached_tokens=0, billionths=0)
        try:
            add(self._session, row, otherwise="Opened meanwhile.")
        except BadInput:  # another process was faster
            return


def _moved(more: Usage, *, less: Usage | None = None) -> dict[str, ColumnElement[int]]:
    less = less or Usage()
    return {
        "input_tokens": col(SpendRow.input_tokens) + more.input_tokens - less.input_tokens,
        "output_tokens": col(SpendRow.output_tokens) + more.output_tokens - less.output_tokens,
        "cached_tokens": col(SpendRow.cached_tokens) + more.cached_tokens - less.cached_tokens,
        "billionths": col(SpendRow.billionths) + _billionths(more.cost) - _billionths(less.cost),
    }


def _billionths(cost: Decimal) -> int:
    # upwards, so that rounding never lets anybody spend more than the ceiling
    return int((cost * _BILLION).to_integral_value(rounding=ROUND_CEILING))


def _answer_of(row: AnswerRow) -> KeptAnswer:
    return KeptAnswer(
        key=row.key,
        outreach_id=OutreachId(row.outreach_id),
        model=row.model,
        content=row.content,
        usage=row.usage,
        at=row.at,
    )
