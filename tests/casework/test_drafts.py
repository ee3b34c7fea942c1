"""Drafts are their writer's alone, in the role in which they type."""

from __future__ import annotations

from dataclasses import replace

from django.utils import timezone

from tests.people import DB, Cast, agreed
from wegnetz.accounts.access import Role, Viewer
from wegnetz.casework.selectors import draft_of
from wegnetz.casework.services import JOURNAL_FORM, keep_draft
from wegnetz.participants.selectors import open_person
from wegnetz.participants.services import begin_by_consent, record_consent

pytestmark = DB


def typed(viewer: Viewer, cast: Cast) -> str:
    found = draft_of(viewer, open_person(viewer, cast.yonas.id, purpose="test"), JOURNAL_FORM)
    return found.fields["text"] if found else ""


def test_somebody_with_two_roles_types_in_both_at_the_same_time(cast: Cast) -> None:
    manager = cast.ilka.viewer
    coach = replace(manager, role=Role.COACH)
    consent = record_consent(cast.yonas.id, agreed(cast.ilka, "coaching"), by=manager)
    begin_by_consent(consent, by=coach, on=timezone.localdate())
    for viewer, text in ((manager, "als Teilhabemanagerin"), (coach, "als Coach"), (manager, "und weiter")):
        keep_draft(cast.yonas.id, JOURNAL_FORM, {"text": text}, by=viewer)
    assert (typed(manager, cast), typed(coach, cast)) == ("und weiter", "als Coach")


def test_a_colleague_who_accompanies_the_same_person_sees_no_draft_of_others(cast: Cast) -> None:
    keep_draft(cast.yonas.id, JOURNAL_FORM, {"text": "noch nicht fertig"}, by=cast.ilka.viewer)
    assert typed(replace(cast.ilka.viewer, user=cast.unprotected.user), cast) == ""
