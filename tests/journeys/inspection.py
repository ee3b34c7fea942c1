"""What is looked at on every page, whatever the journey is about."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from playwright.sync_api import Page

from wegnetz.exchange.demo_people import CAST

AXE = Path(__file__).parents[1] / "vendor" / "axe.min.js"
WIDTHS = (320, 390, 768, 1280)
STAFF = ("Brandt", "Feld", "Noll", "Lohmann", "Arslan", "Kaya", "Wieland", "Reuter", "Hoff")
# The first words of the names of invented people, and of those the journeys register.
NAMES = frozenset({person.called.split()[0] for person in CAST if person.called} | set(STAFF) | {"Selam", "Tarik"})
# What axe-core does not judge by: the words, and ids, figures and what was typed.
WORDS = re.compile(r">\s*[^<\s][^<]*<")
PASSING = re.compile(r'[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}|value="[^"]+"|\d+')

# The size of targets is part of WCAG 2.2 AA, but axe-core only looks at it when asked to.
RUN_AXE = """async () => {
  const options = {resultTypes: ["violations"], rules: {"target-size": {enabled: true}}};
  return (await axe.run(document, options)).violations.flatMap(
    rule => rule.nodes.map(node => `${rule.id}: ${node.target.join(" ")} ${node.failureSummary}`));
}"""
# How many pixels the page is wider than the window, and the first elements that stick out of it.
TOO_WIDE = """() => {
  const root = document.documentElement, over = root.scrollWidth - root.clientWidth;
  if (over <= 0) return "";
  const out = [...document.body.querySelectorAll("*")]
    .filter(e => e.getBoundingClientRect().right > root.clientWidth + 1);
  return `${over} px: ` + out.slice(0, 4).map(e => `${e.tagName.toLowerCase()}.${e.className}`).join(", ");
}"""
# The current tab, where one would have to scroll its row to see it whole.
TAB_OUT_OF_SIGHT = """() => {
  const tab = document.querySelector(".wn-tabs [aria-current]");
  if (!tab) return "";
  const {left, right} = tab.getBoundingClientRect(), row = tab.parentElement.getBoundingClientRect();
  return left < row.left - 1 || right > row.right + 1 ? tab.textContent.trim() : "";
}"""


def frame_problems(page: Page, language: str) -> Iterator[str]:
    """The page's language, and names where they must not stand: in the title and in the address."""
    found = page.locator("html").get_attribute("lang")
    if found != language:
        yield f"lang is {found!r}, expected {language!r}"
    title = page.title()
    # What stands in the list of open tabs of somebody's phone says nothing of the programme, nor of its software.
    neutral = urlsplit(page.url).path.startswith("/karte/")
    if not title or title.endswith(" · Wegnetz") is neutral:
        yield f"title is {title!r}"
    for place, text in (("title", title), ("address", unquote(page.url))):
        yield from (f"the {place} names {name}" for name in sorted(NAMES & set(re.findall(r"\w+", text))))


def tab_problems(page: Page) -> Iterator[str]:
    if name := page.evaluate(TAB_OUT_OF_SIGHT):
        yield f"the current tab is out of sight: {name}"


def sideways_problems(page: Page, widths: tuple[int, ...] = ()) -> Iterator[str]:
    """Whether one has to scroll sideways, in the window as it is or in each of `widths`."""
    if not widths:
        if over := page.evaluate(TOO_WIDE):
            yield f"wider than its window by {over}"
        return
    size = page.viewport_size
    assert size is not None
    for width in widths:
        page.set_viewport_size({"width": width, "height": size["height"]})
        if over := page.evaluate(TOO_WIDE):
            yield f"wider than {width} px by {over}"
    page.set_viewport_size(size)


def fingerprint(page: Page) -> str:
    """The same for two pages with the same elements and attributes, whatever their words, ids and figures are."""
    return sha256(PASSING.sub("", WORDS.sub(">…<", page.content())).encode()).hexdigest()


def axe_problems(page: Page) -> list[str]:
    """The violations axe-core finds, each with its element."""
    if not page.evaluate("() => 'axe' in window"):
        page.evaluate(_axe())
    found: Any = page.evaluate(RUN_AXE)
    return [str(violation) for violation in found]


@cache
def _axe() -> str:
    return AXE.read_text()
