"""A throw-away Postfix on loopback: it takes letters after a log-in and fills Dovecot's mailboxes."""

import os
import shutil
import signal
import smtplib
import subprocess
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from pwd import getpwnam
from tempfile import TemporaryDirectory

import pytest

from tests.integration.mail_servers import Dovecot, free_port

_MASTER = Path("/usr/lib/postfix/sbin/master")
_LISTED = "/usr/sbin:/usr/local/sbin"
_MAIN = """
compatibility_level = 3.6
queue_directory = {base}/queue
data_directory = {base}/data
mail_owner = postfix
setgid_group = postdrop
maillog_file = {base}/postfix.log
maillog_file_prefixes = {base}
inet_interfaces = 127.0.0.1
inet_protocols = ipv4
myhostname = mx.mail.example
myorigin = $myhostname
mydestination =
mynetworks =
alias_maps =
alias_database =
local_recipient_maps =
default_transport = error:5.4.4 nothing leaves this machine
smtp_dns_support_level = disabled
virtual_mailbox_domains = {domains}
virtual_mailbox_base = /
virtual_mailbox_maps = texthash:{base}/mailboxes
virtual_uid_maps = static:{uid}
virtual_gid_maps = static:{gid}
# who nobody is shows at delivery, as behind a server that only passes letters on: then a bounce is written
smtpd_reject_unlisted_recipient = no
smtpd_sasl_auth_enable = yes
smtpd_sasl_type = dovecot
smtpd_sasl_path = {auth}
smtpd_relay_restrictions = permit_sasl_authenticated, reject_unauth_destination
"""
_SERVICES = """
127.0.0.1:{submission} inet n - n - 4 smtpd
  -o smtpd_recipient_restrictions=permit_sasl_authenticated,reject
127.0.0.1:{port} inet n - n - 4 smtpd
cleanup unix n - n - 0 cleanup
qmgr unix n - n 300 1 qmgr
rewrite unix - - n - - trivial-rewrite
bounce unix - - n - 0 bounce
defer unix - - n - 0 bounce
trace unix - - n - 0 bounce
verify unix - - n - 1 verify
proxymap unix - - n - - proxymap
showq unix n - n - - showq
error unix - - n - - error
retry unix - - n - - error
virtual unix - n n - - virtual
anvil unix - - n - 1 anvil
postlog unix-dgram n - n - 1 postlogd
"""


@dataclass(frozen=True, kw_only=True)
class Postfix:
    """A running server: `submission` asks for a log-in, `port` takes what is for its own domains."""

    submission: int
    port: int
    base: Path
    process: subprocess.Popen[bytes]

    def log(self) -> str:
        """Return what it wrote down."""
        log = self.base / "postfix.log"
        return log.read_text(encoding="utf-8", errors="replace") if log.exists() else "no log"

    def deliver(self, sender: str, recipient: str, raw: bytes) -> None:
        """Hand over a message as another server does."""
        with smtplib.SMTP("127.0.0.1", self.port, local_hostname="mx.creator.example", timeout=10) as smtp:
            smtp.sendmail(sender, [recipient], raw)


@contextmanager
def postfix_server(mailboxes: Mapping[str, Dovecot], *, accounts: Dovecot) -> Iterator[Postfix]:
    """Run Postfix with its own configuration and queue; skip where it is not there or may not be started.

    `mailboxes`: which address is delivered to which server's INBOX. `accounts` knows who may log in.
    """
    if not _MASTER.exists():
        pytest.skip("Postfix is not installed (Debian: postfix)")
    if os.geteuid() != 0:
        pytest.skip("Postfix starts as root only: its parts run as users of their own")
    # not in a folder of pytest's, for the reasons that Dovecot's is not
    with TemporaryDirectory(prefix="postfix-") as base:
        server = _start(Path(base), mailboxes, accounts)
        try:
            _wait_until_it_answers(server)
            yield server
        finally:
            _stop(server.process)


def _start(base: Path, mailboxes: Mapping[str, Dovecot], accounts: Dovecot) -> Postfix:
    conf = base / "conf"
    for folder in (conf, base / "queue", base / "data"):
        folder.mkdir(parents=True)
    owner = getpwnam("postfix")
    os.chown(base / "data", owner.pw_uid, owner.pw_gid)
    base.chmod(0o755)
    (base / "mailboxes").write_text(
        "".join(f"{address} {server.base}/mail/\n" for address, server in mailboxes.items()), encoding="utf-8"
    )
    nobody = getpwnam("nobody")
    domains = sorted({address.rpartition("@")[2] for address in mailboxes})
    (conf / "main.cf").write_text(
        _MAIN.format(
            base=base,
            domains=", ".join(domains),
            uid=nobody.pw_uid,
            gid=nobody.pw_gid,
            auth=accounts.base / "run" / "auth-client",
        ),
        encoding="utf-8",
    )
    submission, port = free_port(), free_port()
    (conf / "master.cf").write_text(_SERVICES.format(submission=submission, port=port), encoding="utf-8")
    _make_queue(conf)
    process = subprocess.Popen(
        [_MASTER, "-c", conf, "-d"],
        cwd=base / "queue",
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    return Postfix(submission=submission, port=port, base=base, process=process)


def _make_queue(conf: Path) -> None:
    program = shutil.which("postfix", path=f"{os.environ.get('PATH', '')}:{_LISTED}")
    assert program is not None, "Postfix is there in part"
    checked = subprocess.run([program, "-c", conf, "check"], capture_output=True, text=True, check=False)
    assert checked.returncode == 0, checked.stderr


def _wait_until_it_answers(server: Postfix) -> None:
    deadline = time.monotonic() + 15
    while time.monotonic() < deadline and server.process.poll() is None:
        with suppress(OSError, smtplib.SMTPException), smtplib.SMTP("127.0.0.1", server.port, "test.example"):
            return
        time.sleep(0.05)
    pytest.fail(f"Postfix did not start: {server.log()}")


def _stop(process: subprocess.Popen[bytes]) -> None:
    with suppress(ProcessLookupError):
        os.kill(process.pid, signal.SIGTERM)  # the master ends the parts that it started
    try:
        process.wait(timeout=10)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait(timeout=10)
