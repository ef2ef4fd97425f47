"""`nanoreach prompts list` and `show`."""

from typing import Annotated

import typer

from agent.cli.options import Json
from agent.cli.output import emit_json, say, show, table


def register(app: typer.Typer) -> None:
    """Add the commands."""
    group = typer.Typer(help="The texts that letters are made of.", no_args_is_help=True)
    group.command("list")(list_prompts)
    group.command("show")(show_prompt)
    app.add_typer(group, name="prompts")


def list_prompts(as_json: Json = False) -> None:
    """List prompts with language, version and purpose."""
    import prompts

    found = [prompts.load(name, language) for name, language in prompts.names()]
    if as_json:
        emit_json(
            [
                {
                    "name": each.name,
                    "language": each.language,
                    "version": each.version,
                    "purpose": each.purpose,
                }
                for each in found
            ]
        )
        return
    made = table("Prompt", "Language", "Version", "Purpose")
    for each in found:
        made.add_row(each.name, each.language, each.version, each.purpose)
    show(made)


def show_prompt(
    name: Annotated[str, typer.Argument(help="The prompt's name.")],
    language: Annotated[str, typer.Option(help="fr or en.")] = "en",
    as_json: Json = False,
) -> None:
    """Show one prompt as it stands in its file."""
    import prompts
    from agent.domain.errors import NotFound

    if (name, language) not in prompts.names():
        known = tuple(f"{each} ({lang})" for each, lang in prompts.names())
        raise NotFound("prompt", f"{name} ({language})", known=known)
    found = prompts.load(name, language)
    if as_json:
        emit_json({"name": found.name, "language": language, "version": found.version, "body": found.body})
        return
    say(f"{found.reference}: {found.purpose}")
    say()
    say(found.body)
