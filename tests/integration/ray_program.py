"""What test_ray.py runs in a process of its own: `python -m tests.integration.ray_program FOLDER`.

Builds an index with Ray, interrupted once, and writes as JSON what happened. Of its own: Ray warns while it
loads and starts servers, and the tests want neither in their process.
"""

import ipaddress
import json
import sys
from contextlib import suppress
from functools import partial
from pathlib import Path

from index.build import build
from index.embedder import DEFAULT, worker_embedder
from index.ray_embedding import RayEmbedder
from tests.unit.index.fakes import village

LISTENING = "0A"
SIZE = 120
BATCH = 100


def main(folder: Path) -> None:
    told: list[tuple[int, int]] = []
    open_ports: list[str] = []

    def watch(done: int, total: int, texts_per_second: float) -> None:
        assert texts_per_second > 0
        told.append((done, total))
        open_ports.extend(listening_beyond_this_machine(descendants()))
        if len(told) == 1:
            raise KeyboardInterrupt

    embedder = RayEmbedder(worker_embedder(DEFAULT), partial(worker_embedder, DEFAULT))
    interrupted = False
    try:
        build(folder, village(SIZE), embedder, progress=watch, batch=BATCH)
    except KeyboardInterrupt:
        interrupted = True
    rest = build(folder, village(SIZE), embedder, progress=watch, batch=BATCH).embedded
    again = build(folder, village(SIZE), embedder, progress=watch, batch=BATCH).embedded
    answer = {"interrupted": interrupted, "told": told, "rest": rest, "again": again, "open": open_ports}
    sys.stdout.write(json.dumps(answer) + "\n")


def descendants() -> set[int]:
    """Return this process and all that it started, as the system lists them."""
    parents = {}
    for stat in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):  # it ended meanwhile
            fields = stat.read_text("utf-8").rpartition(")")[2].split()
            parents[int(stat.parent.name)] = int(fields[1])
    found = {int(Path("/proc/self").resolve().name)}
    while more := {pid for pid, parent in parents.items() if parent in found} - found:
        found |= more
    return found


def listening_beyond_this_machine(pids: set[int]) -> list[str]:
    """Return the addresses other than loopback on which these processes wait for connections."""
    owned = set()
    for pid in pids:
        with suppress(OSError):
            owned |= {str(handle.readlink()) for handle in Path(f"/proc/{pid}/fd").iterdir()}
    found = []
    for table in ("tcp", "tcp6"):
        for line in Path(f"/proc/net/{table}").read_text("ascii").splitlines()[1:]:
            fields = line.split()
            host, _, port = fields[1].partition(":")
            if fields[3] == LISTENING and f"socket:[{fields[9]}]" in owned and not _is_loopback(host):
                found.append(f"{host}:{int(port, 16)}")
    return found


def _is_loopback(host: str) -> bool:
    words = [bytes.fromhex(host[start : start + 8])[::-1] for start in range(0, len(host), 8)]
    address = ipaddress.ip_address(b"".join(words))
    mapped = getattr(address, "ipv4_mapped", None)
    return (mapped or address).is_loopback


if __name__ == "__main__":
    main(Path(sys.argv[1]))
