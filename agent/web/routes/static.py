"""Style sheet, script and icon."""

from fastapi import APIRouter, Request
from fastapi.responses import Response
from starlette.exceptions import HTTPException

from agent.web.desk import Desk

router = APIRouter()


@router.get("/static/{name}")
def asset(request: Request, name: str) -> Response:
    """Answer an asset; its address changes with its content, so it may be kept for ever."""
    desk: Desk = request.app.state.desk
    found = desk.assets.get(name)
    if found is None:
        raise HTTPException(404)
    return Response(
        found.content,
        media_type=found.media_type,
        headers={"Cache-Control": "public, max-age=31536000, immutable"},
    )
