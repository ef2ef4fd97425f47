"""`nanoreach user`: who may log in to the desk."""

from typing import Annotated

import typer

from agent.cli.options import Home, Json, decider, ports_of
from agent.cli.output import emit_json, say

Email = Annotated[str, typer.Argument(help="The person's e-mail address: the name to log in with.")]


def register(app: typer.Typer) -> None:
    """Add the commands."""
    group = typer.Typer(help="People who may log in to the desk.", no_args_is_help=True)
    group.command("add")(add)
    group.command("list")(list_all)
    group.command("password")(password)
    group.command("logout")(logout)
    group.command("remove")(remove)
    app.add_typer(group, name="user")


def add(
    email: Email,
    name: Annotated[str, typer.Option(help="The name shown beside decisions.")] = "",
    role: Annotated[str, typer.Option(help="manager, brand, operator or viewer.")] = "manager",
    home: Home = None,
    as_json: Json = False,
) -> None:
    """Add an account; the password is asked for, twice, and never shown."""
    from agent.domain.errors import BadInput
    from agent.domain.people import Role
    from agent.usecases.accounts import register as register_account

    try:
        known = Role(role)
    except ValueError as error:
        raise BadInput(f"“{role}” is no role; known: {', '.join(each.value for each in Role)}.") from error
    given = _asked()
    account = register_account(ports_of(home), email=email, name=name or email, role=known, password=given)
    if as_json:
        emit_json({"email": account.email, "name": account.name, "role": account.role})
    else:
        say(f"{account.email} may log in as {account.role.value}.")


def list_all(home: Home = None, as_json: Json = False) -> None:
    """List who may log in, and as what."""
    from agent.usecases.accounts import accounts

    known = accounts(ports_of(home))
    if as_json:
        emit_json([{"email": each.email, "name": each.name, "role": each.role} for each in known])
        return
    for each in known:
        say(f"{each.email}  {each.role.value}  {each.name}")


def password(email: Email, home: Home = None) -> None:
    """Give somebody a new password, asked for twice; every session of theirs ends."""
    from agent.usecases.passwords import set_password

    account = set_password(ports_of(home), email, _asked(), by=decider(None))
    say(f"{account.email} logs in with the new password from now on.")


def logout(email: Email, home: Home = None) -> None:
    """End every session of somebody, wherever they are logged in."""
    from agent.usecases.leaving import end_sessions_of

    end_sessions_of(ports_of(home), email, by=decider(None))
    say(f"{email} is logged out everywhere.")


def remove(email: Email, home: Home = None) -> None:
    """Take an account away and end its sessions; what it decided stays on file."""
    from agent.usecases.accounts import remove_account

    account = remove_account(ports_of(home), email, by=decider(None))
    say(f"{account.email} may not log in any more.")


def _asked() -> str:
    return str(typer.prompt("Password", hide_input=True, confirmation_prompt=True, err=True))
