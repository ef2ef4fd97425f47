from datetime import date, time, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
import yaml

from agent.adapters.sources import read_brand, terms
from agent.adapters.sources.values import BadValue
from agent.domain.brand import (
    AddressForm,
    Affiliate,
    Cadence,
    Gift,
    ModelBudget,
    Money,
    Pacing,
    Rights,
    Window,
)
from agent.domain.channel import Channel
from agent.domain.errors import BadInput
from tests.unit.sources.reading import write

WHOLE = """\
brand:
  {name: Épure & Co, language: français, address_form: tu, postal_address: "1 rue X", website: epure.example,
   competitors: [Sézane, Yves Rocher, Sézane]}
sender:
  name: Camille
  email: camille@epure.example
  pacing: {per_day: 10, gap_seconds: 0, window: "lun-ven 9h-18h30"}
values: [{name: Lent, text: Nous prenons le temps., weight: 0.5}]
facts: [{id: a, text: Un., source: https://epure.example}, {id: b, text: Deux.}]
programme: {name: Essais, market: France, year: 2026, budget: "12 000,50 €"}
campaigns:
  - id: printemps
    objective: Faire essayer.
    languages: [fr, anglais]
    countries: [FR, NO]
    followers: [1000, null]
    platforms: [Insta, TikTok]
    offer:
      gift: {name: un savon, value: "35 EUR"}
      cash: $28
      affiliate: {rate: "10%", code: 0123}
      deliverables: [un post]
      rights: {months: 6}
      deadline: 2026-11-30
    cadence: {touches: 2, wait_days: [5], stale_after_days: 3, evidence_days: 200}
    quotas: {per_day: 12}
    models: {budget: "12,50", tokens: 2000000}
    channels: [DM, email, dm]
"""

LEAST = """\
brand: {name: Lent, language: en, postal_address: "1 X St"}
sender: {name: Tom, email: tom@lent.example}
values: [{name: Slow, text: We take our time.}]
"""


ALL_MISTAKES = """\
brand.yaml line 2: brand.language: is missing
brand.yaml line 2: brand.postal_address: is missing; no letter may leave without the brand's postal address
brand.yaml line 3: brand.langage: is no field that is known here; did you mean language?
brand.yaml line 4: sender.email: “tom” is no e-mail address
brand.yaml line 6: values[0].weight: “0” is no weight; it must be above 0
brand.yaml line 7: values[1].name: “Slow” names two values; each needs its own name
brand.yaml line 8: facts[1].id: “a” names two facts; receipts need one for each
brand.yaml line 12: campaigns[0].offer.deadline: “30/11/2026” is no date; write for example 2026-11-30
brand.yaml line 12: campaigns[0].offer.gift.value: “35 euro” is no amount; write for example "35 EUR"
brand.yaml line 13: campaigns[0].countries[1]: “Atlantide” is no country that is known by this name
brand.yaml line 14: campaigns[0].followers: the least (10) is above the most (1)
brand.yaml line 15: campaigns[1].id: “spring” names two campaigns; each needs its own id
brand.yaml line 15: campaigns[1].quotas.per_day: “0” must be 1 or more
brand.yaml line 16: campaigns[2].id: “two words” is no id; write one word, as in savon-printemps
brand.yaml line 16: campaigns[2].objective: is missing"""


@pytest.mark.parametrize(
    ("written", "form"), [("tu", AddressForm.TU), ("Vous", AddressForm.VOUS), ("auto", None)]
)
def test_the_form_of_address_is_tu_vous_or_left_to_each_creator(
    tmp_path: Path, written: str, form: AddressForm | None
) -> None:
    content = LEAST.replace("en,", f"en, address_form: {written},")
    assert read_brand(write(tmp_path, "brand.yaml", content)).brand.address_form is form


def test_everything_a_file_says_is_read(tmp_path: Path) -> None:
    found = read_brand(write(tmp_path, "brand.yaml", WHOLE))

    brand, (campaign,) = found.brand, found.campaigns
    assert (brand.id, brand.language, brand.address_form) == ("epure-co", "fr", AddressForm.TU)
    assert brand.website == "https://epure.example"
    assert brand.competitors == ("Sézane", "Yves Rocher")
    assert brand.sender.pacing == Pacing(
        per_day=10, gap=timedelta(0), window=Window(start=time(9), end=time(18, 30))
    )
    assert brand.values[0].weight == 0.5
    assert [fact.source for fact in brand.facts] == ["https://epure.example", ""]
    assert brand.programme is not None
    assert (brand.programme.market, brand.programme.budget) == (
        "FR",
        Money(amount=Decimal("12000.50"), currency="EUR"),
    )
    assert (campaign.id, campaign.brand_id) == ("printemps", "epure-co")
    assert (campaign.languages, campaign.countries) == (("fr", "en"), ("FR", "NO"))
    assert (campaign.followers, campaign.platforms) == ((1000, None), ("instagram", "tiktok"))
    offer = campaign.offer
    assert offer.gift == Gift(name="un savon", value=Money(amount=Decimal(35), currency="EUR"))
    assert offer.cash == Money(amount=Decimal(28), currency="USD")
    assert offer.affiliate == Affiliate(rate="10%", code="0123")
    assert (offer.rights, offer.deadline) == (Rights(months=6), date(2026, 11, 30))
    assert campaign.cadence == Cadence(
        touches=2, wait=(timedelta(days=5),), stale_after=timedelta(days=3), evidence_for=timedelta(days=200)
    )
    assert campaign.per_day == 12
    assert campaign.models == ModelBudget(cost=Decimal("12.50"), tokens=2_000_000)
    assert campaign.channels == (Channel.DM, Channel.EMAIL)


@pytest.mark.parametrize("written", ["0", "-3", "12 EUR", "much"])
def test_a_budget_for_models_is_a_plain_amount(tmp_path: Path, written: str) -> None:
    content = LEAST + f"campaigns: [{{id: spring, objective: x, models: {{budget: {written}}}}}]\n"
    with pytest.raises(BadInput, match=r"campaigns\[0\]\.models\.budget: "):
        read_brand(write(tmp_path, "brand.yaml", content))


def test_what_a_file_leaves_out_has_defaults(tmp_path: Path) -> None:
    found = read_brand(write(tmp_path, "brand.yaml", LEAST))

    assert found.campaigns == ()
    assert (found.brand.address_form, found.brand.sender.pacing) == (AddressForm.VOUS, Pacing())
    assert found.brand.programme is None


def test_all_mistakes_are_told_at_once_with_line_and_path(tmp_path: Path) -> None:
    path = write(
        tmp_path,
        "brand.yaml",
        """\
brand:
  name: Lent
  langage: fr
sender: {name: Tom, email: tom}
values:
  - {name: Slow, text: x, weight: 0}
  - {name: Slow, text: y}
facts: [{id: a, text: x}, {id: a, text: y}]
campaigns:
  - id: spring
    objective: x
    offer: {gift: {name: soap, value: "35 euro"}, deadline: 30/11/2026}
    countries: [FR, Atlantide]
    followers: [10, 1]
  - {id: spring, objective: y, quotas: {per_day: 0}}
  - {id: two words}
""",
    )

    with pytest.raises(BadInput) as caught:
        read_brand(path)

    assert str(caught.value) == ALL_MISTAKES


def test_a_campaign_writes_emails_only_unless_it_says_so(tmp_path: Path) -> None:
    text = f"{LEAST}campaigns: [{{id: spring, objective: x}}]\n"
    (campaign,) = read_brand(write(tmp_path, "brand.yaml", text)).campaigns
    assert campaign.channels == (Channel.EMAIL,)


def test_a_channel_that_nobody_knows_is_told_with_its_line(tmp_path: Path) -> None:
    text = f"{LEAST}campaigns: [{{id: spring, objective: x, channels: [email, fax]}}]\n"
    with pytest.raises(
        BadInput, match=r"line 4: campaigns\[0\]\.channels\[1\]: “fax” is no channel; write email"
    ):
        read_brand(write(tmp_path, "brand.yaml", text))


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        ("brand: [", "brand.yaml line 1: not YAML: "),
        ("a: b\n---\nc: d\n", "brand.yaml line 2: not YAML: but found another document."),
        ("- a\n", "brand.yaml: has no fields"),
        ("brand: &a [*a]", "brand.yaml line 1: brand: must be a group of “name: value” fields"),
        ("a: " + "[" * 5000, "brand.yaml"),
        ("brand: !!python/object/apply:os.system [ls]", "brand.yaml line 1: brand: must be a group"),
        (LEAST + "brand: {}\n", "brand.yaml line 4: brand: is written twice; keep one"),
        (LEAST.replace("values: [", "valeurs: ["), "brand.yaml line 1: values: is missing; say in one"),
        (LEAST + "facts: {id: a}\n", "brand.yaml line 4: facts: must be a list"),
        (LEAST + "facts: [a]\n", "brand.yaml line 4: facts[0]: must be a group"),
        (LEAST + "voice: {do: praise}\n", "brand.yaml line 4: voice.do: must be a list"),
        (LEAST.replace("en,", "en, address_form: toi,"), "brand.yaml line 1: brand.address_form: “toi”"),
    ],
)  # fmt: skip
def test_a_file_that_is_no_brand_is_refused(tmp_path: Path, content: str, sentence: str) -> None:
    path = write(tmp_path, "brand.yaml", content)

    with pytest.raises(BadInput) as caught:
        read_brand(path)

    assert str(caught.value).startswith(sentence)


def test_a_missing_brand_and_sender_are_one_complaint_each(tmp_path: Path) -> None:
    path = write(tmp_path, "brand.yaml", "values: [{name: a, text: b}]\n")

    with pytest.raises(BadInput) as caught:
        read_brand(path)

    assert str(caught.value) == "brand.yaml line 1: brand: is missing\nbrand.yaml line 1: sender: is missing"


def node(written: str) -> yaml.Node:
    return yaml.ScalarNode("tag:yaml.org,2002:str", written)


@pytest.mark.parametrize(
    ("written", "amount", "currency"),
    [
        ("35 EUR", "35", "EUR"), ("35 €", "35", "EUR"), ("35€", "35", "EUR"), ("$28", "28", "USD"),
        ("28.50 USD", "28.50", "USD"), ("1 200,50 €", "1200.50", "EUR"), ("12,000 USD", "12000", "USD"),
        ("12.000 EUR", "12000", "EUR"), ("1.200,5 €", "1200.5", "EUR"), ("EUR 9", "9", "EUR"),
        ("£5", "5", "GBP"),
    ],
)  # fmt: skip
def test_amounts_are_read(written: str, amount: str, currency: str) -> None:
    assert terms.money(node(written)) == Money(amount=Decimal(amount), currency=currency)


@pytest.mark.parametrize(
    "written",
    ["35", "35 euro", "0 EUR", "-5 EUR", "EUR", "1,2,3 EUR", "$35 EUR", "35 ABC", "12,3456 EUR", ""],
)
def test_what_is_no_amount_is_refused(written: str) -> None:
    with pytest.raises(BadValue):
        terms.money(node(written))


WEEKDAYS = frozenset(range(5))


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("always", Window(always=True)),
        ("Mon-Fri 09:00-18:00", Window()),
        ("lun-ven 9h-18h", Window()),
        ("du lundi au vendredi de 9h à 18h", Window()),
        ("lun.–ven. 9h00–18h00", Window()),
        ("Mon, Wed, Fri 8-12", Window(days=frozenset({0, 2, 4}), start=time(8), end=time(12))),
        ("Sat-Mon 10:30-16:45", Window(days=frozenset({5, 6, 0}), start=time(10, 30), end=time(16, 45))),
        ("mardi 9h-10h", Window(days=frozenset({1}), start=time(9), end=time(10))),
        ("daily 9-18", Window(days=frozenset(range(7)))),
    ],
)
def test_windows_are_read(written: str, expected: Window) -> None:
    assert terms.window(node(written)) == expected


@pytest.mark.parametrize(
    "written",
    ["sometimes", "09:00-18:00", "Mon-Fri", "Mon-Fri 18:00-09:00", "Mon-Fri 9-24", "Foo 9-18", "Mon 9-18 x"],
)
def test_what_is_no_window_is_refused(written: str) -> None:
    with pytest.raises(BadValue):
        terms.window(node(written))


def test_several_senders_are_read_each_with_its_own_pace(tmp_path: Path) -> None:
    more = "other_senders: [{name: Zoé, email: zoe@lent.example, pacing: {per_day: 7}}]\n"
    brand = read_brand(write(tmp_path, "brand.yaml", LEAST + more)).brand
    assert [(each.email, each.pacing.per_day) for each in brand.senders] == [
        ("tom@lent.example", 40),
        ("zoe@lent.example", 7),
    ]
    as_zoe = brand.written_by("ZOE@lent.example")
    assert (as_zoe.sender.name, len(as_zoe.senders)) == ("Zoé", 2)
    assert brand.written_by("nobody@lent.example") == brand == brand.written_by("")


@pytest.mark.parametrize("address", ["TOM@lent.example", "zoe@lent.example"])
def test_an_address_has_one_sender(tmp_path: Path, address: str) -> None:
    more = f"other_senders: [{{name: Zoé, email: zoe@lent.example}}, {{name: Paul, email: {address}}}]\n"
    with pytest.raises(BadInput, match="names an address twice; each mailbox has one sender"):
        read_brand(write(tmp_path, "brand.yaml", LEAST + more))
