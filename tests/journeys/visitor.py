"""Somebody in front of a browser: goes to pages, and looks at each of them."""

from __future__ import annotations

import os
from dataclasses import dataclass, field, replace
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import BrowserContext, ConsoleMessage, Error, Locator, Page, Request, Response

from tests.journeys.inspection import axe_problems, fingerprint, frame_problems, sideways_problems, tab_problems
from tests.journeys.words import Words, words_in

CLIENT_ERROR, SERVER_ERROR = 400, 500


@dataclass(frozen=True, slots=True)
class Look:
    """How somebody looks at the pages. Without script there is no JavaScript on the pages."""

    language: str = "de"
    width: int = 1280
    dark: bool = False
    script: bool = True

    def __str__(self) -> str:
        parts = [self.language, str(self.width), "dark" if self.dark else "", "" if self.script else "no-script"]
        return "-".join(part for part in parts if part)


# How a page looks is the browser's matter, and the same whatever database stands behind it: all is seen in every look
# and examined on SQLite; on PostgreSQL the same ways are gone in the first look.
EXAMINES = "WEGNETZ_TEST_DATABASE" not in os.environ
EACH = slice(None) if EXAMINES else slice(1)
# German at the desk, English on the phone and in the dark.
LOOKS = pytest.mark.parametrize("look", [Look(), Look("en", 390, dark=True)][EACH], ids=str)


@dataclass
class Visitor:
    """One browser context with one page. What goes wrong in the background is kept in `faults`.

    `sound` holds, for all journeys, what axe-core found nothing in: it examines the same page in the same look once.
    """

    context: BrowserContext
    address: str
    look: Look
    words: Words
    sound: set[tuple[Look, str]]
    faults: list[str] = field(default_factory=list)
    pages: dict[str, int] = field(default_factory=dict)
    examines: bool = EXAMINES

    def __post_init__(self) -> None:
        self.context.on("request", self._asked)
        self.context.on("response", self._answered)
        self.context.on("requestfailed", self._failed)
        self.context.on("console", self._said)
        self.context.on("weberror", lambda error: self.faults.append(f"script error: {error.error}"))
        self.page: Page = self.context.new_page()

    # --- going somewhere -----------------------------------------------------------------------------

    def open(self, path: str = "/") -> None:
        self.page.goto(self.address + path)
        self.inspect()

    def press(self, what: Locator | str) -> None:
        """Click what leads to another page, or to the same one again."""
        with self.page.expect_navigation():
            self.find(what).click()
        self.inspect()

    def key(self, name: str) -> None:
        """Press a key that leads to another page."""
        with self.page.expect_navigation():
            self.page.keyboard.press(name)
        self.inspect()

    def find(self, what: Locator | str) -> Locator:
        return self.page.locator(what) if isinstance(what, str) else what

    def read_in(self, language: str) -> None:
        """From now on the pages are expected in this language."""
        self.look, self.words = replace(self.look, language=language), words_in(language)

    # --- reading -------------------------------------------------------------------------------------

    @property
    def path(self) -> str:
        parts = urlsplit(self.page.url)
        return f"{parts.path}?{parts.query}" if parts.query else parts.path

    @property
    def status(self) -> int:
        """The HTTP status of the page last asked for at this address."""
        return self.pages[self.page.url.partition("#")[0]]

    def text(self, what: Locator | str) -> str:
        return " ".join(self.find(what).inner_text().split())

    def texts(self, what: Locator | str) -> list[str]:
        return [" ".join(text.split()) for text in self.find(what).all_inner_texts()]

    # --- looking -------------------------------------------------------------------------------------

    def inspect(self) -> None:
        """Raise AssertionError with everything that is wrong with the page, or was since the last look."""
        found = [*self.faults, *frame_problems(self.page, self.look.language), *sideways_problems(self.page)]
        if self.look.script:
            found += [*tab_problems(self.page), *self.examine(self.look)]
        self.faults.clear()
        if found:
            raise AssertionError("\n".join([f"{self.path} ({self.look}):", *found]))

    def examine(self, look: Look) -> list[str]:
        """What axe-core finds in the page as it stands, in this look. It examines the same page once."""
        if not self.examines:
            return []
        mark = (look, fingerprint(self.page))
        problems = axe_problems(self.page) if mark not in self.sound else []
        if not problems:
            self.sound.add(mark)
        return problems

    def _asked(self, request: Request) -> None:
        parts = urlsplit(request.url)
        if parts.scheme not in {"data", "blob"} and f"{parts.scheme}://{parts.netloc}" != self.address:
            self.faults.append(f"asked for {request.url}")

    def _answered(self, response: Response) -> None:
        if response.request.is_navigation_request():
            self.pages[response.url] = response.status
            refused = response.status >= SERVER_ERROR
        else:
            refused = response.status >= CLIENT_ERROR
        if refused:
            self.faults.append(f"{response.status} {response.url}")

    def _failed(self, request: Request) -> None:
        if request.failure != "net::ERR_ABORTED":  # a page that was left, or a file that was downloaded
            self.faults.append(f"{request.failure} {request.url}")

    def _said(self, message: ConsoleMessage) -> None:
        """A page refused with a reason (404, 409, 422) is an error to the console, but none of the page."""
        if message.type not in {"error", "warning"}:
            return
        expected = message.text.startswith("Failed to load resource") and message.location["url"] in self.pages
        if not expected:
            self.faults.append(f"console: {message.text}")

    def picture(self, path: str) -> bool:
        """Whether a picture of the page as it is now could be taken."""
        try:
            self.page.screenshot(path=path, full_page=True)
        except Error:
            return False
        return True
