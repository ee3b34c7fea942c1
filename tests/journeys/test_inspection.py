"""The inspection finds what it looks for: a page with each fault, and the fault is reported."""

from __future__ import annotations

import re

import pytest

from tests.journeys.conftest import Visit
from tests.journeys.installation import installation
from tests.journeys.visitor import Look

pytestmark = pytest.mark.journey
SMALL_TARGETS = """for (const text of "ab") {
  const button = Object.assign(document.createElement("button"), {textContent: text});
  button.style.cssText = "all: unset; font-size: 8px; line-height: 9px";
  document.querySelector("main").append(button);
}"""
TAB_OUT_OF_SIGHT = """
  const row = Object.assign(document.createElement("nav"), {className: "wn-tabs"});
  row.style.width = "80px";
  row.innerHTML = "<a href='?a'>Überblick</a><a href='?b' aria-current='page'>Aufbewahrung</a>";
  document.querySelector("main").append(row);
"""
FAULTS = {
    "a field without a label": ("document.querySelector('main').innerHTML += '<input name=x>'", "label: input"),
    "weak contrast": (
        "document.querySelector('h1').style.cssText = 'color: #ccc; background: #fff'",
        "color-contrast: ",
    ),
    "targets too small": (SMALL_TARGETS, "target-size: #main > button"),
    "too wide": ("document.querySelector('main').style.minWidth = '2000px'", "wider than its window by "),
    "a tab out of sight": (TAB_OUT_OF_SIGHT, "the current tab is out of sight: Aufbewahrung"),
    "another language": ("document.documentElement.lang = 'fr'", "lang is 'fr', expected 'de'"),
    "a name in the title": ("document.title = 'Yonas T. · Wegnetz'", "the title names Yonas"),
    "a name in the address": ("history.replaceState(null, '', '?q=%C5%9Eirin')", "the address names Şirin"),
    "a style the policy forbids": (
        "document.body.append(Object.assign(document.createElement('style'), {textContent: 'p {color: red}'}))",
        "Content Security Policy",
    ),
    "a message to the console": ("console.error('broken')", "console: broken"),
    "an error of a script": ("setTimeout(() => { throw new Error('broken') })", "script error: broken"),
    "a request to elsewhere": ("new Image().src = 'https://example.org/x.png'", "asked for https://example.org/x.png"),
    "a missing file": ("new Image().src = '/static/missing.png'", "404 http://localhost"),
}


FRAMES = 60


@pytest.mark.parametrize(("script", "expected"), FAULTS.values(), ids=FAULTS)
def test_a_fault_on_a_page_is_found(visit: Visit, script: str, expected: str) -> None:
    anyone = visit(Look())
    anyone.examines = True
    anyone.open("/hinweise/barrierefreiheit/")
    anyone.page.evaluate(f"() => {{ {script} }}")
    for _ in range(FRAMES):  # what happens in the background is reported a little later
        if anyone.faults:
            break
        anyone.page.evaluate("() => new Promise(requestAnimationFrame)")
    with pytest.raises(AssertionError, match=re.escape(expected)):
        anyone.inspect()


def test_an_installation_that_cannot_start_says_why(tmp_path_factory: pytest.TempPathFactory) -> None:
    folder = tmp_path_factory.mktemp("broken")
    with (
        pytest.raises(AssertionError, match="serves this machine only"),
        installation(folder, "--demo", "--host", "0.0.0.0"),
    ):
        pass
