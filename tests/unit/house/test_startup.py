"""`nanoreach --help` answers at once, because nothing heavy is imported for it."""

import json
import subprocess
import sys

import pytest

from tests.unit.house.tree import ROOT

HEAVY = {
    "faiss",
    "fastapi",
    "langchain",
    "langchain_openai",
    "openai",
    "sentence_transformers",
    "sqlalchemy",
    "sqlmodel",
    "torch",
}
PROGRAM = """
import json, sys
from agent.__main__ import main
sys.argv = ["nanoreach", *json.loads(sys.argv[1])]
try:
    main()
except SystemExit as stop:
    assert not stop.code, stop.code
finally:
    print(json.dumps(sorted({name.partition(".")[0] for name in sys.modules})), file=sys.stderr)
"""


@pytest.mark.parametrize(
    ("words", "unwanted"),
    [
        (["--help"], HEAVY | {"pydantic"}),
        (["import", "--help"], HEAVY),  # Typer itself reads a command's options with pydantic
        (["draft", "--help"], HEAVY),
    ],
)
def test_help_imports_nothing_heavy(words: list[str], unwanted: set[str]) -> None:
    command = [sys.executable, "-c", PROGRAM, json.dumps(words)]
    answer = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert answer.returncode == 0, answer.stderr
    assert "Usage" in answer.stdout
    loaded = set(json.loads(answer.stderr.splitlines()[-1]))
    assert loaded & unwanted == set()
