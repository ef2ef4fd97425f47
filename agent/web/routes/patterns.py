"""Every component of the desk, each once."""

from fastapi import APIRouter
from fastapi.responses import Response

from agent.domain.delivery import DeliveryState
from agent.domain.errors import StaleReview
from agent.domain.replies import ReplyKind
from agent.usecases.answering import KINDS
from agent.usecases.queueing import Place
from agent.web.desk import Notice, Visiting
from agent.web.labels import error_of
from agent.web.letterview import letter_view
from agent.web.routes.brands import Sheet
from agent.web.routes.matching import LONGEST_LIST, Asked
from agent.web.sample import (
    sample_delivery,
    sample_errand,
    sample_line,
    sample_reply,
    sample_review,
    sample_revised,
)
from agent.web.sample_brief import sample_brief
from agent.web.sample_matching import (
    CAMPAIGN,
    CHOICES,
    LEFT_OUT,
    RULES,
    sample_answer,
    sample_listed,
    sample_map,
    sample_plan,
    sample_seat,
)
from agent.web.sample_overview import sample_overview

router = APIRouter()

_SHEET = Sheet(
    template="campaign_form.html",
    path="/patterns",
    back="/patterns",
    fields={"campaigns[0].offer.gift.name": "un savon au romarin", "campaigns[0].offer.gift.value": "9"},
    mark="",
    problems={"campaigns[0].offer.gift.value": "is missing"},
    touched=3,
)
"""A form with a field that cannot be used, and a change that voids approvals."""


@router.get("/patterns")
def show(visit: Visiting) -> Response:
    """Show each component with invented people."""
    review, revised = sample_review(), sample_revised()
    return visit.page(
        "patterns.html",
        review=review,
        sheet=_SHEET,
        brief=sample_brief(),
        view=letter_view(review),
        revised=revised,
        seen=sample_overview(),
        differing=letter_view(revised),
        line=sample_line(),
        place=Place(number=12, total=37),
        deliveries=tuple(sample_delivery(state) for state in DeliveryState),
        errand=sample_errand(),
        kinds=KINDS,
        reply=sample_reply(ReplyKind.INTERESTED),
        headline=error_of(StaleReview("sample"))[1],
        asked=Asked(campaign=CAMPAIGN, rules=None),
        rules=RULES,
        choices=CHOICES,
        left_out=LEFT_OUT,
        seat=sample_seat(),
        answer=sample_answer(),
        listed=sample_listed(),
        plan=sample_plan(),
        map=sample_map(visit.tongue.language),
        longest=LONGEST_LIST,
        approved=Notice(code="approved", draft=review.draft.id, creator=review.creator.handle),
    )
