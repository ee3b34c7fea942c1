"""A contact point's own page: what it shows and takes, and the whole way to the visit on the desk."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import UUID, uuid4

import pytest
from django.core import mail
from django.urls import reverse
from django.utils import timezone
from pytest_django import Settings

from tests.audit.reading_back import last_place, recorded_since
from tests.company import Company
from tests.desk.asking import rows_of_every_table
from tests.desk.stands import stands
from tests.desk.test_audit_unavailable import full_disk
from tests.network.expecting import A_DAY, Expecting, announced_there, house_of_songs
from tests.people import CANARY_A, DB, Cast, Desk, sign_in
from tests.portal.place_visits import (
    OPEN,
    PAGE,
    SAY,
    TODAY,
    at_the_place,
    house,
    nobody_has_asked,
    say,
    text,
    yonas,
)
from wegnetz.accounts.access import Role
from wegnetz.audit.models import Event
from wegnetz.directory.models import ContactPoint, Offer
from wegnetz.directory.selectors import open_point
from wegnetz.network.models import Announcement, Introduction, PlaceLink
from wegnetz.network.openings import Step
from wegnetz.network.services import make_link, suggest, take_step
from wegnetz.network.tasks import forget_announcements
from wegnetz.rules.introductions import Stage

__all__ = ["full_disk", "house", "nobody_has_asked", "yonas"]
pytestmark = DB


# --- the way from announcing to the visit ------------------------------------------------------------


def link_now() -> str:
    """Which link stands, as the page says it on which one announces."""
    return str(PlaceLink.objects.get(revoked_at__isnull=True).id)


def test_the_whole_way_from_announcing_to_the_visit_on_the_desk(
    house: Expecting, cast: Cast, ilka: Desk, settings: Settings
) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    house.token, _until = make_link(house.point, by=house.keeper, on=TODAY, address="haus@example.org")
    made = suggest(cast.yonas.id, house.choir, by=cast.ilka.viewer, on=TODAY)
    take_step(cast.yonas.id, made, Step(Stage.DISCUSSED, TODAY), version=1, by=cast.ilka.viewer)
    step = reverse("desk:introduction", args=[cast.yonas.id, made])
    assert "Dieser Ort hat eine eigene Seite" in text(ilka.get(step))
    day = f"{TODAY:%d.%m.%Y}"
    body = {"stage": "announced", "on": day, "agreed": "on", "called": "Jojo", "accompanied": "no", "comes_on": day,
            "for_place": "Bitte leise", "version": "2", "told_of": link_now()}  # fmt: skip
    page = ilka.post(step, body, follow=True)
    assert "Der Ort sieht es auf seiner Seite; eine E-Mail ohne Namen" in text(page)
    assert "Steht auf der Seite des Ortes." in text(page)
    place = at_the_place(house)
    seen = text(place.get(PAGE))
    for word in ("Jojo", "Offener Chor", "kommt allein", "Bitte leise", "Heute möchte Jojo kommen."):
        assert (word, word in seen) == (word, True)
    (announcement,) = Announcement.objects.values_list("id", flat=True)
    assert say(place, announcement).status_code == 302
    assert "war da am" in text(place.get(PAGE))
    assert Introduction.objects.get().stage == Stage.ANNOUNCED
    start = text(ilka.get(reverse("desk:start")))
    assert "Ein Ort hat gesagt, wer da war:" in start
    places = reverse("desk:places", args=[cast.yonas.id])
    assert f"Der Ort sagt: war am {day} da." in text(ilka.get(places))
    take_over = reverse("desk:take-over-visits", args=[cast.yonas.id, made])
    ilka.post(take_over, {"seen": "x"})
    assert Introduction.objects.get().stage == Stage.ANNOUNCED
    ilka.post(take_over, {"seen": "1"})
    assert Introduction.objects.get().stage == Stage.VISITED
    assert "Ein Ort hat gesagt" not in text(ilka.get(reverse("desk:start")))
    assert "War wieder da" in text(place.get(PAGE))
    log_of_yonas = text(ilka.get(reverse("desk:accesses", args=[cast.yonas.id])))
    assert "Der Ort, an dem die Person angekündigt ist" in log_of_yonas
    assert "hat gelesen: <b>Name, unter dem der Ort Bescheid weiß</b>" in log_of_yonas


def test_where_the_place_tells_of_no_new_visit_nothing_else_is_claimed(
    house: Expecting, yonas: tuple[UUID, UUID], cast: Cast, ilka: Desk
) -> None:
    say(at_the_place(house), yonas[1], said="missed")
    page = ilka.post(reverse("desk:take-over-visits", args=[cast.yonas.id, yonas[0]]), {"seen": "1"}, follow=True)
    assert "Übernommen. Ein neuer Schritt ist daraus nicht geworden." in text(page)


def test_no_mail_holds_a_name_and_the_news_no_secret(
    house: Expecting, cast: Cast, ilka: Desk, settings: Settings
) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    coordinator = sign_in(next(each for each in cast.colleagues if each.role is Role.NETWORK_COORDINATOR))
    page = coordinator.post(reverse("desk:make-place-link", args=[house.point]), {"mail": "haus@example.org"})
    link = str(page.context["link"])
    made = suggest(cast.yonas.id, house.choir, by=cast.ilka.viewer, on=TODAY)
    take_step(cast.yonas.id, made, Step(Stage.DISCUSSED, TODAY), version=1, by=cast.ilka.viewer)
    body = {"stage": "announced", "on": f"{TODAY:%d.%m.%Y}", "agreed": "on", "called": "Jojo", "version": "2",
            "told_of": link_now()}  # fmt: skip
    ilka.post(reverse("desk:introduction", args=[cast.yonas.id, made]), body)
    first, second = mail.outbox
    assert [each.to for each in mail.outbox] == [["haus@example.org"]] * 2
    assert (link in first.body, link in second.body, "/platz/" in second.body) == (True, False, False)
    whole = "\n".join(str(each.message()) for each in mail.outbox)
    assert [word for word in ("Jojo", "Yonas", CANARY_A, "Chor", str(cast.yonas.id)) if word in whole] == []


@pytest.mark.parametrize("mailed", [True, False])
def test_the_news_go_where_the_link_went_and_nowhere_else(
    mailed: bool, house: Expecting, cast: Cast, ilka: Desk, settings: Settings
) -> None:
    """Whoever keeps the directory could write their own address there, and would learn when somebody goes."""
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    coordinator = sign_in(next(each for each in cast.colleagues if each.role is Role.NETWORK_COORDINATOR))
    coordinator.post(
        reverse("desk:make-place-link", args=[house.point]), {"mail": "haus@example.org"} if mailed else {}
    )
    mail.outbox.clear()
    row = ContactPoint.objects.get(id=house.point)
    row.entry = row.entry | {"contact": row.entry["contact"] | {"email": "andere@example.org"}}
    row.save()
    made = suggest(cast.yonas.id, house.choir, by=cast.ilka.viewer, on=TODAY)
    take_step(cast.yonas.id, made, Step(Stage.DISCUSSED, TODAY), version=1, by=cast.ilka.viewer)
    body = {"stage": "announced", "on": f"{TODAY:%d.%m.%Y}", "agreed": "on", "called": "Jojo", "version": "2",
            "told_of": link_now()}  # fmt: skip
    assert ilka.post(reverse("desk:introduction", args=[cast.yonas.id, made]), body).status_code == 302
    assert mail.outbox == []
    refused = coordinator.post(reverse("desk:make-place-link", args=[house.point]), {"mail": "haus@example.org"})
    assert (refused.status_code, mail.outbox) == (302, [])


def test_the_link_is_shown_once_and_nowhere_stored(house: Expecting, cast: Cast, settings: Settings) -> None:
    settings.ADDRESS = "https://wegnetz.example"
    coordinator = sign_in(next(each for each in cast.colleagues if each.role is Role.NETWORK_COORDINATOR))
    point = reverse("desk:point", args=[house.point])
    page = coordinator.post(reverse("desk:make-place-link", args=[house.point]))
    link = str(page.context["link"])
    token = link.removeprefix("https://wegnetz.example/platz/").removesuffix("/")
    assert (len(token), token in text(page), token in text(coordinator.get(point))) == (43, True, False)
    assert Desk().get(f"/platz/{token}/").status_code == 302
    assert coordinator.post(reverse("desk:revoke-place-link", args=[house.point])).status_code == 302
    assert Desk().get(f"/platz/{token}/").status_code == 404


def test_in_the_demo_a_link_counts_from_its_fixed_day(house: Expecting, cast: Cast, settings: Settings) -> None:
    settings.DEMO, settings.DEMO_DAY = True, date(2021, 10, 7)
    coordinator = sign_in(next(each for each in cast.colleagues if each.role is Role.NETWORK_COORDINATOR))
    page = coordinator.post(reverse("desk:make-place-link", args=[house.point]))
    link = PlaceLink.objects.get(point=house.point, revoked_at__isnull=True)
    assert (timezone.localdate(link.made_at), link.until) == (date(2021, 10, 7), date(2022, 10, 7))
    assert "abgelaufen" not in text(coordinator.get(reverse("desk:point", args=[house.point])))
    house.token = str(page.context["link"]).rstrip("/").rpartition("/")[2]
    assert "Gerade ist niemand angekündigt." in text(at_the_place(house).get(PAGE))
    forget_announcements.call()
    assert PlaceLink.objects.filter(point=house.point).count() == 2  # the one before, too


@pytest.mark.parametrize("name", ["make-place-link", "revoke-place-link"])
def test_a_link_that_cannot_be_recorded_is_neither_made_nor_revoked(
    name: str, cast: Cast, company: Company, request: pytest.FixtureRequest
) -> None:
    house = house_of_songs(cast)
    coordinator = sign_in(next(each for each in cast.colleagues if each.role is Role.NETWORK_COORDINATOR))
    coordinator.raise_request_exception = False
    request.getfixturevalue("full_disk")
    before = rows_of_every_table()
    response = coordinator.post(reverse(f"desk:{name}", args=[house.point]))
    assert (response.status_code in {500, 503}, rows_of_every_table() == before) == (True, True)


# --- what it shows and takes -------------------------------------------------------------------------


def test_the_page_shows_the_chosen_name_and_nothing_else_of_anybody(
    house: Expecting, yonas: tuple[UUID, UUID], cast: Cast
) -> None:
    announced_there(house, cast.omar.id, "Omi", by=cast.bea)
    seen = text(at_the_place(house).get(PAGE))
    assert ("Jojo" in seen, "Omi" in seen) == (True, True)
    hidden = [CANARY_A, "Karminspecht", "Yonas", "Omar", "Tesfay", "Teilhabe", cast.yonas.pseudonym]
    ids = [cast.yonas.id, yonas[0], cast.ilka.user, cast.ilka.viewer.organisation, house.link.id]
    assert [word for word in (*hidden, *map(str, ids)) if word in seen] == []


def test_names_are_text_and_nothing_else(house: Expecting, cast: Cast) -> None:
    evil = '<script>alert(1)</script>"><img src=x>'
    announced_there(house, cast.yonas.id, evil, by=cast.ilka, for_place=evil, comes_on=TODAY)
    seen = text(at_the_place(house).get(PAGE))
    assert ("<script>alert" in seen, "<img src=x" in seen, "&lt;script&gt;alert" in seen) == (False, False, True)


def test_the_page_is_recorded_each_time_or_says_that_it_cannot_be_shown(
    cast: Cast, company: Company, request: pytest.FixtureRequest
) -> None:
    house = house_of_songs(cast)
    _made, announcement = announced_there(house, cast.yonas.id, "Jojo", by=cast.ilka)
    client, organisation = at_the_place(house), cast.ilka.viewer.organisation
    others = Introduction.objects.filter(said_waits=True).count()  # of the company
    client.raise_request_exception = False
    before = last_place(organisation)
    for _ in range(2):
        client.get(PAGE)
    assert [event.action for event in recorded_since(organisation, before)] == ["view", "view"]
    request.getfixturevalue("full_disk")
    page = client.get(PAGE)
    assert (page.status_code, "Jojo" in text(page), page.headers["Retry-After"]) == (503, False, "60")
    refused = say(client, announcement).status_code
    assert (refused, Introduction.objects.filter(said_waits=True).count()) == (500, others)


def test_a_foreign_or_made_up_announcement_is_none_and_changes_nothing(
    house: Expecting, yonas: tuple[UUID, UUID], cast: Cast
) -> None:
    elsewhere = stands(cast)["nobody's"]
    token, _until = make_link(elsewhere.id, by=house.keeper, on=TODAY)
    client = at_the_place(Expecting(house.keeper, elsewhere.id, elsewhere.offer, token))
    before = rows_of_every_table()
    answers = [
        say(client, yonas[1]),
        say(client, uuid4()),
        client.post("/platz/besuch/zuruecknehmen/", {"announcement": str(yonas[1])}),
    ]
    assert [each.status_code for each in answers] == [404] * 3
    assert text(answers[0]) == text(answers[1])
    monday = (TODAY - timedelta(days=TODAY.weekday())).isoformat()
    foreign = client.post("/platz/woche/", {"offer": str(house.choir), "monday": monday, "week_is": "closed"})
    assert foreign.status_code == 404
    after = rows_of_every_table()
    assert [table for table in before if before[table] != after[table] and table != "core_cache"] == []


@pytest.mark.parametrize(
    ("sent", "status"),
    [({"on": "morgen"}, 422), ({"on": "2999-01-01"}, 422), ({"on": ""}, 422), ({"said": "maybe"}, 404),
     ({"announcement": "x"}, 404), ({"on": '"><b>'}, 422)],
)  # fmt: skip
def test_what_is_no_answer_is_said_gently_and_nothing_typed_is_lost(
    house: Expecting, yonas: tuple[UUID, UUID], sent: dict[str, str], status: int
) -> None:
    body = {"announcement": str(yonas[1]), "said": "came", "on": TODAY.isoformat()} | sent
    page = at_the_place(house).post(SAY, body)
    assert page.status_code == status
    if status == 422:
        assert ("Bitte wählen Sie einen Tag" in text(page), '"><b>' in text(page)) == (True, False)
    assert Introduction.objects.get().said_box is None


def headline(client: Desk) -> str:
    return text(client.get(PAGE)).partition("<h1>")[2].partition("</h1>")[0]


@pytest.mark.parametrize(
    ("said", "on", "then"),
    [
        ("came", TODAY, "Sagen Sie uns, wer wieder da war."),
        ("came", TODAY - A_DAY, "Sagen Sie uns, wer wieder da war."),
        ("missed", TODAY, "Sagen Sie uns, wer da war."),
        ("missed", TODAY - A_DAY, "Heute möchte Jojo kommen."),
    ],
)
def test_the_first_sentence_is_true_after_what_was_said(
    said: str, on: date, then: str, house: Expecting, yonas: tuple[UUID, UUID]
) -> None:
    place = at_the_place(house)
    assert headline(place) == "Heute möchte Jojo kommen."
    say(place, yonas[1], said=said, on=on.isoformat())
    assert headline(place) == then


def test_whoever_is_still_expected_comes_before_who_was_there(
    house: Expecting, yonas: tuple[UUID, UUID], cast: Cast
) -> None:
    announced_there(house, cast.lina.id, "Lili", by=cast.ilka, comes_on=TODAY + A_DAY)
    place = at_the_place(house)
    say(place, yonas[1])
    assert headline(place).startswith("Lili möchte am ")


def test_what_was_said_can_be_taken_back(house: Expecting, yonas: tuple[UUID, UUID]) -> None:
    client = at_the_place(house)
    say(client, yonas[1], "missed")
    assert "nicht gekommen" in text(client.get(PAGE))
    client.post("/platz/besuch/zuruecknehmen/", {"announcement": str(yonas[1])})
    assert ("ist am" in text(client.get(PAGE)), Introduction.objects.get().said_waits) == (False, False)


def test_the_place_closes_a_week_everywhere_and_opens_it_again(house: Expecting, client: Desk) -> None:
    place = at_the_place(house)
    week = next(each for each in place.get(PAGE).context["offers"] if each["weeks"])["weeks"][1]
    day, monday = week["days"][0], week["monday"].isoformat()
    sent = {"offer": str(house.choir), "monday": monday}

    def public() -> tuple[bool, bool]:
        page = text(client.get(f"/de/orte/{house.point}/"))
        file = text(client.get(f"/de/orte/{house.point}/{house.choir}.ics"))
        return "nicht am:" in page, f"EXDATE;TZID=Europe/Berlin:{day:%Y%m%d}" in file

    assert public() == (False, False)
    assert place.post("/platz/woche/", sent | {"week_is": "closed"}).status_code == 302
    assert (public(), "fällt aus" in text(place.get(PAGE))) == ((True, True), True)
    assert open_point(house.point).offers[0].offer.hours[0].but_not_on == (day,)
    assert Event.objects.filter(action="leave out").count() == 1
    place.post("/platz/woche/", sent | {"week_is": "open"})
    assert (public(), Offer.objects.get(id=house.choir).version) == ((False, False), 3)


@pytest.mark.parametrize(
    "sent", [{"monday": "2021-01-04"}, {"monday": "2999-01-07"}, {"monday": "x"}, {"week_is": "x"}, {"offer": "x"}]
)
def test_a_week_that_is_none_is_not_closed(house: Expecting, sent: dict[str, str]) -> None:
    monday = (TODAY - timedelta(days=TODAY.weekday())).isoformat()
    body = {"offer": str(house.choir), "monday": monday, "week_is": "closed"} | sent
    assert at_the_place(house).post("/platz/woche/", body).status_code == 404
    assert Offer.objects.get(id=house.choir).version == 1


@pytest.mark.parametrize(
    ("query", "word", "goes_on"),
    [
        ("", "Gerade ist niemand", ""),
        ("?sprache=en", "Nobody is announced", "?sprache=en"),
        ("?sprache=ar", "Gerade ist niemand", "?sprache=de"),
    ],
)
def test_the_page_speaks_german_and_english(house: Expecting, query: str, word: str, goes_on: str) -> None:
    client = at_the_place(house)
    page = client.get(f"{PAGE}{query}")
    assert (word in text(page), page.headers["Content-Language"]) == (True, "en" if "en" in query else "de")
    again = client.post(f"{OPEN}{query}")
    assert again.headers["Location"] == f"{PAGE}{goes_on}"


@pytest.mark.parametrize("path", [OPEN, SAY, "/platz/woche/", "/platz/schliessen/", "/platz/besuch/zuruecknehmen/"])
def test_what_changes_something_is_never_fetched(house: Expecting, path: str) -> None:
    assert at_the_place(house).get(path).status_code == 405
