"""What is stored in Milvus: three collections for each generation of the index, and a list of generations."""

from index.milvus.server import Field
from index.snapshot import CODE

FORMAT = 100 + CODE
"""Changes with what is stored (hundreds) and with what is computed into it; an older one is built anew."""
ALIAS = "nanoreach_current"
"""Names the collection of creators of the generation in use: changing it puts another generation to use."""
GENERATIONS = "nanoreach_generations"

# every vector is compared: exact under any filter, and the server shares the work among its cores and nodes
_EXACT = {"index_type": "FLAT", "metric_type": "IP"}
_SORTED = {"index_type": "INVERTED"}
_KEY = Field(name="key", kind="INT64")
_DIGEST = Field(name="digest", kind="VARCHAR", limits={"max_length": 64})
_WORDS = {"max_length": 1024}


def creators(number: int) -> str:
    """Return the name of a generation's creators: their whole texts, and what filters look at."""
    return f"nanoreach_{number:06d}_creators"


def bios(number: int) -> str:
    """Return the name of a generation's bios."""
    return f"nanoreach_{number:06d}_bios"


def passages(number: int) -> str:
    """Return the name of a generation's passages."""
    return f"nanoreach_{number:06d}_passages"


def number_of(name: str) -> int | None:
    """Return the generation that a collection belongs to, None for one that is not ours."""
    match name.split("_"):
        case ["nanoreach", number, "creators" | "bios" | "passages"] if number.isdecimal():
            return int(number)
        case _:
            return None


def creator_fields(dimensions: int) -> tuple[Field, ...]:
    """Return the fields of creators; words are numbers, so that no text ever is part of an expression.

    `texts` counts all vectors of a creator, `passages` those of posts; `signature` changes with anything
    about the creator.
    """
    words = ("platform", "language", "country", "followers")
    return (
        _KEY,
        *(Field(name=name, kind="INT64", index=_SORTED) for name in words),
        *(Field(name=name, kind="INT64") for name in ("texts", "passages")),
        _DIGEST,
        Field(name="signature", kind="VARCHAR", limits={"max_length": 64}),
        _vector(dimensions),
    )


def text_fields(dimensions: int) -> tuple[Field, ...]:
    """Return the fields of bios and of passages: whose they are, and the digest of the text."""
    return (_KEY, Field(name="owner", kind="INT64", index=_SORTED), _DIGEST, _vector(dimensions))


def generation_fields() -> tuple[Field, ...]:
    """Return the fields of the list of generations; Milvus wants a vector in all, this one says nothing."""
    numbers = ("format", "dimensions", "ready", "creators", "passages")
    return (
        _KEY,
        *(Field(name=name, kind="INT64") for name in numbers),
        *(Field(name=name, kind="VARCHAR", limits=_WORDS) for name in ("identity", "source")),
        _vector(2),
    )


def _vector(dimensions: int) -> Field:
    return Field(name="vector", kind="FLOAT_VECTOR", limits={"dim": dimensions}, index=_EXACT)
