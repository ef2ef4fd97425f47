"""Brief letters as PDF, set by typst: tagged, PDF/UA-1, the same bytes for the same letter."""

import json
from dataclasses import asdict
from datetime import datetime
from functools import cached_property
from hashlib import sha256
from importlib.metadata import version
from importlib.resources import files
from threading import Lock
from typing import TYPE_CHECKING

from agent.domain.brief import BriefLetter
from agent.domain.errors import BadInput, Unavailable

if TYPE_CHECKING:
    import typst

_LAYOUT = "brief/letter.typ"


class TypstTypesetter:
    """Sets letters with the layout in `prompts/` and the fonts of the typst wheel; no system font is used."""

    def __init__(self) -> None:
        self._setting = Lock()

    @cached_property
    def reference(self) -> str:
        """The layout's name with its content hash, and the engine that sets it."""
        return f"{_LAYOUT}@{sha256(self._layout).hexdigest()[:12]}, typst {version('typst')}"

    def pdf(self, letter: BriefLetter, *, at: datetime) -> bytes:
        """Return a tagged PDF dated `at`: the same bytes for the same letter and date.

        The letter travels as JSON beside the layout and is set as text, so that nothing a person wrote is
        read as markup. Raises BadInput where the letter cannot be set as PDF/UA-1.
        """
        return self._compiled(letter, "pdf", at=at)[0]

    def pictures(self, letter: BriefLetter, *, ppi: float = 110) -> list[bytes]:
        """Return every page as PNG, for looking at."""
        return self._compiled(letter, "png", ppi=ppi)

    def _compiled(
        self, letter: BriefLetter, kind: str, *, at: datetime | None = None, ppi: float = 110
    ) -> list[bytes]:
        import typst

        told = {"letter": json.dumps(asdict(letter), ensure_ascii=False)}
        try:
            with self._setting:  # the compiler keeps what it was told last
                made = self._compiler.compile(
                    self._layout,
                    format="pdf" if kind == "pdf" else "png",
                    ppi=ppi if kind == "png" else None,
                    sys_inputs=told,
                    pdf_standards=["ua-1"] if kind == "pdf" else [],
                    timestamp=int(at.timestamp()) if at is not None else None,
                )
        except typst.TypstError as error:
            raise BadInput(f"The letter “{letter.title}” cannot be set as PDF: {error.message}.") from error
        if made is None:
            raise Unavailable("The typesetter gave nothing back; try again.")
        return made if isinstance(made, list) else [made]

    @cached_property
    def _layout(self) -> bytes:
        return files("prompts").joinpath(*_LAYOUT.split("/")).read_bytes()

    @cached_property
    def _compiler(self) -> "typst.Compiler":
        import typst

        return typst.Compiler(root=str(files("prompts")), ignore_system_fonts=True, font_paths=[])
