"""The layers in pyproject.toml hold: in a stand-in house, each contract catches a planted wrong import."""

import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from tests.unit.house.tree import PRODUCT, ROOT

HOUSE = {
    "agent/__init__.py": "",
    "agent/__main__.py": "import agent.cli.serve",
    "agent/cli/__init__.py": "",
    "agent/cli/serve.py": "import rich, typer, uvicorn\nimport agent.bootstrap, agent.web.app",
    "agent/bootstrap.py": "import agent.settings, agent.adapters.smtp, jobs.table",
    "agent/settings.py": "import pydantic_settings",
    "agent/web/__init__.py": "",
    "agent/web/app.py": "import fastapi, starlette\nimport agent.usecases.send",
    "agent/adapters/__init__.py": "",
    "agent/adapters/database/__init__.py": "",
    "agent/adapters/database/rows.py": "import sqlalchemy, sqlmodel\nimport agent.domain.letter",
    "agent/adapters/imap.py": "import imap_tools",
    "agent/adapters/llm.py": "import langchain_openai, openai",
    "agent/adapters/search.py": "import index.search",
    "agent/adapters/smtp.py": "import smtplib\nimport agent.domain.letter",
    "agent/usecases/__init__.py": "",
    "agent/usecases/send.py": "import agent.ports",
    "agent/ports.py": "import agent.domain.letter, index.search",
    "agent/domain/__init__.py": "",
    "agent/domain/letter.py": "import datetime, hashlib",
    "agent/domain/seal.py": "import agent.domain.letter",
    "agent/samples/__init__.py": "",
    "index/__init__.py": "",
    "index/search.py": "import faiss, numpy, sentence_transformers, torch",
    "jobs/__init__.py": "",
    "jobs/table.py": "import apscheduler\nimport agent.usecases.send",
    "prompts/__init__.py": "import importlib.resources",
}
PLANTS = [
    (
        "floors",
        "agent/usecases/send.py",
        "import agent.web.app",
        "agent.usecases is not allowed to import agent.web",
    ),
    (
        "floors",
        "agent/web/app.py",
        "import agent.adapters.smtp",
        "agent.web is not allowed to import agent.adapters",
    ),
    ("floors", "agent/helpers.py", "", "not listed as layers"),
    ("house", "agent/domain/seal.py", "import index.search", "agent.domain is not allowed to import index"),
    (
        "house",
        "agent/samples/__init__.py",
        "import agent.domain.letter",
        "agent.samples is not allowed to import",
    ),
    ("house", "jobs/table.py", "import agent.adapters.smtp", "jobs is not allowed to import agent.adapters"),
    ("house", "jobs/table.py", "import agent.web.app", "jobs is not allowed to import agent.web"),
    ("strangers", "index/search.py", "import agent.domain.letter", "index is not allowed to import agent"),
    ("strangers", "prompts/__init__.py", "import index.search", "prompts is not allowed to import index"),
    (
        "adapters",
        "agent/adapters/imap.py",
        "import agent.adapters.smtp",
        "agent.adapters.imap is not allowed",
    ),
    (
        "siblings",
        "agent/domain/letter.py",
        "import agent.domain.seal",
        "No cycles are allowed in agent.domain",
    ),
    ("pure", "agent/domain/letter.py", "import pydantic", "agent.domain is not allowed to import pydantic"),
    ("pure", "agent/domain/letter.py", "def draw():\n    import random", "not allowed to import random"),
    ("pure", "agent/domain/letter.py", "from pathlib import Path", "not allowed to import pathlib"),
    ("pure", "agent/domain/letter.py", "import time", "not allowed to import time"),
    (
        "door-smtp",
        "agent/usecases/send.py",
        "def send():\n    import smtplib",
        "agent is not allowed to import smtplib",
    ),
    (
        "door-imap",
        "agent/adapters/smtp.py",
        "from imap_tools import MailBox",
        "not allowed to import imap_tools",
    ),
    ("door-imap", "jobs/table.py", "import imaplib", "jobs is not allowed to import imaplib"),
    ("door-models", "agent/adapters/search.py", "import faiss", "agent is not allowed to import faiss"),
    ("door-writer", "agent/web/app.py", "from openai import OpenAI", "agent is not allowed to import openai"),
    (
        "door-database",
        "agent/web/app.py",
        "from sqlmodel import Session",
        "agent is not allowed to import sqlmodel",
    ),
    ("door-ticks", "agent/cli/serve.py", "import apscheduler.triggers", "not allowed to import apscheduler"),
    (
        "door-web",
        "agent/cli/serve.py",
        "from fastapi import FastAPI",
        "agent is not allowed to import fastapi",
    ),
    (
        "door-terminal",
        "agent/usecases/send.py",
        "from rich.progress import track",
        "not allowed to import rich",
    ),
    ("shipped", "agent/cli/serve.py", "import tests.fakes", "agent is not allowed to import tests"),
]
CONTRACTS = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["importlinter"]["contracts"]


@pytest.fixture
def house(tmp_path: Path) -> Path:
    for name, text in HOUSE.items():
        _write(tmp_path / name, text)
    return tmp_path


def test_the_stand_in_house_keeps_every_contract(house: Path) -> None:
    answer = _lint(house)
    assert answer.returncode == 0, answer.stdout


@pytest.mark.parametrize(("contract", "file", "plant", "message"), PLANTS)
def test_a_planted_import_is_caught(house: Path, contract: str, file: str, plant: str, message: str) -> None:
    _write(house / file, f"{HOUSE.get(file, '')}\n{plant}\n")
    answer = _lint(house, "--contract", contract)
    assert answer.returncode == 1
    assert message in " ".join(answer.stdout.split())


def test_every_contract_has_a_plant() -> None:
    assert {contract["id"] for contract in CONTRACTS} == {contract for contract, *_ in PLANTS}


def test_every_package_is_under_the_contracts() -> None:
    assert {file.partition("/")[0] for file in HOUSE} == set(PRODUCT)


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")


def _lint(folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    program = "from importlinter.cli import lint_imports_command; lint_imports_command()"
    command = [
        sys.executable,
        "-P",
        "-c",
        program,
        "--no-cache",
        "--config",
        str(ROOT / "pyproject.toml"),
        *words,
    ]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
