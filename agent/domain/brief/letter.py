"""A brief letter as it is read: headings, rows and lists, the same on the page, in the PDF and as text."""

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Row:
    """One term: what it is called and what it says."""

    label: str
    text: str


@dataclass(frozen=True, kw_only=True)
class Section:
    """One part of the letter: a sentence or two, then terms, then a list, then a remark.

    `key` names it for style sheets; `emphasis` are words that must be found at a glance.
    """

    key: str
    title: str
    lead: str = ""
    emphasis: tuple[str, ...] = ()
    rows: tuple[Row, ...] = ()
    items: tuple[str, ...] = ()
    remark: str = ""


@dataclass(frozen=True, kw_only=True)
class BriefLetter:
    """The whole letter. `language` is ISO 639-1, `region` the country whose paper it is set for."""

    language: str
    region: str
    title: str
    brand: str
    sender_lines: tuple[str, ...]
    recipient: str
    dated: str
    greeting: str
    opening: tuple[str, ...]
    sections: tuple[Section, ...]
    closing: tuple[str, ...]
    signature: tuple[str, ...]
    footer: str
    page_of: str

    @property
    def text(self) -> str:
        """The letter as plain text: what the seal covers beside the PDF."""
        head = ("\n".join(self.sender_lines), self.recipient, self.dated, self.title, self.greeting)
        parts = (*head, *self.opening, *map(_section, self.sections), *self.closing)
        return "\n\n".join((*parts, "\n".join(self.signature), self.footer)) + "\n"


def _section(section: Section) -> str:
    lines = (
        section.title.upper(),
        section.lead,
        *(f"[{words}]" for words in section.emphasis),
        *(f"{row.label}: {row.text}" for row in section.rows),
        *(f"- {item}" for item in section.items),
        section.remark,
    )
    return "\n".join(line for line in lines if line)
