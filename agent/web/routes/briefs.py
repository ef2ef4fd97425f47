"""Brief letters on the desk: read what was agreed, change terms, approve, hand over."""

from collections.abc import Callable
from typing import Annotated

from fastapi import APIRouter, Depends, Form, Request
from fastapi.responses import RedirectResponse, Response

from agent.domain.brief import AgreementStatus, Format
from agent.domain.brief.agreement import EDITABLE
from agent.domain.errors import BadInput, NanoreachError, NotFound
from agent.domain.ids import OutreachId
from agent.usecases import briefing
from agent.usecases.briefing import BriefReview, pdf_name
from agent.web.briefform import PROBLEM, TypedTerms, fields_of, lines_of
from agent.web.desk import Visit, Visiting
from agent.web.door import Deciding
from agent.web.labels import error_of

router = APIRouter(prefix="/briefs")


async def typed(request: Request) -> dict[str, str]:
    """Return the text fields of a form."""
    return {name: value for name, value in (await request.form()).items() if isinstance(value, str)}


@router.get("")
def show_all(visit: Visiting) -> Response:
    """List everybody who said yes, and how far their briefs are."""
    return visit.page("briefs.html", items=briefing.agreed(visit.ports))


@router.post("/{outreach_id}/opening")
def open_first(visit: Deciding, outreach_id: str) -> Response:
    """Make the first version from the campaign's offer."""
    briefing.open_brief(visit.ports, OutreachId(outreach_id), by=visit.person.email)
    return visit.redirect(f"/briefs/{outreach_id}")


@router.get("/{outreach_id}")
def show(visit: Visiting, outreach_id: str) -> Response:
    """Show exactly what the creator would read, with what stands against it."""
    return _page(visit, briefing.review_brief(visit.ports, OutreachId(outreach_id)))


@router.get("/{outreach_id}/letter.pdf")
def pdf(visit: Visiting, outreach_id: str) -> Response:
    """Give the PDF: the approved one, else the one that would be approved."""
    review = briefing.review_brief(visit.ports, OutreachId(outreach_id))
    return pdf_response(review.pdf, pdf_name(review.version))


@router.get("/{outreach_id}/edit")
def show_edit(visit: Deciding, outreach_id: str) -> Response:
    """Show the terms in a form."""
    review = briefing.review_brief(visit.ports, OutreachId(outreach_id))
    return _editor(visit, review, fields_of(review.version.terms), instead_of=review.version.digest)


@router.post("/{outreach_id}/edit")
def edit(visit: Deciding, outreach_id: str, given: Annotated[dict[str, str], Depends(typed)]) -> Response:
    """Freeze changed terms as the next version."""
    form, instead_of = TypedTerms(given), given.get("instead_of", "")
    terms = form.terms()
    review = briefing.review_brief(visit.ports, OutreachId(outreach_id))
    if terms is None:
        return _editor(visit, review, given, instead_of=instead_of, problems=form.problems)
    try:
        briefing.change_terms(
            visit.ports, review.version.outreach_id, terms, instead_of=instead_of, by=visit.person.email
        )
    except NotFound:
        raise
    except NanoreachError as error:
        return _editor(visit, review, given, instead_of=instead_of, error=error)
    return visit.redirect(f"/briefs/{outreach_id}")


@router.post("/{outreach_id}/approval")
def approve(visit: Deciding, outreach_id: str, seal: Annotated[str, Form()] = "") -> Response:
    """Approve the brief with this seal."""
    by = visit.person.email
    return _decided(
        visit, outreach_id, lambda outreach: briefing.approve_brief(visit.ports, outreach, seal=seal, by=by)
    )


@router.post("/{outreach_id}/agreement")
def move(visit: Deciding, outreach_id: str, status: Annotated[str, Form()] = "") -> Response:
    """Note that something was delivered, checked or withdrawn."""
    by = visit.person.email
    return _decided(
        visit,
        outreach_id,
        lambda outreach: briefing.move_agreement(visit.ports, outreach, _status(status), by=by),
    )


@router.get("/{outreach_id}/opening")
@router.get("/{outreach_id}/approval")
@router.get("/{outreach_id}/agreement")
def back_to_the_brief(outreach_id: str) -> Response:
    """Lead a reloaded decision to the brief as it is now."""
    return RedirectResponse(f"/briefs/{outreach_id}", status_code=303)


def pdf_response(content: bytes, name: str) -> Response:
    """Return a PDF to be kept under a name."""
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(content, media_type="application/pdf", headers=headers)


def _decided(visit: Visit, outreach_id: str, decide: Callable[[OutreachId], object]) -> Response:
    """Carry a decision out and lead back to the brief; one that is refused is shown there with the reason."""
    try:
        decide(OutreachId(outreach_id))
    except NotFound:
        raise
    except NanoreachError as error:
        return _page(visit, briefing.review_brief(visit.ports, OutreachId(outreach_id)), error=error)
    return visit.redirect(f"/briefs/{outreach_id}")


def _page(visit: Visit, review: BriefReview, *, error: NanoreachError | None = None) -> Response:
    status, headline = error_of(error) if error is not None else (200, "")
    return visit.page(
        "brief.html",
        status=status,
        review=review,
        letter=review.letter,
        findings=tuple(
            {"number": number, "finding": finding} for number, finding in enumerate(review.findings, start=1)
        ),
        editable=review.agreement.status in EDITABLE,
        headline=headline,
        sentence=str(error) if error is not None else "",
    )


def _editor(
    visit: Visit,
    review: BriefReview,
    fields: dict[str, str],
    *,
    instead_of: str,
    problems: dict[str, str] | None = None,
    error: NanoreachError | None = None,
) -> Response:
    status, headline = error_of(error) if error is not None else (422 if problems else 200, "")
    return visit.page(
        "brief_edit.html",
        status=status,
        review=review,
        fields=fields,
        lines=lines_of(fields),
        formats=tuple(Format),
        problems={name: PROBLEM[code] for name, code in (problems or {}).items()},
        instead_of=instead_of,
        headline=headline,
        sentence=str(error) if error is not None else "",
    )


def _status(status: str) -> AgreementStatus:
    try:
        return AgreementStatus(status)
    except ValueError as error:
        raise BadInput("An agreement has no such state; nothing was changed.") from error
