"""How an accompaniment ends: closed with an outcome, asked again months later, and the door shut."""

from __future__ import annotations

from datetime import date
from html import unescape
from uuid import uuid4

from django.urls import reverse

from tests.people import DB, Cast, Desk, Page, sign_in
from wegnetz.casework.models import Closing
from wegnetz.casework.openings import Ended
from wegnetz.casework.selectors import closing_of
from wegnetz.casework.services import close_case
from wegnetz.core.days import working_day
from wegnetz.participants.models import Involvement
from wegnetz.participants.selectors import open_person
from wegnetz.participants.services import begin_by_consent, end_involvement
from wegnetz.rules.periods import add_months

pytestmark = DB
CLOSED = date(2021, 3, 31)


def at(name: str, cast: Cast, **parts: object) -> str:
    return reverse(f"desk:{name}", kwargs={"person_id": cast.yonas.id, **parts})


def ended(cast: Cast) -> Ended | None:
    person = open_person(cast.ilka.viewer, cast.yonas.id, purpose="test", also=("closing",))
    return closing_of(cast.ilka.viewer, person)


def closed(cast: Cast, on: date = CLOSED) -> Ended:
    close_case(cast.yonas.id, outcome="training", note="abends erreichbar", on=on, by=cast.ilka.viewer)
    found = ended(cast)
    assert found is not None
    return found


def text_of(page: Page) -> str:
    return " ".join(unescape(page.content.decode()).split())


def test_closing_keeps_outcome_note_and_day_and_says_what_follows(ilka: Desk, cast: Cast) -> None:
    today = working_day()
    page = text_of(ilka.get(at("closing", cast)))
    assert ("Halten Sie fest, wie die Begleitung ausgegangen ist." in page, "30 Tage nach dem Ende" in page) == (
        True,
        True,
    )
    sent = {"outcome": "employment", "on": f"{today:%d.%m.%Y}", "note": "im Betrieb"}
    assert ilka.post(at("closing", cast), sent).headers["Location"] == at("closing", cast)
    found = ended(cast)
    assert found is not None
    assert (found.outcome, found.note, found.closed_on, found.follow_up_on) == (
        "employment", "im Betrieb", today, add_months(today, 6),
    )  # fmt: skip
    assert "Arbeit aufgenommen" in text_of(ilka.get(at("closing", cast)))


def test_a_refused_closing_keeps_what_was_typed(ilka: Desk, cast: Cast) -> None:
    for field, value in (("outcome", ""), ("outcome", "invented"), ("on", "07.10.2199"), ("on", "bald")):
        page = ilka.post(at("closing", cast), {"outcome": "school", "on": "01.10.2021", "note": "bleibt", field: value})
        assert (page.status_code, list(page.context["form"].errors), ended(cast)) == (422, [field], None)
        assert page.context["form"]["note"].value() == "bleibt"


def test_closing_can_be_undone(ilka: Desk, cast: Cast) -> None:
    assert ilka.post(at("reopen", cast, closing_id=closed(cast).id)).status_code == 302
    assert (ended(cast), Involvement.objects.get(person=cast.yonas.id).closed_on) == (None, None)
    assert closed(cast).outcome == "training"


def test_who_closes_second_changes_nothing(ilka: Desk, cast: Cast) -> None:
    page = ilka.get(at("closing", cast))
    assert "form" in page.context
    closed(cast)
    answer = ilka.post(at("closing", cast), {"outcome": "moved", "on": "01.10.2021", "note": ""})
    found = ended(cast)
    assert (answer.status_code, found and found.outcome, Closing.objects.count()) == (200, "training", 1)


def test_when_it_is_due_the_first_line_asks_for_the_follow_up(ilka: Desk, cast: Cast) -> None:
    closed(cast)
    assert "Fragen Sie jetzt nach, wie es geht." in text_of(ilka.get(at("closing", cast)))


def test_not_reached_is_an_answer_of_its_own(ilka: Desk, cast: Cast) -> None:
    closing = closed(cast)
    page = at("follow-up", cast, closing_id=closing.id)
    choices = ilka.get(page).context["form"].fields["outcome"].choices
    assert (choices[0], [value for value, _label in choices].count("lost-contact")) == (
        ("lost-contact", "nicht erreicht"), 1,
    )  # fmt: skip
    sent = {"outcome": "lost-contact", "on": "07.10.2021", "note": "drei Versuche", "version": str(closing.version)}
    assert ilka.post(page, sent).status_code == 302
    found = ended(cast)
    assert found is not None
    assert (found.followed_up_on, found.follow_up_outcome, found.follow_up_note, found.outcome) == (
        date(2021, 10, 7), "lost-contact", "drei Versuche", "training",
    )  # fmt: skip
    assert "7. Oktober 2021: nicht erreicht" in text_of(ilka.get(at("closing", cast)))


def test_the_second_to_follow_up_sees_both_versions(ilka: Desk, cast: Cast) -> None:
    closing = closed(cast)
    page = at("follow-up", cast, closing_id=closing.id)
    sent = {"outcome": "training", "on": "07.10.2021", "note": "zuerst", "version": str(closing.version)}
    assert sign_in(cast.ilka).post(page, sent).status_code == 302
    refused = ilka.post(page, sent | {"outcome": "school", "note": "danach"})
    shown = [(row.mine, row.theirs) for row in refused.context["conflict"]]
    assert (refused.status_code, shown) == (
        409, [("Schule oder Studium begonnen", "Ausbildung begonnen"), ("danach", "zuerst")],
    )  # fmt: skip
    found = ended(cast)
    assert found is not None
    assert found.follow_up_note == "zuerst"


def test_ending_shuts_the_door_and_says_so_before(ilka: Desk, cast: Cast) -> None:
    closed(cast)
    page = text_of(ilka.get(at("end-involvement", cast)))
    assert [word in page for word in ("Rückgängig machen können Sie das nicht.", "Danach löscht Wegnetz")] == [
        True,
        True,
    ]
    assert ilka.post(at("end-involvement", cast)).status_code == 302
    for name in ("person", "journal", "appointments", "documents", "closing", "end-involvement"):
        assert (name, ilka.get(at(name, cast)).status_code) == (name, 404)


def test_an_accompaniment_that_began_anew_is_open_again(ilka: Desk, cast: Cast) -> None:
    closed(cast)
    end_involvement(cast.yonas.id, on=working_day(), by=cast.ilka.viewer)
    consent = Involvement.objects.get(person=cast.yonas.id).consent_id
    assert consent is not None
    begin_by_consent(consent, by=cast.ilka.viewer, on=working_day())
    assert (ended(cast), "form" in ilka.get(at("closing", cast)).context) == (None, True)


def test_only_the_closing_that_stands_is_followed_up(ilka: Desk, cast: Cast) -> None:
    closing = closed(cast)
    for other in (uuid4(), closing.id):
        status = 200 if other == closing.id else 404
        assert (other, ilka.get(at("follow-up", cast, closing_id=other)).status_code) == (other, status)


def test_an_accompaniment_that_is_not_closed_is_first_offered_its_closing(ilka: Desk, cast: Cast) -> None:
    assert "Erst abschließen" in text_of(ilka.get(at("end-involvement", cast)))


def test_nobody_else_closes_follows_up_or_ends(bea: Desk, cast: Cast) -> None:
    closing = closed(cast)
    rows = list(Closing.objects.values()), list(Involvement.objects.values())
    sent = {"outcome": "school", "on": "01.10.2021", "note": "", "version": "1"}
    own: dict[str, dict[str, object]] = {"closing": {}, "end-involvement": {}}
    theirs: dict[str, dict[str, object]] = {name: {"closing_id": closing.id} for name in ("reopen", "follow-up")}
    for name, parts in (own | theirs).items():
        for answer in (bea.get(at(name, cast, **parts)), bea.post(at(name, cast, **parts), sent)):
            assert (name, answer.status_code in {404, 405}) == (name, True)
    assert (list(Closing.objects.values()), list(Involvement.objects.values())) == rows
