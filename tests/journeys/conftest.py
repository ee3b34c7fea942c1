"""The installations, the browser, and the people in front of it.

Everything is made for this package alone: Playwright keeps an event loop running, and Django refuses to use a
database in later tests while it does.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Generator, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, StorageState, sync_playwright

from tests.journeys.desk import sign_in
from tests.journeys.installation import Installation, installation
from tests.journeys.visitor import EXAMINES, Look, Visitor
from tests.journeys.words import words_in

BROWSERS = ("chromium", "chromium-browser")
INSTALL = "The journeys need Chromium: sudo apt-get install --no-install-recommends chromium fonts-dejavu-core"
# What is about looks, keys and the inspection itself asks nothing of a database: it is gone where pages are examined.
collect_ignore = [] if EXAMINES else ["test_appearance.py", "test_inspection.py", "test_keyboard.py"]
LOCALES = {"de": "de-DE", "en": "en-GB", "ar": "ar"}
VISITORS, PICTURES = pytest.StashKey[list[Visitor]](), pytest.StashKey[Path]()

Visit = Callable[..., Visitor]


@pytest.fixture(scope="package")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    """`wegnetz up --demo`, one for all journeys: each registers the people whose data it changes."""
    with installation(tmp_path_factory.mktemp("demo"), "--demo") as started:
        yield started


@pytest.fixture(scope="package")
def real(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    """`wegnetz up` for real people: no open sign-ins, a second factor for everybody."""
    folder = tmp_path_factory.mktemp("real")
    with installation(folder, WEGNETZ_DEMO="no", WEGNETZ_HTTPS="no") as started:
        yield started


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    """The Chromium of the system. It finds no address but this machine's own."""
    path = next(filter(None, map(shutil.which, BROWSERS)), None)
    if path is None:
        pytest.fail(INSTALL, pytrace=False)
    arguments = ["--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE 127.0.0.1"]
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        arguments.append("--no-sandbox")
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=path, args=arguments)
        yield chromium
        chromium.close()


@pytest.fixture(scope="package")
def sessions() -> dict[str, StorageState]:
    """The cookies of accounts that signed in before, by e-mail address."""
    return {}


@pytest.fixture(scope="package")
def sound() -> set[tuple[Look, str]]:
    """What axe-core found nothing in: looks and pages."""
    return set()


@pytest.fixture
def visit(
    request: pytest.FixtureRequest,
    tmp_path: Path,
    browser: Browser,
    demo: Installation,
    sessions: dict[str, StorageState],
    sound: set[tuple[Look, str]],
) -> Iterator[Visit]:
    """Make a visitor: `visit(Look(...))` not signed in, `visit(Look(...), email)` signed in."""
    visitors: list[Visitor] = []
    request.node.stash[VISITORS], request.node.stash[PICTURES] = visitors, tmp_path

    def make(look: Look, email: str = "", *, at: Installation = demo, touch: bool = False) -> Visitor:
        context = browser.new_context(
            locale=LOCALES[look.language],
            timezone_id="Europe/Berlin",
            viewport={"width": look.width, "height": 844 if look.width < 768 else 800},
            color_scheme="dark" if look.dark else "light",
            java_script_enabled=look.script,
            has_touch=touch,
            storage_state=sessions.get(email),
        )
        context.set_default_timeout(15_000)
        at.forget_attempts()
        visitor = Visitor(context, at.address, look, words_in(look.language), sound)
        visitors.append(visitor)
        if email and email not in sessions:
            sign_in(visitor, email)
            sessions[email] = context.storage_state()
        return visitor

    yield make
    for visitor in visitors:
        visitor.context.close()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[None]
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Where a journey fails, keep a picture of every page that is open, and say where it is."""
    report = yield
    if report.when == "call" and report.failed and VISITORS in item.stash:
        visitors = item.stash[VISITORS]
        for number, visitor in enumerate(visitors, 1):
            file = item.stash[PICTURES] / f"{number}-{visitor.look}.png"
            if visitor.picture(str(file)):
                report.sections.append(("picture", f"{visitor.path}: {file}"))
    return report
