"""The command line: parse, build, call one use-case, print. One module per noun."""

import sys


def main() -> None:
    """Run the command that the arguments name and leave with its exit code.

    0 done, 1 refused or failed, 2 wrong usage, 3 partly done, 4 nothing to do.
    """
    from agent.cli.app import app
    from agent.domain.errors import NanoreachError

    try:
        app()
    except NanoreachError as error:
        sys.stderr.write(f"nanoreach: {error}\n")
        sys.exit(1)
