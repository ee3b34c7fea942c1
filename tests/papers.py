"""One of everything an organisation can write about a person, as addresses name it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, timedelta
from uuid import UUID

from django.utils import timezone

from tests.evenings import evening_of, invited, mate_of
from tests.people import Account
from wegnetz.accounts.access import Role, Viewer
from wegnetz.casework.models import Draft
from wegnetz.casework.openings import AreaStep
from wegnetz.casework.services import (
    EntryContent,
    ItemContent,
    MeetingContent,
    PlanContent,
    add_item,
    begin_plan,
    delete_appointment,
    delete_assessment,
    delete_document,
    delete_entry,
    delete_item,
    keep_document,
    keep_draft,
    make_appointment,
    take_assessment,
    write_entry,
)
from wegnetz.directory import entries
from wegnetz.directory.entries import Translation, Wording
from wegnetz.directory.models import Offer, OfferTag, SearchText
from wegnetz.directory.services import save_offer, save_point
from wegnetz.engines.ego_network import Alter, Version
from wegnetz.network.access import PLANS_WORKSHOPS
from wegnetz.network.boxes import Drawn
from wegnetz.network.models import Announcement
from wegnetz.network.openings import Liked, Step
from wegnetz.network.selectors import open_link
from wegnetz.network.selectors.person_maps import map_of_link
from wegnetz.network.services import delete_introduction, make_link, save_interests, say, suggest, take_step
from wegnetz.network.services.invitations import Reply, note_answer, take_invitation_back
from wegnetz.network.services.pairings import pair
from wegnetz.network.services.person_maps import make_map_link, save_drawn, share_map
from wegnetz.participants.services import Release, record_release, set_hold
from wegnetz.rules.consents import Channel
from wegnetz.rules.introductions import Stage

FILE = b"%PDF-1.4 "
# An offer to which everybody in the company is introduced.
SOMETHING = UUID("5b1f6f0e-3a52-4c0f-9d7a-0c6f3d2a9b11")
# And one of which that was deleted, so that they can be introduced to it.
SOMETHING_ELSE = UUID("5b1f6f0e-3a52-4c0f-9d7a-0c6f3d2a9b12")
# And one at which somebody is expected.
SOMEWHERE = UUID("5b1f6f0e-3a52-4c0f-9d7a-0c6f3d2a9b13")


def today() -> date:
    return timezone.localdate()


def noon(days: int) -> datetime:
    """Noon, some days from today."""
    return timezone.localtime().replace(hour=12, minute=0, second=0, microsecond=0) + timedelta(days=days)


def entry_content(word: str) -> EntryContent:
    return EntryContent(noon(-1), "conversation", 30, f"Gespräch über den Weg {word}")


def meeting_content(word: str, by: Viewer) -> MeetingContent:
    start = noon(2)
    return MeetingContent(
        start, start + timedelta(hours=1), "conversation", by.user, f"Beratung {word}", f"Raum {word}", f"Frau {word}"
    )  # fmt: skip


def something_to_do(by: Viewer) -> None:
    """The offers SOMETHING, SOMETHING_ELSE and SOMEWHERE, at a place that belongs to nobody."""
    keeper = replace(by, role=Role.STEERING)
    place = entries.Point("", Wording("de", {"de": Translation({"name": "Haus der Lieder"})}))
    point = save_point(None, place, by=keeper)
    for known, title in ((SOMETHING, "Singkreis"), (SOMETHING_ELSE, "Singspiel"), (SOMEWHERE, "Singfest")):
        offer = entries.Offer("", Wording("de", {"de": Translation({"title": title})}), ("singing",))
        made = save_offer(point, None, offer, by=keeper)
        OfferTag.objects.filter(offer=made).delete()
        Offer.objects.filter(id=made).update(id=known)
        SearchText.objects.filter(offer=made).update(offer=known)
        OfferTag.objects.create(offer_id=known, kind=OfferTag.CONCEPT, value="singing")


def expected_somewhere(person: UUID, *, by: Viewer, word: str) -> None:
    """Announced to the place of SOMEWHERE, whose page shows it, and confirmed by the place."""
    keeper = replace(by, role=Role.NETWORK_COORDINATOR)
    offer = Offer.objects.get(id=SOMEWHERE)
    token, _until = make_link(offer.point_id, by=keeper, on=today())
    introduction = suggest(person, SOMEWHERE, by=by, on=today())
    take_step(person, introduction, Step(Stage.DISCUSSED, today()), version=1, by=by)
    told = Step(Stage.ANNOUNCED, today(), called=f"Yonas {word}", for_place=f"Bitte leise {word}")
    link = open_link(token, on=today())
    take_step(person, introduction, told, version=2, by=by, agreed=True, told_of=link.id)
    (announced,) = Announcement.objects.all()
    say(link, announced.id, came=True, on=today(), today=today())


def papers_about(person: UUID, *, by: Account, word: str, plan_word: str = "", area_word: str = "") -> dict[str, UUID]:
    """One of each kind, with `word` in every text, and one of each that was deleted.

    `plan_word` stands in the plan and `area_word` in the assessment, where they are to travel.
    """
    viewer = by.viewer
    kept = _records(person, word, viewer, area_word or word, SOMETHING)
    deleted = _records(person, f"gelöscht {word}", viewer, f"gelöscht {word}", SOMETHING_ELSE)
    put_away: dict[str, Callable[..., None]] = {
        "entry": delete_entry, "appointment": delete_appointment, "document": delete_document,
        "assessment": delete_assessment, "introduction": delete_introduction,
    }  # fmt: skip
    for kind, delete in put_away.items():
        delete(person, deleted[kind], by=viewer)
    plan = _plan(person, plan_word or word, viewer)
    liked = Liked({"singing": 5}, wishes=(f"Drachen {word}",), district=f"Viertel {word}")
    save_interests(person, liked, by=viewer)
    map_drawn(person, by=viewer, word=word)
    keep_draft(person, "journal", {"text": f"Halb getippt {word}"}, by=viewer)
    release = Release(
        f"Praxis {word}", "Ärztin", f"Beratung {word}", f"Befund {word}", "de", Channel.IN_PERSON, today()
    )
    draft = Draft.objects.get(person=person, written_by=viewer.user)
    return (
        (_invitations(person, word, viewer) if viewer.role in PLANS_WORKSHOPS else {})
        | kept
        | {f"deleted_{kind}": thing for kind, thing in deleted.items()}
        | plan
        | {
            "draft": draft.id,
            "release": record_release(person, release, by=viewer),
            "hold": set_hold(person, reason=f"Klage läuft {word}", until=noon(90).date(), on=today(), by=viewer),
        }
    )


def map_drawn(person: UUID, *, by: Viewer, word: str) -> None:
    """A map that the person shows, with a word on it that nobody could draw."""
    own = map_of_link(make_map_link(person, by=by))
    drawn = Drawn((Version("1", date=today().isoformat(), alters=(Alter("a", f"Amma {word}", distance=30),)),))
    share_map(save_drawn(own, drawn, version=1), until=None, on=today())


def _records(person: UUID, word: str, by: Viewer, area_word: str, offer: UUID) -> dict[str, UUID]:
    areas = {"work": AreaStep("unsure", f"sucht noch {area_word}")}
    introduction = suggest(person, offer, by=by, on=today())
    step = Step(Stage.DISCUSSED, today(), f"möchte hin {word}")
    take_step(person, introduction, step, version=1, by=by)
    return {
        "introduction": introduction,
        "entry": write_entry(person, entry_content(word), by=by),
        "appointment": make_appointment(person, meeting_content(word, by), by=by),
        "document": keep_document(
            person, FILE + word.encode(), kind="certificate", title=f"Zeugnis {word}", name=f"{word}.pdf",
            media_type="application/pdf", by=by,
        ),
        "assessment": take_assessment(person, areas, on=today(), by=by),
    }  # fmt: skip


def _invitations(person: UUID, word: str, by: Viewer) -> dict[str, UUID]:
    """To the evening of the organisation, and to a later one from which it was taken back."""
    made = evening_of(by, word)
    invitation, deleted = (invited(person, date, by=by) for date in (made.date, made.later))
    note_answer(person, invitation, Reply(comes=True, childcare=True, note=f"Kind {word}"), version=1, by=by)
    take_invitation_back(person, deleted, by=by)
    things = {
        "workshop": made.workshop, "date": made.date, "invited": invitation, "deleted_invited": deleted,
    }  # fmt: skip
    mate = mate_of(person, by)
    return things | ({"pairing": pair(person, mate, together=False, note=f"Streit {word}", by=by)} if mate else {})


def _plan(person: UUID, word: str, by: Viewer) -> dict[str, UUID]:
    plan = begin_plan(person, PlanContent(f"Ausbildung {word}", review_on=today()), by=by)

    def item(title: str, kind: str, parent: UUID | None = None) -> UUID:
        content = ItemContent(f"{title} {word}", note=f"Notiz {word}", due_on=today(), who=f"Onkel {word}")
        return add_item(person, kind, content, by=by, plan=plan, parent=parent)

    goal = item("Ziel", "goal")
    step = item("Schritt", "step", goal)
    deleted = item("Gelöschtes Ziel", "goal")
    delete_item(person, deleted, by=by)
    reminder = add_item(person, "task", ItemContent(f"Anrufen {word}", due_on=today()), by=by)
    return {
        "plan": plan, "item": goal, "step": step, "task": item("Aufgabe", "task", step), "reminder": reminder,
        "deleted_item": deleted,
    }  # fmt: skip
