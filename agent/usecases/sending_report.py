"""What a send run tells: one line for each delivery that it met."""

from dataclasses import dataclass, field
from datetime import datetime

from agent.domain.delivery import Delivery, DeliveryState


@dataclass(frozen=True, kw_only=True)
class Line:
    """One delivery in a report."""

    id: str
    to: str
    reason: str = ""
    until: datetime | None = None


@dataclass(kw_only=True)
class SendReport:
    """What a send run did. `next_at` is when the next held letter may leave, where one is held."""

    sent: list[Line] = field(default_factory=list)
    failed: list[Line] = field(default_factory=list)
    uncertain: list[Line] = field(default_factory=list)
    held: list[Line] = field(default_factory=list)
    cancelled: list[Line] = field(default_factory=list)
    stopped: str = ""

    def add(self, other: "SendReport") -> None:
        """Take over the lines of another report."""
        for mine, theirs in (
            (self.sent, other.sent),
            (self.failed, other.failed),
            (self.uncertain, other.uncertain),
            (self.held, other.held),
            (self.cancelled, other.cancelled),
        ):
            mine.extend(theirs)

    @property
    def next_at(self) -> datetime | None:
        """The earliest moment at which a held letter may leave."""
        return min((line.until for line in self.held if line.until is not None), default=None)


def line_of(delivery: Delivery) -> Line:
    """Return the line of a delivery in its present state."""
    until = delivery.due_at if delivery.state is DeliveryState.QUEUED else None
    return Line(id=delivery.id, to=delivery.envelope_to, reason=delivery.reason, until=until)
