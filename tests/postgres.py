"""A throw-away PostgreSQL on loopback, made from the binaries that Debian's package installs."""

import os
import pwd
import shutil
import socket
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import mkdtemp

_OWNER = "postgres"
"""PostgreSQL refuses to run as root; Debian's package brings this account."""


def binaries() -> Path | None:
    """Return the folder of `initdb` and `pg_ctl`, the newest where there are several; None without one."""
    found = shutil.which("initdb")
    if found is not None:
        return Path(found).parent
    folders = Path("/usr/lib/postgresql").glob("*/bin/initdb")
    newest = max(folders, key=lambda path: int(path.parents[1].name.split(".")[0]), default=None)
    return newest.parent if newest is not None else None


@contextmanager
def throwaway(*, durable: bool) -> Iterator[str]:
    """Start a new cluster and give the URL of its database; stop and remove it at the end.

    `durable` keeps its fsync, which benches need and tests do not.
    """
    folder = binaries()
    assert folder is not None, "install Debian's package postgresql"
    # not below pytest's folders, which only their owner may enter
    home = Path(mkdtemp(prefix="nanoreach-postgres-"))
    if os.geteuid() == 0:
        account = pwd.getpwnam(_OWNER)
        os.chown(home, account.pw_uid, account.pw_gid)
    data, port = home / "data", _free_port()
    try:
        _run(folder / "initdb", "--pgdata", data, "--auth", "trust", "--encoding", "UTF8", "--no-sync")
        settings = (
            f"-p {port} -c listen_addresses=127.0.0.1 -c unix_socket_directories= -c max_connections=60 "
            f"-c fsync={'on' if durable else 'off'}"
        )
        _run(folder / "pg_ctl", "start", "-w", "-D", data, "-l", home / "log", "-o", settings)
        try:
            yield f"postgresql://{_user()}@127.0.0.1:{port}/postgres"
        finally:
            _run(folder / "pg_ctl", "stop", "-w", "-D", data, "-m", "immediate")
    finally:
        shutil.rmtree(home)


def _run(*command: str | Path) -> None:
    as_owner = ("runuser", "-u", _OWNER, "--") if os.geteuid() == 0 else ()
    done = subprocess.run(
        [*as_owner, *map(str, command)],
        cwd="/",
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout


def _user() -> str:
    return _OWNER if os.geteuid() == 0 else pwd.getpwuid(os.geteuid()).pw_name


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
