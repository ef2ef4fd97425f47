"""Pages: templates with the reader's language, formats and figures."""

from collections.abc import Mapping
from dataclasses import dataclass

from jinja2 import Environment, PackageLoader, StrictUndefined

from agent.domain.delivery import DeliveryState
from agent.domain.draft import WAITING, DraftKind, DraftStatus, RejectionReason
from agent.domain.handover import OPEN_HANDOVERS
from agent.domain.pace import minutes_for
from agent.domain.vetting import about
from agent.ports import Ports
from agent.usecases.reviewing import pace_of
from agent.web import labels
from agent.web.assets import Asset
from agent.web.config import DeskConfig
from agent.web.formats import Formats, code_points, reacting
from agent.web.sayings import sayings
from agent.web.translations import LANGUAGES, Tongue, tongues

COUNTED = 1000
"""Up to here letters are counted; beyond, a page says that there are more."""


class Pages:
    """Renders templates: one environment for each language, everything escaped."""

    def __init__(self, ports: Ports, config: DeskConfig, assets: dict[str, Asset]) -> None:
        self._ports = ports
        self._config = config
        self._assets = assets
        self.tongues = tongues()
        self.environments = {language: self._environment(t) for language, t in self.tongues.items()}

    def render(
        self,
        template: str,
        *,
        language: str,
        reader: str | None,
        context: Mapping[str, object],
    ) -> str:
        """Return a page; where somebody is logged in, its header counts what waits for them."""
        return (
            self.environments[language]
            .get_template(template)
            .render(
                context,
                language=language,
                now=self._ports.clock.now(),
                figures=self._figures(reader) if reader is not None else None,
            )
        )

    def _environment(self, tongue: Tongue) -> Environment:
        environment = Environment(
            loader=PackageLoader("agent.web", "templates"),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            extensions=["jinja2.ext.i18n"],
        )
        install = getattr(environment, "install_gettext_callables")  # noqa: B009 - the extension adds it
        install(tongue.gettext, tongue.ngettext, newstyle=True)
        formats = Formats(tongue=tongue, zone=self._config.zone, sayings=sayings(tongue.language))
        for name in (
            "told",
            "complaint",
            "when",
            "day",
            "weekday",
            "age",
            "number",
            "decimals",
            "score",
            "percent",
            "money",
            "language_name",
            "country_name",
        ):
            environment.filters[name] = getattr(formats, name)
        environment.filters["code_points"] = code_points
        environment.globals |= {
            "labels": labels,
            "language": tongue.language,
            "languages": LANGUAGES,
            "static": self._static,
            "reacting": reacting,
            "about": about,
            "reasons": tuple(RejectionReason),
            "DraftStatus": DraftStatus,
            "DraftKind": DraftKind,
            "DeliveryState": DeliveryState,
            "WAITING": WAITING,
            "COUNTED": COUNTED,
        }
        return environment

    def _static(self, name: str) -> str:
        return f"/static/{name}?v={self._assets[name].version}"

    def _figures(self, reader: str) -> "Figures":
        with self._ports.store.read() as tx:
            to_read = tx.drafts.count(statuses=WAITING, at_most=COUNTED + 1)
            to_copy = tx.handovers.count(states=OPEN_HANDOVERS)
            uncertain = len(tx.deliveries.list(states=[DeliveryState.UNCERTAIN]))
            pace = pace_of(tx, reader)
        return Figures(
            to_read=to_read,
            to_copy=to_copy,
            uncertain=uncertain,
            seconds_per_letter=pace.seconds if pace is not None else self._config.seconds_per_letter,
            is_own_pace=pace is not None,
        )


@dataclass(frozen=True, kw_only=True)
class Figures:
    """What waits, and how long the person who reads takes over a letter; a guess before that is known."""

    to_read: int
    to_copy: int
    uncertain: int
    seconds_per_letter: float
    is_own_pace: bool

    def minutes(self, letters: int) -> int:
        """Return how long so many letters take this person."""
        return minutes_for(letters, self.seconds_per_letter)
