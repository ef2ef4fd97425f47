"""Embeds the texts of a build with Ray Data, on all cores of this machine or on a cluster.

Vectors come back block by block and are kept at once: an interruption costs what was on its way.
RAY_ADDRESS names a cluster, as everywhere with Ray. Without it one is started that listens on this machine
only and wants a token; it ends with the embedding, and its processes within seconds.
"""

import logging
import os
import secrets
import shutil
from collections.abc import Callable, Generator, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import cache
from tempfile import mkdtemp
from typing import Any

import numpy as np
import numpy.typing as npt

from index.embedder import Embedder
from index.errors import EmbedderUnavailable, IndexUnavailable
from index.pool import available_cores
from index.ranking import Floats, Ints

Make = Callable[[], Embedder]
"""Loads the model in a worker; Ray sends it there, so it has to be importable by name."""

_ADDRESS = "RAY_ADDRESS"
_STORE_BYTES = 256 << 20  # texts and vectors on their way
_QUIET = {"RAY_USAGE_STATS_ENABLED": "0", "RAY_BACKEND_LOG_LEVEL": "fatal"}
_OURS = _QUIET | {
    "RAY_ENABLE_WINDOWS_OR_OSX_CLUSTER": "0",  # on every system: Ray then listens on loopback only
    "RAY_AUTH_MODE": "token",  # other users of this machine cannot run anything in our processes
}


class RayEmbedder:
    """An Embedder that has the texts of a build embedded by Ray, and embeds a query itself."""

    def __init__(self, own: Embedder, make: Make) -> None:
        """Take the model, and how a worker loads it; a worker that comes to another model is refused."""
        self.identity = own.identity
        self.dimensions = own.dimensions
        self._own = own
        self._make = make

    def encode(self, texts: Sequence[str]) -> Floats:
        """Return one unit vector per text, [n, d], in the order of the texts."""
        return self._own.encode(texts)

    def blocks(self, texts: Sequence[str], size: int) -> Generator[tuple[Ints, Floats]]:
        """Yield places among the texts and their vectors, as they are done; Ray ends with the generator.

        Raises EmbedderUnavailable without Ray, IndexUnavailable where it fails.
        """
        if not texts:
            return
        with _cluster() as ray:
            yield from _vectors(ray, texts, (self._make, self.identity), size)


class _Worker:
    """What one process of Ray does, with one thread: Ray allows it no more for one core."""

    def __init__(self, make: Make, identity: str) -> None:
        self._embedder = make()
        if self._embedder.identity != identity:
            raise ValueError(f"a worker has the model {self._embedder.identity} and not {identity}")

    def __call__(self, block: Mapping[str, npt.NDArray[Any]]) -> dict[str, npt.NDArray[Any]]:
        """Return the vectors of a block's texts, with their places as they came."""
        texts = [text.decode("utf-8", "surrogatepass") for text in block["text"]]
        return {"place": block["place"], "vector": self._embedder.encode(texts)}


def _vectors(
    ray: Any,  # noqa: ANN401 - the module, loaded when it is needed
    texts: Sequence[str],
    worker: tuple[Make, str],
    size: int,
) -> Iterator[tuple[Ints, Floats]]:
    """Yield places among the texts and their vectors, block by block, as they are done."""
    import pyarrow as pa

    ends = range(size, len(texts) + size, size)
    blocks = [
        pa.table(
            {
                "place": np.arange(end - size, min(end, len(texts))),
                "text": [text.encode("utf-8", "surrogatepass") for text in texts[end - size : end]],
            }
        )
        for end in ends
    ]
    cores = max(int(ray.cluster_resources().get("CPU", 1)), 1)
    done = ray.data.from_arrow(blocks).map_batches(
        _Worker,
        fn_constructor_args=worker,
        batch_size=None,
        batch_format="numpy",
        num_cpus=1,
        compute=ray.data.ActorPoolStrategy(min_size=1, max_size=min(cores, len(blocks))),
    )
    for block in done.iter_batches(batch_size=None, batch_format="numpy"):
        yield block["place"], block["vector"]


@contextmanager
def _cluster() -> Iterator[Any]:
    """Connect to the cluster that RAY_ADDRESS names, or start one on this machine and end it at last."""
    local = not os.environ.get(_ADDRESS)
    with _environment(_OURS | {"RAY_AUTH_TOKEN": _token()} if local else _QUIET):
        ray = _ray()
        folder = mkdtemp(prefix="nr-") if local else ""
        try:
            _connect(ray, folder)
            _silence(ray)
            yield ray
        except ray.exceptions.RayError as reason:
            raise IndexUnavailable(
                f"Embedding with Ray failed ({_last_line(reason)}); what was embedded is kept. Build again, "
                "or without Ray."
            ) from reason
        finally:
            ray.shutdown()
            shutil.rmtree(folder, ignore_errors=True)


@cache
def _token() -> str:
    """Return this process's token; Ray reads it once, however many clusters follow."""
    return secrets.token_hex()


def _ray() -> Any:  # noqa: ANN401 - the module, loaded when it is needed
    try:
        import ray
        import ray.data
    except ImportError as reason:
        raise EmbedderUnavailable(
            "Embedding with Ray needs the package ray; install it with: pip install 'nanoreach[ray]'"
        ) from reason
    return ray


def _connect(ray: Any, folder: str) -> None:  # noqa: ANN401 - as above
    """Start Ray in a folder of this machine; without one, join the cluster that the environment names."""
    local = {
        "address": "local",
        "num_cpus": available_cores(),
        "object_store_memory": _STORE_BYTES,
        "include_dashboard": False,
        "_node_ip_address": "127.0.0.1",
        "_temp_dir": folder,
    }
    try:
        ray.init(log_to_driver=False, logging_level=logging.ERROR, **(local if folder else {}))
    except (OSError, ValueError, RuntimeError) as reason:
        what = "start on this machine" if folder else f"reach the cluster at {os.environ[_ADDRESS]}"
        raise IndexUnavailable(
            f"Ray cannot {what} ({_last_line(reason)}); build without it, or put that right."
        ) from reason


def _silence(ray: Any) -> None:  # noqa: ANN401 - as above
    """Leave the telling of progress to whoever asked for it."""
    context = ray.data.DataContext.get_current()
    context.enable_progress_bars = False
    context.print_on_execution_start = False
    logging.getLogger("ray.data").setLevel(logging.ERROR)


@contextmanager
def _environment(values: Mapping[str, str]) -> Iterator[None]:
    """Set variables that Ray hands down to its processes, and put them back afterwards."""
    before = {name: os.environ.get(name) for name in values}
    os.environ.update(values)
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                del os.environ[name]
            else:
                os.environ[name] = value


def _last_line(reason: BaseException) -> str:
    """Return what went wrong in one line; of a failure in a worker, the worker's own words."""
    lines = [line.strip() for line in str(reason).splitlines() if line.strip()]
    return lines[-1][:300] if lines else type(reason).__name__
