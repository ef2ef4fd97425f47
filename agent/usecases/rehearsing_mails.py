"""The mails that come back in a rehearsal: real MIME in the reader's language, from texts in the package."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from functools import cache
from html import escape

from agent import samples
from agent.domain.delivery import Delivery
from agent.domain.mime import read_body
from agent.usecases.composing import date_words

_QUOTED_LINES = 6
_SERVER = "mx.rehearsal.example"
_AWAY_SUBJECT = {"fr": "Réponse automatique : ", "en": "Automatic reply: "}
_WROTE = {"fr": "Le {day}, {sender} a écrit :", "en": "On {day}, {sender} wrote:"}


@dataclass(frozen=True, kw_only=True)
class Received:
    """A letter of ours as its recipient has it: to whom, in which language, under which subject."""

    delivery: Delivery
    name: str
    language: str
    country: str | None
    subject: str
    sender: str


def answer(received: Received, *, kind: str, variant: int, at: datetime, serial: int) -> bytes:
    """Return a person's answer with our letter quoted below it, as plain text or with HTML beside it.

    `kind` names the texts, `variant` chooses among them; a manager writes from an address of their own.
    """
    text = _filled(received, kind=kind, variant=variant, values={})
    mail = _from(received, at=at, serial=serial)
    if kind == "manager":
        del mail["From"]
        mail["From"] = Address("Agence", "contact", "agence-rehearsal.example")
    mail["Subject"] = f"Re: {received.subject}"
    mail["In-Reply-To"] = received.delivery.message_id
    mail["References"] = received.delivery.message_id
    lines = read_body(received.delivery.raw).splitlines()[:_QUOTED_LINES]
    day = date_words((received.delivery.sent_at or at).date(), received.language, country=received.country)
    head = _WROTE[received.language].format(day=day, sender=received.sender)
    mail.set_content(f"{text}\n\n{head}\n" + "\n".join(f"> {line}" for line in lines) + "\n")
    if variant % 2:
        mail.add_alternative(_html(text, head, lines), subtype="html")
    return mail.as_bytes()


def absence(received: Received, *, variant: int, back: date, last: date, at: datetime, serial: int) -> bytes:
    """Return an automatic reply that names the first day back, or the last day away."""
    values = {
        name: date_words(day, received.language, country=received.country)
        for name, day in (("back", back), ("last", last))
    }
    mail = _from(received, at=at, serial=serial)
    mail["Subject"] = f"{_AWAY_SUBJECT[received.language]}{received.subject}"
    mail["In-Reply-To"] = received.delivery.message_id
    mail["Auto-Submitted"] = "auto-replied"
    mail.set_content(_filled(received, kind="away", variant=variant, values=values) + "\n")
    return mail.as_bytes()


def bounce(received: Received, *, is_permanent: bool, at: datetime, serial: int) -> bytes:
    """Return a report of RFC 3464: the address is unknown, or the letter is only late."""
    action, status, words = (
        ("failed", "5.1.1", "550 5.1.1 no such user here")
        if is_permanent
        else ("delayed", "4.4.1", "451 4.4.1 the host does not answer; it will be retried")
    )
    to = received.delivery.envelope_to
    return _report(
        received,
        kind="delivery-status",
        subject="Undelivered Mail Returned to Sender" if is_permanent else "Delivery delayed",
        notice=f"Your message to {to} {'could not be delivered' if is_permanent else 'is delayed'}.",
        fields=f"Reporting-MTA: dns; {_SERVER}\n\nFinal-Recipient: rfc822; {to}\n"
        f"Action: {action}\nStatus: {status}\nDiagnostic-Code: smtp; {words}",
        at=at,
        serial=serial,
    )


def complaint(received: Received, *, at: datetime, serial: int) -> bytes:
    """Return a provider's report (RFC 5965) that the recipient pressed “spam”."""
    return _report(
        received,
        kind="feedback-report",
        subject="FW: a message from your mailbox",
        notice="This is an abuse report for a message from your mailbox.",
        fields="Feedback-Type: abuse\nUser-Agent: Rehearsal/1.0\nVersion: 1\n"
        f"Original-Rcpt-To: {received.delivery.envelope_to}",
        at=at,
        serial=serial,
    )


@cache
def texts(kind: str, language: str) -> tuple[str, ...]:
    """Return the package's texts of one kind in one language."""
    whole = samples.rehearsal_file(f"{kind}.{language}.txt").read_text(encoding="utf-8")
    return tuple(text.strip() for text in whole.split("\n---\n"))


def _filled(received: Received, *, kind: str, variant: int, values: Mapping[str, str]) -> str:
    choice = texts(kind, received.language)
    first_name = received.sender.split(" ")[0]
    return choice[variant % len(choice)].format(name=received.name, sender=first_name, **values)


def _from(received: Received, *, at: datetime, serial: int) -> EmailMessage:
    mail = _dated(received, at=at, serial=serial)
    local, _, domain = received.delivery.envelope_to.rpartition("@")
    mail["From"] = Address(received.name, local, domain)
    return mail


def _dated(received: Received, *, at: datetime, serial: int) -> EmailMessage:
    mail = EmailMessage(policy=SMTP)
    mail["Date"] = format_datetime(at)
    mail["To"] = received.delivery.mailbox
    mail["Message-ID"] = f"<{serial}@{_SERVER}>"
    return mail


def _report(
    received: Received, *, kind: str, subject: str, notice: str, fields: str, at: datetime, serial: int
) -> bytes:
    # written out: the library's own multipart/report cannot hold a report's fields
    delivery, boundary = received.delivery, f"part-{serial}"
    lines = (
        f"Date: {format_datetime(at)}",
        f"From: Mail Delivery System <MAILER-DAEMON@{_SERVER}>",
        f"To: {delivery.mailbox}",
        f"Message-ID: <{serial}@{_SERVER}>",
        f"Subject: {subject}",
        "Auto-Submitted: auto-replied",
        "MIME-Version: 1.0",
        f'Content-Type: multipart/report; report-type={kind}; boundary="{boundary}"',
        *("", f"--{boundary}", "Content-Type: text/plain", "", notice, ""),
        *(f"--{boundary}", f"Content-Type: message/{kind}", "", *fields.split("\n"), ""),
        *(f"--{boundary}", "Content-Type: message/rfc822", ""),
        *(f"Message-ID: {delivery.message_id}", f"From: {delivery.mailbox}", f"To: {delivery.envelope_to}"),
        *("Subject: our letter", "", "(its text is left out)", "", f"--{boundary}--", ""),
    )
    return "\r\n".join(lines).encode()


def _html(text: str, head: str, lines: list[str]) -> str:
    own = "<br>".join(escape(line) for line in text.splitlines())
    quoted = "<br>".join(escape(line) for line in lines)
    return (
        f'<html><body><div dir="ltr">{own}</div><br><div class="gmail_quote">'
        f'<div dir="ltr" class="gmail_attr">{escape(head)}<br></div>'
        f"<blockquote>{quoted}</blockquote></div></body></html>"
    )
