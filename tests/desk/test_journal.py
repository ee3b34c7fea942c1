"""The journal and its drafts: nothing typed is lost, nobody else sees it, and two who change it see both versions."""

from __future__ import annotations

from datetime import timedelta
from html import unescape
from uuid import UUID, uuid4

import pytest
from django.urls import reverse
from django.utils import timezone

from tests.people import CANARY_A, DB, Cast, Desk, Page, sign_in
from tests.statements import watched
from wegnetz.casework.models import Draft, JournalEntry
from wegnetz.casework.openings import Entry, Meeting
from wegnetz.casework.selectors import draft_of, journal_of, meetings_of
from wegnetz.casework.services import EntryContent, MeetingContent, make_appointment, write_entry
from wegnetz.participants.selectors import open_person

pytestmark = DB
TYPED = {"day": "07.10.2021", "clock": "9:30", "kind": "phone", "minutes": "20", "text": "Zwei Sätze.", "version": "1"}


def at(name: str, cast: Cast, **parts: object) -> str:
    return reverse(f"desk:{name}", kwargs={"person_id": cast.yonas.id, **parts})


def entries(cast: Cast) -> tuple[Entry, ...]:
    person = open_person(cast.ilka.viewer, cast.yonas.id, purpose="test", also=("journal",))
    return journal_of(cast.ilka.viewer, person)[0]


def meetings(cast: Cast) -> tuple[Meeting, ...]:
    person = open_person(cast.ilka.viewer, cast.yonas.id, purpose="test", also=("appointments",))
    return meetings_of(cast.ilka.viewer, person)


def fields(cast: Cast, form: str = "journal") -> dict[str, str]:
    person = open_person(cast.ilka.viewer, cast.yonas.id, purpose="test")
    found = draft_of(cast.ilka.viewer, person, form)
    return dict(found.fields) if found else {}


def written(cast: Cast, text: str = "Gespräch über den Kurs") -> UUID:
    return write_entry(cast.yonas.id, EntryContent(timezone.now(), "conversation", 30, text), by=cast.ilka.viewer)


def said(page: Page) -> list[str]:
    return [str(message) for message in page.context["messages"]]


# --- writing -----------------------------------------------------------------------------------------


def test_an_entry_stands_in_the_journal_as_it_was_typed(ilka: Desk, cast: Cast) -> None:
    page = ilka.post(at("write-entry", cast), TYPED | {"text": "Erste Zeile\r\nzweite <b>Zeile</b>"}, follow=True)
    (entry,) = entries(cast)
    assert (timezone.localtime(entry.happened_at).strftime("%d.%m.%Y %H:%M"), entry.kind, entry.minutes) == (
        "07.10.2021 09:30", "phone", 20,
    )  # fmt: skip
    assert entry.text == "Erste Zeile\r\nzweite <b>Zeile</b>"
    assert (said(page), "zweite &lt;b&gt;Zeile&lt;/b&gt;" in page.content.decode()) == (
        ["Der Eintrag ist gespeichert."], True,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("field", "value"),
    [("text", " "), ("day", "31.02.2021"), ("day", "07.10.2199"), ("clock", "25:00"), ("kind", "invented"),
     ("minutes", "0"), ("text", "x" * 20_001)],
)  # fmt: skip
def test_a_refused_entry_keeps_what_was_typed(field: str, value: str, ilka: Desk, cast: Cast) -> None:
    page = ilka.post(at("write-entry", cast), TYPED | {"text": "Bleibt stehen", field: value})
    assert (page.status_code, list(page.context["form"].errors), entries(cast)) == (422, [field], ())
    assert page.context["form"]["minutes" if field != "minutes" else "clock"].value() in {"20", "9:30"}


def test_the_hint_says_what_does_not_belong_into_a_journal(ilka: Desk, cast: Cast) -> None:
    text = " ".join(unescape(ilka.get(at("journal", cast)).content.decode()).split())
    hint = "Bitte nichts über Fluchtgründe und nichts über andere Menschen. Das Journal bleibt in Ihrer Organisation"
    assert text.count(hint) == 1


def test_the_newest_stands_first_fifty_on_a_page(ilka: Desk, cast: Cast) -> None:
    now = timezone.now()
    for number in range(51):
        content = EntryContent(now - timedelta(days=number), "phone", None, f"Eintrag {number}")
        write_entry(cast.yonas.id, content, by=cast.ilka.viewer)
    first, second = (ilka.get(at("journal", cast), {"page": page}) for page in "12")
    assert [line["entry"].text for line in first.context["entries"]] == [f"Eintrag {n}" for n in range(50)]
    assert [line["entry"].text for line in second.context["entries"]] == ["Eintrag 50"]
    assert ("form" in first.context, "form" in second.context) == (True, False)


def test_a_page_of_the_journal_costs_the_same_for_one_and_for_three(ilka: Desk, cast: Cast) -> None:
    numbers = []
    for more in (1, 2):
        for _ in range(more):
            written(cast)
        with watched() as statements:
            assert ilka.get(at("journal", cast)).status_code == 200
        numbers.append(len([s for s in statements if s.sql.startswith("SELECT")]))
    assert (len(entries(cast)), numbers[0], numbers[0] <= 20) == (3, numbers[1], True)


# --- from an appointment -----------------------------------------------------------------------------


def test_writing_about_an_appointment_fills_in_its_time_and_notes_that_it_took_place(ilka: Desk, cast: Cast) -> None:
    start = timezone.localtime().replace(year=2021, month=10, day=4, hour=15, minute=0, second=0, microsecond=0)
    content = MeetingContent(start, start + timedelta(minutes=45), "visit", cast.ilka.user)
    appointment = make_appointment(cast.yonas.id, content, by=cast.ilka.viewer)
    form = ilka.get(at("write-entry", cast), {"termin": str(appointment)}).context["form"]
    shown = {name: str(form[name].value()) for name in ("day", "clock", "minutes", "kind", "appointment")}
    assert shown == {
        "day": "04.10.2021", "clock": "15:00", "minutes": "45", "kind": "visit", "appointment": str(appointment),
    }  # fmt: skip
    assert ilka.post(at("write-entry", cast), shown | {"text": "Zuhause besucht."}).status_code == 302
    assert ([entry.minutes for entry in entries(cast)], [m.state for m in meetings(cast)]) == ([45], ["kept"])


def test_an_appointment_of_somebody_else_writes_nothing(ilka: Desk, bea: Desk, cast: Cast) -> None:
    start = timezone.now()
    content = MeetingContent(start, start + timedelta(minutes=45), "visit", cast.bea.user)
    foreign = make_appointment(cast.omar.id, content, by=cast.bea.viewer)
    for appointment in (foreign, uuid4()):
        assert ilka.get(at("write-entry", cast), {"termin": str(appointment)}).status_code == 404
        answer = ilka.post(at("write-entry", cast), TYPED | {"appointment": str(appointment)})
        assert (answer.status_code, entries(cast)) == (404, ())


# --- changing ----------------------------------------------------------------------------------------


def test_the_second_to_change_an_entry_sees_both_versions_and_loses_nothing(ilka: Desk, cast: Cast) -> None:
    page = at("entry", cast, entry_id=written(cast))
    assert sign_in(cast.ilka).post(page, TYPED | {"text": "Die erste Fassung"}).status_code == 302
    refused = ilka.post(page, TYPED | {"text": "Die zweite Fassung", "minutes": ""})
    shown = [(row.label, row.mine, row.theirs) for row in refused.context["conflict"]]
    assert (refused.status_code, shown) == (409, [
        ("Minuten", "", "20"), ("Was war, und was folgt daraus?", "Die zweite Fassung", "Die erste Fassung"),
    ])  # fmt: skip
    assert [entry.text for entry in entries(cast)] == ["Die erste Fassung"]
    again = {name: str(refused.context["form"][name].value() or "") for name in TYPED}
    assert ilka.post(page, again).status_code == 302
    assert [(entry.text, entry.version) for entry in entries(cast)] == [("Die zweite Fassung", 3)]


def test_a_deleted_entry_comes_back_with_one_click(ilka: Desk, cast: Cast) -> None:
    entry = written(cast)
    page = ilka.post(at("delete-entry", cast, entry_id=entry), follow=True)
    undo = at("restore-entry", cast, entry_id=entry)
    assert (said(page), f'action="{undo}"' in page.content.decode(), entries(cast)) == (
        ["Der Eintrag ist gelöscht."], True, (),
    )  # fmt: skip
    assert ilka.post(undo).status_code == 302
    assert [found.id for found in entries(cast)] == [entry]


# --- drafts ------------------------------------------------------------------------------------------


def test_what_is_being_typed_is_kept_and_comes_back(ilka: Desk, cast: Cast) -> None:
    half = TYPED | {"day": "7.1", "text": "Mitten im Sa"}
    answer = ilka.post(at("draft", cast, form="journal"), half, headers={"accept": "application/json"})
    time = timezone.localtime(Draft.objects.get().written_at)
    assert answer.json() == {"said": f"Entwurf gespeichert um {time.hour}:{time:%M} Uhr."}
    page = ilka.get(at("journal", cast))
    assert {name: page.context["form"][name].value() for name in half} == half
    assert ("ist wieder da" in page.content.decode(), entries(cast)) == (True, ())


def test_without_a_script_a_button_keeps_the_draft(ilka: Desk, cast: Cast) -> None:
    page = ilka.post(at("write-entry", cast), TYPED | {"draft": "yes", "text": "Halb"}, follow=True)
    assert (said(page)[0][:20], page.context["form"]["text"].value()) == ("Entwurf gespeichert ", "Halb")
    assert fields(cast) == TYPED | {"text": "Halb"}


def test_saving_the_entry_uses_the_draft_up(ilka: Desk, cast: Cast) -> None:
    ilka.post(at("draft", cast, form="journal"), TYPED)
    ilka.post(at("write-entry", cast), TYPED)
    assert (fields(cast), Draft.objects.count(), len(entries(cast))) == ({}, 0, 1)


def test_a_discarded_draft_comes_back_with_one_click(ilka: Desk, cast: Cast) -> None:
    ilka.post(at("draft", cast, form="journal"), TYPED)
    draft = Draft.objects.get().id
    page = ilka.post(at("discard-draft", cast, draft_id=draft), follow=True)
    assert (said(page), page.context["form"]["text"].value(), fields(cast)) == (
        ["Der Entwurf ist verworfen."],
        None,
        {},
    )
    page = ilka.post(at("restore-draft", cast, draft_id=draft), follow=True)
    assert (page.request["PATH_INFO"], fields(cast)) == (at("write-entry", cast), TYPED)


def test_typing_on_after_discarding_begins_a_new_draft(ilka: Desk, cast: Cast) -> None:
    ilka.post(at("draft", cast, form="journal"), TYPED)
    ilka.post(at("discard-draft", cast, draft_id=Draft.objects.get().id))
    ilka.post(at("draft", cast, form="journal"), {"text": "Neu"})
    assert fields(cast) == {"text": "Neu"}


def test_the_change_of_an_entry_has_a_draft_of_its_own(ilka: Desk, cast: Cast) -> None:
    entry = written(cast)
    page = at("entry", cast, entry_id=entry)
    ilka.post(page, TYPED | {"draft": "yes", "text": "Halb geändert"})
    assert (ilka.get(page).context["form"]["text"].value(), fields(cast)) == ("Halb geändert", {})
    assert [found.text for found in entries(cast)] == ["Gespräch über den Kurs"]
    assert ilka.post(page, TYPED | {"text": "Ganz geändert"}).status_code == 302
    assert (Draft.objects.count(), [found.text for found in entries(cast)]) == (0, ["Ganz geändert"])


def window(page: Page) -> dict[str, str]:
    """What a form sends: all it shows, and what it carries unseen."""
    form = page.context["form"]
    return {name: str(form[name].value() or "") for name in form.fields}


@pytest.mark.parametrize("name", ["write-entry", "entry"])
def test_two_windows_overwrite_nothing_of_each_other(name: str, ilka: Desk, cast: Cast) -> None:
    entry = written(cast)
    page = at(name, cast, **({"entry_id": entry} if name == "entry" else {}))
    kept = at("draft", cast, form=str(entry) if name == "entry" else "journal")
    one, other = (window(ilka.get(page)) for _ in range(2))
    for text in ("Eins", "Eins und"):
        assert ilka.post(kept, one | {"text": text}).status_code == 200
    refused = ilka.post(kept, other | {"text": "Zwei"})
    assert (refused.status_code, "anderen Fenster" in refused.json()["said"]) == (409, True)
    shown = ilka.post(page, other | {"text": "Zwei", "draft": "yes"})
    form = str(entry) if name == "entry" else "journal"
    assert (shown.status_code, fields(cast, form)["text"]) == (409, "Eins und")
    assert [(row.mine, row.theirs) for row in shown.context["conflict"]] == [("Zwei", "Eins und")]
    assert "data-draft-asks" in shown.content.decode()
    both = window(shown) | {"text": "Eins und Zwei"}
    assert ilka.post(page, both | {"draft": "yes"}).status_code == 302
    assert (fields(cast, form)["text"], {"window", "began_with"} & set(fields(cast, form))) == ("Eins und Zwei", set())
    assert ilka.post(kept, one | {"text": "Eins und so"}).status_code == 409


def test_who_saves_an_entry_keeps_the_draft_of_another_window(ilka: Desk, cast: Cast) -> None:
    page = at("write-entry", cast)
    one, other = (window(ilka.get(page)) for _ in range(2))
    ilka.post(at("draft", cast, form="journal"), one | {"text": "Halb"})
    assert ilka.post(page, other | TYPED).status_code == 302
    assert ([entry.text for entry in entries(cast)], fields(cast)["text"]) == (["Zwei Sätze."], "Halb")
    assert ilka.post(page, window(ilka.get(page)) | TYPED).status_code == 302
    assert Draft.objects.count() == 0


def test_a_window_goes_on_from_its_own_draft_and_from_the_one_it_was_opened_with(ilka: Desk, cast: Cast) -> None:
    for text in ("Eins", "Zwei"):
        here = window(ilka.get(at("journal", cast)))
        for more in ("", " und", " und mehr"):
            assert ilka.post(at("draft", cast, form="journal"), here | {"text": text + more}).status_code == 200
    assert fields(cast)["text"] == "Zwei und mehr"


def test_what_another_window_discarded_is_kept_anew(ilka: Desk, cast: Cast) -> None:
    one = window(ilka.get(at("journal", cast)))
    ilka.post(at("draft", cast, form="journal"), window(ilka.get(at("journal", cast))) | {"text": "Weg"})
    ilka.post(at("discard-draft", cast, draft_id=Draft.objects.get().id))
    assert ilka.post(at("draft", cast, form="journal"), one | {"text": "Da"}).status_code == 200
    assert fields(cast)["text"] == "Da"


def test_from_a_list_a_draft_leads_back_to_its_form(ilka: Desk, cast: Cast) -> None:
    entry = written(cast)
    for form, page in (("journal", at("write-entry", cast)), (str(entry), at("entry", cast, entry_id=entry))):
        ilka.post(at("draft", cast, form=form), TYPED)
        draft = Draft.objects.get(form=form).id
        assert ilka.get(at("continue-draft", cast, draft_id=draft)).headers["Location"] == page


@pytest.mark.parametrize("form", ["plan-of-nobody", "x" * 60, str(uuid4())])
def test_there_are_drafts_only_of_forms_that_exist(form: str, ilka: Desk, cast: Cast) -> None:
    assert ilka.post(at("draft", cast, form=form), TYPED).status_code == 404
    assert Draft.objects.count() == 0


def test_a_draft_keeps_no_token(ilka: Desk, cast: Cast) -> None:
    ilka.post(at("draft", cast, form="journal"), TYPED | {"csrfmiddlewaretoken": "secret", "made_for": "whom"})
    assert fields(cast) == TYPED


def test_a_draft_that_cannot_be_kept_sends_the_script_to_no_page(cast: Cast) -> None:
    """The script follows no redirect: it says that the session has ended, and the text stands where it was typed."""
    answer = Desk().post(at("draft", cast, form="journal"), TYPED, headers={"sec-fetch-mode": "cors"})
    assert (answer.status_code, Draft.objects.count()) == (302, 0)


# --- who may -----------------------------------------------------------------------------------------


def test_nobody_else_gets_at_a_journal_or_a_draft(ilka: Desk, bea: Desk, cast: Cast) -> None:
    entry = written(cast, f"nur für A {CANARY_A}")
    ilka.post(at("draft", cast, form="journal"), TYPED)
    draft = Draft.objects.get().id
    rows = list(JournalEntry.objects.values()), list(Draft.objects.values())
    parts_of: dict[str, dict[str, object]] = {
        "journal": {}, "write-entry": {}, "entry": {"entry_id": entry}, "delete-entry": {"entry_id": entry},
        "restore-entry": {"entry_id": entry}, "draft": {"form": "journal"}, "continue-draft": {"draft_id": draft},
        "discard-draft": {"draft_id": draft}, "restore-draft": {"draft_id": draft},
    }  # fmt: skip
    for name, parts in parts_of.items():
        for answer in (bea.get(at(name, cast, **parts)), bea.post(at(name, cast, **parts), TYPED)):
            assert (name, answer.status_code in {404, 405}, CANARY_A in answer.content.decode()) == (name, True, False)
    assert (list(JournalEntry.objects.values()), list(Draft.objects.values())) == rows
