"""Introductions come back on their day: to those who ask, about people they may see, with one click to where it is."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from uuid import UUID

import pytest
from django.core import mail
from django.urls import reverse
from pytest_django import Settings

from tests.casework.partners import Partners, partners
from tests.casework.test_letters import offer as refer
from tests.desk.stands import stands
from tests.papers import today
from tests.people import CANARY_A, DB, Account, Cast, Desk, account, agreed, sign_in
from tests.statements import asked, watched
from wegnetz.accounts.access import Role
from wegnetz.accounts.models import Organisation
from wegnetz.casework.selectors import my_day, things_due
from wegnetz.casework.services import accept_referral, choose_reminders, close_case, send_reminders
from wegnetz.network.models import Introduction
from wegnetz.network.openings import Step
from wegnetz.network.services import delete_introduction, restore_introduction, suggest, take_step
from wegnetz.participants.boxes import Contact, Name
from wegnetz.participants.models import Involvement
from wegnetz.participants.services import hand_to_colleague, register_person, withdraw_consent
from wegnetz.programme.selectors import active_pack
from wegnetz.rules.consents import Channel
from wegnetz.rules.introductions import Stage
from wegnetz.vault.services import destroy_key

__all__ = ["partners"]
pytestmark = DB
WEEK = timedelta(days=7)


@pytest.fixture
def choir(cast: Cast) -> UUID:
    return stands(cast)["of A"].offer


@pytest.fixture
def mate(cast: Cast) -> Account:
    """Another case manager of A."""
    return account("mate", "Noch Eine", Organisation.objects.get(key="a"), Role.CASE_MANAGER)


def introduced(person: UUID, choir: UUID, by: Account, *, due: date) -> UUID:
    return suggest(person, choir, by=by.viewer, on=due - WEEK)


def somebody_new(cast: Cast) -> UUID:
    name, ground = Name(called="Neu"), agreed(cast.ilka)
    return register_person(name=name, contact=Contact(), ground=ground, by=cast.ilka.viewer, on=today())


def waiting(who: Account, *, days: int = 0) -> tuple[list[tuple[str, UUID | None]], int]:
    """What stands on the start page some days from now, and what the mail counts."""
    day = today() + timedelta(days=days)
    todos = my_day(who.viewer, day=day, pack=active_pack()).todos
    return [(todo.what, todo.person) for todo in todos], things_due(who.viewer, day=day)


@pytest.mark.parametrize(("days", "when"), [(0, "heute"), (-1, "seit 1 Tag"), (-20, "seit 20 Tagen")])
def test_on_its_day_an_introduction_stands_on_the_start_page(
    days: int, when: str, ilka: Desk, cast: Cast, choir: UUID
) -> None:
    introduced(cast.yonas.id, choir, cast.ilka, due=today() + timedelta(days=days))
    page = ilka.get(reverse("desk:start"))
    (line,) = page.context["todos"]
    assert (line.name, line.title, line.when, line.address) == (
        f"Yonas {CANARY_A}", "Einführung: nachfragen, wie es steht", when, reverse("desk:places", args=[cast.yonas.id]),
    )  # fmt: skip
    text = page.content.decode()
    assert [word in text for word in ("Offener Chor", "Haus am Anfang", str(choir))] == [False] * 3


def test_before_its_day_nobody_is_asked_and_every_step_sets_a_new_day(cast: Cast, choir: UUID) -> None:
    made = introduced(cast.yonas.id, choir, cast.ilka, due=today() + timedelta(days=1))
    asked = ([("introduction", cast.yonas.id)], 1)
    assert (waiting(cast.ilka), waiting(cast.ilka, days=1)) == (([], 0), asked)
    take_step(cast.yonas.id, made, Step(Stage.DISCUSSED, today()), version=1, by=cast.ilka.viewer)
    assert (waiting(cast.ilka, days=1), waiting(cast.ilka, days=7)) == (([], 0), asked)
    take_step(cast.yonas.id, made, Step(Stage.ENDED, today(), reason="full"), version=2, by=cast.ilka.viewer)
    assert waiting(cast.ilka, days=7) == ([], 0)


def test_who_wrote_it_and_who_is_responsible_are_asked_and_nobody_else(
    cast: Cast, choir: UUID, mate: Account, partners: Partners
) -> None:
    accept_referral(refer(cast, partners.samira, "trauma-coaching").id, by=partners.samira.viewer, on=today())
    introduced(cast.yonas.id, choir, mate, due=today())
    found = ([("introduction", cast.yonas.id)], 1)
    third = account("third", "Dritte", Organisation.objects.get(key="a"), Role.CASE_MANAGER)
    others = [third, cast.bea, partners.samira, *cast.colleagues]
    assert [waiting(each) for each in (mate, cast.ilka)] == [found, found]
    assert [[what for what, _who in waiting(each)[0] if what == "introduction"] for each in others] == [[]] * len(
        others
    )
    hand_to_colleague(cast.yonas.id, third.user, by=cast.ilka.viewer)
    assert [waiting(each)[1] for each in (mate, cast.ilka, third)] == [1, 0, 1]


def test_what_is_sealed_is_asked_of_who_wrote_it_alone(cast: Cast, choir: UUID, partners: Partners) -> None:
    accept_referral(refer(cast, partners.samira, "trauma-coaching").id, by=partners.samira.viewer, on=today())
    introduced(cast.yonas.id, choir, partners.samira, due=today())
    assert waiting(partners.samira) == ([("introduction", cast.yonas.id)], 1)
    assert [what for what, _who in waiting(cast.ilka)[0] if what == "introduction"] == []


def _close(cast: Cast, _made: UUID) -> None:
    close_case(cast.yonas.id, outcome="training", note="", on=today(), by=cast.ilka.viewer)


def _end(cast: Cast, _made: UUID) -> None:
    (consent,) = Involvement.objects.filter(person=cast.yonas.id).values_list("consent", flat=True)
    withdraw_consent(
        cast.yonas.id, consent, channel=Channel.IN_PERSON, on=today(), by=cast.ilka.viewer
    )  # fmt: skip


def _erase(cast: Cast, _made: UUID) -> None:
    destroy_key(cast.yonas.id, on=Introduction.objects.get().written_at)


def _delete(cast: Cast, made: UUID) -> None:
    delete_introduction(cast.yonas.id, made, by=cast.ilka.viewer)


@pytest.mark.parametrize("gone", [_close, _end, _erase, _delete])
def test_about_whom_nobody_is_to_ask_any_more_nobody_is_reminded(
    gone: Callable[[Cast, UUID], None], cast: Cast, choir: UUID
) -> None:
    made = introduced(cast.yonas.id, choir, cast.ilka, due=today())
    assert waiting(cast.ilka) == ([("introduction", cast.yonas.id)], 1)
    gone(cast, made)
    assert waiting(cast.ilka) == ([], 0)


def test_what_is_brought_back_is_asked_about_again(cast: Cast, choir: UUID) -> None:
    made = introduced(cast.yonas.id, choir, cast.ilka, due=today())
    _delete(cast, made)
    restore_introduction(cast.yonas.id, made, by=cast.ilka.viewer)
    assert waiting(cast.ilka) == ([("introduction", cast.yonas.id)], 1)


def test_the_mail_counts_introductions_and_names_neither_person_nor_place(
    cast: Cast, choir: UUID, settings: Settings
) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    introduced(cast.yonas.id, choir, cast.ilka, due=today())
    introduced(somebody_new(cast), choir, cast.ilka, due=today() - WEEK)
    introduced(somebody_new(cast), choir, cast.ilka, due=today() + timedelta(days=1))
    assert send_reminders(on=today()) == 1
    (sent,) = mail.outbox
    assert (sent.to, sent.subject) == (["ilka@a.example"], "Heute warten 2 Dinge auf Sie")
    assert [word for word in ("Yonas", "Chor", "Haus am", CANARY_A) if word in sent.body] == []
    choose_reminders(wanted=False, by=cast.ilka.viewer)
    assert send_reminders(on=today()) == 0


def statements(desk: Desk) -> tuple[int, int]:
    """How many lines the start page has, and what it asks."""
    desk.get(reverse("desk:start"))
    with watched() as seen:
        page = desk.get(reverse("desk:start"))
    return len(page.context["todos"]), asked(seen)


def test_the_start_page_asks_as_much_for_three_introductions_as_for_one(cast: Cast, choir: UUID) -> None:
    desk = sign_in(cast.ilka)
    introduced(cast.yonas.id, choir, cast.ilka, due=today())
    one = statements(desk)
    for _ in range(2):
        introduced(somebody_new(cast), choir, cast.ilka, due=today())
    assert (one, statements(desk)) == ((1, 28), (3, 28))
