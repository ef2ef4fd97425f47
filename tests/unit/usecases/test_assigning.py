"""Letters are given to somebody, and come back when the account goes."""

from agent.domain.draft import WAITING, RejectionReason
from agent.domain.people import Role
from agent.ports import EVERY_DRAFT, DraftFilter, Ports
from agent.usecases.accounts import register, remove_account
from agent.usecases.assigning import assign, reviewers
from agent.usecases.reviewing import reject
from tests.unit.usecases.world import a_world, written

CAMILLE, ZOE, VERA = "camille@savon.example", "zoe@savon.example", "vera@savon.example"


def a_house(*keys: str) -> Ports:
    ports = a_world(*keys)
    for email, role in ((ZOE, Role.OPERATOR), (CAMILLE, Role.MANAGER), (VERA, Role.VIEWER)):
        register(ports, email=email, name=email, role=role, password="a short sentence to remember")
    return ports


def given(ports: Ports, who: str) -> int:
    with ports.store.read() as tx:
        return tx.drafts.count(statuses=WAITING, only=DraftFilter(assigned_to=who))


def test_only_who_decides_is_given_letters_and_the_journal_knows() -> None:
    ports = a_house("une", "deux", "trois")
    drafts = [written(ports, key) for key in ("une", "deux", "trois")]
    reject(ports, drafts[0].id, reason=RejectionReason.OTHER, by=ZOE)
    people = [account.email for account in reviewers(ports)]
    assert people == [CAMILLE, ZOE]
    assert assign(ports, only=EVERY_DRAFT, to=people, by=ZOE) == 2
    assert (given(ports, CAMILLE), given(ports, ZOE)) == (1, 1)
    with ports.store.read() as tx:
        (entry,) = tx.journal.of(CAMILLE)
    assert (entry.who, entry.what, entry.why) == (ZOE, "assigned", "letters: 1")


def test_the_letters_of_an_account_that_is_gone_are_anybodys() -> None:
    ports = a_house("une")
    written(ports, "une")
    assign(ports, only=EVERY_DRAFT, to=[CAMILLE], by=ZOE)
    remove_account(ports, CAMILLE, by=ZOE)
    assert given(ports, CAMILLE) == 0
    with ports.store.read() as tx:
        assert tx.drafts.count(statuses=WAITING, only=DraftFilter(is_assigned=False)) == 1
