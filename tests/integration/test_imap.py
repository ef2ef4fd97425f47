"""Reading a real mailbox: what is new, from where we were, without leaving a mark."""

import socket
import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from itertools import islice
from typing import Any
from urllib.parse import quote

import pytest

from agent.adapters.imap import ImapReader, parse_imap_url
from agent.adapters.memory import MemoryStore
from agent.domain.errors import BadInput, Unavailable
from agent.domain.replies import InboundMail
from agent.ports import Fetched, MailReader, Ports
from agent.usecases.reading import fetch_mail
from tests.fakes import make_ports
from tests.integration.mail_servers import PASSWORD, USER, Dovecot, dovecot_server


@pytest.fixture
def dovecot() -> Iterator[Dovecot]:
    with dovecot_server() as server:
        yield server


def _url(port: int, password: str = PASSWORD, folder: str = "INBOX") -> str:
    return f"imap://{quote(USER, safe='')}:{quote(password, safe='')}@127.0.0.1:{port}/{folder}"


def _reader(server: Dovecot, **given: str) -> ImapReader:
    return ImapReader(parse_imap_url(_url(server.port, **given)), timeout=timedelta(seconds=10))


def _mail(number: int, size: int = 0) -> bytes:
    return (
        f"From: lea@creator.example\r\nSubject: {number}\r\n\r\nBonjour {number}\r\n".encode() + b"x" * size
    )


def _from_the_start(folder: str, uidvalidity: int) -> int:
    return 0


def _all(reader: ImapReader, last: int = 0) -> list[Fetched]:
    return list(reader.fetch(lambda folder, uidvalidity: last))


def test_an_empty_mailbox_yields_nothing(dovecot: Dovecot) -> None:
    assert _all(_reader(dovecot)) == []


def test_mail_comes_oldest_first_byte_for_byte_and_stays_unseen(dovecot: Dovecot) -> None:
    mails = [_mail(number) for number in range(3)]
    mails[1] = b"Subject: 8 bit \xe9\xff\r\n\r\n)\r\n UID 99 FLAGS (\\Seen))\r\n.\r\n"
    for mail in mails:
        dovecot.append(mail)
    fetched = _all(_reader(dovecot))
    assert [mail.raw for mail in fetched] == mails
    assert [mail.uid for mail in fetched] == [1, 2, 3]
    assert {mail.folder for mail in fetched} == {"INBOX"}
    assert all(b"\\Seen" not in flags for flags in dovecot.flags())


def test_only_what_is_newer_is_fetched(dovecot: Dovecot) -> None:
    for number in range(3):
        dovecot.append(_mail(number))
    assert [mail.uid for mail in _all(_reader(dovecot), last=2)] == [3]
    # `4:*` names message 3 too, because it is the newest
    assert _all(_reader(dovecot), last=3) == []


def test_many_and_large_messages_come_in_batches(dovecot: Dovecot) -> None:
    mails = [_mail(number, size=1_500_000 if number % 40 == 0 else 0) for number in range(130)]
    with dovecot.session() as imap:
        for mail in mails:
            imap.append("INBOX", "", "", mail)
    assert [mail.raw for mail in _all(_reader(dovecot))] == mails


def test_another_uidvalidity_starts_anew(dovecot: Dovecot) -> None:
    dovecot.append(_mail(1))
    known: dict[int, int] = {}

    def last_uid(folder: str, uidvalidity: int) -> int:
        return known.get(uidvalidity, 0)

    first = list(_reader(dovecot).fetch(last_uid))
    known[first[0].uidvalidity] = first[0].uid
    assert list(_reader(dovecot).fetch(last_uid)) == []
    dovecot.delete_inbox_contents_and_renumber()
    dovecot.append(_mail(2))
    again = list(_reader(dovecot).fetch(last_uid))
    assert [mail.raw for mail in again] == [_mail(2)]
    assert again[0].uidvalidity != first[0].uidvalidity
    assert again[0].uid == 1


def test_a_thousand_mails_are_filed_once_in_the_order_they_came(dovecot: Dovecot) -> None:
    mails = [_mail(number) for number in range(1_000)]
    with dovecot.session() as imap:
        for mail in mails:
            imap.append("INBOX", "", "", mail)
    ports = _ports(_reader(dovecot))
    report = fetch_mail(ports)
    assert (report.new, report.problem) == (1_000, "")
    assert [mail.raw for mail in _filed(ports)] == mails
    again = fetch_mail(ports)
    assert (again.new, again.known) == (0, 0)


def test_a_mail_of_thirty_megabytes_arrives_whole_between_small_ones(dovecot: Dovecot) -> None:
    mails = [_mail(1), _mail(2, size=30_000_000), _mail(3)]
    with dovecot.session() as imap:
        for mail in mails:
            imap.append("INBOX", "", "", mail)
    ports = _ports(_reader(dovecot))
    assert fetch_mail(ports).new == 3
    assert [mail.raw for mail in _filed(ports)] == mails


def test_two_folders_are_two_counts_and_a_mail_that_moved_is_known_by_its_content(dovecot: Dovecot) -> None:
    with dovecot.session() as imap:
        imap.create("Archive")
        imap.append("INBOX", "", "", _mail(1))
        imap.append("Archive", "", "", _mail(2))
        imap.append("Archive", "", "", _mail(1))
    ports = _ports(_reader(dovecot))
    assert fetch_mail(ports).new == 1
    other = replace(ports, mail_reader=_reader(dovecot, folder="Archive"))
    report = fetch_mail(other)
    assert (report.new, report.known) == (1, 1)
    assert fetch_mail(other).known == 0, "a copy is fetched once"
    assert [mail.raw for mail in _filed(ports)] == [_mail(1), _mail(2)]


def test_a_dropped_connection_is_taken_up_where_it_ended(dovecot: Dovecot) -> None:
    mails = [_mail(number) for number in range(120)]
    with dovecot.session() as imap:
        for mail in mails:
            imap.append("INBOX", "", "", mail)
    ports = _ports(_Leaving(_reader(dovecot), after=70))
    first = fetch_mail(ports)
    assert (first.new, first.problem) == (70, "The line went dead.")
    second = fetch_mail(replace(ports, mail_reader=_reader(dovecot)))
    assert (second.new, second.known, second.problem) == (50, 0, "")
    assert [mail.raw for mail in _filed(ports)] == mails


def test_a_mail_that_the_store_could_not_take_is_read_again(dovecot: Dovecot) -> None:
    for number in range(3):
        dovecot.append(_mail(number))
    store = _Busy()
    ports = _ports(_reader(dovecot), store=store)
    store.takes = 1
    first = fetch_mail(ports)
    assert first.new == 1
    assert "The disk is full." in first.problem
    store.takes = None
    second = fetch_mail(ports)
    assert (second.new, second.problem) == (2, "")
    assert [mail.raw for mail in _filed(ports)] == [_mail(number) for number in range(3)]


class _Busy(MemoryStore):
    """A store that takes so many transactions and then no more, until it is told to."""

    takes: int | None = None

    def write(self) -> Any:
        if self.takes is not None:
            if self.takes == 0:
                raise Unavailable("The disk is full.")
            self.takes -= 1
        return super().write()


class _Leaving:
    """A mailbox whose line goes dead after so many messages."""

    def __init__(self, reader: ImapReader, *, after: int) -> None:
        self._reader = reader
        self._after = after

    @property
    def account(self) -> str:
        return self._reader.account

    def fetch(self, last_uid: Callable[[str, int], int]) -> Iterator[Fetched]:
        yield from islice(self._reader.fetch(last_uid), self._after)
        raise Unavailable("The line went dead.")


def _ports(reader: MailReader, *, store: MemoryStore | None = None) -> Ports:
    return replace(make_ports(store=store or MemoryStore()), mail_reader=reader)


def _filed(ports: Ports) -> list[InboundMail]:
    with ports.store.read() as tx:
        mails = [tx.inbox.mail(reply.inbound_id) for reply in tx.inbox.replies()]
    return [mail for mail in mails if mail is not None]


def test_a_wrong_password_is_said_without_repeating_it(dovecot: Dovecot) -> None:
    with pytest.raises(Unavailable) as refused:
        _all(_reader(dovecot, password="wr0ng-and-private"))
    assert "wr0ng-and-private" not in str(refused.value)
    assert "NANOREACH_IMAP_URL" in str(refused.value)
    assert USER in str(refused.value)


def test_a_folder_that_is_not_there_is_said(dovecot: Dovecot) -> None:
    with pytest.raises(Unavailable):
        _all(_reader(dovecot, folder="Answers"))


def test_a_server_that_is_not_there_is_said() -> None:
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        port = unused.getsockname()[1]
    with pytest.raises(Unavailable):
        _all(ImapReader(parse_imap_url(_url(port)), timeout=timedelta(seconds=2)))


def test_what_came_before_the_server_left_stays(dovecot: Dovecot) -> None:
    for number in range(60):
        dovecot.append(_mail(number))
    fetched = _reader(dovecot).fetch(_from_the_start)
    kept = [next(fetched)]
    dovecot.stop()
    with pytest.raises(Unavailable):
        kept.extend(fetched)
    assert kept[0].raw == _mail(0)
    assert 1 <= len(kept) < 60


def test_a_server_that_stops_answering_is_given_up() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
        thread = threading.Thread(target=_greet_and_go, args=(listener,))
        thread.start()
        with pytest.raises(Unavailable):
            _all(ImapReader(parse_imap_url(_url(port)), timeout=timedelta(seconds=1)))
        thread.join()


def _greet_and_go(listener: socket.socket) -> None:
    connection, _ = listener.accept()
    with connection:
        connection.sendall(b"* OK IMAP4rev1 ready\r\n")
        connection.recv(1_000)
        connection.sendall(b"\x00\xff nonsense\r\n")
        connection.recv(1_000)


def test_leaving_early_ends_the_connection(dovecot: Dovecot) -> None:
    dovecot.append(_mail(1))
    dovecot.append(_mail(2))
    fetched = _reader(dovecot).fetch(_from_the_start)
    assert next(fetched).uid == 1
    fetched.close()  # type: ignore[attr-defined]  # a generator behind the Protocol


def test_the_account_names_the_mailbox_and_nothing_secret(dovecot: Dovecot) -> None:
    reader = _reader(dovecot)
    assert reader.account == f"{USER} on 127.0.0.1:{dovecot.port}"
    server = parse_imap_url(_url(dovecot.port))
    assert PASSWORD not in repr(server)


@pytest.mark.parametrize(
    "url",
    [
        "pop3://anna:secret-word@mail.example",
        "imap://anna:secret-word@mail.example/INBOX",
        "imaps://anna@mail.example",
        "imaps://mail.example/INBOX",
        "imaps://anna:secret-word@/INBOX",
        "imaps://anna:secret-word@mail.example:port",
        "imaps://anna:secret-word/x@mail.example",
        "imaps://anna:secret-word#x@mail.example",
        "imaps://anna:secret-word[@mail.example",
    ],
)
def test_an_unusable_url_is_refused_without_its_password(url: str) -> None:
    with pytest.raises(BadInput) as refused:
        parse_imap_url(url)
    assert "secret-word" not in str(refused.value)
    assert "NANOREACH_IMAP_URL" in str(refused.value)


def test_ports_folders_and_passwords_are_read_from_the_url() -> None:
    server = parse_imap_url("imaps://anna%40b.example:p%40ss%2F@mail.example/Brand%20mail")
    assert (server.port, server.user, server.password, server.folder) == (
        993,
        "anna@b.example",
        "p@ss/",
        "Brand mail",
    )
    assert parse_imap_url("imap+starttls://a@mail.example", "given").port == 143
