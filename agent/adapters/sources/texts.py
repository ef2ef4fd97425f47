"""Text as somebody wrote it, with the damage of transport repaired and nothing else."""

import html
import re

import ftfy

from agent.domain.text import normal

# Repairs only what no author ever writes: mojibake, stray C1 controls, lone surrogates, exotic line ends.
# Quotes, ligatures, wide letters and invisible characters stay: they are the author's, and what
# hides in a text has to be found later.
_REPAIRS = ftfy.TextFixerConfig(
    unescape_html=False,
    decode_inconsistent_utf8=False,  # it takes “ßª” in a sound text for a letter of N’Ko
    remove_terminal_escapes=False,
    fix_latin_ligatures=False,
    fix_character_width=False,
    uncurl_quotes=False,
    remove_control_chars=False,
    normalization=None,
    explain=True,  # ftfy 6.3 forgets the other settings without it
)


# `c&oelig;ur` is what an export made of `cœur`; ASCII, and with it all markup, stays as it is written
_ENTITY = re.compile(r"&(?:[A-Za-z]{3,8}|#\d{2,6}|#x[0-9A-Fa-f]{2,5});")


def repaired(text: str) -> str:
    """Return the text with broken encoding repaired and without NUL, which no database keeps."""
    whole = _ENTITY.sub(_letter, text.replace("\0", ""))
    if whole.isascii():  # nothing to repair but line ends, forty times as fast
        return whole.replace("\r\n", "\n").replace("\r", "\n").strip()
    return ftfy.fix_text(whole, _REPAIRS).strip()


def _letter(entity: re.Match[str]) -> str:
    letter = html.unescape(entity.group())
    return entity.group() if letter.isascii() else letter


def one_line(text: str) -> str:
    """Return a name or key in its normal form, on one line."""
    plain = text if text.isascii() and text.isprintable() else normal(repaired(text))
    return " ".join(plain.split())
