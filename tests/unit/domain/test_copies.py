"""A copy with other fields is what the standard library's would be."""

from dataclasses import replace

from agent.domain.copies import altered
from agent.domain.delivery import DeliveryState
from agent.domain.outreach import OutreachStatus
from tests.builders import a_delivery, an_outreach


def test_an_altered_copy_equals_a_replaced_one_and_leaves_the_first_alone() -> None:
    delivery, outreach = a_delivery(), an_outreach()

    sent = altered(delivery, state=DeliveryState.SENT, reason="250 OK")
    contacted = altered(outreach, status=OutreachStatus.CONTACTED, touches_sent=1)

    assert sent == replace(delivery, state=DeliveryState.SENT, reason="250 OK")
    assert contacted == replace(outreach, status=OutreachStatus.CONTACTED, touches_sent=1)
    assert (delivery, outreach) == (a_delivery(), an_outreach())
