"""An empty database of each kind. PostgreSQL is Debian's, started once for all tests of a process."""

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa

from dashboard.store import engine as engines

PROGRAMS = sorted(Path("/usr/lib/postgresql").glob("*/bin/pg_ctl"), reverse=True)


@pytest.fixture(scope="session")
def postgresql() -> Iterator[str]:
    """The address of a PostgreSQL server that lives as long as the tests."""
    if not PROGRAMS:
        pytest.skip("NOT RUN on PostgreSQL: no server under /usr/lib/postgresql (Debian: apt-get install postgresql)")
    folder = Path(tempfile.mkdtemp(prefix="dashboard-postgresql-"))
    is_root = os.geteuid() == 0
    prefix = ["runuser", "-u", "postgres", "--"] if is_root else []  # PostgreSQL refuses to run as root
    if is_root:
        shutil.chown(folder, "postgres")

    def run(program: str, *arguments: str) -> None:
        path = str(PROGRAMS[0].with_name(program))
        subprocess.run([*prefix, path, *arguments], check=True, cwd="/", stdout=subprocess.DEVNULL)

    run("initdb", "-D", f"{folder}/data", "-A", "trust", "-U", "postgres", "--no-sync", "-E", "UTF8", "--locale=C")
    options = f"-c listen_addresses='' -c unix_socket_directories={folder} -c fsync=off"
    run("pg_ctl", "-D", f"{folder}/data", "-w", "-l", f"{folder}/log", "-o", options, "start")
    yield f"postgresql://postgres@/postgres?host={folder}"
    run("pg_ctl", "-D", f"{folder}/data", "-m", "immediate", "stop")
    shutil.rmtree(folder)


@pytest.fixture(params=["sqlite", "postgresql"])
def empty_address(request, tmp_path) -> Iterator[str]:
    """The address of a database without a single table."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path}/dashboard.sqlite"
        return
    server: str = request.getfixturevalue("postgresql")
    name = f"test_{os.urandom(6).hex()}"
    admin = sa.create_engine(server.replace("postgresql:", "postgresql+psycopg:"), isolation_level="AUTOCOMMIT")
    with admin.connect() as connection:
        connection.exec_driver_sql(f"CREATE DATABASE {name}")
    address = server.replace("/postgres?", f"/{name}?")
    yield address
    engines.engine(address).dispose()
    engines.engine.cache_clear()
    with admin.connect() as connection:
        connection.exec_driver_sql(f"DROP DATABASE {name} WITH (FORCE)")
    admin.dispose()
