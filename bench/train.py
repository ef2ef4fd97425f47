"""Trains the network that reads niches off vectors, from the atlas: `python -m bench.train`.

It writes `index/data/niches.npz` and `niches.json`; the same atlas gives the same niches up to rounding.
"""

import json
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

import numpy as np
import numpy.typing as npt
import torch
from sklearn.manifold import TSNE
from torch.nn.functional import dropout, log_softmax, normalize

import index
from agent.domain.text import normal
from bench.atlas import Entry, Sample, read_atlas, samples

Floats = npt.NDArray[np.float32]

DATA = Path(index.__file__).parent / "data"
MEMBERS = 3
HIDDEN = 512
EPOCHS = 12
BATCH = 256
RATE = 2e-3
DECAY = 1e-3
DROPOUT = 0.3
NEIGHBOURS_SHARE = 0.1  # of the target, for the niches that an entry calls near
MIXED_SHARE = 0.3  # of the samples, blended with another one: creators have more than one interest
SCALE = 6.0  # of the unit vectors at the input, so that the first layer need not learn it
TEMPERATURE = 0.7
STRENGTH = 0.85


@dataclass(frozen=True, kw_only=True)
class Lesson:
    """What is learnt from: vectors [n, d], the niche of each [n], weights [n], targets [niches, niches]."""

    vectors: Floats
    niche: npt.NDArray[np.int64]
    weights: Floats
    targets: Floats


def main() -> None:
    """Train on the whole atlas and put the weights into the package."""
    entries = read_atlas()
    learned = samples(entries)
    embedder = index.load_embedder(index.PLAIN)
    print(f"{len(entries)} niches, {len(learned)} samples; embedding …")
    vectors = embedder.encode([normal(sample.text) for sample in learned])
    weights = trained(lesson(entries, learned, vectors), seeds=range(MEMBERS))
    DATA.mkdir(exist_ok=True)
    (DATA / "niches.npz").write_bytes(weights)
    (DATA / "niches.json").write_text(names_file(entries, learned, vectors), encoding="utf-8")
    print(f"{len(weights):,} bytes of weights in {DATA}")


def lesson(entries: Sequence[Entry], learned: Sequence[Sample], vectors: Floats) -> Lesson:
    """Return what to learn: samples of niches that are not among the entries are left out."""
    place = {entry.id: i for i, entry in enumerate(entries)}
    kept = np.array([i for i, sample in enumerate(learned) if sample.niche in place], dtype=np.int64)
    targets = np.zeros((len(entries), len(entries)), dtype=np.float32)
    for entry in entries:
        near = [place[other] for other in entry.near if other in place and other != entry.id]
        targets[place[entry.id], place[entry.id]] = 1 - NEIGHBOURS_SHARE * bool(near)
        for other in near:
            targets[place[entry.id], other] += NEIGHBOURS_SHARE / len(near)
    return Lesson(
        vectors=vectors[kept],
        niche=np.array([place[learned[i].niche] for i in kept], dtype=np.int64),
        weights=np.array([learned[i].weight for i in kept], dtype=np.float32),
        targets=targets,
    )


def trained(taught: Lesson, *, seeds: Collection[int]) -> bytes:
    """Return the weights' file of a committee with one network per seed."""
    arrays: dict[str, npt.NDArray[np.floating]] = {
        "members": np.array(len(seeds), dtype=np.float32),
        "scale": np.array(SCALE, dtype=np.float32),
        "temperature": np.array(TEMPERATURE, dtype=np.float32),
        "strength": np.array(STRENGTH, dtype=np.float32),
    }
    torch.set_num_threads(1)
    for member, seed in enumerate(seeds):
        for name, tensor in _network(taught, seed).items():
            arrays[f"{name}{member}"] = tensor.detach().numpy().astype(np.float16)
    content = BytesIO()
    np.savez(content, **arrays)  # type: ignore[arg-type]  # the stubs take the second argument for a flag
    return content.getvalue()


def _network(taught: Lesson, seed: int) -> dict[str, torch.Tensor]:
    torch.manual_seed(seed)
    random = np.random.default_rng(seed)
    vectors, targets = torch.from_numpy(taught.vectors), torch.from_numpy(taught.targets)
    niche, weights = torch.from_numpy(taught.niche), torch.from_numpy(taught.weights)
    inner = torch.nn.Linear(vectors.shape[1], HIDDEN)
    outer = torch.nn.Linear(HIDDEN, len(targets))
    parameters = [*inner.parameters(), *outer.parameters()]
    optimizer = torch.optim.AdamW(parameters, lr=RATE, weight_decay=DECAY)
    steps = EPOCHS * -(-len(vectors) // BATCH)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimizer, RATE, total_steps=steps + 1)
    for _ in range(EPOCHS):
        for rows in torch.split(torch.from_numpy(random.permutation(len(vectors))), BATCH):
            texts, wanted = _mixed(vectors[rows], targets[niche[rows]], random)
            hidden = torch.relu(inner(texts * SCALE))
            scores = log_softmax(outer(dropout(hidden, DROPOUT)), dim=1)
            loss = (-(wanted * scores).sum(dim=1) * weights[rows]).mean()
            optimizer.zero_grad()
            loss.backward()  # type: ignore[no-untyped-call]  # torch leaves it untyped
            optimizer.step()
            schedule.step()
    return {
        "inner": inner.weight.T,
        "inner_bias": inner.bias,
        "outer": outer.weight.T,
        "outer_bias": outer.bias,
    }


def _mixed(
    texts: torch.Tensor, wanted: torch.Tensor, random: np.random.Generator
) -> tuple[torch.Tensor, torch.Tensor]:
    """Return the batch with some texts blended with another one, and their targets in the same shares."""
    own = random.uniform(0.5, 1, size=(len(texts), 1))
    own[random.random((len(texts), 1)) >= MIXED_SHARE] = 1
    share = torch.from_numpy(own.astype(np.float32))
    other = torch.from_numpy(random.permutation(len(texts)))
    blended = normalize(share * texts + (1 - share) * texts[other], dim=1)
    return blended, share * wanted + (1 - share) * wanted[other]


def names_file(entries: Sequence[Entry], learned: Sequence[Sample], vectors: Floats) -> str:
    """Return the names' file: one niche a line with its place on the map, near those that are like it."""
    owner = np.array([sample.niche for sample in learned])
    centres = np.stack([vectors[owner == entry.id].mean(axis=0) for entry in entries])
    centres -= centres.mean(axis=0)
    places = TSNE(metric="cosine", init="pca", perplexity=12, random_state=0).fit_transform(centres)
    low, high = places.min(axis=0), places.max(axis=0)
    rows = [
        json.dumps(
            {"id": entry.id, **entry.names, "x": round(float(x), 4), "y": round(float(y), 4)},
            ensure_ascii=False,
        )
        for entry, (x, y) in zip(entries, (places - low) / (high - low), strict=True)
    ]
    return "[\n" + ",\n".join(rows) + "\n]\n"


if __name__ == "__main__":
    main()
