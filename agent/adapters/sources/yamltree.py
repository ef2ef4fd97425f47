"""YAML that knows its lines: every complaint about a file names file, line and path, and all come at once."""

from collections.abc import Callable
from difflib import get_close_matches
from pathlib import Path
from typing import TypeVar

import yaml

from agent.adapters.sources.files import read_text
from agent.adapters.sources.values import BadValue, shown
from agent.domain.errors import BadFields, BadInput

T = TypeVar("T")
_NULL = "tag:yaml.org,2002:null"


class Complaints:
    """What is wrong with a file, gathered while reading goes on."""

    def __init__(self, file: str) -> None:
        self._file = file
        self._found: list[tuple[int, str, str]] = []

    def add(self, node: yaml.Node, path: str, sentence: str) -> None:
        """Remember a sentence about the place of a node."""
        self._found.append((node.start_mark.line + 1, path, sentence))

    def raise_any(self) -> None:
        """Raise one BadFields with all complaints in the order of the file, where there are any."""
        if self._found:
            told = sorted(self._told(*each) for each in self._found)
            raise BadFields(
                "\n".join(sentence for _, sentence in told),
                tuple((path, sentence) for _, path, sentence in self._found),
            )

    def _told(self, line: int, path: str, sentence: str) -> tuple[int, str]:
        where = f"{path}: " if path else ""
        return line, f"{self._file} line {line}: {where}{sentence}"


def read_tree(path: Path) -> yaml.Node:
    """Return the file's one document; raises BadInput where it is no YAML."""
    return tree_of(read_text(path), path.name)


def tree_of(content: str, name: str) -> yaml.Node:
    """Return the one document of a text, told by this name; raises BadInput where it is no YAML."""
    try:
        node = yaml.compose(content, Loader=yaml.SafeLoader)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark
        where = f" line {mark.line + 1}" if mark else ""
        raise BadInput(f"{name}{where}: not YAML: {error.problem}.") from error
    except (yaml.YAMLError, RecursionError) as error:
        raise BadInput(f"{name}: not YAML: {str(error).splitlines()[0]}.") from error
    if not isinstance(node, yaml.MappingNode):
        raise BadInput(f"{name}: has no fields; write “name: value” lines.")
    return node


class Section:
    """A mapping of the file: its fields are taken one by one, and what nobody asked for is a mistake."""

    def __init__(self, node: yaml.Node, path: str, complaints: Complaints) -> None:
        self._node = node
        self._path = path
        self._complaints = complaints
        self._asked: list[str] = []
        self._fields: dict[str, yaml.Node] = {}
        if not isinstance(node, yaml.MappingNode):
            complaints.add(node, path, "must be a group of “name: value” fields")
            self._complaints = Complaints(
                ""
            )  # one is enough: that its fields are missing goes without saying
            return
        for key, value in node.value:
            name = str(key.value)
            if name in self._fields:
                complaints.add(key, self._place(name), "is written twice; keep one")
            self._fields.setdefault(name, value)

    def take(self, name: str, parse: Callable[[yaml.Node], T]) -> T | None:
        """Return a field as `parse` reads it; None where it says nothing or is complained about."""
        self._asked.append(name)
        node = self._fields.get(name)
        if node is None or is_nothing(node):
            return None
        try:
            return parse(node)
        except BadValue as reason:
            self._complaints.add(node, self._place(name), str(reason))
            return None

    def need(self, name: str, parse: Callable[[yaml.Node], T], *, instead: T, why: str = "is missing") -> T:
        """Return a field that must be there; `instead` only lets reading go on to the next mistake."""
        node = self._fields.get(name)
        if node is None or is_nothing(node):
            self._asked.append(name)
            self._complaints.add(node or self._node, self._place(name), why)
            return instead
        found = self.take(name, parse)
        return instead if found is None else found

    def each(self, name: str, parse: Callable[[yaml.Node], T]) -> tuple[T, ...]:
        """Return the members of a list as `parse` reads them; none where the field says nothing."""
        found = []
        for index, node in enumerate(self.take(name, _items) or []):
            try:
                found.append(parse(node))
            except BadValue as reason:
                self._complaints.add(node, f"{self._place(name)}[{index}]", str(reason))
        return tuple(found)

    def section(self, name: str) -> "Section | None":
        """Return a field that is a group of fields; None where it is missing or null."""
        self._asked.append(name)
        node = self._fields.get(name)
        if node is None or is_null(node):
            return None
        return Section(node, self._place(name), self._complaints)

    def needed_section(self, name: str) -> "Section":
        """Return a group of fields that must be there; an empty one lets reading go on."""
        found = self.section(name)
        if found is not None:
            return found
        self._complaints.add(self._node, self._place(name), "is missing")
        return Section(yaml.MappingNode("", [], self._node.start_mark), self._place(name), Complaints(""))

    def sections(self, name: str) -> list["Section"]:
        """Return a field that is a list of groups of fields."""
        nodes = self.take(name, _items) or []
        place = self._place(name)
        return [Section(node, f"{place}[{index}]", self._complaints) for index, node in enumerate(nodes)]

    def names(self) -> tuple[str, ...]:
        """Return the names of all fields, whatever they are."""
        return tuple(self._fields)

    def complain(self, name: str, sentence: str) -> None:
        """Say what is wrong with a field that was read."""
        self._complaints.add(self._fields.get(name, self._node), self._place(name), sentence)

    def refuse_the_rest(self) -> None:
        """Complain about every field that nobody asked for."""
        for name, node in self._fields.items():
            if name in self._asked:
                continue
            near = get_close_matches(name, self._asked, n=1)
            hint = f"did you mean {near[0]}?" if near else f"it may hold {', '.join(self._asked)}"
            self._complaints.add(node, self._place(name), f"is no field that is known here; {hint}")

    def _place(self, name: str) -> str:
        return f"{self._path}.{name}" if self._path else name


def is_null(node: yaml.Node) -> bool:
    """Return whether the file says `null`, `~` or nothing."""
    return node.tag == _NULL


def is_nothing(node: yaml.Node) -> bool:
    """Return whether the file says null or an empty text."""
    return is_null(node) or (isinstance(node, yaml.ScalarNode) and not node.value.strip())


def text(node: yaml.Node) -> str:
    """Return a text exactly as written, whatever YAML takes it for (`no` is Norway)."""
    if not isinstance(node, yaml.ScalarNode):
        raise BadValue("must be a text")
    return str(node.value).strip()


def label(node: yaml.Node) -> str:
    """Return a name: a text on one line, since names stand in headers."""
    return " ".join(text(node).split())


def quoted(node: yaml.Node) -> str:
    """Return a scalar in quotation marks, for a sentence."""
    return shown(node.value) if isinstance(node, yaml.ScalarNode) else "a group or list"


def _items(node: yaml.Node) -> list[yaml.Node]:
    if not isinstance(node, yaml.SequenceNode):
        raise BadValue("must be a list: write [one, two] or one “- item” a line")
    return list(node.value)
