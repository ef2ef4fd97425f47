"""Milvus itself, as Milvus Lite serves it: tokens, failures, interrupted builds, generations."""

import os
import subprocess
import sys
import traceback
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from typing import Any

import grpc
import numpy as np
import pytest

from index import IndexFailure, IndexUnavailable, Searcher, Where
from index.milvus import MilvusLibrary, MilvusPlace, Server
from index.milvus import plan as planning
from index.milvus.build import build
from index.milvus.generations import listed
from index.milvus.layout import GENERATIONS
from tests.cli import ROOT
from tests.unit.index.fakes import WordEmbedder, creator, village

TOKEN = "root:correct horse"  # of this test's own server


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Server]:
    opened = Server(str(tmp_path / "lite.db"))
    yield opened
    opened.close()


@pytest.fixture
def guarded(tmp_path: Path) -> Iterator[str]:
    """Serve Milvus Lite on loopback to whoever brings the token."""
    from milvus_lite.adapter.grpc.servicer import MilvusServicer
    from milvus_lite.db import MilvusLite
    from pymilvus.grpc_gen.milvus_pb2_grpc import add_MilvusServiceServicer_to_server

    database = MilvusLite(str(tmp_path / "guarded"))
    with ThreadPoolExecutor(4) as threads:
        service = grpc.server(threads, interceptors=[_Guard()])
        add_MilvusServiceServicer_to_server(MilvusServicer(database), service)
        port = service.add_insecure_port("127.0.0.1:0")
        service.start()
        yield f"http://127.0.0.1:{port}"
        service.stop(grace=None).wait()
    database.close()


class _Guard(grpc.ServerInterceptor):  # type: ignore[misc]  # grpc ships no types
    """Refuse calls without the token, in the words of Milvus."""

    def intercept_service(self, continuation: Callable[[Any], Any], call: Any) -> Any:
        from base64 import b64encode

        sent = dict(call.invocation_metadata).get("authorization", "")
        if sent == b64encode(TOKEN.encode()).decode():
            return continuation(call)
        return grpc.unary_unary_rpc_method_handler(_refuse)


def _refuse(_request: Any, context: Any) -> None:
    context.abort(grpc.StatusCode.UNAUTHENTICATED, "auth check failure, please check api key is correct")


def test_the_token_opens_a_server(guarded: str, tmp_path: Path) -> None:
    library = MilvusLibrary(Server(guarded, token=TOKEN), tmp_path)
    library.build(village(), WordEmbedder(), source="s", progress=_quiet)
    assert len(library.open(WordEmbedder()).search("compost")) == 12
    library.close()


@pytest.mark.parametrize("token", ["root:wrong horse", None])
def test_a_wrong_token_is_refused_in_a_sentence_that_does_not_repeat_it(
    guarded: str, token: str | None, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    server = Server(guarded, token=token)
    with pytest.raises(IndexUnavailable, match="refuses the token") as refused:
        server.collections()
    server.close()
    out, err = capfd.readouterr()
    told = "".join(traceback.format_exception(refused.value)) + caplog.text + out + err + repr(vars(server))
    assert "wrong horse" not in told
    assert str(refused.value).count("\n") == 0


def test_a_server_that_is_down_is_named(tmp_path: Path) -> None:
    library = MilvusLibrary(Server("http://127.0.0.1:9"), tmp_path)
    with pytest.raises(IndexUnavailable, match=r"Milvus at http://127\.0\.0\.1:9 does not answer"):
        library.inspect()


def test_a_server_that_goes_away_while_it_is_searched_is_named(server: Server, tmp_path: Path) -> None:
    library = MilvusLibrary(server, tmp_path)
    library.build(village(), WordEmbedder(), source="s", progress=_quiet)
    searcher = library.open(WordEmbedder())
    from milvus_lite.server_manager import server_manager_instance

    server_manager_instance.release_server(str(tmp_path / "lite.db"))
    with pytest.raises(IndexUnavailable, match="does not answer"):
        searcher.search("compost")


@pytest.mark.parametrize(
    ("uri", "token", "said"),
    [
        ("ftp://milvus.example", None, "no address of Milvus"),
        ("milvus.example:19530", None, "no address of Milvus"),
        ("http://", None, "no address of Milvus"),
        ("http://root:hunter2@milvus.example:19530", None, "must not hold a password"),
        ("http://milvus.example:19530", TOKEN, "would carry the token in clear"),
    ],
)
def test_an_address_that_cannot_be_used_is_refused_at_once(uri: str, token: str | None, said: str) -> None:
    with pytest.raises(IndexUnavailable, match=said) as refused:
        Server(uri, token=token)
    assert "hunter2" not in str(refused.value)
    assert TOKEN not in str(refused.value)


@pytest.mark.parametrize(
    "uri",
    ["https://milvus.example", "http://localhost:19530", "http://[::1]:19530/brand", "http://127.0.0.1:1"],
)
def test_a_token_may_go_where_nobody_listens(uri: str) -> None:
    assert Server(uri, token=TOKEN).where == f"Milvus at {uri}"


def test_a_lite_file_in_a_folder_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(IndexUnavailable, match="its folder has to exist"):
        Server(str(tmp_path / "nowhere" / "lite.db")).collections()


def test_a_lite_file_belongs_to_one_process(server: Server, tmp_path: Path) -> None:
    server.collections()
    answer = _python(
        "from index import IndexUnavailable\nfrom index.milvus import Server\n"
        f"try:\n    Server({str(tmp_path / 'lite.db')!r}).collections()\n"
        "except IndexUnavailable as error:\n    print(error)"
    )
    assert "one process at a time" in answer.stdout
    assert answer.stderr == ""


def test_the_client_loads_with_the_first_call_and_reads_no_dotenv_file(tmp_path: Path) -> None:
    (tmp_path / ".env").write_text("PLANTED=1\n", "utf-8")
    answer = _python(
        "import os, sys, dotenv.main\n"
        f"dotenv.main.find_dotenv = lambda *_, **__: {str(tmp_path / '.env')!r}\n"
        "from index.milvus import Server\n"
        "print(sorted({'grpc', 'pymilvus'} & set(sys.modules)))\n"
        "try:\n    Server('http://127.0.0.1:9').collections()\nexcept Exception as error:\n    pass\n"
        "print(sorted({'grpc', 'pymilvus'} & set(sys.modules)), os.environ.get('PLANTED'))\n"
        "dotenv.load_dotenv()\nprint(os.environ.get('PLANTED'))"
    )
    assert answer.stdout.splitlines() == ["[]", "['grpc', 'pymilvus'] None", "1"], answer.stderr


def test_without_the_client_one_sentence_says_what_to_install() -> None:
    answer = _python(
        "import sys\nsys.modules['pymilvus'] = None\n"
        "from index import IndexUnavailable\nfrom index.milvus import Server\n"
        "try:\n    Server('http://127.0.0.1:9').collections()\n"
        "except IndexUnavailable as error:\n    print(error)"
    )
    assert "pip install 'nanoreach[milvus]'" in answer.stdout


def test_another_generation_is_written_beside_the_one_in_use(server: Server, tmp_path: Path) -> None:
    library = MilvusLibrary(server, tmp_path)
    library.build(village(), WordEmbedder(), source="s1", progress=_quiet)
    open_before = library.open(WordEmbedder())
    seen: list[list[int]] = []

    def look(_done: int, _total: int) -> None:
        seen.append([hit.key for hit in open_before.search("compost")])
        assert library.inspect().source == "s1"

    changed = [creator(each.key, f"sea {each.bio}") for each in village()]
    build(server, tmp_path, changed, WordEmbedder(), source="s2", stored=look)
    assert seen
    assert {len(keys) for keys in seen} == {12}
    assert library.inspect().source == "s2"
    assert server.collections() == {
        GENERATIONS,
        *MilvusPlace.open(server, identity="words:1").generation.names,
    }
    with pytest.raises(IndexUnavailable, match="try again"):
        open_before.search("compost")


def test_a_few_changes_are_made_in_place_and_nobody_calls_it_current_meanwhile(
    server: Server, tmp_path: Path
) -> None:
    library = MilvusLibrary(server, tmp_path)
    documents = village(60)
    library.build(documents, WordEmbedder(), source="s1", progress=_quiet)
    before, searcher = library.stamp(), library.open(WordEmbedder())
    documents[4] = creator(5, "galaxies tonight", "galaxies")
    del documents[9]

    def look(_done: int, _total: int) -> None:
        assert library.inspect().source == ""

    build(server, tmp_path, documents, WordEmbedder(), source="s2", stored=look)
    assert library.stamp() == before
    assert {hit.key for hit in searcher.search("galaxies", limit=100)} == {each.key for each in documents}


def test_a_build_killed_while_it_writes_goes_on_where_it_was(tmp_path: Path) -> None:
    path = tmp_path / "lite.db"
    first = MilvusLibrary(Server(str(path)), tmp_path)
    first.build(village(12), WordEmbedder(), source="s1", progress=_quiet)
    first.close()
    killed = _python(
        "import os, signal\nfrom pathlib import Path\n"
        "from index.milvus import Server, plan\nfrom index.milvus.build import build\n"
        "from tests.unit.index.fakes import WordEmbedder, village\n"
        "plan._ROWS_AT_ONCE = 40\n"
        "def die(done, total):\n    print(done, total, flush=True)\n"
        "    done > 60 and os.kill(os.getpid(), signal.SIGKILL)\n"
        f"server, folder = Server({str(path)!r}), Path({str(tmp_path)!r})\n"
        "build(server, folder, village(200), WordEmbedder(), source='s2', stored=die)"
    )
    assert killed.returncode == -9, killed.stderr
    server = Server(str(path))
    library, embedder = MilvusLibrary(server, tmp_path), WordEmbedder()
    assert library.inspect().source == "s1"
    assert len(library.open(WordEmbedder()).search("compost", limit=300)) == 12
    left = [each for each in listed(server) if not each.ready]
    written: list[int] = []
    build(
        server,
        tmp_path,
        village(200),
        embedder,
        source="s2",
        stored=lambda done, total: written.append(total),
    )
    assert len(left) == 1
    assert library.stamp() == left[0].names[0]
    assert 0 < written[-1] < 200 - 60
    assert embedder.encoded == []
    assert len(library.open(WordEmbedder()).search("compost", limit=300)) == 200
    assert [server.count(name) for name in left[0].names] == [200, 170, 300]
    server.close()


def test_what_an_interrupted_build_wrote_for_someone_who_is_gone_does_not_stay(
    server: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("index.milvus.build.write_creators", _only_their_texts)
    with pytest.raises(KeyboardInterrupt):
        build(server, tmp_path, village(20), WordEmbedder())
    monkeypatch.undo()
    rest = [each for each in village(20) if each.key != 3]
    build(server, tmp_path, rest, WordEmbedder())
    place = MilvusPlace.open(server, identity="words:1")
    assert place.generation.key == 1
    assert server.rows(place.generation.names[2], "owner in [3]", ("key",), strict=True) == []
    assert server.count(place.generation.names[2]) == sum(len(each.passages) for each in rest)


def _only_their_texts(server: Server, todo: Any, contents: Any, creators: Any, cache: Any) -> None:
    from index.milvus.writing import write_creators

    write_creators(server, todo, contents, creators, cache)
    server.remove(todo.generation.names[0], creators)
    raise KeyboardInterrupt


def test_forgetting_reaches_a_generation_that_was_never_finished(
    server: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    library = MilvusLibrary(server, tmp_path)
    library.build(village(20), WordEmbedder(), source="s1", progress=_quiet)
    monkeypatch.setattr(planning, "_ROWS_AT_ONCE", 10)
    changed = [creator(each.key, f"sea {each.bio}", "post") for each in village(20)]

    def stop(done: int, _total: int) -> None:
        if done > 10:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        build(server, tmp_path, changed, WordEmbedder(), stored=stop)
    assert library.forget(np.array([7])).creators == 1
    for generation in listed(server):
        for name, field in zip(generation.names, ("key", "owner", "owner"), strict=True):
            server.load(name)
            assert server.rows(name, f"{field} in [7]", ("key",), strict=True) == []
            assert server.count(name) > 0


def test_a_space_that_nobody_looks_at_is_not_fetched(
    server: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    library = MilvusLibrary(server, tmp_path)
    library.build(village(), WordEmbedder(), source="s", progress=_quiet)
    place = MilvusPlace.open(server, identity="words:1")
    asked: list[str] = []
    rows = server.rows

    def listen(name: str, *words: Any, **more: Any) -> Any:
        asked.append(name)
        return rows(name, *words, **more)

    monkeypatch.setattr(server, "rows", listen)
    views = place.views(np.array([1, 2]))
    assert set(views) == {"whole", "bio", "passages"}
    assert asked == []
    query = WordEmbedder().encode(["compost"])[0]
    assert [views["whole"].cosines(query).shape for _ in range(2)] == [(2,), (2,)]
    assert asked == [place.generation.names[0]]


def test_an_index_in_files_leaves_the_disk_when_milvus_takes_over(server: Server, tmp_path: Path) -> None:
    from index.library import FileLibrary

    files, milvus, embedder = FileLibrary(tmp_path), MilvusLibrary(server, tmp_path), WordEmbedder()
    files.build(village(), WordEmbedder(), source="s", progress=_quiet)
    milvus.build(village(), embedder, source="s", progress=_quiet)
    assert embedder.encoded == []
    assert files.stamp() == ""
    assert [path for path in tmp_path.rglob("*.npy") if "lite.db" not in path.parts] == []


def test_a_damaged_index_asks_for_a_build_which_puts_it_right(server: Server, tmp_path: Path) -> None:
    library, embedder = MilvusLibrary(server, tmp_path), WordEmbedder()
    library.build(village(), WordEmbedder(), source="s", progress=_quiet)
    server.drop(MilvusPlace.open(server, identity="words:1").generation.names[1])
    with pytest.raises(IndexFailure, match="build it again"):
        library.open(WordEmbedder())
    library.build(village(), embedder, source="s", progress=_quiet)
    assert embedder.encoded == []
    assert len(library.open(WordEmbedder()).search("compost")) == 12


def test_an_older_format_asks_for_a_build_which_puts_it_right(server: Server, tmp_path: Path) -> None:
    from index.milvus.generations import save

    library = MilvusLibrary(server, tmp_path)
    library.build(village(), WordEmbedder(), source="s", progress=_quiet)
    save(server, replace(listed(server)[0], format=0))
    with pytest.raises(IndexFailure, match="has format 0"):
        library.open(WordEmbedder())
    library.build(village(), WordEmbedder(), source="s", progress=_quiet)
    assert library.inspect().creators == 12


def test_more_posts_than_one_answer_holds_are_all_found(
    server: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in ("server", "rows", "place", "writing"):
        monkeypatch.setattr(f"index.milvus.{module}.MOST_ROWS", 7)
    monkeypatch.setattr("index.milvus.server._BYTES_AT_ONCE", 5 * 8 * 4)
    posts = [f"bread {place}" for place in range(30)]
    documents = [creator(1, "sea", *posts), creator(2, "sea"), creator(3, "", "bread alone")]
    library = MilvusLibrary(server, tmp_path)
    library.build(documents, WordEmbedder(), source="s", progress=_quiet)
    searcher: Searcher[Any] = library.open(WordEmbedder())
    assert len(searcher.evidence("bread", 1, limit=100)) == 31
    assert {hit.key for hit in searcher.search("bread", where=Where(excluded=np.array([2])))} == {1, 3}
    assert library.forget(np.array([1])).creators == 1
    assert server.count("nanoreach_000001_passages") == 1


def _quiet(done: int, total: int, texts_per_second: float) -> None:
    pass


def _python(program: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", program],
        env=os.environ | {"PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
