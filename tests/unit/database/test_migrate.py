"""Migrations make exactly the schema that the tables describe, and may be run at any time."""

import json
import sqlite3
import stat
from concurrent.futures import ThreadPoolExecutor
from io import StringIO
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.operations import Operations
from alembic.script import ScriptDirectory
from sqlalchemy import create_engine, inspect

import agent.adapters.database
from agent.adapters.database import migrate, open_store
from agent.adapters.database.schema import SCHEMA
from agent.adapters.database.tables import Row
from tests.builders import a_brand, a_campaign, a_creator, an_outreach

PACKAGE = Path(agent.adapters.database.__file__).parent


def indexes(path: Path) -> set[str]:
    """Return what makes the database's indexes, with their conditions, in one spelling."""
    with sqlite3.connect(path) as connection:
        rows = connection.execute("SELECT sql FROM sqlite_master WHERE type = 'index' AND sql <> ''")
        found = {" ".join(sql.replace('"', "").split()) for (sql,) in rows}
    connection.close()
    return found


def test_the_migrated_schema_is_the_one_of_the_tables(tmp_path: Path) -> None:
    migrate(f"sqlite:///{tmp_path / 'migrated.db'}")
    engine = create_engine(f"sqlite:///{tmp_path / 'migrated.db'}")
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, Row.metadata) == []
    engine.dispose()


def test_every_index_has_the_condition_of_the_tables(tmp_path: Path) -> None:
    migrate(f"sqlite:///{tmp_path / 'migrated.db'}")
    engine = create_engine(f"sqlite:///{tmp_path / 'described.db'}")
    Row.metadata.create_all(engine)
    engine.dispose()
    assert indexes(tmp_path / "migrated.db") == indexes(tmp_path / "described.db")


def test_migrating_again_changes_nothing(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'store.db'}"
    assert migrate(url) == SCHEMA
    store = open_store(url)
    with store.write() as tx:
        tx.brands.save(a_brand())
    store.close()
    assert migrate(url) == SCHEMA
    store = open_store(url)
    with store.read() as tx:
        assert tx.brands.all() == (a_brand(),)
    store.close()


def test_what_the_first_version_stored_is_read_by_this_one(tmp_path: Path) -> None:
    from alembic import command

    path = tmp_path / "store.db"
    migrate(f"sqlite:///{path}")
    store = open_store(f"sqlite:///{path}")
    with store.write() as tx:
        tx.brands.save(a_brand())
        tx.brands.save_campaign(a_campaign())
        tx.creators.save(a_creator())
        tx.outreach.save(an_outreach())
    store.close()
    engine = create_engine(f"sqlite:///{path}")
    with engine.begin() as connection:
        command.downgrade(_config(connection=connection), "0001")
        # a fit of the first version knows neither further quotes nor contradictions
        fit = json.loads(connection.exec_driver_sql("SELECT fit FROM outreach").scalar_one())
        del fit["against"], fit["reasons"][0]["more"]
        connection.exec_driver_sql("UPDATE outreach SET fit = ?", (json.dumps(fit),))
    engine.dispose()

    assert migrate(f"sqlite:///{path}") == SCHEMA
    store = open_store(f"sqlite:///{path}")
    with store.read() as tx:
        assert tx.brands.all() == (a_brand(),)
        assert tx.outreach.get(an_outreach().id) == an_outreach()
    store.close()


def test_two_who_migrate_at_once_both_succeed(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'store.db'}"
    with ThreadPoolExecutor(4) as threads:
        assert list(threads.map(migrate, [url] * 4)) == [SCHEMA] * 4


def test_the_file_is_for_its_owner_only(tmp_path: Path) -> None:
    migrate(f"sqlite:///{tmp_path / 'store.db'}")
    assert stat.S_IMODE((tmp_path / "store.db").stat().st_mode) == 0o600


def test_a_percent_sign_in_the_path_is_harmless(tmp_path: Path) -> None:
    folder = tmp_path / "100%d"
    folder.mkdir()
    assert migrate(f"sqlite:///{folder / 'store.db'}") == SCHEMA


def test_the_code_knows_the_newest_migration() -> None:
    assert ScriptDirectory(str(PACKAGE)).get_current_head() == SCHEMA


def test_going_down_leaves_no_table_behind(tmp_path: Path) -> None:
    from alembic import command

    migrate(f"sqlite:///{tmp_path / 'store.db'}")
    engine = create_engine(f"sqlite:///{tmp_path / 'store.db'}")
    with engine.begin() as connection:
        command.downgrade(_config(connection=connection), "base")
        assert inspect(connection).get_table_names() == ["alembic_version"]
    engine.dispose()


def _config(**attributes: object) -> Config:
    config = Config(output_buffer=StringIO())
    config.set_main_option("script_location", str(PACKAGE))
    config.attributes.update(attributes)
    return config


def test_the_schema_can_be_written_for_postgresql() -> None:
    written = StringIO()
    context = MigrationContext.configure(
        dialect_name="postgresql", opts={"as_sql": True, "output_buffer": written}
    )
    steps = list(ScriptDirectory(str(PACKAGE)).walk_revisions())
    with Operations.context(context):
        for script in reversed(steps):
            script.module.upgrade()
    ddl = " ".join(written.getvalue().split())
    for expected in (
        'id VARCHAR COLLATE "C" NOT NULL',
        "number BIGSERIAL NOT NULL",
        "next_touch_at TIMESTAMP WITH TIME ZONE",
        "ON deliveries (outreach_id, touch) WHERE state <> 'cancelled'",
        "BEFORE UPDATE OR DELETE ON journal",
        "ALTER TABLE brands ADD COLUMN competitors TEXT",
    ):
        assert expected in ddl


@pytest.mark.parametrize("name", ["env.py", "versions"])
def test_migrations_lie_beside_the_code(name: str) -> None:
    assert (PACKAGE / name).exists()
