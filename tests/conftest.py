"""What every test may use. The cast is in `tests.people`."""

from __future__ import annotations

import gc
from collections import Counter
from collections.abc import Iterator

import pytest
from django.db import connections
from django.test.utils import setup_databases, teardown_databases
from pytest_django import DjangoDbBlocker

from tests.company import Company, come_together
from tests.environment import folder
from tests.people import Cast, Desk, bring_together, sign_in
from wegnetz.config.isolation import ISOLATION
from wegnetz.core.isolation import isolate
from wegnetz.exchange.setup import collect_static
from wegnetz.vault.services import check_master_key


@pytest.fixture(scope="session", autouse=True)
def static_files() -> None:
    """Pages name their style sheets by content; the names must exist."""
    collect_static()


@pytest.fixture(scope="session")
def django_db_modify_db_settings() -> None:
    """SQLite in files, as in an installation: in memory it locks otherwise, and threads share a connection."""
    for alias in connections:
        settings = connections[alias].settings_dict
        if settings["ENGINE"] == "django.db.backends.sqlite3":
            settings["TEST"]["NAME"] = str(folder / f"test-{alias}.sqlite3")


@pytest.fixture(scope="session")
def django_db_setup(
    django_test_environment: None,
    django_db_blocker: DjangoDbBlocker,
    django_db_keepdb: bool,
    django_db_createdb: bool,
    django_db_modify_db_settings: None,
) -> Iterator[None]:
    """Both databases, also for a test without a mark: those that commit for good have none."""
    with django_db_blocker.unblock():
        databases = setup_databases(0, interactive=False, keepdb=django_db_keepdb and not django_db_createdb)
        isolate(ISOLATION)
        check_master_key()  # as at the start of an installation: its sample must not be undone with a test
    yield
    if not django_db_keepdb:
        with django_db_blocker.unblock():
            teardown_databases(databases, 0)


@pytest.fixture(scope="session")
def cast(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Cast:
    """Everybody in `tests.people`, in the database before the first test that asks for them."""
    with django_db_blocker.unblock():
        return bring_together()


@pytest.fixture(scope="session")
def company(cast: Cast, django_db_blocker: DjangoDbBlocker) -> Company:
    """Everybody in `tests.company`, in the database from the first test that asks for them: those tests come last."""
    with django_db_blocker.unblock():
        return come_together(cast)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Who does not ask for the company does not meet it, whatever is chosen to run."""
    items.sort(key=lambda item: "company" in getattr(item, "fixturenames", ()))


@pytest.fixture
def ilka(cast: Cast) -> Desk:
    """The browser of Ilka, case manager of organisation A."""
    return sign_in(cast.ilka)


@pytest.fixture
def bea(cast: Cast) -> Desk:
    """The browser of Bea, case manager of organisation B."""
    return sign_in(cast.bea)


def pytest_collection_finish() -> None:
    """Some hundred thousand objects stay until the end: looking through them again and again takes a fifth longer."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(100_000, 50, 100)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """How much the tests that walk through everything went through (`record_property`)."""
    reports = terminalreporter.getreports("passed")
    counted: Counter[str] = Counter()
    for report in reports:
        if report.when == "call":
            counted.update({name: number for name, number in report.user_properties if isinstance(number, int)})
    if counted:
        terminalreporter.write_line(", ".join(f"{number} {name}" for name, number in sorted(counted.items())))
