"""HTML mail as the text a reader sees, with what is quoted marked as a plain-text mail would mark it."""

import re
from html.parser import HTMLParser

QUOTE_STARTS = "-----Original Message-----"

_BREAKING = frozenset(
    {"address", "article", "aside", "dd", "div", "dl", "dt", "fieldset", "footer", "form", "h1", "h2", "h3",
     "h4", "h5", "h6", "header", "hr", "li", "main", "ol", "p", "pre", "section", "table", "tr", "ul"}
)  # fmt: skip
_SILENT = frozenset({"head", "script", "style", "title", "template"})
_VOID = frozenset(
    {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track",
     "wbr"}
)  # fmt: skip
# containers that mail programs put around what they quote
_QUOTING = re.compile(
    r"gmail_quote|gmail_extra|gmail_attr|yahoo_quoted|moz-cite-prefix|protonmail_quote|zmail_extra"
    r"|OutlookMessageHeader"
    r"|divRplyFwdMsg|appendonsend|stopSpelling|mail-editor-reference-message-container"
    r"|ms-outlook-mobile-reference"
    r"|OLK_SRC_BODY_SECTION|reply-intro|wordquote|mailru-blockquote|hwquote|ymail_quoted",
    re.IGNORECASE,
)
# Outlook 2003 and later: a block with only a coloured line above it
_OUTLOOK_LINE = re.compile(
    r"border:\s*none;\s*border-top:\s*solid\s*#[BE][0-9A-F]{5}\s+1\.0pt", re.IGNORECASE
)
_MAX_OPEN = 2_000


def to_text(html: str) -> str:
    """Return the visible text; a blockquote's lines begin with `> `, other quoting by a line that says so."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    return reader.text()


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._lines: list[str] = []
        self._line = ""
        self._open: list[str] = []
        self._quotes = 0
        self._silent = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "br" or tag in _BREAKING:
            self._end_line()
        given = {name: value or "" for name, value in attrs}
        if _quotes(tag, given):
            self._end_line()
            self._lines.extend(("", QUOTE_STARTS))
        if tag in _VOID or len(self._open) > _MAX_OPEN:
            return
        self._open.append(tag)
        if tag == "blockquote":
            self._end_line()
            self._quotes += 1
        self._silent += tag in _SILENT

    def handle_endtag(self, tag: str) -> None:
        if tag in _BREAKING:
            self._end_line()
        if tag == "p":
            self._lines.append(self._prefix())
        if tag not in self._open:
            return
        while self._open:
            closed = self._open.pop()
            if closed == "blockquote":
                self._end_line()
                self._quotes -= 1
            self._silent -= closed in _SILENT
            if closed == tag:
                return

    def handle_data(self, data: str) -> None:
        if not self._silent:
            self._line += re.sub(r"[ \t\r\n\f]+", " ", data)

    def text(self) -> str:
        self._end_line()
        return "\n".join(self._lines)

    def _end_line(self) -> None:
        if self._line.strip():
            self._lines.append(self._prefix() + self._line.strip())
        elif self._lines and self._lines[-1].strip("> "):
            self._lines.append(self._prefix())
        self._line = ""

    def _prefix(self) -> str:
        return "> " * min(self._quotes, 5)


def _quotes(tag: str, attrs: dict[str, str]) -> bool:
    named = f"{attrs.get('class', '')} {attrs.get('id', '')}"
    if tag != "blockquote" and _QUOTING.search(named):
        return "gmail_extra" not in named or "gmail_quote" in named
    return bool(_OUTLOOK_LINE.search(attrs.get("style", "")))
