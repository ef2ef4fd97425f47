"""The language of the desk."""

from typing import Annotated

from fastapi import APIRouter, Form
from fastapi.responses import Response

from agent.web.desk import Visiting, local_path

router = APIRouter()


@router.post("/language")
def choose(
    visit: Visiting, language: Annotated[str, Form()] = "", path: Annotated[str, Form()] = "/"
) -> Response:
    """Remember the language and go back to where the person was."""
    return visit.speak(language, path=local_path(path))
