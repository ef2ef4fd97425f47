"""The creator's page: the approved brief behind an unguessable link, and a form to answer."""

from dataclasses import replace
from typing import Annotated

from fastapi import APIRouter, Form
from fastapi.responses import RedirectResponse, Response

from agent.domain.brief import AnswerKind
from agent.domain.errors import BadInput, NotApprovable
from agent.usecases.briefing import pdf_name
from agent.usecases.briefing_answers import LONGEST, BriefPage, answer_brief, brief_page
from agent.web.desk import Visit, Visiting
from agent.web.routes.briefs import pdf_response

router = APIRouter(prefix="/brief/{token}")


@router.get("")
def show(visit: Visiting, token: str) -> Response:
    """Show the brief; following the link changes nothing."""
    page = _found(visit, token)
    return _page(visit, token, page) if not isinstance(page, Response) else page


@router.get("/letter.pdf")
def pdf(visit: Visiting, token: str) -> Response:
    """Give the approved PDF."""
    page = _found(visit, token)
    if isinstance(page, Response):
        return page
    return pdf_response(page.pdf, pdf_name(page.version)) if page.pdf else _page(visit, token, page)


@router.get("/answer")
def back_to_the_brief(token: str) -> Response:
    """Lead a reloaded answer to the brief."""
    return RedirectResponse(f"/brief/{token}", status_code=303)


@router.post("/answer")
def answer(
    visit: Visiting, token: str, kind: Annotated[str, Form()] = "", text: Annotated[str, Form()] = ""
) -> Response:
    """Keep what the creator says; a person reads it, and nothing happens by itself."""
    page = _found(visit, token)
    if isinstance(page, Response):
        return page
    if not _may_try(visit, f"brief {token}"):
        return _page(visit, token, page, problem="wait", text=text, status=429)
    _count(visit, f"brief {token}")
    if kind not in set(AnswerKind):
        return _page(visit, token, page, problem="empty", text=text, status=400)
    try:
        answer_brief(visit.ports, token, kind=AnswerKind(kind), text=text)
    except BadInput:
        problem = "long" if len(text) > LONGEST else "many" if text.strip() else "empty"
        return _page(visit, token, page, problem=problem, text=text, kind=kind, status=400)
    except NotApprovable:
        return _page(visit, token, page, problem="closed", text=text, kind=kind, status=409)
    return RedirectResponse(f"/brief/{token}#said", status_code=303)


def _found(visit: Visit, token: str) -> BriefPage | Response:
    address = visit.request.client.host if visit.request.client else ""
    if not _may_try(visit, f"guess {address}"):
        return _guest(visit, "").page("brief_link.html", status=429, state="wait")
    page = brief_page(visit.ports, token)
    if page is not None:
        return page
    _count(visit, f"guess {address}")
    return _guest(visit, "").page("brief_link.html", status=404, state="unknown")


def _may_try(visit: Visit, name: str) -> bool:
    address, now = visit.request.client.host if visit.request.client else "", visit.ports.clock.now()
    return not visit.desk.answering.wait(email=name, address=address, now=now)


def _count(visit: Visit, name: str) -> None:
    address, now = visit.request.client.host if visit.request.client else "", visit.ports.clock.now()
    visit.desk.answering.failed(email=name, address=address, now=now)


def _page(
    visit: Visit,
    token: str,
    page: BriefPage,
    *,
    problem: str = "",
    kind: str = "",
    text: str = "",
    status: int = 200,
) -> Response:
    return _guest(visit, page.language).page(
        "brief_link.html",
        status=status,
        state="open",
        token=token,
        brief=page,
        letter=page.letter,
        longest=LONGEST,
        problem=problem,
        kind=kind,
        text=text,
    )


def _guest(visit: Visit, language: str) -> Visit:
    # a stranger's page: no session is opened, nothing of the desk is shown
    tongue = visit.desk.pages.tongues.get(language, visit.tongue)
    return replace(visit, tongue=tongue, is_new_session=False, account=None)
