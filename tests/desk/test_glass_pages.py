"""A lead looks at a person in an emergency: never alone, never for long, never in secret."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from tests.company import Company
from tests.people import DB, Cast, Desk, account, sign_in
from wegnetz.accounts.access import Role
from wegnetz.accounts.models import Organisation
from wegnetz.audit.models import Event
from wegnetz.participants.access import broken_glasses
from wegnetz.participants.models import BreakGlass
from wegnetz.participants.services import request_glass

pytestmark = DB
REASON = "Seit drei Tagen nicht erreichbar, Ilka ist krank."


@pytest.fixture
def lead(cast: Cast) -> Desk:
    return sign_in(next(colleague for colleague in cast.colleagues if colleague.role is Role.LEAD))


def ask(lead: Desk, cast: Cast) -> BreakGlass:
    done = lead.post(reverse("desk:glasses"), {"person": str(cast.yonas.id), "reason": REASON})
    assert done.status_code == 302
    return BreakGlass.objects.get(person=cast.yonas.id)


def test_the_form_names_nobody_and_wants_a_reason(lead: Desk, cast: Cast) -> None:
    body = lead.get(reverse("desk:glasses")).content.decode()
    assert (cast.yonas.pseudonym in body, "Yonas" in body) == (True, False)
    short = lead.post(reverse("desk:glasses"), {"person": str(cast.yonas.id), "reason": "eilt"})
    assert (short.status_code, "eilt" in short.content.decode()) == (422, True)
    assert lead.post(reverse("desk:glasses"), {"person": str(cast.omar.id), "reason": REASON}).status_code == 422


def test_asking_alone_opens_nothing_and_nobody_confirms_their_own(lead: Desk, cast: Cast) -> None:
    glass = ask(lead, cast)
    assert lead.get(reverse("desk:person", args=[cast.yonas.id])).status_code == 404
    assert lead.post(reverse("desk:confirm-glass", args=[glass.id]), {"answer": "yes"}).status_code == 404


def test_a_second_person_opens_it_for_hours_and_only_to_look(lead: Desk, ilka: Desk, cast: Cast) -> None:
    glass = ask(lead, cast)
    assert reverse("desk:confirm-glass", args=[glass.id]) in ilka.get(reverse("desk:asked-glasses")).content.decode()
    assert REASON in ilka.get(reverse("desk:confirm-glass", args=[glass.id])).content.decode()
    ilka.post(reverse("desk:confirm-glass", args=[glass.id]), {"answer": "yes"})
    assert ilka.get(reverse("desk:confirm-glass", args=[glass.id])).status_code == 404  # answered is answered
    person = lead.get(reverse("desk:person", args=[cast.yonas.id]))
    assert (person.status_code, "Notfall-Einsicht" in person.content.decode()) == (200, True)
    assert lead.get(reverse("desk:write-entry", args=[cast.yonas.id])).status_code == 404
    BreakGlass.objects.filter(id=glass.id).update(ends_at=timezone.now() - timedelta(seconds=1))
    assert lead.get(reverse("desk:person", args=[cast.yonas.id])).status_code == 404


def test_a_no_opens_nothing_and_is_final(lead: Desk, ilka: Desk, cast: Cast) -> None:
    glass = ask(lead, cast)
    ilka.post(reverse("desk:confirm-glass", args=[glass.id]), {"answer": "no"})
    assert ilka.post(reverse("desk:confirm-glass", args=[glass.id]), {"answer": "yes"}).status_code == 404
    assert lead.get(reverse("desk:person", args=[cast.yonas.id])).status_code == 404


def test_what_lay_for_a_day_opens_nothing(ilka: Desk, cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    lead = next(colleague for colleague in cast.colleagues if colleague.role is Role.LEAD)
    yesterday = timezone.now() - timedelta(hours=25)
    with monkeypatch.context() as earlier:
        earlier.setattr(timezone, "now", lambda: yesterday)
        glass = request_glass(cast.yonas.id, reason=REASON, by=lead.viewer)
    answer = ilka.post(reverse("desk:confirm-glass", args=[glass]), {"answer": "yes"})
    assert (answer.status_code, BreakGlass.objects.get(id=glass).confirmed_at) == (302, None)


def test_the_lead_ends_it_and_the_person_is_told(lead: Desk, ilka: Desk, cast: Cast) -> None:
    glass = ask(lead, cast)
    ilka.post(reverse("desk:confirm-glass", args=[glass.id]), {"answer": "yes"})
    lead.post(reverse("desk:close-glass", args=[glass.id]))
    assert lead.get(reverse("desk:person", args=[cast.yonas.id])).status_code == 404
    tell, untold = reverse("desk:tell-person", args=[cast.yonas.id, glass.id]), "Die Person weiß es noch nicht."
    assert untold in lead.get(reverse("desk:glasses")).content.decode()
    assert REASON in ilka.get(tell).content.decode()
    ilka.post(tell)
    assert BreakGlass.objects.get(id=glass.id).told_on is not None
    assert untold not in lead.get(reverse("desk:glasses")).content.decode()
    acts = Event.objects.filter(category="break-glass", subjects__subject=cast.yonas.id).exclude(action="list")
    assert list(acts.order_by("sequence").values_list("action", flat=True)) == [
        "ask to break the glass", "break the glass", "close the glass", "tell the person",
    ]  # fmt: skip


def test_another_organisations_requests_do_not_exist(lead: Desk, bea: Desk, cast: Cast) -> None:
    glass = ask(lead, cast)
    assert bea.get(reverse("desk:confirm-glass", args=[glass.id])).status_code == 404
    other = sign_in(account("lead-b", "Leitung B", Organisation.objects.get(key="b"), Role.LEAD))
    assert cast.yonas.pseudonym not in other.get(reverse("desk:glasses")).content.decode()


def test_a_glass_is_broken_for_the_lead_and_for_no_other_role_of_theirs(company: Company) -> None:
    looking = [replace(company.lea.viewer, role=role) for role in (Role.LEAD, Role.COACH, Role.CASE_MANAGER)]
    assert [broken_glasses(viewer).count() for viewer in looking] == [1, 0, 0]
