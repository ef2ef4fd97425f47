"""Brands and campaigns as forms: the same reader and the same rows as a file that is imported."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Annotated, Any
from urllib.parse import quote

from fastapi import APIRouter, Depends, Request
from fastapi.responses import Response

from agent.domain.brand import Cadence, Pacing
from agent.domain.errors import BadFields, BadInput
from agent.domain.ids import BrandId, CampaignId
from agent.domain.records import BrandFile
from agent.usecases.setting_up import (
    SealsTouched,
    Setup,
    brand_setup,
    campaign_setup,
    keep_setup,
)
from agent.web.desk import Notice, Visit
from agent.web.door import Deciding
from agent.web.setupform import fields_of, problems_of, rows_of, tree_of

router = APIRouter()

_BRAND_PARTS = ("brand", "sender", "other_senders", "values", "voice", "facts", "programme")


async def typed(request: Request) -> dict[str, str]:
    """Return the text fields of a form."""
    return {name: value for name, value in (await request.form()).items() if isinstance(value, str)}


Typed = Annotated[dict[str, str], Depends(typed)]


@dataclass(frozen=True, kw_only=True)
class Sheet:
    """A form to show: its fields, what is wrong with them, and what saving it would do.

    `path` is where it is sent, `back` where somebody goes who changes nothing. `touched` is how many
    approvals it would void, None where that was not asked.
    """

    template: str
    path: str
    back: str
    fields: Mapping[str, str]
    mark: str
    brand: str = ""
    is_new: bool = False
    problems: Mapping[str, str] = field(default_factory=dict)
    problem: str = ""
    touched: int | None = None

    def rows(self, name: str, spare: int = 2) -> range:
        """Return the numbers of the rows of a list."""
        return rows_of(self.fields, name, spare=spare)


@router.get("/brands/new")
def new_brand(visit: Deciding) -> Response:
    """Show an empty brand."""
    return _page(visit, _sheet_of_new_brand(visit, _usual_brand(visit)))


@router.post("/brands/new")
def make_brand(visit: Deciding, given: Typed) -> Response:
    """Store a new brand."""
    sheet = _sheet_of_new_brand(visit, given)
    return _keep(visit, sheet, given, tree=_brand_tree(given))


@router.get("/brands/{brand_id}")
def show_brand(visit: Deciding, brand_id: str) -> Response:
    """Show a brand in its form."""
    return _page(visit, _sheet_of_brand(visit, brand_setup(visit.ports, BrandId(brand_id))))


@router.post("/brands/{brand_id}")
def change_brand(visit: Deciding, brand_id: str, given: Typed) -> Response:
    """Store a changed brand; its name is what it is known by and stays."""
    stored = brand_setup(visit.ports, BrandId(brand_id))
    tree = _brand_tree(given)
    tree["brand"]["name"] = stored.file.brand.name
    return _keep(visit, _sheet_of_brand(visit, stored), given, tree=tree)


@router.get("/brands/{brand_id}/brand.yaml")
def download(visit: Deciding, brand_id: str) -> Response:
    """Give the file that would make the same brand with all its campaigns."""
    setup = brand_setup(visit.ports, BrandId(brand_id), campaigns=True)
    headers = {"Content-Disposition": f'attachment; filename="{setup.file.brand.id}.yaml"'}
    return Response(visit.ports.brand_files.text(setup.file), media_type="application/yaml", headers=headers)


@router.get("/brands/{brand_id}/campaigns")
def new_campaign(visit: Deciding, brand_id: str) -> Response:
    """Show an empty campaign of a brand."""
    setup = brand_setup(visit.ports, BrandId(brand_id))
    return _page(visit, _sheet_of_new_campaign(setup, _usual_campaign(visit, setup)))


@router.post("/brands/{brand_id}/campaigns")
def make_campaign(visit: Deciding, brand_id: str, given: Typed) -> Response:
    """Store a new campaign of a brand."""
    setup = brand_setup(visit.ports, BrandId(brand_id))
    sheet = _sheet_of_new_campaign(setup, given)
    return _keep(visit, sheet, given, tree=_campaign_tree(visit, setup, given))


@router.get("/campaigns/{campaign_id}/edit")
def show_campaign(visit: Deciding, campaign_id: str) -> Response:
    """Show a campaign in its form."""
    return _page(visit, _sheet_of_campaign(visit, campaign_setup(visit.ports, CampaignId(campaign_id))))


@router.post("/campaigns/{campaign_id}/edit")
def change_campaign(visit: Deciding, campaign_id: str, given: Typed) -> Response:
    """Store a changed campaign under its id."""
    stored = campaign_setup(visit.ports, CampaignId(campaign_id))
    tree = _campaign_tree(visit, stored, given)
    tree["campaigns"][0]["id"] = campaign_id
    return _keep(visit, _sheet_of_campaign(visit, stored), given, tree=tree)


def _keep(visit: Visit, sheet: Sheet, given: Mapping[str, str], *, tree: dict[str, Any]) -> Response:
    """Store what was typed; where that cannot be, show it again with the reasons beside the fields."""
    shown = dict(vars(sheet)) | {"fields": fields_of(tree), "mark": given.get("mark", "")}
    try:
        file = visit.ports.brand_files.read(tree)
        _store(visit, file, given)
    except BadFields as error:
        return _page(visit, Sheet(**shown | {"problems": problems_of(error.fields)}), status=422)
    except SealsTouched as error:
        return _page(visit, Sheet(**shown | {"touched": error.letters}), status=409)
    except BadInput as error:
        return _page(visit, Sheet(**shown | {"problem": str(error)}), status=422)
    place = f"/campaigns/{quote(file.campaigns[0].id, safe='')}" if file.campaigns else "/campaigns"
    return visit.redirect(place, notice=Notice(code="setup_kept"))


def _store(visit: Visit, file: BrandFile, given: Mapping[str, str]) -> None:
    agreed = given.get("agreed", "")
    keep_setup(
        visit.ports,
        file,
        mark=given.get("mark", ""),
        agreed=int(agreed) if agreed.isascii() and agreed.isdigit() and len(agreed) < 9 else 0,  # noqa: PLR2004 - letters
        by=visit.person.email,
    )


def _page(visit: Visit, sheet: Sheet, *, status: int = 200) -> Response:
    return visit.page(sheet.template, status=status, sheet=sheet)


def _brand_tree(given: Mapping[str, str]) -> dict[str, Any]:
    tree = tree_of(given)
    # what is needed is missing field by field, not as a whole
    return {"brand": {}, "sender": {}} | {name: tree[name] for name in _BRAND_PARTS if name in tree}


def _campaign_tree(visit: Visit, setup: Setup, given: Mapping[str, str]) -> dict[str, Any]:
    brand = visit.ports.brand_files.tree(BrandFile(brand=setup.file.brand))
    campaigns = tree_of(given).get("campaigns") or [{}]
    return {**brand, "campaigns": campaigns[:1]}


def _sheet_of_new_brand(_visit: Visit, fields: Mapping[str, str]) -> Sheet:
    return Sheet(
        template="brand_form.html",
        path="/brands/new",
        back="/campaigns",
        fields=fields,
        mark="",
        is_new=True,
    )


def _sheet_of_brand(visit: Visit, setup: Setup) -> Sheet:
    brand = setup.file.brand
    return Sheet(
        template="brand_form.html",
        path=f"/brands/{quote(brand.id, safe='')}",
        back="/campaigns",
        fields=fields_of(visit.ports.brand_files.tree(setup.file)),
        mark=setup.mark,
        brand=brand.name,
    )


def _sheet_of_new_campaign(setup: Setup, fields: Mapping[str, str]) -> Sheet:
    brand = setup.file.brand
    return Sheet(
        template="campaign_form.html",
        path=f"/brands/{quote(brand.id, safe='')}/campaigns",
        back="/campaigns",
        fields=fields,
        mark="",
        brand=brand.name,
        is_new=True,
    )


def _sheet_of_campaign(visit: Visit, setup: Setup) -> Sheet:
    path = f"/campaigns/{quote(setup.file.campaigns[0].id, safe='')}"
    return Sheet(
        template="campaign_form.html",
        path=f"{path}/edit",
        back=path,
        fields=fields_of(visit.ports.brand_files.tree(setup.file)),
        mark=setup.mark,
        brand=setup.file.brand.name,
    )


def _usual_brand(visit: Visit) -> dict[str, str]:
    pacing = Pacing()
    return {
        "brand.language": visit.tongue.language,
        "brand.address_form": "vous",
        "sender.pacing.per_day": str(pacing.per_day),
        "sender.pacing.gap_seconds": str(int(pacing.gap.total_seconds())),
        "sender.pacing.window": "Mon-Fri 09:00-18:00",
    }


def _usual_campaign(_visit: Visit, setup: Setup) -> dict[str, str]:
    usual, brand = Cadence(), setup.file.brand
    market = brand.programme.market if brand.programme is not None else None
    return {
        "campaigns[0].languages": brand.language,
        "campaigns[0].countries": market or "",
        "campaigns[0].followers[0]": "1000",
        "campaigns[0].followers[1]": "10000",
        "campaigns[0].channels": "email",
        "campaigns[0].draft_answers": "no",
        "campaigns[0].cadence.touches": str(usual.touches),
        "campaigns[0].cadence.wait_days": ", ".join(str(each.days) for each in usual.wait),
        "campaigns[0].cadence.stale_after_days": str(usual.stale_after.days),
        "campaigns[0].cadence.evidence_days": str(usual.evidence_for.days),
    }
