"""A real model behind the real protocol: what it writes becomes a letter to be judged, or our error."""

from dataclasses import replace

import pytest

from agent.adapters.llm import Endpoint, Line, OpenAIWriter
from agent.domain.draft import DraftStatus, Severity
from agent.domain.errors import BadInput, NotApprovable, Unavailable
from agent.domain.ids import OutreachId
from agent.domain.text import folded
from agent.usecases.composing import assemble
from agent.usecases.drafting import draft_letter
from agent.usecases.reviewing import approve, queue, review
from tests.fakes import make_ports
from tests.unit.usecases.world import a_world
from tests.unit.writers.assignments import american_brand, assignment

pytestmark = pytest.mark.model


def a_line(url: str) -> Line:
    return Line(Endpoint(model="smollm2", base_url=url, timeout=150, bounded=True))


def test_a_real_model_fills_the_schema_or_fails_in_our_words(real_model_url: str) -> None:
    brand = replace(american_brand(), voice=replace(american_brand().voice, examples=()))
    told = assignment("en", brand=brand)
    with OpenAIWriter(a_line(real_model_url), most_tokens=600) as writer:
        try:
            written = writer.write(told)
        except (Unavailable, BadInput):
            return  # told in our words: the model is as weak as it gets
    assert written.origin.model == "smollm2"
    assert written.usage.input_tokens > 300
    assert written.usage.output_tokens > 20
    letter = assemble(written.words, told)
    assert letter.greeting == "Hi Priya,"
    assert letter.text.endswith("Second Evening")


def test_what_a_real_model_writes_meets_the_same_gate(real_model_url: str) -> None:
    with OpenAIWriter(a_line(real_model_url), most_tokens=400) as writer:
        ports = a_world(ports=make_ports(writers={"openai": writer}))
        try:
            draft = draft_letter(ports, OutreachId("o-lison.sans.flacon"), writer=writer)
        except (Unavailable, BadInput):
            assert queue(ports).total == 0  # nothing half-written waits for anybody
            return
    assert draft is not None
    shown = review(ports, draft.id)
    if draft.status is DraftStatus.BLOCKED:
        assert any(finding.severity is Severity.BLOCK for finding in draft.findings)
        with pytest.raises(NotApprovable, match="blocked"):
            approve(ports, draft.id, seal=str(shown.seal), by="Camille")
        return
    claims = [
        sentence for sentence in draft.letter.sentences if any(r.about_creator for r in sentence.receipts)
    ]
    assert claims
    for receipt in (receipt for sentence in claims for receipt in sentence.receipts if receipt.about_creator):
        assert folded(receipt.quote) in folded(shown.creator.evidence_text(receipt.ref) or "")


def test_an_unknown_path_at_a_real_server_is_told(real_model_url: str) -> None:
    url = real_model_url.removesuffix("/v1") + "/nowhere"
    with (
        OpenAIWriter(a_line(url)) as writer,
        pytest.raises(Unavailable, match="NANOREACH_MODEL"),
    ):
        writer.write(assignment("en"))
