"""Whether the desk can do its work, for machines."""

from fastapi import APIRouter
from fastapi.responses import JSONResponse, Response

from agent.domain.errors import Unavailable
from agent.web.desk import Visiting

router = APIRouter()


@router.get("/health")
def health(visit: Visiting) -> Response:
    """Answer 200 when the store can be read, 503 when it cannot; no detail either way."""
    try:
        with visit.ports.store.read() as tx:
            tx.accounts.count()
    except Unavailable:
        return JSONResponse({"status": "store unavailable"}, status_code=503)
    return JSONResponse({"status": "ok"})
