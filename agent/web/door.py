"""The door: nobody passes without a session except where it is said here."""

from typing import Annotated

from fastapi import Depends, Request
from starlette.exceptions import HTTPException

from agent.domain.errors import BadInput, NanoreachError
from agent.web.desk import Visit, Visiting
from agent.web.guard import SAFE_METHODS, is_from_here
from agent.web.translations import mark as _

OPEN = frozenset(
    {
        "/health",
        "/static/{name}",
        "/login",
        "/language",
        "/setup/{token}",
        "/enter/{token}",
        "/unsubscribe/{token}",
        "/brief/{token}",
        "/brief/{token}/answer",
        "/brief/{token}/letter.pdf",
    }
)
"""Routes that need no session. A route that is not here needs one."""

TOKENLESS = frozenset({"/unsubscribe/{token}", "/brief/{token}/answer"})
"""Routes whose POST needs no session: a mail provider’s (RFC 8058), and a creator’s behind a secret link."""


_ELSEWHERE = _("This form came from another site. Nothing was changed.")
_EARLIER = _(
    "This form is from an earlier log-in, or cookies are switched off. Nothing was changed; "
    "open the page again and repeat it."
)
_READS = _("Your role reads letters and does not decide about them. A manager or operator can do this.")
_NO_TEXT = _("This holds characters that are in no text. Nothing was changed; type it again.")


class LoginNeeded(Exception):
    """A page was asked for by somebody who has not logged in."""


class Forbidden(NanoreachError):
    """Somebody asked for what their role does not do, or a form did not come from a page of this desk."""


async def only_text(request: Request, visit: Visiting) -> None:
    """Let a request pass only where everything in it is text that every store can keep."""
    given = [*request.path_params.values(), *request.query_params.keys(), *request.query_params.values()]
    if request.method not in SAFE_METHODS:
        form = await request.form()
        given += [*form.keys(), *form.values()]
    if any(isinstance(each, str) and not _is_text(each) for each in given):
        raise BadInput(visit.tongue.gettext(_NO_TEXT))


async def only_own_forms(request: Request, visit: Visiting) -> None:
    """Let a changing request pass only when it came from a page of this session."""
    if request.method in SAFE_METHODS or _path(request) in TOKENLESS:
        return
    if not is_from_here(request.headers, public_url=visit.desk.config.public_url):
        raise Forbidden(visit.tongue.gettext(_ELSEWHERE))
    token = (await request.form()).get("token", "")
    if not isinstance(token, str) or not visit.desk.sessions.is_token(visit.session, token):
        raise Forbidden(visit.tongue.gettext(_EARLIER))


def only_known_people(request: Request, visit: Visiting) -> None:
    """Let somebody without account pass only to the open routes."""
    if visit.account is None and _path(request) not in OPEN:
        raise LoginNeeded


def only_deciders(visit: Visiting) -> Visit:
    """Let only roles pass that decide about letters."""
    if not visit.may_decide:
        raise Forbidden(visit.tongue.gettext(_READS))
    return visit


Deciding = Annotated[Visit, Depends(only_deciders)]


def _is_text(given: str) -> bool:
    # PostgreSQL keeps no NUL, and no store half of a surrogate pair
    return "\0" not in given and not any("\ud800" <= each <= "\udfff" for each in given)


def _path(request: Request) -> str:
    route = request.scope.get("route")
    if route is None:
        raise HTTPException(404)
    return str(route.path)
