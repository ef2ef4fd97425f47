"""The desk of a home on a free port, with one more route that does nothing.

`python -m bench.desk_server HOME ACCOUNT…` prints a line: the port, and a session's cookie for each account.
"""

import json
import sys
from pathlib import Path

import uvicorn
from fastapi.responses import PlainTextResponse, Response

from agent.bootstrap import build, secret_key
from agent.cli.desk import listening
from agent.web.app import create_app
from agent.web.config import DeskConfig
from agent.web.sessions import SESSION_COOKIE, Sessions
from bench.desk_home import settings


def main(home: Path, reviewers: list[str]) -> None:
    """Serve until the process is ended."""
    chosen = settings(home)
    ports, config = build(chosen), DeskConfig(secret_key=secret_key(chosen))
    app = create_app(ports, config)
    app.add_api_route("/nothing", _nothing)
    sessions = Sessions(config, ports.clock)
    with ports.store.read() as tx:
        accounts = [tx.accounts.get(email) for email in reviewers]
    cookies = [
        f"{config.cookie(SESSION_COOKIE)}={sessions.write(sessions.open(account))}" for account in accounts
    ]
    with listening("127.0.0.1", 0) as listener:
        print(json.dumps({"port": listener.getsockname()[1], "cookies": cookies}), flush=True)
        uvicorn.Server(uvicorn.Config(app, log_level="warning")).run(sockets=[listener])


def _nothing() -> Response:
    return PlainTextResponse("")


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2:])
