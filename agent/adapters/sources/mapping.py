"""The mapping file: what the columns of somebody else's export mean, and what holds for all rows."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from pathlib import Path

import yaml

from agent.adapters.sources.fields import FIELDS, field_named, plain_title
from agent.adapters.sources.values import BadValue
from agent.adapters.sources.yamltree import Complaints, Section, read_tree, text
from agent.domain.errors import BadInput


@dataclass(frozen=True, kw_only=True)
class ColumnMap:
    """Fields by the titles of others (None: leave the column out), and fields with one value for all rows."""

    file: str = ""
    columns: Mapping[str, str | None] = field(default_factory=dict)
    constants: Mapping[str, str] = field(default_factory=dict)

    def refuse_unknown(self, titles: Iterable[str]) -> None:
        """Raise BadInput where the file speaks of a column that no file has."""
        known = {plain_title(title): title for title in titles}
        for title in self.columns:
            if plain_title(title) not in known:
                near = get_close_matches(plain_title(title), known, n=1)
                hint = f" Did you mean “{known[near[0]]}”?" if near else ""
                raise BadInput(f"{self.file}: no file that is imported has a column “{title}”.{hint}")


def read_mapping(path: Path) -> ColumnMap:
    """Return a mapping file; raises BadInput with everything that is wrong in it."""
    complaints = Complaints(path.name)
    top = Section(read_tree(path), "", complaints)
    columns, constants = top.section("columns"), top.section("constants")
    plan = ColumnMap(
        file=path.name,
        columns={title: columns.take(title, _field) for title in columns.names()} if columns else {},
        constants=_constants(constants) if constants else {},
    )
    top.refuse_the_rest()
    complaints.raise_any()
    return plan


def _constants(section: Section) -> dict[str, str]:
    constants: dict[str, str] = {}
    for name in section.names():
        value = section.take(name, text)
        try:
            constants[_field_named(name)] = value or ""
        except BadValue as reason:
            section.complain(name, str(reason))
    return constants


def _field(node: yaml.Node) -> str:
    return _field_named(text(node))


def _field_named(name: str) -> str:
    known = field_named(name)
    if known is not None:
        return known
    near = get_close_matches(name.lower(), FIELDS, n=1)
    hint = f"did you mean {near[0]}?" if near else f"our fields are {', '.join(FIELDS)}"
    raise BadValue(f"“{name}” is no field of ours; {hint}")
