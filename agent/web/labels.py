"""What states, reasons and errors are called on the desk; each phrase has its translations."""

from agent.domain.brief import AgreementStatus, AnswerKind, Format
from agent.domain.creator import Tier
from agent.domain.delivery import DeliveryState
from agent.domain.draft import DraftKind, DraftStatus, RejectionReason
from agent.domain.errors import (
    BadInput,
    InvalidTransition,
    NanoreachError,
    NotApprovable,
    NotFound,
    NotReleased,
    StaleReview,
    Unavailable,
)
from agent.domain.handover import HandoverState
from agent.domain.letter import ReceiptKind
from agent.domain.outreach import OutreachStatus
from agent.domain.people import Role
from agent.domain.replies import ReplyKind
from agent.domain.taken import Because
from agent.usecases.why_not import Verdict
from agent.web.translations import mark as _

DRAFT_STATUS = {
    DraftStatus.WRITTEN: _("Not checked yet"),
    DraftStatus.BLOCKED: _("Held back"),
    DraftStatus.PENDING: _("To read"),
    DraftStatus.APPROVED: _("Approved"),
    DraftStatus.REJECTED: _("Rejected"),
    DraftStatus.SUPERSEDED: _("Replaced"),
}

DRAFT_KIND = {
    DraftKind.FIRST: _("First letter"),
    DraftKind.FOLLOW_UP: _("Follow-up"),
    DraftKind.ANSWER: _("Answer"),
}

REASON = {
    RejectionReason.NOT_TRUE: _("Not true"),
    RejectionReason.WRONG_TONE: _("Wrong tone"),
    RejectionReason.WRONG_PERSON: _("Wrong person"),
    RejectionReason.WRONG_OFFER: _("Wrong offer"),
    RejectionReason.NOT_NOW: _("Not now"),
    RejectionReason.TASTE: _("Matter of taste"),
    RejectionReason.OTHER: _("Another reason"),
}

DELIVERY_STATE = {
    DeliveryState.QUEUED: _("Waiting to leave"),
    DeliveryState.HANDSHAKE: _("Leaving now"),
    DeliveryState.DATA: _("Leaving now"),
    DeliveryState.SENT: _("Sent"),
    DeliveryState.FAILED: _("Not delivered"),
    DeliveryState.UNCERTAIN: _("Uncertain"),
    DeliveryState.CANCELLED: _("Cancelled"),
}

HANDOVER_STATE = {
    HandoverState.WAITING: _("To copy"),
    HandoverState.COPYING: _("In hand"),
    HandoverState.SENT: _("Sent"),
    HandoverState.FAILED: _("Not delivered"),
    HandoverState.CANCELLED: _("Cancelled"),
}

REPLY_KIND = {
    ReplyKind.INTERESTED: _("Interested"),
    ReplyKind.QUESTION: _("Asks something"),
    ReplyKind.NEGOTIATES: _("Proposes other terms"),
    ReplyKind.NOT_NOW: _("Not now"),
    ReplyKind.DECLINED: _("Says no"),
    ReplyKind.OPTED_OUT: _("Never write again"),
    ReplyKind.OUT_OF_OFFICE: _("Away"),
    ReplyKind.AUTO: _("Automatic answer"),
    ReplyKind.MANAGER: _("Answered by somebody else"),
    ReplyKind.BOUNCE: _("Could not be delivered"),
    ReplyKind.COMPLAINT: _("Reported as spam"),
    ReplyKind.OTHER: _("Needs a reader"),
}

RECEIPT_KIND = {
    ReceiptKind.POST: _("Post"),
    ReceiptKind.BIO: _("Bio"),
    ReceiptKind.FACT: _("Brand fact"),
    ReceiptKind.OFFER: _("Offer"),
    ReceiptKind.REPLY: _("Their message"),
    ReceiptKind.NOTICE: _("Notice below the letter"),
}

OUTREACH_STATUS = {
    OutreachStatus.SHORTLISTED: _("Never written to"),
    OutreachStatus.CONTACTED: _("Waiting for an answer"),
    OutreachStatus.IN_CONVERSATION: _("In conversation"),
    OutreachStatus.AGREED: _("Agreed"),
    OutreachStatus.DECLINED: _("Said no"),
    OutreachStatus.CLOSED: _("Closed"),
    OutreachStatus.STOPPED: _("Stopped"),
}

AGREEMENT = {
    AgreementStatus.OFFERED: _("Offered"),
    AgreementStatus.ACCEPTED: _("Accepted, not briefed yet"),
    AgreementStatus.BRIEFED: _("Briefed"),
    AgreementStatus.DELIVERED: _("Published"),
    AgreementStatus.CHECKED: _("Checked"),
    AgreementStatus.WITHDRAWN: _("Withdrawn"),
}

ANSWER_KIND = {
    AnswerKind.ACCEPTS: _("Accepts"),
    AnswerKind.ASKS: _("Asks"),
    AnswerKind.PROPOSES: _("Proposes"),
}

FORMAT = {
    Format.PHOTO: _("Photo"),
    Format.VIDEO: _("Video"),
    Format.STORY: _("Story"),
    Format.LIVE: _("Live"),
    Format.AUDIO: _("Audio"),
    Format.ARTICLE: _("Article"),
    Format.OTHER: _("Any"),
}

ROLE = {
    Role.MANAGER: _("Manager"),
    Role.BRAND: _("Brand"),
    Role.OPERATOR: _("Operator"),
    Role.VIEWER: _("Viewer"),
}

SOURCE = {
    "bio": _("from the bio"),
    "website": _("from the website"),
    "post": _("from a post"),
    "form": _("given by the creator"),
}
"""Where an address was found; a kind that is not here stands as the import named it."""

RULE = {
    "language unknown": _("language not known"),
    "language not asked for": _("another language"),
    "country unknown": _("country not known"),
    "country not asked for": _("another country"),
    "platform not asked for": _("another platform"),
    "followers unknown": _("number of followers not known"),
    "fewer followers than asked for": _("fewer followers than asked for"),
    "more followers than asked for": _("more followers than asked for"),
}
"""The campaign's rules, by what `refusal` says."""

TIER = {
    Tier.NANO: _("nano"),
    Tier.MICRO: _("micro"),
    Tier.LARGER: _("larger"),
    Tier.UNKNOWN: _("size not known"),
}

LEFT = {
    "obstacle": _("cannot be written to now"),
    "contradiction": _("their own words speak against the brand"),
    "concern": _("something asks for a person’s judgement first"),
    "floor": _("too unlikely to fit"),
    "same": _("somebody chosen covers the same and fits as well or better"),
    "outranked": _("others fit better or add more"),
    "quota": _("a quota is full"),
    "reserved": _("the places are kept for a quota"),
    "budget": _("over the budget"),
    "minutes": _("no time to read one more letter"),
}
"""Why a proposal left somebody out, by the code of the reason."""

TAKEN = {
    Because.REFUSED: _("Said no before, so nobody writes again"),
    Because.ENDED: _("Ended without an answer"),
    Because.TALKING: _("In conversation"),
    Because.RESTING: _("Left alone for now"),
    Because.LISTED: _("Already on another list"),
}
"""What keeps somebody from a letter, in a few words."""

VERDICT = {
    Verdict.UNKNOWN: _("Nobody here has this name"),
    Verdict.SEVERAL: _("Several creators have this name"),
    Verdict.SUPPRESSED: _("Asked never to be written to again"),
    Verdict.LISTED: _("Already in this campaign"),
    Verdict.REFUSED: _("Said no before, so nobody writes again"),
    Verdict.ENGAGED: _("Already in conversation for another campaign"),
    Verdict.RESTING: _("Left alone for now"),
    Verdict.ON_A_LIST: _("Already on another list"),
    Verdict.RULED_OUT: _("Left out by a rule of the campaign"),
    Verdict.UNAVAILABLE: _("The index cannot be asked"),
    Verdict.NOT_INDEXED: _("Not in the index yet"),
    Verdict.WORDLESS: _("Nothing of theirs may be quoted"),
    Verdict.CONTRADICTION: _("Their own words speak against the brand"),
    Verdict.CONCERN: _("Something asks for a person’s judgement first"),
    Verdict.BELOW_FLOOR: _("Too unlikely to fit"),
    Verdict.RANKED: _("Nothing stands in the way"),
}
"""The answer to “why not?”, in a few words."""

_CERTAINTY = (
    (0.9, _("almost surely a fit")),
    (0.75, _("very probably a fit")),
    (0.6, _("probably a fit")),
    (0.4, _("as likely a fit as not")),
    (0.2, _("probably no fit")),
    (0.0, _("hardly a fit")),
)


def certainty_of(probability: float) -> str:
    """Return a calibrated probability in words."""
    return next(words for least, words in _CERTAINTY if probability >= least)


ERROR: dict[type[NanoreachError], tuple[int, str]] = {
    StaleReview: (409, _("The letter changed after you read it")),
    NotApprovable: (409, _("This cannot be done any more")),
    InvalidTransition: (409, _("This cannot be done any more")),
    NotReleased: (409, _("Nothing was sent")),
    NotFound: (404, _("There is nothing under this address")),
    BadInput: (400, _("This cannot be used as it is")),
    Unavailable: (503, _("Something outside did not answer")),
}


def error_of(error: NanoreachError) -> tuple[int, str]:
    """Return an error's HTTP status and its headline."""
    return ERROR.get(type(error), (400, _("This did not work")))
