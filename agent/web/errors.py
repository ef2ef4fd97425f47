"""What a person sees when something does not work: what happened, what it means, what to do."""

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import HTMLResponse, Response
from starlette.exceptions import HTTPException

from agent.domain.errors import NanoreachError
from agent.web.desk import Desk, language_of, visit_of
from agent.web.door import Forbidden, LoginNeeded
from agent.web.guard import SAFE_METHODS, strict_headers
from agent.web.labels import error_of
from agent.web.translations import mark as _

_HEADLINES = {
    400: _("This cannot be used as it is"),
    403: _("You cannot do this here"),
    404: _("There is nothing under this address"),
    405: _("This address is not for reading"),
    413: _("This is too long"),
    500: _("Something broke on our side"),
}
_ADVICE = {
    404: _("The letter may have been removed with its creator, or the link was cut off."),
    500: _(
        "Nothing was lost that was saved before. Try once more; the operator finds the reason in the log."
    ),
}


def handle_errors(app: FastAPI) -> None:
    """Give every error its page."""
    app.add_exception_handler(LoginNeeded, _login_needed)
    app.add_exception_handler(NanoreachError, _told)
    app.add_exception_handler(HTTPException, _refused)
    app.add_exception_handler(RequestValidationError, _malformed)
    app.add_exception_handler(Exception, _broken)


def _login_needed(request: Request, _error: Exception) -> Response:
    visit = visit_of(request)
    if request.method in SAFE_METHODS:
        wanted = request.url.path + (f"?{request.url.query}" if request.url.query else "")
        return visit.page("login.html", status=401, next=wanted, email="", problem="", has_accounts=True)
    return visit.page("login.html", status=401, next="/", email="", problem="ended", has_accounts=True)


def _told(request: Request, error: Exception) -> Response:
    status, headline = 403, _HEADLINES[403]
    if isinstance(error, NanoreachError) and not isinstance(error, Forbidden):
        status, headline = error_of(error)
    return visit_of(request).page(
        "error.html", status=status, headline=headline, sentence=str(error), advice=""
    )


def _refused(request: Request, error: Exception) -> Response:
    status = error.status_code if isinstance(error, HTTPException) else 500
    return _plain(request, status)


def _malformed(request: Request, _error: Exception) -> Response:
    return _plain(request, 400)


def _broken(request: Request, _error: Exception) -> Response:
    # nothing that may be broken itself is used: no store, no session
    desk: Desk = request.app.state.desk
    html = desk.pages.render(
        "broken.html",
        language=language_of(request),
        reader=None,
        context={"headline": _HEADLINES[500], "advice": _ADVICE[500]},
    )
    # this response goes past the guard
    headers = strict_headers(over_tls=desk.config.secure_cookies)
    return HTMLResponse(html, status_code=500, headers={**headers, "HX-Push-Url": "false"})


def _plain(request: Request, status: int) -> Response:
    return visit_of(request).page(
        "error.html",
        status=status,
        headline=_HEADLINES.get(status, _HEADLINES[400]),
        sentence="",
        advice=_ADVICE.get(status, ""),
    )
