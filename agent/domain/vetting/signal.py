"""Signals: what a person may want to know before writing to a creator, each with the words that show it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from agent.domain.fit import Level, Quotation
from agent.domain.vetting.wording import SENTENCES


class Kind(StrEnum):
    """What a signal is about."""

    ENGAGEMENT = "engagement"
    IRREGULAR = "irregular"
    SPONSORED = "sponsored"
    DISCLOSURE = "disclosure"
    COMPETITOR = "competitor"
    LANGUAGE = "language"
    ACTIVITY = "activity"
    STALE = "stale"
    OFF_TOPIC = "off_topic"
    SAFETY = "safety"
    SENSITIVE = "sensitive"


@dataclass(frozen=True, kw_only=True)
class Signal:
    """One observation. There is no sum of them: each stands for itself, with its level and its evidence.

    `key` names its sentence in `wording`, `figures` are what the sentence needs: numbers as a person reads
    them (a share as 0 to 100), names as they are written.
    """

    kind: Kind
    level: Level
    key: str
    figures: Mapping[str, int | float | str] = field(default_factory=dict)
    evidence: tuple[Quotation, ...] = ()

    @property
    def text(self) -> str:
        """The sentence in English."""
        return self.said("en")

    def said(self, language: str) -> str:
        """Return the sentence in French for `fr`, else in English."""
        is_french = language == "fr"
        sentence = SENTENCES[self.key][1 if is_french else 0]
        return sentence.format(**{name: _shown(value, is_french) for name, value in self.figures.items()})


def _shown(value: float | str, is_french: bool) -> str:  # noqa: FBT001 - of this module only
    shown = f"{value:.1f}" if isinstance(value, float) else str(value)
    return shown.replace(".", ",") if is_french and isinstance(value, float) else shown
