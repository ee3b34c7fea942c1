"""A browser in the hands of somebody who was invited to a workshop."""

from __future__ import annotations

from uuid import UUID

from django.core.cache import cache
from django.urls import reverse

from tests.evenings import evenings
from tests.network.answering import secret_of
from tests.people import Cast, Desk, Page
from wegnetz.portal.invitation_visits import address_of, cookie_of, handle_of

PARTS = {
    "invitation": "", "answer-invitation": "antwort/", "invitation-needs": "brauche/",
    "invitation-feedback": "wie-war-es/", "invitation-calendar": "termin.ics",
}  # fmt: skip
OF_INVITATIONS = {"invitation-link", *PARTS}


class Invited:
    """Somebody who was invited to one time of a workshop, and has followed the link unless `follows` is False."""

    def __init__(self, cast: Cast, *, follows: bool = True, person: UUID | None = None, **plan: object) -> None:
        cache.clear()
        made = evenings(cast.ilka.viewer, **plan)  # type: ignore[arg-type]
        self.date, self.workshop = made.date, made.workshop
        self.secret = secret_of(person or cast.yonas.id, self.date, by=cast.ilka.viewer)
        self.link = reverse("portal:invitation-link", args=[self.secret])
        self.page, self.cookie = address_of(handle_of(self.secret)), cookie_of(handle_of(self.secret))
        self.client = Desk(headers={"Accept-Language": "de"})
        if follows:
            assert self.follow().status_code == 302

    def follow(self, query: str = "") -> Page:
        return self.client.get(f"{self.link}{query}")

    def get(self, part: str = "", query: str = "") -> Page:
        return self.client.get(f"{self.page}{part}{query}")

    def post(self, part: str, query: str = "", **sent: object) -> Page:
        return self.client.post(f"{self.page}{part}{query}", sent)

    def says(self, comes: str) -> Page:
        """Taps, and sees the page that follows."""
        assert self.post("antwort/", comes=comes).status_code == 302
        return self.get()


def text(page: Page) -> str:
    return page.content.decode()


def told(page: Page) -> list[str]:
    """What the page says that holds."""
    parts = text(page).split('role="status">')[1:]
    return [part.partition("<strong>")[2].partition("</strong>")[0] for part in parts]


def buttons(page: Page) -> list[str]:
    """The answers that can be tapped."""
    return [part.partition('"')[0] for part in text(page).split('name="comes" value="')[1:]]
