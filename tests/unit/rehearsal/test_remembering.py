"""What a rehearsal remembers from one run to the next, and what it must ask again."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from agent.domain.draft import Finding, Origin, Usage
from agent.domain.letter import Sentence, Words
from agent.ports import Assignment, Earlier, Written
from agent.usecases.rehearsing_world import Memory, RememberedWriter
from tests.unit.writers.assignments import assignment


@dataclass
class _Dating:
    """A writer whose words name the day of the letter before."""

    name: str = "offline"
    asked: int = 0

    def write(
        self, assignment: Assignment, *, rejected: Words | None = None, findings: Sequence[Finding] = ()
    ) -> Written:
        self.asked += 1
        words = Words(
            subject=f"After my letter of {assignment.thread[-1].sent_at:%B %d}",
            opening=(),
            bridge=(),
            ask=Sentence(text="Would you like one?"),
        )
        return Written(words=words, origin=Origin(writer=self.name, model="", prompt=""), usage=Usage())


def _second_letter(day: int, hour: int) -> Assignment:
    sent = Earlier(
        touch=1, sent_at=datetime(2026, 11, day, hour, tzinfo=UTC), subject="One", body="One letter."
    )
    return replace(assignment("en"), touch=2, thread=(sent,))


def test_a_letter_after_one_of_the_same_day_is_written_once_for_all_runs() -> None:
    behind = _Dating()
    writer = RememberedWriter(memory=Memory(), behind=behind, weigh=lambda _: 1, prompts={})
    first = writer.write(_second_letter(20, 9))
    assert writer.write(_second_letter(20, 15)) == first
    assert behind.asked == 1


def test_a_letter_after_one_of_another_day_names_that_day() -> None:
    writer = RememberedWriter(memory=Memory(), behind=_Dating(), weigh=lambda _: 1, prompts={})
    assert writer.write(_second_letter(20, 9)).words.subject == "After my letter of November 20"
    assert writer.write(_second_letter(23, 9)).words.subject == "After my letter of November 23"
