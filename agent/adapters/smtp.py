"""SMTP by its verbs, so that the fence stands between RCPT and DATA. The only module that imports smtplib."""

import base64
import re
import smtplib
import ssl
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import timedelta
from enum import StrEnum
from functools import lru_cache
from typing import NoReturn
from urllib.parse import unquote

from agent.domain.errors import BadInput, Unavailable
from agent.domain.mail_url import LOOPBACK, split_mail_url
from agent.domain.reading.blame import concerns_mailbox, concerns_message
from agent.domain.seal import ApprovedLetter
from agent.ports import Attempt, Outcome

SETTING = "NANOREACH_SMTP_URL"
_GO_AHEAD = 354
_DETAIL = 400
_UNWRITABLE = re.compile(r"[\s<>\x00-\x1f\x7f-\x9f\u2028\u2029]")
_LINE_START_DOT = re.compile(rb"(?m)^\.")


class Security(StrEnum):
    """How a connection is protected, named as the URL's scheme."""

    PLAIN = "smtp"
    STARTTLS = "smtp+starttls"
    TLS = "smtps"


# RFC 8314 3.3 (465) and RFC 6409 3.1 (587)
_PORTS = {Security.PLAIN: 25, Security.STARTTLS: 587, Security.TLS: 465}


@dataclass(frozen=True, kw_only=True)
class SmtpServer:
    """A mail server and, where it wants one, the account on it; `setting` is what a person corrects."""

    security: Security
    host: str
    port: int
    user: str | None = None
    password: str | None = field(default=None, repr=False)
    setting: str = SETTING


@dataclass(frozen=True, kw_only=True)
class Patience:
    """How long to wait for a server.

    RFC 5321 4.5.3.2.6: 10 minutes after the final dot, because a client that gives up earlier duplicates.
    """

    connect: timedelta = timedelta(seconds=30)
    command: timedelta = timedelta(seconds=60)
    final_dot: timedelta = timedelta(minutes=10)


def parse_smtp_url(url: str, password: str | None = None, *, setting: str = SETTING) -> SmtpServer:
    """Return the server that a URL such as `smtp+starttls://user:secret@host:587` names.

    User and password are percent-decoded; a `password` given apart wins over the one in the URL. Raises
    BadInput, naming the `setting` and none of the URL's secrets, where it cannot be used.
    """
    parts, port = split_mail_url(url, setting=setting)
    try:
        security = Security(parts.scheme)
    except ValueError:
        known = ", ".join(f"{scheme}://" for scheme in Security)
        raise BadInput(f"{setting} must begin with one of {known}.") from None
    if not parts.hostname or _UNWRITABLE.search(parts.hostname):
        raise BadInput(f"{setting} names no server; write {security}://user@mail.example.org.")
    if parts.path.strip("/") or parts.query or parts.fragment:
        raise BadInput(
            f"{setting} has something after the server's name. If it belongs to the password, write / as "
            "%2F, # as %23 and ? as %3F."
        )
    user = unquote(parts.username) if parts.username else None
    secret = password or (unquote(parts.password) if parts.password else None)
    if user and secret is None:
        raise BadInput(f"{setting} names a user without a password; add one or set its password file.")
    if user and security is Security.PLAIN and parts.hostname not in LOOPBACK:
        raise BadInput(
            f"{setting} would send the password unencrypted to {parts.hostname}; use smtp+starttls:// or smtps://."
        )
    return SmtpServer(
        security=security,
        host=parts.hostname,
        port=port or _PORTS[security],
        user=user,
        password=secret,
        setting=setting,
    )


class _Settled(Exception):
    """An attempt has its outcome before the end of the dialogue."""

    def __init__(self, outcome: Outcome, detail: str) -> None:
        self.attempt = Attempt(outcome=outcome, detail=detail)


class SmtpMailer:
    """Hands letters to one server over one connection, which any error ends.

    Failures before the server's 354 defer the letter, because nothing was handed over: no connection, a
    certificate that does not fit, and a refused log-in too. The last one is about our settings and not about
    this letter, so the letter stays queued and its reason names the setting. From the first byte of the text
    on, only the server's answer tells; without one the outcome is UNKNOWN.
    """

    def __init__(
        self,
        server: SmtpServer,
        *,
        patience: Patience | None = None,
        context: ssl.SSLContext | None = None,
        local_hostname: str | None = None,
    ) -> None:
        self._server = server
        self._patience = patience or Patience()
        self._context = context
        self._local_hostname = local_hostname
        self._smtp: smtplib.SMTP | None = None
        self._begun: _Envelope | None = None
        self._takes_groups = True

    @property
    def where(self) -> str:
        """The server's name and port."""
        return f"{self._server.host}:{self._server.port}"

    def send(
        self, letter: ApprovedLetter, *, fence: Callable[[], bool], following: ApprovedLetter | None = None
    ) -> Attempt:
        """Try once: MAIL, RCPT, the fence, DATA.

        Where the server announces PIPELINING, MAIL and RCPT of `following` go out behind the text.
        """
        finished = False
        try:
            attempt = self._dialogue(letter, fence, following)
            finished = True
        except _Settled as settled:
            return settled.attempt
        except (OSError, smtplib.SMTPException, UnicodeError, ValueError) as error:
            return Attempt(outcome=Outcome.DEFERRED, detail=self._failure(error))
        else:
            return attempt
        finally:
            if not finished:  # whatever ended the dialogue, an error of the fence included
                self._drop()

    def greet(self) -> str:
        """Connect, protect the connection and log in, without a letter; say in words what was agreed.

        Raises Unavailable where that fails.
        """
        try:
            smtp = self._connected()
        except _Settled as settled:
            raise Unavailable(settled.attempt.detail) from settled
        except (OSError, smtplib.SMTPException, UnicodeError, ValueError) as error:
            raise Unavailable(self._failure(error)) from error
        cipher = smtp.sock.cipher() if isinstance(smtp.sock, ssl.SSLSocket) else None
        protection = f"protected by {cipher[1]}" if cipher else "unprotected, on this machine only"
        account = f"logged in as {self._server.user}" if self._server.user else "without a log-in"
        return f"{self.where} takes letters, {protection}, {account}."

    def close(self) -> None:
        """Say goodbye and end the connection."""
        if self._smtp is not None:
            with suppress(OSError, smtplib.SMTPException):
                self._smtp.quit()
        self._drop()

    def _dialogue(
        self, letter: ApprovedLetter, fence: Callable[[], bool], following: ApprovedLetter | None
    ) -> Attempt:
        if _has_bare_break(letter.raw):
            # RFC 5321 2.3.8: servers that read a bare CR or LF differently can be made to see two messages
            raise _Settled(Outcome.REFUSED, "The letter holds a bare CR or LF; write it again.")
        sender, recipient = _path(letter.envelope_from), _path(letter.envelope_to)
        if sender is None:
            raise _Settled(Outcome.REFUSED_US, f"“{letter.envelope_from}” cannot be used as a sender.")
        if recipient is None:
            raise _Settled(
                Outcome.REFUSED, f"“{letter.envelope_to}” is no address that mail can be sent to; correct it."
            )
        smtp = self._asked(letter, sender, recipient)
        if not fence():
            _expect(smtp.docmd("RSET"))
            return Attempt(outcome=Outcome.LOST_LEASE, detail="The lease was lost; nothing was handed over.")
        code, words = smtp.docmd("DATA")
        if code != _GO_AHEAD:
            _refuse(code, words)
        self._begun = self._next_envelope(smtp, following)
        return self._hand_over(smtp, letter.raw, self._begun.words if self._begun is not None else b"")

    def _next_envelope(self, smtp: smtplib.SMTP, following: ApprovedLetter | None) -> "_Envelope | None":
        """Return what may be said of the next letter behind this one's text; None for nothing.

        RFC 2920, 3.1 lets a text be the first of a group, before RSET, MAIL and RCPT of the next message.
        """
        if following is None or not self._takes_groups or not smtp.has_extn("pipelining"):
            return None
        sender, recipient = _path(following.envelope_from), _path(following.envelope_to)
        if sender is None or recipient is None:
            return None
        with suppress(_Settled):  # what speaks against that letter is said in its own turn
            return _Envelope(smtp, following, sender, recipient, again=True)
        return None

    def _hand_over(self, smtp: smtplib.SMTP, raw: bytes, behind: bytes) -> Attempt:
        text = _LINE_START_DOT.sub(b"..", raw) if raw.startswith(b".") or b"\n." in raw else raw
        ending = b".\r\n" if text.endswith(b"\r\n") or not text else b"\r\n.\r\n"
        try:
            _wait_at_most(smtp, self._patience.final_dot)
            smtp.send(text + ending + behind)
            code, words = smtp.getreply()
            _wait_at_most(smtp, self._patience.command)
        except (OSError, smtplib.SMTPException) as error:
            raise _Settled(
                Outcome.UNKNOWN,
                f"{self.where} gave no answer after the text was handed over ({_said(error)}): nobody knows "
                "whether it was accepted.",
            ) from error
        if code // 100 not in {2, 4, 5}:
            raise _Settled(Outcome.UNKNOWN, f"{self.where} answered the text with {code} {_text(words)}.")
        _expect((code, words))
        return Attempt(outcome=Outcome.SENT, detail=f"{code} {_text(words)}")

    def _asked(self, letter: ApprovedLetter, sender: str, recipient: str) -> smtplib.SMTP:
        """Return the connection on which the server has taken sender and recipient."""
        smtp, begun = self._smtp, self._begun
        self._begun = None
        if smtp is not None and (begun is None or begun.letter is letter):
            envelope = begun or _Envelope(smtp, letter, sender, recipient, again=True)
            if self._is_open(envelope, is_said=begun is not None):
                envelope.expect(is_said=True)
                return smtp
        smtp = self._connected()
        _Envelope(smtp, letter, sender, recipient, again=False).expect(is_said=False)
        return smtp

    def _is_open(self, envelope: "_Envelope", *, is_said: bool) -> bool:
        try:
            return envelope.is_open(is_said=is_said)
        except (OSError, smtplib.SMTPException) as error:
            # idle too long, or enough letters for one connection; a server that says nothing at all has lost
            # what came behind the text, whatever it announces
            is_silent = isinstance(error.__context__ or error, TimeoutError)
            self._takes_groups = self._takes_groups and not (is_said and is_silent)
            return False

    def _connected(self) -> smtplib.SMTP:
        self._drop()
        smtp = self._greeted()
        self._smtp = smtp
        _wait_at_most(smtp, self._patience.command)
        smtp.ehlo_or_helo_if_needed()
        if self._server.security is Security.STARTTLS:
            self._protect(smtp)
        if self._server.user is not None:
            self._log_in(smtp, self._server.user, self._server.password or "")
        return smtp

    def _greeted(self) -> smtplib.SMTP:
        server, timeout = self._server, self._patience.connect.total_seconds()
        if server.security is not Security.TLS:
            return smtplib.SMTP(
                server.host, server.port, local_hostname=self._local_hostname, timeout=timeout
            )
        return smtplib.SMTP_SSL(
            server.host,
            server.port,
            local_hostname=self._local_hostname,
            timeout=timeout,
            context=self._certificates(),
        )

    def _protect(self, smtp: smtplib.SMTP) -> None:
        if not smtp.has_extn("starttls"):
            raise _Settled(
                Outcome.DEFERRED,
                f"{self.where} does not offer STARTTLS; nothing is sent unencrypted. "
                f"Check {self._server.setting}.",
            )
        smtp.starttls(context=self._certificates())
        smtp.ehlo_or_helo_if_needed()

    def _log_in(self, smtp: smtplib.SMTP, user: str, password: str) -> None:
        try:
            _authenticate(smtp, user, password)
        except (smtplib.SMTPAuthenticationError, smtplib.SMTPNotSupportedError) as error:
            raise _Settled(
                Outcome.DEFERRED,
                f"{self.where} did not accept the log-in of {user} ({_said(error)}). Letters stay queued; "
                f"correct user or password in {self._server.setting}.",
            ) from error

    def _certificates(self) -> ssl.SSLContext:
        if self._context is None:
            self._context = ssl.create_default_context()
        return self._context

    def _failure(self, error: Exception) -> str:
        advice = ""
        if isinstance(error, ssl.SSLCertVerificationError):
            server = self._server
            advice = f" Its certificate does not prove that it is {server.host}; check {server.setting}."
        return f"{self.where} could not be used ({_said(error)}); nothing was handed over.{advice}"

    def _drop(self) -> None:
        self._begun = None
        if self._smtp is not None:
            self._smtp.close()
            self._smtp = None


class _Envelope:
    """MAIL and RCPT of one letter, after RSET where the connection has carried another.

    A server that announces PIPELINING gets them together and answers one by one (RFC 2920, 3.1: DATA alone
    has to be the last of a group).
    """

    def __init__(
        self, smtp: smtplib.SMTP, letter: ApprovedLetter, sender: str, recipient: str, *, again: bool
    ) -> None:
        parameters = _parameters(smtp, letter, sender, recipient)
        self._encoding = "utf-8" if "SMTPUTF8" in parameters else "ascii"
        self._smtp = smtp
        self._mail = " ".join((f"FROM:<{sender}>", *parameters))
        self._rcpt = f"TO:<{recipient}>"
        self._again = again
        self._together = smtp.has_extn("pipelining")
        self.letter = letter

    @property
    def words(self) -> bytes:
        """What is said to a server that takes it together."""
        commands = (*(("RSET",) if self._again else ()), f"MAIL {self._mail}", f"RCPT {self._rcpt}")
        return "".join(f"{command}\r\n" for command in commands).encode(self._encoding)

    def is_open(self, *, is_said: bool) -> bool:
        """Return whether the server still takes letters on this connection; raises OSError and the like.

        `is_said` says whether the words have left already.
        """
        if not self._together:
            return _is_success(self._smtp.rset())
        if not is_said:
            self._smtp.send(self.words)
        return _is_success(self._smtp.getreply())

    def expect(self, *, is_said: bool) -> None:
        """Return once sender and recipient are taken; settles the attempt where one is not."""
        if not self._together:
            self._smtp.command_encoding = self._encoding
            _expect(self._smtp.docmd("MAIL", self._mail), about_sender=True)
            _expect(self._smtp.docmd("RCPT", self._rcpt))
            return
        if not is_said:
            self._smtp.send(self.words)
        _expect(self._smtp.getreply(), about_sender=True)
        _expect(self._smtp.getreply())


def _authenticate(smtp: smtplib.SMTP, user: str, password: str) -> None:
    if user.isascii() and password.isascii():
        smtp.login(user, password)
        return
    # RFC 4616: UTF-8; smtplib's own log-in takes ASCII only
    secret = base64.b64encode(f"\0{user}\0{password}".encode()).decode("ascii")
    code, words = smtp.docmd("AUTH", f"PLAIN {secret}")
    if code // 100 != 2:  # noqa: PLR2004 - 2yz is success
        raise smtplib.SMTPAuthenticationError(code, words)


def _has_bare_break(raw: bytes) -> bool:
    breaks = raw.count(b"\r\n")
    return not breaks == raw.count(b"\r") == raw.count(b"\n")


@lru_cache(maxsize=64)  # asked when it is named behind a text, and in its turn; the sender's each time
def _path(address: str) -> str | None:
    """Return an address as it stands in an SMTP command, its domain in ASCII; None where none can."""
    local, at, domain = address.rpartition("@")
    if not at or not local or not domain or _UNWRITABLE.search(address):
        return None
    try:
        return f"{local}@{domain.encode('idna').decode('ascii')}"
    except UnicodeError:
        return None


def _parameters(smtp: smtplib.SMTP, letter: ApprovedLetter, sender: str, recipient: str) -> tuple[str, ...]:
    """Return the parameters of MAIL that the server announced and that this letter needs.

    SIZE: RFC 1870; BODY: RFC 6152; SMTPUTF8: RFC 6531. The bytes are sealed, so a letter that the server
    cannot take as it is is refused and never converted.
    """
    parameters: list[str] = []
    if smtp.has_extn("size"):
        parameters.append(f"SIZE={len(letter.raw)}")
    header = letter.raw.partition(b"\r\n\r\n")[0]
    wants_utf8 = not (sender + recipient).isascii() or not header.isascii()
    if wants_utf8 and not smtp.has_extn("smtputf8"):
        if not sender.isascii():
            raise _Settled(Outcome.REFUSED_US, f"The server takes no non-ASCII sender such as “{sender}”.")
        raise _Settled(
            Outcome.REFUSED,
            f"The server takes no letters beyond ASCII before the @ (“{recipient}”); ask for another one.",
        )
    if not letter.raw.isascii():
        if not smtp.has_extn("8bitmime"):
            raise _Settled(Outcome.REFUSED, "The letter has 8-bit text, which the server does not take.")
        parameters.append("BODY=8BITMIME")
    if wants_utf8:
        parameters.append("SMTPUTF8")
    return tuple(parameters)


def _is_success(reply: tuple[int, bytes]) -> bool:
    return reply[0] // 100 == 2  # noqa: PLR2004 - RFC 5321 4.2.1: 2yz is success


def _expect(reply: tuple[int, bytes], *, about_sender: bool = False) -> None:
    if not _is_success(reply):
        _refuse(*reply, about_sender=about_sender)


def _refuse(code: int, words: bytes, *, about_sender: bool = False) -> NoReturn:
    """Settle the attempt by a reply that is no success.

    A sender refused at MAIL concerns our mailbox unless the reply speaks of the message.
    """
    detail = f"{code} {_text(words)}"
    if code // 100 != 5:  # noqa: PLR2004 - RFC 5321 4.2.1: 5yz is for good
        raise _Settled(Outcome.DEFERRED, detail)
    of_mailbox = concerns_mailbox(_text(words))
    if about_sender:
        of_mailbox = not concerns_message(code, _text(words))
    raise _Settled(Outcome.REFUSED_US if of_mailbox else Outcome.REFUSED, detail)


def _wait_at_most(smtp: smtplib.SMTP, patience: timedelta) -> None:
    if smtp.sock is not None:
        smtp.sock.settimeout(patience.total_seconds())


def _said(error: Exception) -> str:
    if isinstance(error, smtplib.SMTPResponseException):
        said = error.smtp_error
        return f"{error.smtp_code} {_text(said if isinstance(said, bytes) else str(said).encode())}"
    return str(error) or type(error).__name__


def _text(words: bytes) -> str:
    return " ".join(words.decode("utf-8", "replace").split())[:_DETAIL]
