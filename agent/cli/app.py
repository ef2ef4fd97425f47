"""All commands, gathered from their modules."""

import typer

from agent.cli import (
    demo,
    desk,
    drafting,
    house,
    importing,
    indexing,
    mail,
    prompt_files,
    review,
    sending,
)

app = typer.Typer(
    name="nanoreach",
    help="Outreach to nano-influencers: matched by values, approved letter by letter, sent exactly once.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)
for module in (demo, house, importing, indexing, drafting, review, sending, mail, desk, prompt_files):
    module.register(app)
