"""Brand files: everything that is wrong in one is said at once, with its line and path."""

import unicodedata
from datetime import timedelta
from pathlib import Path

import yaml

from agent.adapters.sources import terms
from agent.adapters.sources.campaigns import campaign_of
from agent.adapters.sources.values import BadValue
from agent.adapters.sources.yamltree import Complaints, Section, label, quoted, read_tree, text, tree_of
from agent.domain.brand import (
    AddressForm,
    Brand,
    Campaign,
    Fact,
    Pacing,
    Programme,
    Ramp,
    Sender,
    Value,
    Voice,
    Window,
)
from agent.domain.ids import BrandId
from agent.domain.records import BrandFile
from agent.domain.text import text_key

AS_THEY_DO = "auto"
"""How a brand file says: tu or vous as each creator's own captions do."""
_NO_ADDRESS = "is missing; no letter may leave without the brand's postal address"


def read_brand(path: Path) -> BrandFile:
    """Return the brand and the campaigns of a YAML file; raises BadInput with all that is wrong in it."""
    return _brand_file(read_tree(path), path.name)


def parse_brand(content: str, *, name: str) -> BrandFile:
    """Return the brand and the campaigns of a text in YAML or JSON, told by this name; raises BadInput."""
    return _brand_file(tree_of(content, name), name)


def _brand_file(tree: yaml.Node, name: str) -> BrandFile:
    complaints = Complaints(name)
    top = Section(tree, "", complaints)
    brand = _brand(top)
    campaigns = _campaigns(top, brand)
    top.refuse_the_rest()
    complaints.raise_any()
    return BrandFile(brand=brand, campaigns=campaigns)


def _brand(top: Section) -> Brand:
    section = top.needed_section("brand")
    name = section.need("name", label, instead="")
    sender = _sender(top.needed_section("sender"))
    brand = Brand(
        id=BrandId(_slug(name)),
        name=name,
        language=section.need("language", terms.language, instead="fr"),
        address_form=_policy(section.take("address_form", _address_form)),
        postal_address=section.need("postal_address", text, instead="", why=_NO_ADDRESS),
        website=section.take("website", terms.web_address),
        privacy_url=section.take("privacy_url", terms.web_address),
        sender=sender,
        other_senders=_other_senders(top, sender),
        values=_values(top),
        voice=_voice(top.section("voice")),
        facts=_facts(top),
        programme=_programme(top.section("programme")),
        competitors=tuple(dict.fromkeys(section.each("competitors", label))),
    )
    section.refuse_the_rest()
    return brand


def _other_senders(top: Section, first: Sender) -> tuple[Sender, ...]:
    senders = tuple(map(_sender, top.sections("other_senders")))
    addresses = [sender.email.casefold() for sender in (first, *senders)]
    if len(set(addresses)) < len(addresses):
        top.complain("other_senders", "names an address twice; each mailbox has one sender")
    return senders


def _sender(section: Section) -> Sender:
    sender = Sender(
        name=section.need("name", label, instead=""),
        email=section.need("email", terms.email, instead=""),
        pacing=_pacing(section.section("pacing")),
    )
    section.refuse_the_rest()
    return sender


def _pacing(section: Section | None) -> Pacing:
    usual = Pacing()
    if section is None:
        return usual
    gap = section.take("gap_seconds", terms.whole)
    pacing = Pacing(
        per_day=section.take("per_day", terms.positive) or usual.per_day,
        gap=usual.gap if gap is None else timedelta(seconds=gap),
        window=section.take("window", terms.window) or Window(),
        ramp=_ramp(section.section("ramp")),
    )
    section.refuse_the_rest()
    return pacing


def _ramp(section: Section | None) -> Ramp | None:
    if section is None:
        return None
    ramp = Ramp(
        first_day=section.need("first_day", terms.positive, instead=1),
        more_each_day=section.need("more_each_day", terms.positive, instead=1),
    )
    section.refuse_the_rest()
    return ramp


def _values(top: Section) -> tuple[Value, ...]:
    values: list[Value] = []
    for section in top.sections("values"):
        name = section.need("name", label, instead="")
        if any(value.name == name for value in values):
            section.complain("name", f"“{name}” names two values; each needs its own name")
        words = section.need("text", text, instead="")
        values.append(Value(name=name, text=words, weight=section.take("weight", terms.weight) or 1.0))
        section.refuse_the_rest()
    if not values:
        top.complain("values", "is missing; say in one or two sentences each what the brand stands for")
    return tuple(values)


def _voice(section: Section | None) -> Voice:
    if section is None:
        return Voice()
    voice = Voice(
        do=section.each("do", text),
        dont=section.each("dont", text),
        banned=section.each("banned", text),
        examples=section.each("examples", text),
    )
    section.refuse_the_rest()
    return voice


def _facts(top: Section) -> tuple[Fact, ...]:
    facts: list[Fact] = []
    for section in top.sections("facts"):
        name = section.need("id", label, instead="")
        if any(fact.id == name for fact in facts):
            section.complain("id", f"“{name}” names two facts; receipts need one for each")
        words = section.need("text", text, instead="")
        facts.append(Fact(id=name, text=words, source=section.take("source", text) or ""))
        section.refuse_the_rest()
    return tuple(facts)


def _programme(section: Section | None) -> Programme | None:
    if section is None:
        return None
    programme = Programme(
        name=section.need("name", label, instead=""),
        market=section.take("market", terms.country),
        year=section.take("year", terms.positive),
        budget=section.take("budget", terms.money),
    )
    section.refuse_the_rest()
    return programme


def _campaigns(top: Section, brand: Brand) -> tuple[Campaign, ...]:
    campaigns: list[Campaign] = []
    for section in top.sections("campaigns"):
        campaign = campaign_of(section, brand.id)
        if campaign.id and any(other.id == campaign.id for other in campaigns):
            section.complain("id", f"“{campaign.id}” names two campaigns; each needs its own id")
        campaigns.append(campaign)
    return tuple(campaigns)


def _address_form(node: yaml.Node) -> str:
    written = text(node).lower()
    if written not in {*AddressForm, AS_THEY_DO}:
        raise BadValue(f"{quoted(node)} is no form of address; write tu, vous or {AS_THEY_DO}")
    return written


def _policy(written: str | None) -> AddressForm | None:
    return None if written == AS_THEY_DO else AddressForm(written or AddressForm.VOUS)


def _slug(name: str) -> str:
    plain = unicodedata.normalize("NFKD", name.casefold())
    kept = (
        char if char.isascii() and char.isalnum() else " "
        for char in plain
        if not unicodedata.combining(char)
    )
    return "-".join("".join(kept).split()) or f"brand-{text_key(name)}"
