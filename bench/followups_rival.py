"""APScheduler with one stored job per follow-up, which does to its row what our run does to a hundred."""

import time
from datetime import datetime

from sqlalchemy import Engine, bindparam, create_engine, event, make_url, update

from agent.adapters.database.tables import Row

_TABLE = Row.metadata.tables["outreach"]
_TAKEN = update(_TABLE).where(_TABLE.c.id == bindparam("row")).values(next_touch_at=bindparam("moment"))
_engines: dict[str, Engine] = {}


def _open(url: str) -> Engine:
    """Return an engine as APScheduler's users have it, with commits that reach the disk."""
    parsed = make_url(url)
    if parsed.get_backend_name() == "postgresql":
        return create_engine(parsed.set(drivername="postgresql+psycopg"))
    engine = create_engine(parsed, connect_args={"timeout": 60})
    event.listen(engine, "connect", lambda connection, _: connection.execute("PRAGMA synchronous = FULL"))
    return engine


def take(url: str, row: str, moment: datetime) -> None:
    """Take one row; APScheduler calls this by its name."""
    if url not in _engines:
        _engines[url] = _open(url)
    with _engines[url].begin() as connection:
        connection.execute(_TAKEN, {"row": row, "moment": moment})


def jobs_per_second(url: str, rows: list[str], *, due_at: datetime, until: datetime) -> tuple[float, float]:
    """Return how many jobs per second are stored, and how many run once all of them are due."""
    from apscheduler.executors.pool import ThreadPoolExecutor
    from apscheduler.jobstores.sqlalchemy import SQLAlchemyJobStore
    from apscheduler.schedulers.background import BackgroundScheduler

    engine = _open(url)
    scheduler = BackgroundScheduler(
        jobstores={"default": SQLAlchemyJobStore(engine=engine)},
        executors={"default": ThreadPoolExecutor(4)},
        job_defaults={"misfire_grace_time": None, "coalesce": True},
        timezone="UTC",
    )
    scheduler.start(paused=True)
    began = time.perf_counter()
    for row in rows:
        scheduler.add_job(take, "date", run_date=due_at, args=(url, row, until), id=row)
    stored = len(rows) / (time.perf_counter() - began)
    began = time.perf_counter()
    scheduler.resume()
    while scheduler.get_jobs():
        time.sleep(0.2)
    scheduler.shutdown(wait=True)
    run = len(rows) / (time.perf_counter() - began)
    engine.dispose()
    _engines.pop(url).dispose()
    return stored, run
