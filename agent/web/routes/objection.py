"""The link in every letter under which a creator says: do not write to me again."""

from dataclasses import replace

from fastapi import APIRouter
from fastapi.responses import Response

from agent.ports import Ports
from agent.usecases.objecting import known_token, object_by_token
from agent.web.desk import Visit, Visiting
from agent.web.translations import LANGUAGES

router = APIRouter()


@router.get("/unsubscribe/{token}")
def show(visit: Visiting, token: str) -> Response:
    """Show one button: scanners follow links, so that a GET changes nothing."""
    known = known_token(visit.ports, token)
    return _page(visit, token, state="ask" if known else "unknown", status=200 if known else 404)


@router.post("/unsubscribe/{token}")
def stop(visit: Visiting, token: str) -> Response:
    """Stop for good, at once; a second time changes nothing (RFC 8058, GDPR art. 21)."""
    known = object_by_token(visit.ports, token)
    return _page(visit, token, state="done" if known else "unknown", status=200 if known else 404)


def _page(visit: Visit, token: str, *, state: str, status: int) -> Response:
    language = _creators_language(visit.ports, token)
    # a stranger's page: no session is opened, nothing of the desk is shown
    guest = replace(
        visit,
        tongue=visit.desk.pages.tongues.get(language, visit.tongue),
        is_new_session=False,
        account=None,
    )
    return guest.page("unsubscribe.html", status=status, token=token, state=state)


def _creators_language(ports: Ports, token: str) -> str:
    outreach_id = ports.links.outreach_of(token)
    if outreach_id is None:
        return ""
    with ports.store.read() as tx:
        outreach = tx.outreach.get(outreach_id)
        creator = tx.creators.get(outreach.creator_id) if outreach is not None else None
    language = creator.language if creator is not None else None
    return language if language in LANGUAGES else ""
