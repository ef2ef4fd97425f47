"""A real model behind the real protocol: what it writes becomes a letter to be judged, or our error."""

from dataclasses import replace

import pytest

from agent.adapters.llm import OpenAIWriter
from agent.domain.errors import BadInput, Unavailable
from agent.usecases.composing import assemble
from tests.unit.writers.assignments import american_brand, assignment

pytestmark = pytest.mark.model


def test_a_real_model_fills_the_schema_or_fails_in_our_words(real_model_url: str) -> None:
    brand = replace(american_brand(), voice=replace(american_brand().voice, examples=()))
    told = assignment("en", brand=brand)
    with OpenAIWriter(
        model="smollm2", base_url=real_model_url, timeout=150, most_tokens=600, bounded=True
    ) as writer:
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


def test_an_unknown_path_at_a_real_server_is_told(real_model_url: str) -> None:
    url = real_model_url.removesuffix("/v1") + "/nowhere"
    with (
        OpenAIWriter(model="smollm2", base_url=url) as writer,
        pytest.raises(Unavailable, match="NANOREACH_MODEL"),
    ):
        writer.write(assignment("en"))
