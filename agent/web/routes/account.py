"""What belongs to the one who is logged in: the password, and where else they are."""

from typing import Annotated

from fastapi import APIRouter, Form, Request
from fastapi.responses import Response

from agent.domain.errors import BadInput
from agent.usecases.leaving import end_sessions_of
from agent.usecases.passwords import SHORTEST_PASSWORD, change_password
from agent.web.desk import Visit, Visiting

router = APIRouter(prefix="/account")


@router.get("")
def show(visit: Visiting, done: str = "") -> Response:
    """Show who is logged in, and the forms."""
    return _page(visit, done=done == "password")


@router.post("/password")
def change(
    visit: Visiting,
    request: Request,
    current: Annotated[str, Form()] = "",
    password: Annotated[str, Form()] = "",
) -> Response:
    """Change the password with the current one; every other session ends, and this one goes on anew."""
    email, now = visit.person.email, visit.ports.clock.now()
    address, throttle = request.client.host if request.client else "", visit.desk.throttle
    if throttle.wait(email=email, address=address, now=now):
        return _page(visit, status=429, is_waiting=True)
    try:
        account = change_password(visit.ports, email, current=current, new=password)
    except BadInput as error:
        throttle.failed(email=email, address=address, now=now)
        return _page(visit, status=400, problem=str(error))
    return visit.enter(account, path="/account?done=password")


@router.post("/sessions")
def leave_everywhere(visit: Visiting) -> Response:
    """End every session of this account, this one too."""
    end_sessions_of(visit.ports, visit.person.email, by=visit.person.email)
    return visit.leave(path="/login")


def _page(
    visit: Visit, *, status: int = 200, problem: str = "", is_waiting: bool = False, done: bool = False
) -> Response:
    return visit.page(
        "account.html",
        status=status,
        account=visit.person,
        shortest=SHORTEST_PASSWORD,
        problem=problem,
        is_waiting=is_waiting,
        done=done,
    )
