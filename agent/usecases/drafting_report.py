"""What a drafting run did."""

from dataclasses import dataclass, field

from agent.domain.draft import Draft, DraftStatus, Usage


@dataclass(frozen=True, kw_only=True)
class Made:
    """The draft that was stored, None where it was not wanted any more; and the attempts of each answer."""

    draft: Draft | None
    attempts: tuple[int, ...]


@dataclass(frozen=True, kw_only=True)
class Undrafted:
    """An outreach that got no draft, and why."""

    person: str
    reason: str


@dataclass(kw_only=True)
class DraftReport:
    """What a drafting run did.

    `kept_back` are people whom nobody writes to for now, with until when. `calls` counts requests to the
    model, `retries` those that were another try of the same, `bought_before` drafts whose answer an earlier
    run had paid. `left` were not tried any more; `stopped` says why.
    """

    writer: str
    pending: int = 0
    blocked: int = 0
    usage: Usage = field(default_factory=Usage)
    calls: int = 0
    retries: int = 0
    bought_before: int = 0
    seconds: float = 0.0
    failed: list[Undrafted] = field(default_factory=list)
    kept_back: list[Undrafted] = field(default_factory=list)
    left: int = 0
    stopped: str = ""

    @property
    def written(self) -> int:
        """How many drafts were stored."""
        return self.pending + self.blocked

    @property
    def per_second(self) -> float:
        """Drafts per second, 0 where none was written."""
        return self.written / self.seconds if self.seconds else 0.0

    def count(self, made: Made) -> None:
        """Add a stored draft to the figures."""
        self.count_attempts(made.attempts)
        if made.draft is None:
            return
        self.bought_before += made.draft.usage.tokens > 0 and 0 in made.attempts
        if made.draft.status is DraftStatus.BLOCKED:
            self.blocked += 1
        else:
            self.pending += 1
        self.usage += made.draft.usage

    def count_attempts(self, attempts: tuple[int, ...]) -> None:
        """Add requests to the model to the figures, and which of them were another try."""
        self.calls += sum(attempts)
        self.retries += sum(max(0, each - 1) for each in attempts)
