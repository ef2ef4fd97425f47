"""A person who asks gets everything that is held, or is forgotten; whoever interrupts it, it is finished."""

import json
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, replace
from datetime import timedelta

import pytest

from agent.cli.output import plain
from agent.domain.creator import Address
from agent.domain.delivery import DeliveryState
from agent.domain.errors import BadInput, NotFound, Unavailable
from agent.domain.ids import CreatorId
from agent.domain.outreach import OutreachStatus
from agent.domain.records import CreatorRecord, SourceRow
from agent.ports import ERASED, FilesSearched, LettersRemoved, Ports
from agent.usecases.importing import ImportReport, import_creators
from agent.usecases.indexing import build_index
from agent.usecases.privacy_export import export
from agent.usecases.privacy_forget import ForgetReport, forget
from agent.usecases.privacy_mails import names_any
from agent.usecases.quieting import never_again
from agent.usecases.reading import fetch_mail
from agent.usecases.sending import send_due
from agent.usecases.ticking import tick
from tests.builders import NOW, a_creator, a_post
from tests.fakes import ListMailbox, NoFiles, RecordingMailer, WordIndex, later, quiet
from tests.unit.usecases.world import a_world, accepted, an_answer, approved, sent, written

LISON = "instagram:lison.sans.flacon"
ADDRESS = "lison.sans.flacon@creator.example"
SOLENE = "instagram:solene"


class Died(Exception):
    """Stands for the end of a process."""


@dataclass
class DyingFiles(NoFiles):
    """Files at which the process ends, once."""

    dies: bool = True

    def remove_letters(self, message_ids: Collection[str]) -> LettersRemoved:
        if self.dies:
            self.dies = False
            raise Died
        return super().remove_letters(message_ids)


class BusyIndex(WordIndex):
    """An index that another process builds until it is free."""

    busy = True

    def forget(self, creator_ids: Iterable[CreatorId]) -> int:
        if self.busy:
            raise Unavailable("The index is being built by another process; wait until it is done.")
        return super().forget(creator_ids)


@dataclass
class NamingFiles(NoFiles):
    """A home in which a file of somebody's names the person."""

    def search(self, words: Collection[str]) -> FilesSearched:
        return FilesSearched(files=1, naming=("list.csv",) if ADDRESS in words else ())


def forgotten(ports: Ports, person: str = LISON) -> ForgetReport:
    return forget(ports, person, by="Camille")


def removed(report: ForgetReport, place: str) -> dict[str, int]:
    found = next(each.removed for each in report.places if each.name == place)
    return {noun: count for noun, count in found.items() if count}


def in_conversation() -> Ports:
    """A world in which Lison was written to and answered, and Solène was not."""
    ports = a_world("lison.sans.flacon", "solene")
    delivery, _ = sent(ports)
    mailbox = ListMailbox([an_answer(delivery, "Est-ce que le savon contient de l’huile de palme ?")])
    ports = replace(ports, mail_reader=mailbox)
    assert fetch_mail(ports).new == 1
    return ports


# --- being forgotten ------------------------------------------------------------------------------


def test_everything_of_the_person_is_gone_and_nothing_of_others() -> None:
    ports = in_conversation()
    build_index(ports, progress=quiet)
    ports = replace(ports, home_files=NoFiles(letters={"<other@x.example>"}))
    report = forgotten(ports)
    assert removed(report, "store") == {
        "creators": 1, "posts": 3, "outreach": 1, "drafts": 1, "approvals": 1, "deliveries": 1, "replies": 1,
        "mails": 1, "journal": 5,
    }  # fmt: skip
    assert removed(report, "index") == {"creators": 1}
    assert report.left == ()
    assert not report.before
    with ports.store.read() as tx:
        assert [creator.person for creator in tx.creators.stream()] == [SOLENE]
        assert tx.deliveries.list() == ()
        assert tx.privacy.unfinished() == ()
        assert len(tx.journal.of(ERASED)) == 5


def test_letters_go_by_their_message_ids() -> None:
    ports = a_world("lison.sans.flacon", "solene")
    mine, other = sent(ports)[0], sent(ports, "solene")[0]
    files = NoFiles(letters={mine.message_id, other.message_id})
    report = forgotten(replace(ports, home_files=files))
    assert removed(report, "letters") == {"letters": 1}
    assert files.letters == {other.message_id}


def test_an_address_means_everybody_who_has_it() -> None:
    ports = a_world("lison.sans.flacon", "solene")
    with ports.store.write() as tx:
        tx.creators.save(a_creator("lison", platform="blog", address=Address(email=ADDRESS.upper())))
    assert removed(forgotten(ports, f" {ADDRESS} "), "store")["creators"] == 2


def test_a_profile_with_the_same_address_stays_and_is_named() -> None:
    ports = a_world("lison.sans.flacon")
    with ports.store.write() as tx:
        tx.creators.save(a_creator("agence", platform="blog", address=Address(email=ADDRESS)))
    report = forgotten(ports)
    assert any(line.startswith("blog:agence has the same address") for line in report.left)
    assert imported(ports, "duo", email=ADDRESS).added == 1  # somebody else of the same agency comes in,
    with ports.store.read() as tx:
        assert tx.suppressions.has(ports.fingerprints.of(ADDRESS))  # and nobody writes there


@pytest.mark.parametrize("name", ["lison", "", ":", "instagram:", "@", "@lison", "lison@"])
def test_a_name_that_is_neither_profile_nor_address_is_refused(name: str) -> None:
    with pytest.raises(BadInput, match="names nobody"):
        forgotten(a_world(), name)


@pytest.mark.parametrize("person", ["instagram:nobody", "nobody@creator.example"])
def test_a_person_of_whom_nothing_is_known_is_said_so(person: str) -> None:
    ports = a_world()
    with pytest.raises(NotFound, match=r"There is no person named .* Nothing about them is on file\."):
        forgotten(ports, person)
    with ports.store.read() as tx:
        assert tx.privacy.unfinished() == ()


def test_a_letter_that_is_leaving_keeps_everything_as_it_is() -> None:
    ports = a_world()
    approved(ports)
    refused: list[str] = []

    def meanwhile() -> None:
        with pytest.raises(BadInput) as refusal:
            forgotten(ports)
        refused.append(str(refusal.value))

    send_due(replace(ports, mailer=RecordingMailer(before_fence=meanwhile, after_fence=meanwhile)))
    assert len(refused) == 2
    assert all("is leaving at this moment" in sentence for sentence in refused)
    assert removed(forgotten(ports), "store")["deliveries"] == 1


def test_a_letter_whose_worker_died_does_not_keep_the_person() -> None:
    ports = a_world()
    delivery = approved(ports)
    with ports.store.write() as tx:
        claimed = delivery.claimed(owner="dead", lease=timedelta(minutes=5), at=NOW)
        assert tx.deliveries.move(claimed, expected=DeliveryState.QUEUED, owner=None)
    with pytest.raises(BadInput, match="leaving"):
        forgotten(ports)
    assert removed(forgotten(later(ports, NOW + timedelta(minutes=6))), "store")["deliveries"] == 1


def test_what_a_server_said_about_the_person_is_nowhere() -> None:
    ports = a_world("lison.sans.flacon", "solene")
    with ports.store.write() as tx:
        tx.creators.save(a_creator("agence", platform="blog", address=Address(email=ADDRESS)))
        why = f"the address is gone: 550 <{ADDRESS}> Lison left"
        never_again(ports, tx, ADDRESS, at=NOW, why=why)
    report = forgotten(ports)
    assert removed(report, "store")["notes"] == 1
    with ports.store.read() as tx:
        suppression = tx.privacy.suppression(ports.fingerprints.of(ADDRESS))
        assert suppression is not None
        assert "Lison" not in suppression.reason
        reasons = [entry.why for entry in tx.journal.of(ports.fingerprints.of(ADDRESS))]
        assert not any("Lison" in reason for reason in reasons)


def test_a_stranger_s_mail_about_the_person_goes_and_another_conversation_stays() -> None:
    ports = a_world("lison.sans.flacon", "solene")
    delivery, _ = sent(ports, "solene")
    mails = [
        an_answer(delivery, f"Demandez plutôt à {ADDRESS} !"),
        an_answer(delivery, f"Écrivez à {ADDRESS}", sender="x@x.example", in_reply_to=False),
        an_answer(delivery, "Bonjour", sender=ADDRESS, in_reply_to=False),
        an_answer(delivery, "Une facture", sender="y@y.example", in_reply_to=False),
    ]
    ports = replace(ports, mail_reader=ListMailbox(mails))
    fetch_mail(ports)
    report = forgotten(ports)
    assert removed(report, "store")["mails"] == 2
    assert any("mails of others" in line for line in report.left)
    with ports.store.read() as tx:
        assert len(list(tx.privacy.mails())) == 2


def test_our_own_mailbox_is_nobody_s_address() -> None:
    ports = a_world("lison.sans.flacon", "solene")
    delivery, _ = sent(ports)
    copy = an_answer(delivery, "Bonjour Lison", sender=delivery.mailbox)
    other = an_answer(delivery, "Une facture", sender="y@y.example", in_reply_to=False)
    ports = replace(ports, mail_reader=ListMailbox([copy, other]))
    fetch_mail(ports)
    assert removed(forgotten(ports), "store")["mails"] == 1
    with ports.store.read() as tx:
        assert not tx.suppressions.has(ports.fingerprints.of(delivery.mailbox))


def test_words_of_others_that_name_the_person_are_told_and_left() -> None:
    ports = a_world("lison.sans.flacon")
    with ports.store.write() as tx:
        gossip = a_post("p", "Merci @Lison.sans.flacon !")
        tx.creators.save(a_creator("solene", posts=(gossip,)))
    report = forgotten(replace(ports, home_files=NamingFiles()))
    assert report.left == (
        "1 of the posts of others name the person; nothing of theirs was changed.",
        "list.csv names the person and was not made by nanoreach; look at it.",
    )


# --- never again ----------------------------------------------------------------------------------


def imported(
    ports: Ports, handle: str, *, email: str | None = None, only_posts: bool = False
) -> ImportReport:
    record = CreatorRecord(
        platform="instagram", handle=handle, email=email, bio="Bonjour", only_posts=only_posts
    )
    return import_creators(ports, [SourceRow(file="again.jsonl", line=3, found=record)])


@pytest.mark.parametrize(
    ("handle", "email", "only_posts"),
    [
        ("Lison.Sans.Flacon", None, False),
        ("lison.sans.flacon", ADDRESS, False),
        ("lison.sans.flacon", None, True),
        ("another.handle", ADDRESS.upper(), False),
    ],
)
def test_no_import_brings_the_person_back(handle: str, email: str | None, only_posts: bool) -> None:  # noqa: FBT001 - a case
    ports = a_world("lison.sans.flacon")
    forgotten(ports)
    report = imported(ports, handle, email=email, only_posts=only_posts)
    (problem,) = report.skipped
    assert str(problem).startswith("again.jsonl line 3: this person asked to be forgotten")
    assert report.added == 0
    with ports.store.read() as tx:
        assert tx.creators.count() == 0


def test_somebody_who_only_objected_still_comes_in_without_the_address() -> None:
    ports = a_world("solene")
    with ports.store.write() as tx:
        never_again(ports, tx, ADDRESS, at=NOW, why="objected")
    assert imported(ports, "lison.sans.flacon", email=ADDRESS).added == 1
    with ports.store.read() as tx:
        creator = tx.creators.find(LISON)
        assert creator is not None
        assert creator.address is None


def test_a_letter_that_waits_is_never_sent() -> None:
    ports = a_world("lison.sans.flacon", "solene")
    approved(ports)
    approved(ports, "solene")
    forgotten(ports)
    tick(ports)
    assert len(accepted(ports)) == 1


def test_others_at_the_address_are_not_written_to_any_more() -> None:
    ports = a_world("lison.sans.flacon", "solene")
    with ports.store.write() as tx:
        other = tx.creators.find(SOLENE)
        assert other is not None
        tx.creators.save(replace(other, address=Address(email=ADDRESS)))
    forgotten(ports)
    with ports.store.read() as tx:
        (outreach,) = tx.outreach.of_creators([other.id])
        assert outreach.status is OutreachStatus.STOPPED


# --- interrupted ----------------------------------------------------------------------------------


def test_a_forgetting_that_was_interrupted_holds_no_name_and_is_finished_by_the_next() -> None:
    ports = replace(a_world(), home_files=DyingFiles())
    with pytest.raises(Died):
        forgotten(ports)
    with ports.store.read() as tx:
        (waiting,) = tx.privacy.unfinished()
        assert tx.creators.count() == 0
        assert "lison" not in str(waiting)
    report = forgotten(ports)
    assert report.before
    with ports.store.read() as tx:
        assert tx.privacy.unfinished() == ()


@pytest.mark.parametrize("finish", [tick, lambda ports: build_index(ports, progress=quiet)])
def test_a_tick_or_a_build_finishes_what_was_interrupted(finish: Callable[[Ports], object]) -> None:
    ports = a_world()
    delivery, _ = sent(ports)
    files = DyingFiles(letters={delivery.message_id})
    ports = replace(ports, home_files=files)
    with pytest.raises(Died):
        forgotten(ports)
    finish(ports)
    assert files.letters == set()
    with ports.store.read() as tx:
        assert tx.privacy.unfinished() == ()


def test_a_builder_at_work_is_waited_for_and_keeps_no_letter_waiting() -> None:
    index = BusyIndex()
    ports = replace(a_world("lison.sans.flacon", "solene"), similarity=index)
    approved(ports, "solene")
    with pytest.raises(Unavailable, match=r"out of the store, and not yet out of every file: The index is"):
        forgotten(ports)
    report = tick(ports)
    assert "being built" in report.not_forgotten
    assert len(report.sent.sent) == 1
    index.busy = False
    assert tick(ports).not_forgotten == ""
    with ports.store.read() as tx:
        assert tx.privacy.unfinished() == ()


def test_forgetting_twice_finds_nothing_the_second_time() -> None:
    ports = in_conversation()
    assert forgotten(ports).removed > 0
    for name in (LISON, ADDRESS, LISON.upper()):
        again = forgotten(ports, name)
        assert again.before
        assert again.removed == 0


# --- getting everything ---------------------------------------------------------------------------


def test_an_export_holds_every_row_and_every_word() -> None:
    ports = in_conversation()
    found = export(ports, LISON)
    document = json.dumps(plain(found), ensure_ascii=False)
    with ports.store.read() as tx:
        (creator,) = found.creators
        assert tx.creators.get(creator.id) == creator
        delivery, mail = tx.deliveries.list()[0], next(tx.privacy.mails())
    for held in (
        *(post.text for post in creator.posts),
        *(creator.bio, ADDRESS, "https://instagram.example/lison.sans.flacon", "huile de palme"),
        *(delivery.message_id, delivery.seal, mail.id, "Faire essayer le savon au romarin", "14 traverse"),
    ):
        assert held in document, held
    assert json.dumps(delivery.raw.decode())[1:-1] in json.dumps(plain(found))
    assert {entry.what for entry in found.journal} >= {"approved", "sent", "answer read"}
    assert [reply.kind.value for reply in found.replies] == ["question"]
    assert "solene" not in document.casefold()


def test_an_export_names_nobody_of_the_staff() -> None:
    ports = in_conversation()
    document = json.dumps(plain(replace(export(ports, LISON), deliveries=())), ensure_ascii=False)
    assert '"by": "us"' in document
    assert '"by": "Camille"' not in document
    assert ports.worker not in document


def test_an_export_of_somebody_forgotten_says_only_that() -> None:
    ports = in_conversation()
    forgotten(later(ports, NOW + timedelta(days=1)))
    found = export(ports, ADDRESS)
    assert not any((found.creators, found.outreach, found.drafts, found.deliveries))
    assert not any((found.replies, found.mails))
    assert found.forgotten_at == NOW + timedelta(days=1)
    assert [each.address for each in found.suppressions] == [ADDRESS]


def test_an_export_of_nobody_says_so() -> None:
    with pytest.raises(NotFound, match="Nothing about them is on file"):
        export(a_world(), "nobody@creator.example")


def test_a_draft_s_model_is_told_as_somebody_who_was_given_the_words() -> None:
    ports = a_world()
    draft = written(ports)
    with ports.store.write() as tx:
        tx.drafts.save(replace(draft, origin=replace(draft.origin, writer="openai", model="gpt-x")))
    assert (
        "the operator of the language model gpt-x, for the drafts below"
        in export(ports, LISON).information.recipients
    )


# --- mails ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "raw",
    [
        b"From: Lison <LISON@X.example>\r\n\r\nBonjour",
        b"From: a@b.example\r\n\r\nmon amie lison@x.example",
        b"Content-Transfer-Encoding: quoted-printable\r\n\r\nmon amie lis=\r\non@x.example",
        b"Content-Transfer-Encoding: quoted-printable\r\n\r\nmon amie lison=40x.example",
        b"Content-Transfer-Encoding: base64\r\n\r\nbW9uIGFtaWUgTGlzb25AeC5leGFtcGxl",
        b"Subject: =?utf-8?b?bGlzb25AeC5leGFtcGxl?=\r\n\r\nBonjour",
        (
            b"Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\nContent-Type: message/rfc822\r\n\r\n"
            b"Subject: =?utf-8?q?lison=40x=2Eexample?=\r\n\r\nx\r\n--b--\r\n"
        ),
    ],
)
def test_an_address_is_found_however_it_is_encoded(raw: bytes) -> None:
    assert names_any(raw, {"lison@x.example"})
    assert not names_any(raw, {"solene@x.example"})
    assert not names_any(raw, set())
