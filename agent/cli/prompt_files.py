"""`nanoreach prompts list`, `show` and `diff`: which texts hold, and what they say."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from agent.cli import prompt_changes
from agent.cli.options import Home, Json, ports_of
from agent.cli.output import emit_json, say, show, table

if TYPE_CHECKING:
    from agent.domain.published import KeptText, Publication
    from agent.usecases.prompting_lab import Shown, Standing

Name = Annotated[
    str,
    typer.Argument(help="The text's name: model/first_touch, model/first_touch.fr, or as a draft keeps it."),
]
Language = Annotated[str | None, typer.Option(help="fr or en (default: the brand's).", show_default=False)]
Brand = Annotated[str | None, typer.Option(help="The brand's id.", show_default=False)]
Campaign = Annotated[str | None, typer.Option(help="The campaign's id.", show_default=False)]


def register(app: typer.Typer) -> None:
    """Add the commands."""
    group = typer.Typer(help="The texts that letters are made of.", no_args_is_help=True)
    group.command("list")(list_prompts)
    group.command("show")(show_prompt)
    group.command("diff")(diff)
    prompt_changes.register(group)
    app.add_typer(group, name="prompts")


def list_prompts(
    brand: Brand = None, campaign: Campaign = None, home: Home = None, as_json: Json = False
) -> None:
    """List texts with language, version and purpose, as they hold for a brand or a campaign."""
    from agent.usecases.prompting_lab import catalogue, scope_of

    ports = ports_of(home)
    with ports.store.read() as tx:
        found = catalogue(tx, scope_of(tx, brand, campaign), now=ports.clock.now())
    if as_json:
        emit_json([_plain_standing(each) for each in found])
        return
    made = table("Text", "Language", "Version", "From", "Purpose")
    for each in found:
        text = each.text
        made.add_row(text.name, text.language, text.version, _whence(each.publication), _purpose(text))
    show(made)


def show_prompt(
    name: Name,
    *,
    language: Language = None,
    brand: Brand = None,
    campaign: Campaign = None,
    version: Annotated[
        str | None,
        typer.Option(help="A version, or the word file (default: the one that holds).", show_default=False),
    ] = None,
    raw: Annotated[bool, typer.Option("--raw", help="Print the text alone, as a file to change.")] = False,
    home: Home = None,
    as_json: Json = False,
) -> None:
    """Show a text: the one that holds, or any version that was published or that letters came from."""
    from dataclasses import replace

    from agent.usecases.prompting_lab import Title, scope_of, shown

    ports, title = ports_of(home), Title.of(name, language)
    title = replace(title, version=version or title.version)
    with ports.store.read() as tx:
        found = shown(tx, title, scope_of(tx, brand, campaign), now=ports.clock.now())
    if as_json:
        emit_json(_plain_shown(found))
        return
    if not raw:
        say(f"{found.text.reference}{'' if found.holds else ' (not in force)'}: {_purpose(found.text)}")
        for each in found.history:
            say(f"  {_told(each)}")
        say()
    say(found.text.source.removesuffix("\n"))


def diff(
    name: Name,
    old: Annotated[str, typer.Argument(help="A version, file, current, or the path of a file.")],
    new: Annotated[str, typer.Argument(help="The same.")],
    *,
    language: Language = None,
    brand: Brand = None,
    campaign: Campaign = None,
    home: Home = None,
    as_json: Json = False,
) -> None:
    """Show what differs between two versions of a text, line by line."""
    from agent.usecases.prompting_lab import (
        CURRENT,
        FILE,
        Title,
        difference,
        language_of,
        scope_of,
        version_of,
    )

    ports, title = ports_of(home), Title.of(name, language)
    now = ports.clock.now()
    with ports.store.read() as tx:
        scope = scope_of(tx, brand, campaign)
        tongue = language_of(tx, title, scope)
        texts = [
            prompt_changes.draft_of(Path(word), now=now)
            if word not in {FILE, CURRENT} and Path(word).is_file()
            else version_of(tx, title.name, tongue, word, scope, now=now)
            for word in (old, new)
        ]
    lines = difference(*texts)
    if as_json:
        emit_json({"old": texts[0].reference, "new": texts[1].reference, "lines": lines})
        return
    say("\n".join(lines) if lines else f"{texts[0].reference} and {texts[1].reference} are the same.")


def _plain_standing(each: "Standing") -> dict[str, object]:
    publication = each.publication
    return {
        "name": each.text.name,
        "language": each.text.language,
        "version": each.text.version,
        "purpose": _purpose(each.text),
        "from": str(publication.scope) if publication is not None else "file",
        "by": publication.by if publication is not None else None,
        "at": publication.at if publication is not None else None,
        "reason": publication.reason if publication is not None else None,
    }


def _plain_shown(found: "Shown") -> dict[str, object]:
    text = found.text
    return {
        "name": text.name,
        "language": text.language,
        "version": text.version,
        "holds": found.holds,
        "body": _outlined(text, "body"),
        "source": text.source,
        "history": found.history,
    }


def _purpose(text: "KeptText") -> str:
    return _outlined(text, "purpose")


def _outlined(text: "KeptText", part: Literal["body", "purpose"]) -> str:
    import prompts

    try:
        return str(getattr(prompts.outline(text.source), part))
    except prompts.PromptError:
        return ""  # kept from a version that wrote its front matter otherwise; the source is shown as it is


def _whence(publication: "Publication | None") -> str:
    return str(publication.scope) if publication is not None else "file"


def _told(each: "Publication") -> str:
    what = f"published {each.version}" if each.version is not None else "withdrawn"
    return f"{each.at:%Y-%m-%d %H:%M} UTC, {each.by}: {what} for {each.scope} ({each.reason})"
