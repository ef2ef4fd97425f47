"""A data-subject request covers briefs: all of them are told, and all of them go."""

from base64 import b64decode

import pytest

from agent.adapters.database import migrate, open_store
from agent.domain.brief import AnswerKind
from agent.domain.errors import NotFound
from agent.domain.ids import OutreachId
from agent.usecases.briefing import review_brief
from agent.usecases.briefing_answers import answer_brief, brief_page
from agent.usecases.privacy_export import US, export
from agent.usecases.privacy_forget import forget
from tests.fakes import make_ports
from tests.unit.briefs.agreed import OUTREACH, PUBLIC, READER, agreed_world, approved

PERSON = "instagram:lison.1"


@pytest.mark.parametrize("kind", ["memory", "sqlite"])
def test_briefs_are_exported_and_forgotten(kind: str, tmp_path_factory: pytest.TempPathFactory) -> None:
    ports = make_ports(public_url=PUBLIC)
    if kind == "sqlite":
        url = f"sqlite:///{tmp_path_factory.mktemp('store') / 'store.db'}"
        migrate(url)
        ports = make_ports(store=open_store(url), public_url=PUBLIC)
    agreed_world(people=2, ports=ports)
    approval = approved(ports)
    approved(ports, OutreachId("o-2"))
    link = ports.links.brief(OUTREACH)
    assert link is not None
    token = link.rpartition("/")[2]
    answer_brief(ports, token, kind=AnswerKind.ASKS, text="Puis-je venir à l’atelier ?")

    told = export(ports, PERSON)
    assert [agreement.outreach_id for agreement in told.agreements] == [OUTREACH]
    assert [(brief.number, brief.by) for brief in told.briefs] == [(1, US)]
    (briefed,) = told.approved_briefs
    assert (briefed.text, b64decode(briefed.pdf)) == (approval.letter.text, approval.pdf)
    assert [answer.text for answer in told.brief_answers] == ["Puis-je venir à l’atelier ?"]
    assert "brief answered" in [entry.what for entry in told.journal]
    assert {entry.who for entry in told.journal} == {US}

    report = forget(ports, PERSON, by=READER)
    removed = report.places[0].removed
    assert [removed[name] for name in ("agreements", "briefs", "brief_approvals", "brief_answers")] == [1] * 4
    assert brief_page(ports, token) is None
    with ports.store.read() as tx:
        assert tx.journal.of(approval.brief_id) == ()
    with pytest.raises(NotFound):
        review_brief(ports, OUTREACH)
    assert review_brief(ports, OutreachId("o-2")).approval is not None
    close = getattr(ports.store, "close", None)
    if close is not None:
        close()
