"""Brands as they are written into a brand file: the way back from what `brand.py` reads."""

from collections.abc import Mapping, Sequence
from datetime import time, timedelta

import yaml

from agent.adapters.sources.brand import AS_THEY_DO, parse_brand
from agent.domain.brand import Brand, Cadence, Campaign, Money, Offer, Pacing, Sender, Window
from agent.domain.records import BrandFile
from agent.ports import Tree

_NAME = "form"
_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_WIDTH = 100


class YamlBrands:
    """Brand files in YAML: one reader for the files that people import and for what they type in a form."""

    def read(self, tree: Tree) -> BrandFile:
        """Return the brand and campaigns of a tree; raises BadFields with all that is wrong in it."""
        return parse_brand(_dumped(tree), name=_NAME)

    def tree(self, file: BrandFile) -> Tree:
        """Return the tree that `read` makes the same brand and campaigns of."""
        brand = file.brand
        return _without_nothing(
            {
                "brand": _brand(brand),
                "sender": _sender(brand.sender),
                "other_senders": [_sender(each) for each in brand.other_senders],
                "values": [
                    {"name": each.name, "text": each.text, "weight": _plain(each.weight)}
                    for each in brand.values
                ],
                "voice": {
                    name: list(getattr(brand.voice, name)) for name in ("do", "dont", "banned", "examples")
                },
                "facts": [{"id": each.id, "text": each.text, "source": each.source} for each in brand.facts],
                "programme": _programme(brand),
                "campaigns": [_campaign(each) for each in file.campaigns],
            }
        )

    def text(self, file: BrandFile) -> str:
        """Return the YAML file that would be imported as the same brand and campaigns."""
        return _dumped(self.tree(file))


def _dumped(tree: Tree) -> str:
    written: str = yaml.safe_dump(
        dict(tree), allow_unicode=True, sort_keys=False, width=_WIDTH, default_flow_style=False
    )
    return written


def _brand(brand: Brand) -> Tree:
    return {
        "name": brand.name,
        "language": brand.language,
        "address_form": AS_THEY_DO if brand.address_form is None else brand.address_form.value,
        "postal_address": brand.postal_address,
        "website": brand.website,
        "privacy_url": brand.privacy_url,
        "competitors": list(brand.competitors),
    }


def _sender(sender: Sender) -> Tree:
    return {"name": sender.name, "email": sender.email, "pacing": _pacing(sender.pacing)}


def _pacing(pacing: Pacing) -> Tree:
    ramp = pacing.ramp
    return {
        "per_day": pacing.per_day,
        "gap_seconds": int(pacing.gap.total_seconds()),
        "window": _window(pacing.window),
        "ramp": None if ramp is None else {"first_day": ramp.first_day, "more_each_day": ramp.more_each_day},
    }


def _window(window: Window) -> str:
    if window.always:
        return "always"
    days = sorted(window.days)
    in_a_row = days == list(range(days[0], days[-1] + 1))
    named = [_DAYS[day] for day in days]
    written = f"{named[0]}-{named[-1]}" if in_a_row and len(days) > 1 else ", ".join(named)
    return f"{written} {_clock(window.start)}-{_clock(window.end)}"


def _clock(moment: time) -> str:
    return moment.strftime("%H:%M")


def _programme(brand: Brand) -> Tree | None:
    programme = brand.programme
    if programme is None:
        return None
    return {
        "name": programme.name,
        "market": programme.market,
        "year": programme.year,
        "budget": _money(programme.budget),
    }


def _campaign(campaign: Campaign) -> Tree:
    least, most = campaign.followers
    return {
        "id": campaign.id,
        "objective": campaign.objective,
        "category": campaign.category,
        "languages": list(campaign.languages),
        "countries": list(campaign.countries),
        "followers": None if least is most is None else [least, most],
        "platforms": list(campaign.platforms),
        "offer": _offer(campaign.offer),
        "cadence": _cadence(campaign.cadence),
        "quotas": {"per_day": campaign.per_day},
        "channels": [channel.value for channel in campaign.channels],
        "models": {
            "budget": None if campaign.models.cost is None else f"{campaign.models.cost:f}",
            "tokens": campaign.models.tokens,
        },
        "draft_answers": campaign.draft_answers,
    }


def _offer(offer: Offer) -> Tree:
    return {
        "gift": offer.gift and {"name": offer.gift.name, "value": _money(offer.gift.value)},
        "cash": _money(offer.cash),
        "affiliate": offer.affiliate and {"rate": offer.affiliate.rate, "code": offer.affiliate.code},
        "deliverables": list(offer.deliverables),
        "rights": offer.rights and {"months": offer.rights.months},
        "deadline": offer.deadline and offer.deadline.isoformat(),
    }


def _cadence(cadence: Cadence) -> Tree:
    return {
        "touches": cadence.touches,
        "wait_days": [_days(each) for each in cadence.wait],
        "stale_after_days": _days(cadence.stale_after),
        "evidence_days": _days(cadence.evidence_for),
        "rest_days": None if cadence.rest is None else _days(cadence.rest),
    }


def _days(span: timedelta) -> int:
    return span.days


def _money(money: Money | None) -> str | None:
    return None if money is None else f"{money.amount:f} {money.currency}"


def _plain(weight: float) -> float | int:
    return int(weight) if weight == int(weight) else weight


def _without_nothing(tree: Tree) -> dict[str, object]:
    """Return a tree without what says nothing; an open end of a list of two stays."""
    kept: dict[str, object] = {}
    for name, value in tree.items():
        pruned = _pruned(value)
        if pruned not in (None, "", [], {}):
            kept[name] = pruned
    return kept


def _pruned(value: object) -> object:
    if isinstance(value, Mapping):
        return _without_nothing(value)
    if isinstance(value, Sequence) and not isinstance(value, str):
        return [_pruned(each) for each in value]
    return value
