"""The campaigns that creators are matched for."""

from urllib.parse import quote

from fastapi import APIRouter
from fastapi.responses import Response

from agent.web.desk import Visiting

router = APIRouter()


@router.get("/matching")
def show(visit: Visiting) -> Response:
    """List campaigns; the only one is opened at once."""
    with visit.ports.store.read() as tx:
        campaigns = tx.brands.campaigns()
        brands = {brand.id: brand for brand in tx.brands.all()}
        listed = {each.id: len(tx.outreach.of_campaign(each.id)) for each in campaigns}
    if len(campaigns) == 1:
        return visit.redirect(f"/matching/{quote(campaigns[0].id, safe='')}")
    return visit.page("matching.html", campaigns=campaigns, brands=brands, listed=listed)
