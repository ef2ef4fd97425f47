"""A mailbox over IMAP, read without leaving a mark. The only module that imports imap_tools."""

import re
import ssl
from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import timedelta
from enum import StrEnum
from imaplib import IMAP4
from urllib.parse import unquote

from imap_tools import AND, BaseMailBox, H, MailBox, MailBoxStartTls, MailBoxUnencrypted
from imap_tools.errors import ImapToolsError

from agent.domain.errors import BadInput, Unavailable
from agent.domain.mail_url import LOOPBACK, split_mail_url
from agent.ports import Fetched, SentSearch

SETTING = "NANOREACH_IMAP_URL"
_UID = re.compile(rb"\bUID (\d+)")
_SIZE = re.compile(rb"\bRFC822\.SIZE (\d+)")
_LISTED = 500
"""Messages whose sizes are asked for at once."""
_TOGETHER = 50
_TOGETHER_BYTES = 4_000_000
"""A batch is what one answer holds in memory: at most so many messages and bytes, or one large message."""
_SENT_NAMES = frozenset(
    {"sent", "sent items", "sent mail", "sent messages", "envoyés", "éléments envoyés", "messages envoyés"}
)
_BROKEN = (OSError, IMAP4.error, ImapToolsError, ValueError, LookupError, AttributeError, TypeError)
"""What the libraries raise when a server goes away or answers nonsense."""


class Security(StrEnum):
    """How a connection is protected, named as the URL's scheme."""

    PLAIN = "imap"
    STARTTLS = "imap+starttls"
    TLS = "imaps"


# RFC 8314 3.2 (993) and RFC 9051 2.1 (143)
_PORTS = {Security.PLAIN: 143, Security.STARTTLS: 143, Security.TLS: 993}


@dataclass(frozen=True, kw_only=True)
class ImapServer:
    """A mailbox: server, account and folder; `setting` is what a person corrects."""

    security: Security
    host: str
    port: int
    user: str
    password: str = field(repr=False)
    folder: str = "INBOX"
    setting: str = SETTING


def parse_imap_url(url: str, password: str | None = None, *, setting: str = SETTING) -> ImapServer:
    """Return the mailbox that a URL such as `imaps://user:secret@host/INBOX` names.

    User, password and folder are percent-decoded; a `password` given apart wins over the one in the URL.
    Raises BadInput, naming the `setting` and none of the URL's secrets, where it cannot be used.
    """
    parts, port = split_mail_url(url, setting=setting)
    try:
        security = Security(parts.scheme)
    except ValueError:
        known = ", ".join(f"{scheme}://" for scheme in Security)
        raise BadInput(f"{setting} must begin with one of {known}.") from None
    if not parts.hostname:
        raise BadInput(f"{setting} names no server; write {security}://user@mail.example.org/INBOX.")
    if parts.query or parts.fragment:
        raise BadInput(f"{setting} has a ? or # in it; in a password write %3F and %23.")
    secret = password or (unquote(parts.password) if parts.password else None)
    if not parts.username or secret is None:
        raise BadInput(f"{setting} needs a user and a password, or a password file beside it.")
    if security is Security.PLAIN and parts.hostname not in LOOPBACK:
        raise BadInput(
            f"{setting} would send the password unencrypted to {parts.hostname}; use imaps:// or imap+starttls://."
        )
    return ImapServer(
        security=security,
        host=parts.hostname,
        port=port or _PORTS[security],
        user=unquote(parts.username),
        password=secret,
        folder=unquote(parts.path.strip("/")) or "INBOX",
        setting=setting,
    )


class ImapReader:
    """Reads one folder: opened read-only, bodies peeked at, so that nothing is marked as seen."""

    def __init__(
        self,
        server: ImapServer,
        *,
        timeout: timedelta = timedelta(seconds=60),
        context: ssl.SSLContext | None = None,
    ) -> None:
        self._server = server
        self._timeout = timeout
        self._context = context

    @property
    def account(self) -> str:
        """The user and the server."""
        server = self._server
        port = "" if server.port == _PORTS[server.security] else f":{server.port}"
        return f"{server.user} on {server.host}{port}"

    def fetch(self, last_uid: Callable[[str, int], int]) -> Iterator[Fetched]:
        """Yield what is newer than the last UID of this folder and UIDVALIDITY, oldest first."""
        folder = self._server.folder
        with self.session() as mailbox:
            # RFC 9051 2.3.1.1: with another UIDVALIDITY the same numbers name other messages
            uidvalidity = mailbox.folder.status(folder, ["UIDVALIDITY"])["UIDVALIDITY"]
            mailbox.folder.set(folder, readonly=True)
            for uids in _batches(mailbox, _newer(mailbox, last_uid(folder, uidvalidity))):
                for uid, raw in _bodies(mailbox, uids):
                    yield Fetched(folder=folder, uidvalidity=uidvalidity, uid=uid, raw=raw)

    @contextmanager
    def session(self) -> Iterator[BaseMailBox]:
        """Log in, and leave whatever happens; raises Unavailable where the server goes away or refuses."""
        mailbox: BaseMailBox | None = None
        try:
            mailbox = self._opened()
            yield mailbox
        except _BROKEN as error:
            raise Unavailable(self._failure(error)) from error
        finally:
            if mailbox is not None:
                with suppress(*_BROKEN):
                    mailbox.logout()
                with suppress(*_BROKEN):
                    mailbox.client.shutdown()

    def _opened(self) -> BaseMailBox:
        mailbox = self._connected()
        user, password = self._server.user, self._server.password
        try:
            if user.isascii() and password.isascii():
                mailbox.login(user, password, initial_folder=None)
            else:
                mailbox.login_utf8(user, password, initial_folder=None)
        except BaseException:
            with suppress(*_BROKEN):
                mailbox.client.shutdown()
            raise
        return mailbox

    def _connected(self) -> BaseMailBox:
        server, timeout = self._server, self._timeout.total_seconds()
        match server.security:
            case Security.PLAIN:
                return MailBoxUnencrypted(server.host, server.port, timeout=timeout)
            case Security.STARTTLS:
                return MailBoxStartTls(
                    server.host, server.port, timeout=timeout, ssl_context=self._certificates()
                )
            case Security.TLS:
                return MailBox(server.host, server.port, timeout=timeout, ssl_context=self._certificates())

    def _certificates(self) -> ssl.SSLContext:
        # without one imaplib checks no certificate at all
        return self._context or ssl.create_default_context()

    def _failure(self, error: Exception) -> str:
        said = (str(error) or type(error).__name__).replace(self._server.password, "…")
        return (
            f"The mailbox {self.account} could not be read ({said}). Nothing is sent to people who may have "
            f"answered until it can; check {self._server.setting} and the server."
        )


class ImapSent:
    """The folder of the same account into which its server files what was sent."""

    def __init__(self, server: ImapServer, *, timeout: timedelta = timedelta(seconds=60)) -> None:
        self._reader = ImapReader(server, timeout=timeout)

    def search(self, message_ids: Collection[str]) -> SentSearch:
        """Return which of these letters have a copy there; a mailbox without such a folder finds none."""
        with self._reader.session() as mailbox:
            folder = _sent_folder(mailbox)
            if folder is None:
                return SentSearch(looked_in="")
            place = f"the folder “{folder}” of {self._reader.account}"
            mailbox.folder.set(folder, readonly=True)
            found = {each: place for each in message_ids if _holds(mailbox, each)}
        return SentSearch(looked_in=place, found=found)


def _sent_folder(mailbox: BaseMailBox) -> str | None:
    """Return the folder that the server calls the sent one (RFC 6154 2), else one that is named so."""
    folders = mailbox.folder.list()
    marked = [each.name for each in folders if "\\sent" in {flag.casefold() for flag in each.flags}]
    named = [each.name for each in folders if each.name.rpartition(each.delim)[2].casefold() in _SENT_NAMES]
    return next(iter((*marked, *named)), None)


def _holds(mailbox: BaseMailBox, message_id: str) -> bool:
    uids = mailbox.uids(AND(header=H("Message-ID", message_id)), charset=None)
    # RFC 9051 6.4.4: the search finds the words anywhere in the header, so what it found is looked at
    found = [int(uid) for uid in uids]
    headers = _answer(mailbox, found, "(BODY.PEEK[HEADER.FIELDS (MESSAGE-ID)])") if found else []
    given = (item[1] for item in headers if not isinstance(item, bytes))
    return any(message_id.encode() in header.split() for header in given)


def _newer(mailbox: BaseMailBox, last: int) -> list[int]:
    found = (int(uid) for uid in mailbox.uids(f"UID {last + 1}:*", charset=None))
    # RFC 9051 6.4.8: `n:*` always holds the newest message, even when its UID is below n
    return sorted({uid for uid in found if uid > last})


def _batches(mailbox: BaseMailBox, uids: Sequence[int]) -> Iterator[list[int]]:
    for start in range(0, len(uids), _LISTED):
        listed = uids[start : start + _LISTED]
        sizes = _sizes(mailbox, listed)
        batch: list[int] = []
        held = 0
        for uid in listed:
            size = sizes.get(uid, 0)
            if batch and (len(batch) == _TOGETHER or held + size > _TOGETHER_BYTES):
                yield batch
                batch, held = [], 0
            batch.append(uid)
            held += size
        yield batch


def _sizes(mailbox: BaseMailBox, uids: Sequence[int]) -> dict[int, int]:
    sizes: dict[int, int] = {}
    for item in _answer(mailbox, uids, "(UID RFC822.SIZE)"):
        line = item if isinstance(item, bytes) else item[0]
        uid, size = _UID.search(line), _SIZE.search(line)
        if uid and size:
            sizes[int(uid[1])] = int(size[1])
    return sizes


def _bodies(mailbox: BaseMailBox, uids: Sequence[int]) -> Iterator[tuple[int, bytes]]:
    """Yield number and bytes of each message; one that was deleted meanwhile is left out.

    A literal comes as a pair of the line before it and its bytes; the UID may stand on either side of it.
    """
    items = _answer(mailbox, uids, "(UID BODY.PEEK[])")
    bodies: dict[int, bytes] = {}
    for item, after in zip(items, [*items[1:], b""], strict=True):
        if isinstance(item, bytes):
            continue
        rest = after if isinstance(after, bytes) else b""
        uid = _UID.search(item[0]) or _UID.search(rest)
        if uid:
            bodies[int(uid[1])] = item[1]
    yield from sorted(bodies.items())


def _answer(mailbox: BaseMailBox, uids: Sequence[int], parts: str) -> list[bytes | tuple[bytes, bytes]]:
    status, answer = mailbox.client.uid("FETCH", ",".join(map(str, uids)), parts)
    if status != "OK":
        raise IMAP4.error(f"FETCH was answered with {status}")
    return [item for item in answer if item]
