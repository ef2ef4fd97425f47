"""All commands, gathered from their modules."""

import typer

from agent.cli import (
    answers,
    audit,
    briefing,
    checking,
    demo,
    desk,
    dm,
    drafting,
    house,
    importing,
    indexing,
    mail,
    mailboxes,
    overview,
    people,
    privacy,
    prompt_files,
    rehearsing,
    review,
    sending,
    shortlisting,
    vetting,
)

app = typer.Typer(
    name="nanoreach",
    help="Outreach to nano-influencers: matched by values, approved letter by letter, sent exactly once.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)
_MODULES = (
    demo,
    house,
    importing,
    indexing,
    shortlisting,
    vetting,
    drafting,
    rehearsing,
    checking,
    review,
    sending,
    mailboxes,
    dm,
    mail,
    answers,
    briefing,
    desk,
    people,
    overview,
    privacy,
    audit,
    prompt_files,
)
for module in _MODULES:
    module.register(app)
