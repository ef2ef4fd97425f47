"""Brands and campaigns in forms: what is typed becomes what a file would have made."""

from dataclasses import replace

import pytest

from agent.adapters.sources.brand import parse_brand
from agent.domain.brand import Brand, Campaign
from agent.domain.channel import Channel
from agent.domain.ids import CampaignId, DraftId
from agent.domain.people import Role
from agent.usecases.reviewing import approve
from agent.web.setupform import fields_of, problems_of, tree_of
from tests.builders import a_brand
from tests.unit.web.whole import brand_fields, campaign_fields
from tests.unit.web.world import CAMPAIGN, HOST, World, a_world, token_of

BRAND = f"/brands/{a_brand().id}"
EDIT = f"/campaigns/{CAMPAIGN}/edit"
HOSTILE = "<script>alert(1)</script>"


@pytest.fixture
def world() -> World:
    return a_world(letters=2)


def stored_campaign(world: World, name: str = CAMPAIGN) -> Campaign:
    with world.ports.store.read() as tx:
        found = tx.brands.campaign(CampaignId(name))
    assert found is not None
    return found


def stored_brand(world: World) -> Brand:
    with world.ports.store.read() as tx:
        found = tx.brands.get(a_brand().id)
    assert found is not None
    return found


def sent(world: World, path: str, fields: dict[str, str], *, language: str = "en") -> tuple[int, str]:
    client = world.person(Role.MANAGER, headers={"Accept-Language": language})
    token = token_of(client, "/")
    answer = client.post(path, data={"token": token, **fields}, headers={"Origin": HOST})
    return answer.status_code, answer.text


def test_a_form_that_is_sent_as_it_is_shown_changes_nothing(world: World) -> None:
    before = stored_brand(world), stored_campaign(world)
    assert sent(world, BRAND, brand_fields(world))[0] == 303
    assert sent(world, EDIT, campaign_fields(world))[0] == 303
    assert (stored_brand(world), stored_campaign(world)) == before


def test_a_field_that_is_typed_over_is_stored_and_the_others_stay(world: World) -> None:
    before = stored_campaign(world)
    fields = campaign_fields(world, **{"campaigns[0].channels": "email, dm"})
    assert sent(world, EDIT, fields)[0] == 303
    assert stored_campaign(world) == replace(before, channels=(Channel.EMAIL, Channel.DM))


def test_who_changed_it_stands_in_the_journal(world: World) -> None:
    sent(world, BRAND, brand_fields(world, **{"voice.banned": "miracle\ndétox"}))
    with world.ports.store.read() as tx:
        *_, last = tx.journal.of(f"brand {a_brand().id}")
    assert (last.who, last.what) == ("manager@savon-du-sud.example", "import:updated")
    assert stored_brand(world).voice.banned == ("miracle", "détox")


def test_what_is_wrong_stands_beside_its_field_and_what_was_typed_stays(world: World) -> None:
    fields = campaign_fields(
        world,
        **{"campaigns[0].offer.gift.value": "trente-cinq", "campaigns[0].objective": f"Essayer {HOSTILE}"},
    )
    status, html = sent(world, EDIT, fields)
    assert status == 422
    problem = html.index('id="problem-campaigns[0].offer.gift.value"')
    assert "no amount" in html[problem : problem + 200]
    assert 'value="trente-cinq"' in html
    assert HOSTILE not in html
    assert "Essayer &lt;script&gt;" in html
    assert stored_campaign(world).offer.gift is not None


def test_a_complaint_is_french_on_a_french_page(world: World) -> None:
    _, html = sent(
        world, BRAND, brand_fields(world, **{"sender.email": "", "brand.website": "x y"}), language="fr"
    )
    assert "Ce champ est nécessaire." in html
    assert "n’est pas une adresse web" in html


def test_an_empty_brand_is_told_what_it_needs(world: World) -> None:
    status, html = sent(world, "/brands/new", {"mark": ""})
    assert status == 422
    for name in ("brand.name", "brand.postal_address", "sender.email", "values"):
        assert f'id="problem-{name}"' in html


def test_a_new_brand_and_its_campaign_are_those_of_the_file_that_can_be_downloaded() -> None:
    world = a_world(letters=0)
    typed = {
        "brand.name": "Maison d’Été",
        "brand.language": "fr",
        "brand.address_form": "auto",
        "brand.postal_address": "1 rue Neuve\n04300 Forcalquier",
        "sender.name": "Anna",
        "sender.email": "anna@ete.example",
        "sender.pacing.window": "lun-ven 9h-18h",
        "values[1].name": "Lenteur",
        "values[1].text": "Nous prenons le temps.",
        "facts[0].id": "no",
        "facts[0].text": "Oui : tout est “fait main”.",
    }
    assert sent(world, "/brands/new", {"mark": "", **typed})[0] == 303
    campaign = {
        "campaigns[0].id": "été-2026",
        "campaigns[0].objective": "Faire essayer.",
        "campaigns[0].followers[0]": "",
        "campaigns[0].followers[1]": "9000",
        "campaigns[0].offer.cash": "1 200,50 €",
        "campaigns[0].cadence.wait_days": "4, 8",
    }
    assert sent(world, "/brands/maison-d-ete/campaigns", {"mark": "", **campaign})[0] == 303
    content = world.person(Role.OPERATOR).get("/brands/maison-d-ete/brand.yaml").text
    file = parse_brand(content, name="brand.yaml")
    with world.ports.store.read() as tx:
        assert tx.brands.all() == (file.brand,)
        assert tx.brands.campaigns() == file.campaigns
    assert file.campaigns[0].followers == (None, 9000)
    assert file.brand.address_form is None


def test_a_name_that_is_taken_overwrites_nothing(world: World) -> None:
    before = stored_brand(world)
    status, html = sent(world, "/brands/new", brand_fields(world, mark="", **{"sender.name": "Quelqu’un"}))
    assert status == 422
    assert "There is one with this name already" in html
    assert stored_brand(world) == before


def test_a_change_on_something_that_changed_meanwhile_is_not_stored(world: World) -> None:
    mine = brand_fields(world, **{"sender.name": "Moi"})
    assert sent(world, BRAND, brand_fields(world, **{"sender.name": "Elle"}))[0] == 303
    status, html = sent(world, BRAND, mine)
    assert status == 422
    assert "in the meantime" in html
    assert 'value="Moi"' in html
    assert stored_brand(world).sender.name == "Elle"


def test_a_changed_offer_says_how_many_approvals_it_voids_before_it_is_stored(world: World) -> None:
    for name in ("d-1", "d-2"):
        approve(world.ports, DraftId(name), seal=world.seal(name), by="camille")
    before = stored_campaign(world)
    fields = campaign_fields(world, **{"campaigns[0].offer.gift.value": "12 EUR"})
    status, html = sent(world, EDIT, fields)
    assert status == 409
    assert "voids the approval of 2 letters" in html
    assert 'name="agreed" value="2"' in html
    assert stored_campaign(world) == before
    assert sent(world, EDIT, {**fields, "agreed": "1"})[0] == 409
    assert sent(world, EDIT, {**fields, "agreed": "2"})[0] == 303
    assert stored_campaign(world) != before
    assert sent(world, EDIT, campaign_fields(world, **{"campaigns[0].offer.gift.value": "13 EUR"}))[0] == 303


def test_what_no_letter_shows_voids_no_approval(world: World) -> None:
    approve(world.ports, DraftId("d-1"), seal=world.seal("d-1"), by="camille")
    assert sent(world, EDIT, campaign_fields(world, **{"campaigns[0].quotas.per_day": "3"}))[0] == 303
    assert stored_campaign(world).per_day == 3


def test_the_name_of_a_brand_and_the_id_of_a_campaign_stay(world: World) -> None:
    assert sent(world, BRAND, brand_fields(world, **{"brand.name": "Autre"}))[0] == 303
    assert sent(world, EDIT, campaign_fields(world, **{"campaigns[0].id": "autre"}))[0] == 303
    with world.ports.store.read() as tx:
        assert len(tx.brands.all()) == len(tx.brands.campaigns()) == 1


@pytest.mark.parametrize(
    "name",
    [
        "brand.name[0]",
        "brand",
        "values.name",
        "values[0]",
        "campaigns[0].offer",
        "a.b",
        "values[123].name",
        "",
    ],
)
def test_names_that_no_form_has_are_left_alone(name: str) -> None:
    assert tree_of({name: "x", "brand.name": "Savon"}) == {"brand": {"name": "Savon"}}


def test_rows_left_empty_are_left_out_and_the_others_close_up() -> None:
    tree = tree_of({"values[0].name": " ", "values[0].text": "", "values[2].name": "A", "facts[0].id": ""})
    assert tree == {"values": [{"name": "A"}]}
    assert fields_of(tree) == {"values[0].name": "A"}


def test_a_complaint_about_a_member_stands_at_the_field_in_which_the_list_is_typed() -> None:
    found = (("campaigns[0].languages[1]", "a"), ("values[1].text", "b"), ("campaigns[0].followers", "c"))
    assert problems_of(found) == {
        "campaigns[0].languages": "a",
        "values[1].text": "b",
        "campaigns[0].followers": "c",
    }


def test_the_page_of_a_campaign_says_in_words_what_is_missing() -> None:
    world = a_world(letters=0)
    world.put(
        replace(a_brand(), privacy_url=None, facts=()),
        replace(stored_example(), countries=("FR", "DE", "JP")),
    )
    html = world.person(Role.MANAGER).get(f"/campaigns/{CAMPAIGN}").text
    for said in (
        "Without a fact",
        "GDPR, art. 14",
        "agree before the first letter",
        "No rule is known for this country",
        "Bring creators in first",
        "nobody on it yet",
        f'href="/matching/{CAMPAIGN}/proposal"',
    ):
        assert said in html


def stored_example() -> Campaign:
    return stored_campaign(a_world(letters=1))


def test_the_list_leads_to_every_campaign_and_brand(world: World) -> None:
    html = world.person(Role.MANAGER).get("/campaigns").text
    for path in (f"/campaigns/{CAMPAIGN}", BRAND, f"{BRAND}/campaigns", f"{BRAND}/brand.yaml", "/brands/new"):
        assert f'href="{path}"' in html
