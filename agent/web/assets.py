"""Style sheet, script and icon: read once, served from memory under an address that changes with them."""

from dataclasses import dataclass
from hashlib import sha256
from importlib.resources import files
from importlib.resources.abc import Traversable

# in the order of their layers' use; every other sheet is a component
_FIRST = ("layers.css", "tokens.css", "reset.css", "base.css")
_LAST = ("utilities.css", "print.css")


@dataclass(frozen=True, kw_only=True)
class Asset:
    """One file as it is served."""

    content: bytes
    media_type: str

    @property
    def version(self) -> str:
        """What makes the address change with the content."""
        return sha256(self.content).hexdigest()[:12]


def load_assets() -> dict[str, Asset]:
    """Read what the pages refer to, by name; every component's style sheet is part of one."""
    static = files("agent.web").joinpath("static")
    htmx = files("js_lib_htmx").joinpath("static", "htmx", "htmx.min.js")
    return {
        "desk.css": Asset(content=_stylesheet(static.joinpath("css")), media_type="text/css"),
        "desk.js": Asset(content=static.joinpath("desk.js").read_bytes(), media_type="text/javascript"),
        "htmx.js": Asset(content=htmx.read_bytes(), media_type="text/javascript"),
        "mark.svg": Asset(content=static.joinpath("mark.svg").read_bytes(), media_type="image/svg+xml"),
    }


def _stylesheet(folder: Traversable) -> bytes:
    sheets = {sheet.name: sheet.read_bytes() for sheet in folder.iterdir() if sheet.name.endswith(".css")}
    components = sorted(sheets.keys() - {*_FIRST, *_LAST})
    return b"\n".join(sheets[name] for name in (*_FIRST, *components, *_LAST))
