"""Logging in, by password or by a link that works once, and out."""

from typing import Annotated

from fastapi import APIRouter, Form, Request
from fastapi.responses import Response

from agent.usecases.accounts import accept_login_link, authenticate, login_link_is_open
from agent.web.desk import Visit, Visiting, local_path

router = APIRouter()


@router.get("/login")
def show(visit: Visiting) -> Response:
    """Show the form; somebody who is in already goes on to the letters."""
    return visit.redirect("/") if visit.account is not None else _form(visit, status=200)


@router.post("/login")
def log_in(
    visit: Visiting,
    request: Request,
    email: Annotated[str, Form()] = "",
    password: Annotated[str, Form()] = "",
    path: Annotated[str, Form()] = "/",
) -> Response:
    """Open a session; the same sentence whether address or password was wrong."""
    now = visit.ports.clock.now()
    address = request.client.host if request.client else ""
    throttle = visit.desk.throttle
    wait = throttle.wait(email=email, address=address, now=now)
    if wait:
        response = _form(visit, status=429, problem="wait", email=email, path=path)
        response.headers["Retry-After"] = str(int(wait.total_seconds()) + 1)
        return response
    account = authenticate(visit.ports, email=email, password=password)
    if account is None:
        throttle.failed(email=email, address=address, now=now)
        return _form(visit, status=403, problem="wrong", email=email, path=path)
    throttle.succeeded(email=email, address=address)
    return visit.enter(account, path=local_path(path))


@router.post("/logout")
def log_out(visit: Visiting) -> Response:
    """End the session, wherever its cookie was copied to."""
    return visit.leave(path="/login")


@router.get("/enter/{token}")
def show_link(visit: Visiting, token: str) -> Response:
    """Show the button: looking at a link must not use it up."""
    is_open = login_link_is_open(visit.ports, token, key=visit.desk.config.secret_key)
    return visit.page("enter.html", status=200 if is_open else 404, token=token, is_open=is_open)


@router.post("/enter/{token}")
def use_link(visit: Visiting, token: str) -> Response:
    """Open a session for the link's account, once."""
    account = accept_login_link(visit.ports, token, key=visit.desk.config.secret_key)
    return visit.enter(account, path="/")


def _form(visit: Visit, *, status: int, problem: str = "", email: str = "", path: str = "/") -> Response:
    with visit.ports.store.read() as tx:
        has_accounts = tx.accounts.count() > 0
    return visit.page(
        "login.html",
        status=status,
        problem=problem,
        email=email,
        next=local_path(path),
        has_accounts=has_accounts,
    )
