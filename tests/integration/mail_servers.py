"""Real servers for tests: an SMTP sink with faults and a throw-away Dovecot, both on loopback."""

import asyncio
import getpass
import os
import shutil
import signal
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from imaplib import IMAP4
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, Session

USER = "anna@brand.example"
PASSWORD = "s3cret-of-anna/#é"

# --- SMTP -----------------------------------------------------------------------------------------


@dataclass
class Faults:
    """What a sink answers instead of accepting; None is its usual answer.

    `drop` names the verb (MAIL, RCPT, DATA, DOT) at which the connection ends without an answer; at DOT the
    letter has been accepted before, as is every `drop_every`-th letter (0: none). `delay` are
    seconds between acceptance and its 250.
    """

    mail: str | None = None
    rcpt: str | None = None
    data: str | None = None
    dot: str | None = None
    drop: str | None = None
    drop_every: int = 0
    delay: float = 0.0


@dataclass
class Sink:
    """A server that logs what it accepts before it says so."""

    port: int
    faults: Faults = field(default_factory=Faults)
    accepted: list[bytes] = field(default_factory=list)
    recipients: list[str] = field(default_factory=list)
    mail_options: list[list[str]] = field(default_factory=list)
    connections: int = 0
    resets: int = 0
    pipelining: bool = False

    @property
    def url(self) -> str:
        return f"smtp://127.0.0.1:{self.port}"


class _Handler:
    def __init__(self, sink: Sink) -> None:
        self.sink = sink

    async def handle_EHLO(  # noqa: N802 - aiosmtpd's name
        self, server: SMTP, session: Session, envelope: Envelope, hostname: str, responses: list[str]
    ) -> list[str]:
        self.sink.connections += 1
        session.host_name = hostname
        return [*responses[:-1], "250-PIPELINING", responses[-1]] if self.sink.pipelining else responses

    async def handle_MAIL(  # noqa: N802 - aiosmtpd's name
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        _drop_at("MAIL", self.sink, server)
        self.sink.mail_options.append(options)
        envelope.mail_from = address
        return self.sink.faults.mail or "250 2.1.0 OK"

    async def handle_RCPT(  # noqa: N802 - aiosmtpd's name
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        _drop_at("RCPT", self.sink, server)
        if self.sink.faults.rcpt is None:
            envelope.rcpt_tos.append(address)
        return self.sink.faults.rcpt or "250 2.1.5 OK"

    async def handle_RSET(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802 - aiosmtpd calls it by this name
        self.sink.resets += 1
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802 - aiosmtpd calls it by this name
        if self.sink.faults.dot is not None:
            return self.sink.faults.dot
        content = envelope.original_content
        assert isinstance(content, bytes)
        self.sink.accepted.append(content)  # accepted first, said later: the window nobody can close
        self.sink.recipients.extend(envelope.rcpt_tos)
        _drop_at("DOT", self.sink, server)
        if self.sink.faults.drop_every and len(self.sink.accepted) % self.sink.faults.drop_every == 0:
            _abort(server)
        await asyncio.sleep(self.sink.faults.delay)
        return "250 2.0.0 accepted"


def _drop_at(verb: str, sink: Sink, server: SMTP) -> None:
    if sink.faults.drop == verb:
        _abort(server)


def _abort(server: SMTP) -> None:
    transport = server.transport
    assert isinstance(transport, asyncio.WriteTransport)
    transport.abort()


class _Server(SMTP):
    sink: Sink

    async def smtp_DATA(self, arg: str) -> None:  # noqa: N802 - aiosmtpd's name
        if self.sink.faults.drop == "DATA":
            _abort(self)
            return
        if self.sink.faults.data is not None:
            await self.push(self.sink.faults.data)
            return
        await super().smtp_DATA(arg)


class _Controller(Controller):
    def __init__(self, sink: Sink, **options: Any) -> None:
        self._sink = sink
        super().__init__(_Handler(sink), hostname="127.0.0.1", port=sink.port, **options)

    def factory(self) -> SMTP:
        server = _Server(self.handler, **self.SMTP_kwargs)
        server.sink = self._sink
        return server


@contextmanager
def smtp_sink(
    *, login: bool = False, enable_smtputf8: bool = False, data_size_limit: int = 33_554_432
) -> Iterator[Sink]:
    """Run a sink; with `login` it knows the user and the password of this module."""
    sink = Sink(port=free_port())
    options: dict[str, Any] = {"enable_SMTPUTF8": enable_smtputf8, "data_size_limit": data_size_limit}
    if login:
        options |= {"authenticator": _authenticate, "auth_require_tls": False}
    controller = _Controller(sink, **options)
    controller.start()
    sink.connections = 0  # the controller looks once itself whether it answers
    try:
        yield sink
    finally:
        controller.stop()


def _authenticate(
    server: SMTP, session: Session, envelope: Envelope, mechanism: str, data: Any
) -> AuthResult:
    right = (data.login, data.password) == (USER.encode(), PASSWORD.encode())
    return AuthResult(success=right, handled=False)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


# --- IMAP -----------------------------------------------------------------------------------------

_CONFIG = """
base_dir = {base}/run
state_dir = {base}/state
log_path = {base}/dovecot.log
protocols = imap
listen = 127.0.0.1
ssl = no
disable_plaintext_auth = no
auth_mechanisms = plain login
mail_location = maildir:{base}/mail
mail_uid = {user}
mail_gid = {group}
first_valid_uid = 0
first_valid_gid = 0
default_internal_user = {internal}
default_internal_group = {internal_group}
default_login_user = {login}
passdb {{
  driver = passwd-file
  args = scheme=PLAIN {base}/users
}}
userdb {{
  driver = static
  args = uid={user} gid={group} home={base}/home
}}
namespace inbox {{
  inbox = yes
}}
service auth {{
  unix_listener auth-client {{
    mode = 0666
  }}
}}
service anvil {{
  chroot =
}}
service stats {{
  chroot =
}}
service imap-login {{
  chroot =
  inet_listener imap {{
    address = 127.0.0.1
    port = {port}
  }}
  inet_listener imaps {{
    port = 0
  }}
}}
"""


@dataclass
class Dovecot:
    """A running server with one user and one empty INBOX."""

    port: int
    base: Path
    process: subprocess.Popen[bytes]

    def append(self, raw: bytes) -> None:
        """Put a message into the INBOX as its newest."""
        with self.session() as imap:
            status, answer = imap.append("INBOX", "", "", raw)
            assert status == "OK", answer

    def flags(self) -> list[bytes]:
        """Return the flags of each message."""
        with self.session() as imap:
            imap.select("INBOX", readonly=True)
            _, answer = imap.fetch("1:*", "(FLAGS)")
            return [line for line in answer if isinstance(line, bytes)]

    def delete_inbox_contents_and_renumber(self) -> None:
        """Forget all messages, numbers and the UIDVALIDITY, as a restored mailbox does."""
        for entry in (self.base / "mail").iterdir():
            shutil.rmtree(entry) if entry.is_dir() else entry.unlink()
        time.sleep(1.1)  # the new UIDVALIDITY is the second of its creation

    @contextmanager
    def session(self) -> Iterator[IMAP4]:
        with IMAP4("127.0.0.1", self.port, timeout=10) as imap:
            imap.authenticate("PLAIN", lambda _: f"\0{USER}\0{PASSWORD}".encode())
            yield imap

    def stop(self) -> None:
        """End the server and the sessions it runs."""
        with suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGTERM)
        try:
            self.process.wait(timeout=10)
        except subprocess.TimeoutExpired:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait(timeout=10)


@contextmanager
def dovecot_server() -> Iterator[Dovecot]:
    """Run Dovecot with everything it owns in a folder of its own; skip where it is not installed.

    Not in a folder of pytest's: the name of a socket is cut at 108 bytes (unix(7)), and every new run of the
    tests closes those folders to other users than its own, Dovecot's among them.
    """
    binary = shutil.which("dovecot", path=f"{os.environ.get('PATH', '')}:/usr/sbin:/usr/local/sbin")
    if binary is None:
        pytest.skip("Dovecot is not installed (Debian: dovecot-imapd)")
    with TemporaryDirectory(prefix="dovecot-") as base:
        server = _start(binary, Path(base))
        try:
            _wait_until_it_answers(server)
            yield server
        finally:
            server.stop()


def _start(binary: str, base: Path) -> Dovecot:
    for folder in ("run", "state", "mail", "home"):
        (base / folder).mkdir(exist_ok=True)
    (base / "users").write_text(f"{USER}:{{PLAIN}}{PASSWORD}\n", encoding="utf-8")
    port = free_port()
    as_root = os.geteuid() == 0
    me, group = ("nobody", "nogroup") if as_root else (getpass.getuser(), base.group())
    config = base / "dovecot.conf"
    config.write_text(
        _CONFIG.format(
            base=base,
            port=port,
            user=me,
            group=group,
            internal="dovecot" if as_root else me,
            internal_group="dovecot" if as_root else group,
            login="dovenull" if as_root else me,
        ),
        encoding="utf-8",
    )
    _let_the_servers_users_in(base)
    process = subprocess.Popen(
        [binary, "-F", "-c", str(config)],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    return Dovecot(port=port, base=base, process=process)


def _let_the_servers_users_in(base: Path) -> None:
    """Give the mail to the user who owns it and open the private folder to passers-by."""
    if os.geteuid() != 0:
        return  # Dovecot runs as us, and all is ours
    for folder in (base / "mail", base / "home"):  # Dovecot refuses to read mail as root
        shutil.chown(folder, "nobody", "nogroup")
    base.chmod(base.stat().st_mode | 0o011)


def _wait_until_it_answers(server: Dovecot) -> None:
    deadline = time.monotonic() + 15
    while time.monotonic() < deadline:
        if server.process.poll() is not None:
            break
        with suppress(OSError, IMAP4.error), server.session():
            return
        time.sleep(0.1)
    log = server.base / "dovecot.log"
    pytest.fail(f"Dovecot did not start: {log.read_text() if log.exists() else 'no log'}")
