"""Handing letters to a real server that misbehaves at every step."""

import smtplib
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from urllib.parse import quote

import pytest

from agent.adapters.smtp import Patience, SmtpMailer, parse_smtp_url
from agent.domain.errors import BadInput
from agent.ports import Outcome
from tests.integration.mail_servers import PASSWORD, USER, Faults, Sink, free_port, smtp_sink
from tests.unit.mail.letters import RAW, approved

_THREE = 3
SECOND = timedelta(seconds=1)
QUICK = Patience(connect=2 * SECOND, command=2 * SECOND, final_dot=2 * SECOND)


@pytest.fixture(params=[False, True], ids=["one by one", "pipelining"])
def sink(request: pytest.FixtureRequest) -> Iterator[Sink]:
    with smtp_sink() as running:
        running.pipelining = request.param
        yield running


@pytest.fixture
def mailer(sink: Sink) -> Iterator[SmtpMailer]:
    mailer = _mailer(sink.url)
    yield mailer
    mailer.close()


def _mailer(url: str, patience: Patience = QUICK) -> SmtpMailer:
    return SmtpMailer(parse_smtp_url(url), patience=patience, local_hostname="brand.example")


def _pass() -> bool:
    return True


class _Fence:
    def __init__(self, *, opens: bool = True) -> None:
        self.calls = 0
        self.opens = opens

    def __call__(self) -> bool:
        self.calls += 1
        return self.opens


# --- the happy path -------------------------------------------------------------------------------


def test_the_server_gets_the_approved_bytes_and_no_others(sink: Sink, mailer: SmtpMailer) -> None:
    attempt = mailer.send(approved(), fence=_pass)
    assert attempt.outcome is Outcome.SENT
    assert attempt.detail == "250 2.0.0 accepted"
    assert sink.accepted == [RAW]
    assert sink.recipients == ["lea@creator.example"]
    assert sink.mail_options == [[f"SIZE={len(RAW)}"]]


@pytest.mark.parametrize(
    "body", [b".", b"..", b".\r\n.\r\n", b"a\r\n.b\r\n\r\n", (b"x" * 76 + b"\r\n") * 12_000, b""]
)
def test_dots_and_ends_arrive_as_they_left(sink: Sink, mailer: SmtpMailer, body: bytes) -> None:
    raw = b"Subject: dots\r\n\r\n" + body
    mailer.send(approved(raw), fence=_pass)
    (arrived,) = sink.accepted
    assert arrived == (raw if raw.endswith(b"\r\n") else raw + b"\r\n")


def test_many_letters_share_one_connection_with_a_reset_between_them(sink: Sink, mailer: SmtpMailer) -> None:
    for number in range(5):
        assert mailer.send(approved(RAW + b"%d\r\n" % number), fence=_pass).outcome is Outcome.SENT
    assert sink.connections == 1
    assert sink.resets == 4


def test_the_next_recipient_is_named_behind_a_text_where_the_server_takes_groups(
    sink: Sink, mailer: SmtpMailer, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second = approved(), approved(RAW + b"second\r\n", to="mia@creator.example")
    assert mailer.send(first, fence=_pass, following=second).outcome is Outcome.SENT
    said: list[object] = []
    speak = smtplib.SMTP.send

    def note(smtp: smtplib.SMTP, s: bytes) -> None:
        said.append(s)
        speak(smtp, s)

    monkeypatch.setattr(smtplib.SMTP, "send", note)
    assert mailer.send(second, fence=_pass).outcome is Outcome.SENT
    assert sink.recipients == ["lea@creator.example", "mia@creator.example"]
    assert (sink.connections, sink.resets) == (1, 1)
    assert len(said) == (2 if sink.pipelining else 5), (
        "DATA and the text; without groups RSET, MAIL and RCPT before them"
    )


def test_another_letter_than_the_one_that_was_named_goes_on_a_connection_of_its_own(
    sink: Sink, mailer: SmtpMailer
) -> None:
    mailer.send(approved(), fence=_pass, following=approved(to="mia@creator.example"))
    assert mailer.send(approved(RAW + b"other\r\n"), fence=_pass).outcome is Outcome.SENT
    assert sink.recipients == ["lea@creator.example", "lea@creator.example"]
    assert sink.connections == (2 if sink.pipelining else 1)


def test_a_letter_that_the_server_cannot_take_is_not_named_before_its_turn(
    sink: Sink, mailer: SmtpMailer
) -> None:
    odd = approved(to="léa@creator.example")
    assert mailer.send(approved(), fence=_pass, following=odd).outcome is Outcome.SENT
    assert mailer.send(odd, fence=_pass).outcome is Outcome.REFUSED


def test_a_server_that_loses_what_came_behind_a_text_is_not_told_so_again() -> None:
    with _losing_groups() as (port, told):
        mailer = _mailer(f"smtp://127.0.0.1:{port}", Patience(connect=SECOND, command=SECOND / 4))
        letters = [approved(RAW + b"%d\r\n" % number) for number in range(3)]
        for letter, following in zip(letters, [*letters[1:], None], strict=True):
            assert mailer.send(letter, fence=_pass, following=following).outcome is Outcome.SENT
        mailer.close()
    assert [b"MAIL" in text for text in told] == [True, False, False]


@pytest.mark.parametrize("faults", [Faults(rcpt="550 5.1.1 user unknown"), Faults(mail="451 4.3.0 later")])
def test_a_refusal_of_the_next_recipient_is_that_letters_own(
    sink: Sink, mailer: SmtpMailer, faults: Faults
) -> None:
    first, second, fence = approved(), approved(RAW + b"second\r\n"), _Fence()

    def refuse_from_now_on() -> bool:
        sink.faults = faults
        return True

    assert mailer.send(first, fence=refuse_from_now_on, following=second).outcome is Outcome.SENT
    refused = mailer.send(second, fence=fence).outcome
    assert refused is (Outcome.REFUSED if faults.rcpt else Outcome.DEFERRED)
    assert fence.calls == 0


def test_a_connection_that_the_server_ended_meanwhile_is_opened_again(sink: Sink, mailer: SmtpMailer) -> None:
    mailer.send(approved(), fence=_pass)
    assert mailer._smtp is not None
    assert mailer._smtp.sock is not None
    mailer._smtp.sock.shutdown(socket.SHUT_RDWR)
    assert mailer.send(approved(), fence=_pass).outcome is Outcome.SENT
    assert sink.connections == 2


def test_8_bit_text_is_announced(sink: Sink, mailer: SmtpMailer) -> None:
    raw = "Subject: x\r\n\r\ndéjà vu\r\n".encode()
    assert mailer.send(approved(raw), fence=_pass).outcome is Outcome.SENT
    assert "BODY=8BITMIME" in sink.mail_options[0]
    assert sink.accepted == [raw]


# --- the fence ------------------------------------------------------------------------------------


def test_the_fence_stands_after_the_recipient_and_before_the_text(sink: Sink, mailer: SmtpMailer) -> None:
    seen: list[tuple[int, int]] = []

    def look() -> bool:
        seen.append((len(sink.mail_options), len(sink.accepted)))
        return True

    mailer.send(approved(), fence=look)
    assert seen == [(1, 0)]


def test_a_lost_lease_hands_nothing_over_and_the_connection_serves_on(sink: Sink, mailer: SmtpMailer) -> None:
    assert mailer.send(approved(), fence=_Fence(opens=False)).outcome is Outcome.LOST_LEASE
    assert sink.accepted == []
    assert mailer.send(approved(), fence=_pass).outcome is Outcome.SENT
    assert sink.connections == 1


def test_an_error_of_the_fence_is_not_swallowed_and_hands_nothing_over(
    sink: Sink, mailer: SmtpMailer
) -> None:
    def broken() -> bool:
        raise RuntimeError("the database is gone")

    with pytest.raises(RuntimeError, match="gone"):
        mailer.send(approved(), fence=broken)
    assert sink.accepted == []
    assert mailer.send(approved(), fence=_pass).outcome is Outcome.SENT


# --- what servers answer --------------------------------------------------------------------------

FAULTS = [
    (Faults(mail="451 4.3.0 later"), Outcome.DEFERRED, 0),
    (Faults(mail="550 5.1.8 sender unknown"), Outcome.REFUSED_US, 0),
    (Faults(mail="553 sender not allowed"), Outcome.REFUSED_US, 0),
    (Faults(mail="552 5.3.4 message too big"), Outcome.REFUSED, 0),
    (Faults(mail="530 5.7.0 Authentication required"), Outcome.REFUSED_US, 0),
    (Faults(rcpt="450 4.2.1 greylisted"), Outcome.DEFERRED, 0),
    (Faults(rcpt="421 4.3.2 closing"), Outcome.DEFERRED, 0),
    (Faults(rcpt="550 5.1.1 user unknown"), Outcome.REFUSED, 0),
    (Faults(rcpt="550 no such user here"), Outcome.REFUSED, 0),
    (Faults(rcpt="552 5.2.2 mailbox full"), Outcome.REFUSED, 0),
    (Faults(rcpt="554 5.7.1 blocked"), Outcome.REFUSED_US, 0),
    (Faults(rcpt="550 blocked using zen.spamhaus.org"), Outcome.REFUSED_US, 0),
    (Faults(data="451 4.3.0 later"), Outcome.DEFERRED, 1),
    (Faults(data="554 5.5.1 no valid recipients"), Outcome.REFUSED, 1),
    (Faults(data="554 5.7.1 policy"), Outcome.REFUSED_US, 1),
    (Faults(data="250 what?"), Outcome.DEFERRED, 1),
    (Faults(dot="451 4.3.0 later"), Outcome.DEFERRED, 1),
    (Faults(dot="554 5.6.0 bad message"), Outcome.REFUSED, 1),
    (Faults(dot="550 5.7.1 looks like spam"), Outcome.REFUSED_US, 1),
    (Faults(dot="999 what?"), Outcome.UNKNOWN, 1),
    (Faults(dot="354 again?"), Outcome.UNKNOWN, 1),
    (Faults(drop="MAIL"), Outcome.DEFERRED, 0),
    (Faults(drop="RCPT"), Outcome.DEFERRED, 0),
    (Faults(drop="DATA"), Outcome.DEFERRED, 1),  # no byte of the text has left
    (Faults(drop="DOT"), Outcome.UNKNOWN, 1),
    (Faults(delay=4.0), Outcome.UNKNOWN, 1),
]


@pytest.mark.parametrize(("faults", "outcome", "fenced"), FAULTS, ids=str)
def test_every_answer_has_its_outcome_and_the_next_letter_goes(
    sink: Sink, mailer: SmtpMailer, faults: Faults, outcome: Outcome, fenced: int
) -> None:
    fence = _Fence()
    sink.faults = faults
    attempt = mailer.send(approved(), fence=fence)
    assert attempt.outcome is outcome, attempt
    assert attempt.detail
    assert fence.calls == fenced
    sink.faults = Faults()
    assert mailer.send(approved(RAW + b"next\r\n"), fence=_pass).outcome is Outcome.SENT
    assert sink.connections == 2, "an error ends the connection"


def test_nothing_accepted_is_ever_called_deferred(sink: Sink, mailer: SmtpMailer) -> None:
    for faults, _, _ in FAULTS:
        before = len(sink.accepted)
        sink.faults = faults
        outcome = mailer.send(approved(), fence=_pass).outcome
        if len(sink.accepted) > before:
            assert outcome in {Outcome.SENT, Outcome.UNKNOWN}, faults


def test_no_server_defers() -> None:
    attempt = _mailer(f"smtp://127.0.0.1:{free_port()}").send(approved(), fence=_pass)
    assert attempt.outcome is Outcome.DEFERRED


@pytest.mark.parametrize(
    "script",
    [
        b"554 5.7.1 go away\r\n",
        b"421 busy\r\n",
        b"hello\r\n",
        b"",
        b"220 " + b"x" * 20_000 + b"\r\n",
        b"\xff\xfe\x00\r\n",
        b"220 ready\r\n500 what\r\n502 what\r\n",
        b"220 ready\r\n250 ok\r\n250 ok\r\nnonsense\r\n",
    ],
)
def test_a_server_that_talks_nonsense_defers(script: bytes) -> None:
    with _talking(script) as port:
        attempt = _mailer(f"smtp://127.0.0.1:{port}").send(approved(), fence=_pass)
    assert attempt.outcome is Outcome.DEFERRED


def test_a_server_that_says_nothing_is_given_up() -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        patience = Patience(connect=SECOND / 2, command=SECOND / 2, final_dot=SECOND / 2)
        attempt = _mailer(f"smtp://127.0.0.1:{silent.getsockname()[1]}", patience).send(
            approved(), fence=_pass
        )
    assert attempt.outcome is Outcome.DEFERRED


@pytest.mark.parametrize("scheme", ["smtp+starttls", "smtps"])
def test_nothing_is_sent_unencrypted_where_encryption_was_asked_for(sink: Sink, scheme: str) -> None:
    attempt = _mailer(f"{scheme}://127.0.0.1:{sink.port}").send(approved(), fence=_pass)
    assert attempt.outcome is Outcome.DEFERRED
    assert sink.accepted == []


# --- addresses ------------------------------------------------------------------------------------


def test_an_address_that_the_server_cannot_take_fails_alone(sink: Sink, mailer: SmtpMailer) -> None:
    attempt = mailer.send(approved(to="léa@creator.example"), fence=_pass)
    assert attempt.outcome is Outcome.REFUSED
    assert "léa@creator.example" in attempt.detail
    assert mailer.send(approved(), fence=_pass).outcome is Outcome.SENT


def test_a_domain_beyond_ascii_is_written_in_its_ascii_form(sink: Sink, mailer: SmtpMailer) -> None:
    assert mailer.send(approved(to="lea@créatrice.example"), fence=_pass).outcome is Outcome.SENT
    assert sink.recipients == ["lea@" + "créatrice".encode("idna").decode() + ".example"]


def test_a_server_that_announces_smtputf8_gets_the_address_as_it_is() -> None:
    with smtp_sink(enable_smtputf8=True) as sink:
        mailer = _mailer(sink.url)
        assert mailer.send(approved(to="léa@creator.example"), fence=_pass).outcome is Outcome.SENT
        assert mailer.send(approved(), fence=_pass).outcome is Outcome.SENT
        mailer.close()
    assert sink.recipients == ["léa@creator.example", "lea@creator.example"]
    assert ["SMTPUTF8" in options for options in sink.mail_options] == [True, False]


@pytest.mark.parametrize(
    "to",
    [
        "lea",
        "@creator.example",
        "lea@",
        "le a@c.example",
        "lea@c.example>\r\nRCPT TO:<x@y.example",
        "a>b@c.example",
    ],
)
def test_what_is_no_address_is_refused(sink: Sink, mailer: SmtpMailer, to: str) -> None:
    assert mailer.send(approved(to=to), fence=_pass).outcome is Outcome.REFUSED
    assert sink.accepted == []


@pytest.mark.parametrize("raw", [b"Subject: x\n\nbare\n", b"Subject: x\r\n\r\na\rb\r\n", b"a\r\n\r\n\n.\r\n"])
def test_bare_line_breaks_never_reach_the_wire(sink: Sink, mailer: SmtpMailer, raw: bytes) -> None:
    assert mailer.send(approved(raw), fence=_pass).outcome is Outcome.REFUSED
    assert sink.accepted == []


# --- log-in and settings --------------------------------------------------------------------------


def test_a_user_with_letters_beyond_ascii_in_the_password_logs_in() -> None:
    with smtp_sink(login=True) as sink:
        mailer = _mailer(_login_url(sink.port, PASSWORD))
        assert mailer.send(approved(), fence=_pass).outcome is Outcome.SENT
        mailer.close()


@pytest.mark.parametrize("wrong", ["wr0ng-secret", "wr0ng-secret-é"])
def test_a_refused_log_in_keeps_letters_queued_and_names_the_setting(wrong: str) -> None:
    with smtp_sink(login=True) as sink:
        attempt = _mailer(_login_url(sink.port, wrong)).send(approved(), fence=_pass)
    assert attempt.outcome is Outcome.DEFERRED
    assert "NANOREACH_SMTP_URL" in attempt.detail
    assert wrong not in attempt.detail


def _login_url(port: int, password: str) -> str:
    return f"smtp://{quote(USER, safe='')}:{quote(password, safe='')}@127.0.0.1:{port}"


def test_urls_are_read_with_their_defaults() -> None:
    server = parse_smtp_url("smtp+starttls://anna%40brand.example:p%40ss%2Fw%23@mail.example")
    assert (server.host, server.port, server.user, server.password) == (
        "mail.example",
        587,
        "anna@brand.example",
        "p@ss/w#",
    )
    assert parse_smtp_url("smtps://mail.example").port == 465
    assert parse_smtp_url("smtp://localhost:2525").port == 2525
    assert parse_smtp_url("smtps://a@mail.example", "from a file").password == "from a file"
    assert "p@ss" not in repr(server)
    assert SmtpMailer(server).where == "mail.example:587"


@pytest.mark.parametrize(
    "url",
    [
        "http://anna:secret-word@mail.example",
        "mail.example",
        "smtps://anna:secret-word@",
        "smtps://anna@mail.example",
        "smtps://anna:secret-word@mail.example:many",
        "smtps://anna:secret-word/@mail.example",
        "smtps://anna:secret-word#@mail.example",
        "smtps://anna:secret-word[@mail.example",
        "smtp://anna:secret-word@mail.example",
    ],
)
def test_an_unusable_url_is_refused_without_its_password(url: str) -> None:
    with pytest.raises(BadInput) as refused:
        parse_smtp_url(url)
    assert "secret-word" not in str(refused.value)
    assert "NANOREACH_SMTP_URL" in str(refused.value)


class _talking:  # noqa: N801 - reads as a verb in a with line
    """A server that says what the script says whatever it hears, and hangs up."""

    def __init__(self, script: bytes) -> None:
        self._script = script
        self._listener = socket.create_server(("127.0.0.1", 0))
        self._thread = threading.Thread(target=self._talk)

    def __enter__(self) -> int:
        self._thread.start()
        port: int = self._listener.getsockname()[1]
        return port

    def __exit__(self, *_: object) -> None:
        self._thread.join(timeout=5)
        self._listener.close()

    def _talk(self) -> None:
        connection, _ = self._listener.accept()
        with connection:
            connection.settimeout(2)
            try:
                connection.sendall(self._script)
                while connection.recv(4_096):
                    pass
            except OSError:
                return


@contextmanager
def _losing_groups() -> Iterator[tuple[int, list[bytes]]]:
    """Run a server that announces PIPELINING and forgets what comes behind a text; yield its texts, too."""
    told: list[bytes] = []
    with socket.create_server(("127.0.0.1", 0)) as listener:
        listener.settimeout(5)
        thread = threading.Thread(target=_lose_groups, args=(listener, told))
        thread.start()
        yield listener.getsockname()[1], told
        thread.join(timeout=10)


def _lose_groups(listener: socket.socket, told: list[bytes]) -> None:
    while len(told) < _THREE:
        connection, _ = listener.accept()
        with connection:
            connection.settimeout(5)
            _converse(connection, told)


def _converse(connection: socket.socket, told: list[bytes]) -> None:
    connection.sendall(b"220 ready\r\n")
    while heard := connection.recv(65_536):
        if b"\r\n.\r\n" in heard:
            told.append(heard)
            connection.sendall(b"250 accepted\r\n")
        elif heard[:4].upper() == b"EHLO":
            connection.sendall(b"250-ready\r\n250 PIPELINING\r\n")
        elif heard.startswith(b"DATA"):
            connection.sendall(b"354 go on\r\n")
        else:
            connection.sendall(b"250 OK\r\n" * heard.count(b"\r\n"))
