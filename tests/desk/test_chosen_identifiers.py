"""Every identifier that a form offers or carries along exchanged for one it did not offer: nothing is written."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from uuid import UUID

import pytest

from tests.company import Company
from tests.desk.addresses import SCREENS, address
from tests.desk.asking import ask, browser, undone
from tests.people import DB, Account, Cast, Desk, Young

pytestmark = DB

UUID_IN = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")
# The fields in which a form is known to offer identifiers: what is not found there is not tried.
CHOSEN = {"what", "held_by", "does"}
# Who fills in forms about whom, and whose identifiers are tried there.
FORMS_OF = {
    "ilka": ("amina", "omar"),
    "bea": ("omar", "amina at B"),
    "kim": ("amina at B", "mariam at B"),
    "tess": ("mariam at B", "amina"),
    "lea": ("yonas", "omar"),
}
# What the forms need so that they would be saved, beside what stands in them already and in `SCREENS`.
FILLED = {
    "begin-plan": {"wish": "Eine Lehre"},
    "ask-consent": {"answer": "given", "channel": "in-person", "given_on": "01.10.2021"},
    "refer": {"send": "yes"},
    "introduction": {"stage": "announced", "agreed": "on", "called": "Jo"},
    "glasses": {"reason": "Sie ist nicht zu erreichen, und morgen ist der Termin."},
}


@dataclass
class Form(HTMLParser):
    """The values of a page's main form as a browser would send them, and what each field offers."""

    sent: dict[str, str] = field(default_factory=dict)
    offered: dict[str, set[str]] = field(default_factory=dict)
    _selecting: str = ""

    def __post_init__(self) -> None:
        super().__init__()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        name, value = given.get("name", ""), given.get("value", "")
        if tag == "select":
            self._selecting = name
        elif tag == "option" and self._selecting:
            self._offer(self._selecting, value, chosen="selected" in given)
        elif tag == "input" and name and given.get("type") in {"radio", "hidden"}:
            self._offer(name, value, chosen="checked" in given)
        elif tag == "input" and name and given.get("type") not in {"checkbox", "file", "submit"}:
            self.sent.setdefault(name, value)

    def handle_endtag(self, tag: str) -> None:
        if tag == "select":
            self._selecting = ""

    def _offer(self, name: str, value: str, *, chosen: bool) -> None:
        self.offered.setdefault(name, set()).add(value)
        if chosen or not self.sent.get(name):
            self.sent[name] = value

    def with_identifiers(self) -> Iterator[str]:
        """The fields in which an identifier can stand."""
        for name, values in self.offered.items():
            if any(UUID_IN.search(value) for value in values):
                yield name


def form_on(client: Desk, url: str, name: str) -> Form:
    form, page = Form(), client.get(url)
    if page.status_code == 200:
        form.feed(page.content.decode().partition("<main")[2])
    body = SCREENS[name].body | FILLED.get(name, {})
    form.sent |= {key: value for key, value in body.items() if key not in set(form.with_identifiers())}
    return form


def identifiers(company: Company, cast: Cast, about: Young) -> set[UUID]:
    """Somebody else with what was written about them, members of staff, organisations; and one that names nothing."""
    accounts: list[Account] = [cast.ilka, cast.bea, company.tess, cast.left]
    kinds = ("consent", "plan", "item", "appointment", "entry")
    return {
        cast.nobody.id,
        about.id,
        *(about.thing(kind) for kind in kinds),
        *(each.user for each in accounts),
        *(each.viewer.organisation for each in accounts if each.role),
    }


def exchanged(form: Form, name: str, foreign: set[UUID]) -> Iterator[str]:
    """What the field could be made to say: each offered pattern with each identifier that was not offered with it."""
    patterns = {UUID_IN.sub("{}", value) for value in form.offered[name] if UUID_IN.search(value)}
    for pattern in sorted(patterns):
        for identifier in sorted(foreign):
            if (value := pattern.format(identifier)) not in form.offered[name]:
                yield value


@pytest.mark.parametrize("actor", FORMS_OF)
def test_an_identifier_that_was_not_offered_is_refused(
    actor: str, cast: Cast, company: Company, record_property: Callable[[str, object], None]
) -> None:
    whom, other = FORMS_OF[actor]
    client, person = browser(cast, actor, company), company.people[whom]
    foreign = identifiers(company, cast, company.people[other])
    tried, fields = 0, set()
    for name, screen in SCREENS.items():
        if not {"GET", "POST"} <= set(screen.answers):
            continue
        url = address(name, person)
        form = form_on(client, url, name)
        for chosen in form.with_identifiers():
            fields.add(chosen)
            with undone():
                allowed, _written = ask(client, "POST", url, form.sent)
            # Else the refusals would prove nothing. A search shows its page again.
            assert (name, chosen, allowed.status_code) == (name, chosen, 200 if name in {"people", "places"} else 302)
            for value in exchanged(form, chosen, foreign):
                response, written = ask(client, "POST", url, form.sent | {chosen: value})
                assert (name, chosen, value, written, response.status_code < 500) == (name, chosen, value, set(), True)
                tried += 1
    assert ({"person"} if actor == "lea" else CHOSEN) - fields == set()
    record_property("identifier swaps", tried)
