"""Expansions in a folder of the home: one small file per campaign, replaced whole."""

import os
from contextlib import suppress
from hashlib import blake2b
from pathlib import Path
from tempfile import mkstemp
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from agent.domain.errors import Unavailable
from agent.domain.ids import CampaignId
from agent.domain.imagined import LONGEST_POST, Imagined, Kind
from agent.ports import Kept

_LARGEST = 64 * 1024
"""Bytes; a larger file is none of ours."""


class _Text(BaseModel):
    model_config = ConfigDict(extra="forbid")

    kind: Kind
    language: str = Field(max_length=12)
    text: str = Field(max_length=LONGEST_POST)


class _Entry(BaseModel):
    model_config = ConfigDict(extra="forbid")

    key: str = Field(max_length=64)
    texts: Annotated[list[_Text], Field(max_length=24)]


class _File(BaseModel):
    model_config = ConfigDict(extra="forbid")

    campaign: str
    expansions: Annotated[list[_Entry], Field(max_length=8)]


class ExpansionFolder:
    """Keeps expansions; the folder is made with the first of them."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def of(self, campaign_id: CampaignId) -> tuple[Kept, ...]:
        """Return what is kept for a campaign; a file that is damaged or not there holds nothing."""
        try:
            with self._path(campaign_id).open("rb") as file:
                read = _File.model_validate_json(file.read(_LARGEST))
        except (OSError, ValidationError):  # the model is asked again, and the file replaced
            return ()
        if read.campaign != campaign_id:
            return ()
        return tuple(
            Kept(key=each.key, texts=tuple(Imagined(**vars(text)) for text in each.texts))
            for each in read.expansions
        )

    def keep(self, campaign_id: CampaignId, kept: tuple[Kept, ...]) -> None:
        """Put a file with exactly these in place of the one before; with none, remove it."""
        path = self._path(campaign_id)
        try:
            if kept:
                _replace(path, _content(campaign_id, kept))
            else:
                path.unlink(missing_ok=True)
        except OSError as error:
            raise Unavailable(
                f"The folder {self._folder} cannot be written: {error.strerror or error}. Free space or "
                "correct its permissions."
            ) from error

    def _path(self, campaign_id: CampaignId) -> Path:
        # a campaign's id is what a person typed, and no name for a file
        return self._folder / f"{blake2b(campaign_id.encode(), digest_size=12).hexdigest()}.json"


def _content(campaign_id: CampaignId, kept: tuple[Kept, ...]) -> bytes:
    entries = [
        _Entry(
            key=each.key,
            texts=[_Text(kind=text.kind, language=text.language, text=text.text) for text in each.texts],
        )
        for each in kept
    ]
    return _File(campaign=campaign_id, expansions=entries).model_dump_json(indent=1).encode()


def _replace(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    handle, name = mkstemp(dir=path.parent, prefix=".writing-", suffix=".tmp")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        Path(name).replace(path)
    except OSError:
        with suppress(OSError):
            Path(name).unlink()
        raise
