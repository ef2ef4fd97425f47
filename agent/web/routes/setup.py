"""The first account, made under a link that only the operator's terminal shows."""

from typing import Annotated

from fastapi import APIRouter, Form
from fastapi.responses import Response

from agent.domain.errors import BadInput
from agent.usecases.accounts import accept_setup, setup_is_open
from agent.usecases.passwords import SHORTEST_PASSWORD
from agent.web.desk import Visiting

router = APIRouter()


@router.get("/setup/{token}")
def show(visit: Visiting, token: str) -> Response:
    """Show the form while no account exists."""
    is_open = setup_is_open(visit.ports, token, key=visit.desk.config.secret_key)
    return visit.page(
        "setup.html",
        status=200 if is_open else 404,
        token=token,
        is_open=is_open,
        shortest=SHORTEST_PASSWORD,
        email="",
        name="",
        problem="",
    )


@router.post("/setup/{token}")
def make(
    visit: Visiting,
    token: str,
    email: Annotated[str, Form()] = "",
    name: Annotated[str, Form()] = "",
    password: Annotated[str, Form()] = "",
) -> Response:
    """Make the operator's account and log it in; what was typed stays when it cannot be used."""
    key = visit.desk.config.secret_key
    try:
        account = accept_setup(visit.ports, token, key=key, email=email, name=name, password=password)
    except BadInput as error:
        return visit.page(
            "setup.html",
            status=400,
            token=token,
            is_open=setup_is_open(visit.ports, token, key=key),
            shortest=SHORTEST_PASSWORD,
            email=email,
            name=name,
            problem=str(error),
        )
    return visit.enter(account, path="/")
