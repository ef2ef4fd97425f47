"""Everything that is due, once, in the order that keeps promises: read, then propose, then send."""

from dataclasses import dataclass

from agent.domain.errors import Unavailable
from agent.ports import Ports
from agent.usecases.drafting_answers import AnswerReport, propose_answers
from agent.usecases.finding import FoundReport, find_uncertain
from agent.usecases.following import FollowUpReport, propose_follow_ups
from agent.usecases.privacy_forget import finish_forgetting
from agent.usecases.reading import FetchReport, fetch_mail
from agent.usecases.sending import send_due
from agent.usecases.sending_report import SendReport


@dataclass(frozen=True, kw_only=True)
class TickReport:
    """What one tick did. `not_forgotten` says why an interrupted forgetting could not be finished yet."""

    mail: FetchReport
    found: FoundReport
    follow_ups: FollowUpReport
    answers: AnswerReport
    sent: SendReport
    not_forgotten: str = ""


def tick(ports: Ports, *, writer_name: str = "auto") -> TickReport:
    """Read the mailbox, look for uncertain letters, propose what is due or asked for, send what is due."""
    mail = fetch_mail(ports)  # first: a letter must not leave after the answer arrived
    found = find_uncertain(ports)
    follow_ups = propose_follow_ups(ports, writer_name=writer_name)
    answers = propose_answers(ports, writer_name=writer_name)
    sent = send_due(ports, unreadable=mail.problem)
    return TickReport(
        mail=mail,
        found=found,
        follow_ups=follow_ups,
        answers=answers,
        sent=sent,
        not_forgotten=_forget_the_rest(ports),
    )


def send_now(ports: Ports) -> tuple[FetchReport, SendReport]:
    """Read the mailbox, then send what is approved and due."""
    mail = fetch_mail(ports)
    return mail, send_due(ports, unreadable=mail.problem)


def _forget_the_rest(ports: Ports) -> str:
    try:
        finish_forgetting(ports)
    except Unavailable as error:  # the next tick tries again; nobody's letter waits for it
        return f"A forgetting waits to be finished: {error}"
    return ""
