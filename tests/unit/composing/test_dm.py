"""Direct messages: short, without a link where none is welcome, and with what the law wants said."""

from dataclasses import replace
from typing import Any

import pytest

import prompts
from agent.adapters.llm.request import messages
from agent.adapters.offline import OfflineWriter
from agent.domain.brand import AddressForm
from agent.domain.channel import Channel, direct_messages_on
from agent.domain.draft import Severity
from agent.domain.text import words as count_of
from agent.ports import Assignment, Ports
from agent.usecases import dm
from agent.usecases.reviewing import Review, edit, review
from tests.builders import NOW, a_brand, a_creator, an_offer
from tests.fakes import make_ports
from tests.unit.usecases.world import READER, a_neighbour, outreach_to, the_campaign, written

LISON = "lison.sans.flacon"


def a_message(platform: str = "instagram", **fields: Any) -> tuple[Ports, Review]:
    """Return the review of a first direct message on a platform, written offline."""
    ports = make_ports(writers={"offline": OfflineWriter()})
    brand = fields.pop("brand", a_brand())
    creator = replace(a_neighbour(LISON), platform=platform, address=None, **fields.pop("creator", {}))
    with ports.store.write() as tx:
        tx.brands.save(brand)
        tx.brands.save_campaign(the_campaign(channels=(Channel.DM,), **fields))
        tx.creators.save(creator)
        tx.outreach.save(outreach_to(creator))
    return ports, review(ports, written(ports).id)


def codes(shown: Review, severity: Severity | None = None) -> set[str]:
    return {each.code for each in shown.draft.findings if severity in {None, each.severity}}


@pytest.mark.parametrize("platform", ["instagram", "tiktok", "facebook", "x", "pinterest", "linkedin"])
@pytest.mark.parametrize("offer", [{}, {"offer": an_offer()}], ids=["gift", "every term"])
def test_a_first_message_fits_its_platform_and_passes_the_gate(platform: str, offer: dict[str, Any]) -> None:
    _, shown = a_message(platform, **offer)
    room = direct_messages_on(platform)
    assert shown.outgoing is not None
    assert room is not None
    assert codes(shown, Severity.BLOCK) == set()
    assert len(shown.outgoing.body) <= room.most
    assert 40 <= count_of(shown.draft.letter.text) <= 110
    assert shown.draft.letter.subject == ""


def test_what_is_given_and_asked_for_is_never_left_out() -> None:
    _, shown = a_message(offer=an_offer())
    told = {receipt.ref for receipt in shown.draft.letter.receipts}
    assert told >= {"gift", "cash", "affiliate", "deliverables"}
    assert not told & {"rights", "disclosure"}  # agreed in writing before anything is published


def test_the_notice_names_who_why_from_where_how_long_and_which_rights() -> None:
    notice, objection = dm.legal_lines(a_brand(), a_creator(), language="fr", touch=1)
    for part in ("Savon du Sud", "ce que vous publiez", "intérêt légitime", "trois ans", "effacer"):
        assert part in notice
    assert objection == "Dites-moi non, et je ne vous écrirai plus."


@pytest.mark.parametrize(("platform", "linked"), [("instagram", False), ("linkedin", True)])
def test_the_whole_notice_is_linked_only_where_links_are_welcome(platform: str, linked: bool) -> None:  # noqa: FBT001 - a column of the table above
    notice, _ = dm.legal_lines(a_brand(), a_creator(platform=platform), language="en", touch=1)
    assert ("https://savon-du-sud.example/confidentialite" in notice) is linked
    assert ("or ask and I’ll paste it here" in notice) is not linked


def test_later_messages_keep_the_way_to_say_no_and_nothing_else() -> None:
    lines = dm.legal_lines(a_brand(address_form=AddressForm.TU), a_creator(), language="fr", touch=2)
    assert lines == ("Dis-moi non, et je ne t’écrirai plus.",)


def test_a_message_to_the_united_states_carries_the_postal_address() -> None:
    *_, last = dm.legal_lines(a_brand(), a_creator(country="US"), language="en", touch=2)
    assert last == a_brand().postal_address


def test_a_message_that_is_too_long_is_blocked_with_its_figures() -> None:
    ports, shown = a_message()
    text = shown.draft.letter.text.replace("\n\n", f"\n\n{'Nous en reparlerons. ' * 20}", 1)
    longer = edit(ports, shown.draft.id, subject="", text=text, by=READER)
    (finding,) = (each for each in longer.draft.findings if each.code == "shape.dm_length")
    assert finding.severity is Severity.BLOCK
    assert longer.outgoing is not None
    assert f"{len(longer.outgoing.body)} characters, and instagram takes 1000" in finding.advice


def test_a_cautious_limit_is_said_to_be_one() -> None:
    ports, shown = a_message("tiktok")
    text = shown.draft.letter.text.replace("\n\n", f"\n\n{'Nous en reparlerons. ' * 20}", 1)
    longer = edit(ports, shown.draft.id, subject="", text=text, by=READER)
    assert any("it publishes no limit" in each.advice for each in longer.draft.findings)


@pytest.mark.parametrize("link", ["https://savon-du-sud.example", "savon-du-sud.example/confidentialite"])
def test_not_even_our_own_link_stands_in_a_message(link: str) -> None:
    ports, shown = a_message()
    text = shown.draft.letter.text.replace("\n\n", f"\n\nVoir {link}. ", 1)
    linked = edit(ports, shown.draft.id, subject="", text=text, by=READER)
    assert any(code.startswith("addresses.") for code in codes(linked, Severity.BLOCK))


def test_a_brand_whose_whole_notice_stands_nowhere_sends_no_messages() -> None:
    _, shown = a_message(brand=a_brand(privacy_url=None))
    assert "law.no_full_notice" in codes(shown, Severity.BLOCK)


def test_nobody_having_looked_at_the_profile_is_told() -> None:
    _, shown = a_message(creator={"business_contact": None})
    assert codes(shown, Severity.BLOCK) == set()
    assert "law.unconfirmed_profile" in codes(shown, Severity.WARN)


def test_somebody_who_turned_out_not_to_be_open_to_business_is_blocked() -> None:
    ports, shown = a_message()
    with ports.store.write() as tx:
        tx.creators.save(replace(shown.creator, business_contact=False))
    again = edit(ports, shown.draft.id, subject="", text=shown.draft.letter.text, by=READER)
    assert "law.private_profile" in codes(again, Severity.BLOCK)


def test_a_platform_without_messages_has_nowhere_to_send_to() -> None:
    ports, shown = a_message()
    with ports.store.write() as tx:
        tx.creators.save(replace(shown.creator, platform="youtube"))
    again = edit(ports, shown.draft.id, subject="", text=shown.draft.letter.text, by=READER)
    assert "law.no_dm" in codes(again, Severity.BLOCK)
    assert "No direct messages are known on youtube" in again.problem


@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize("touch", [1, 2])
@pytest.mark.parametrize("channel", Channel)
def test_a_model_is_told_that_a_message_is_short(language: str, touch: int, channel: Channel) -> None:
    prompt = prompts.load("model/first_touch" if touch == 1 else "model/follow_up", language)
    ports, shown = a_message()
    with ports.store.read() as tx:
        outreach = tx.outreach.get(shown.outreach.id)
    assert outreach is not None
    asked = messages(
        prompt,
        Assignment(
            brand=shown.brand,
            campaign=shown.campaign,
            creator=shown.creator,
            reasons=outreach.fit.reasons,
            language=language,
            touch=touch,
            thread=(),
            today=NOW.date(),
            seed=1,
            channel=channel,
        ),
        rejected=None,
        findings=(),
    )
    told = asked.told[1][1]
    word = "direct message" if language == "en" else "message privé"
    assert (word in told) is (channel is Channel.DM)
