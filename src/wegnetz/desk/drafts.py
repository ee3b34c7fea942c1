"""Drafts of long forms: which forms have one, and the page on which each is continued."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.http import Http404, QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _

from wegnetz.accounts.access import Viewer
from wegnetz.casework.selectors import draft_of, has_entry
from wegnetz.casework.services import JOURNAL_FORM, keep_draft
from wegnetz.core.templatetags.ui import clock
from wegnetz.desk.kept import TOKEN
from wegnetz.participants.selectors import OpenPerson

# By the name of a form: the page about the person on which it stands. The form that changes a journal entry has the
# entry's id for a name.
PAGES: Mapping[str, str] = {JOURNAL_FORM: "desk:write-entry"}
# The name of the button that saves a draft, for those without the script that does it by itself.
BUTTON = "draft"
NOT_TYPED = frozenset({"csrfmiddlewaretoken", TOKEN, BUTTON})
MOST_FIELDS = 50


@dataclass(frozen=True, slots=True)
class Continued:
    """A draft that has come back into its form."""

    id: UUID
    at: datetime
    fields: Mapping[str, str]


def continued(viewer: Viewer, person: OpenPerson, form: str) -> Continued | None:
    """What the viewer was typing into a form about the person."""
    found = draft_of(viewer, person, form)
    if found is None:
        return None
    fields, row = found
    return Continued(row.id, row.written_at, fields)


def page_of(viewer: Viewer, person: UUID, form: str) -> str:
    """Where a form is continued. Raises Http404 when there is no such form."""
    if form in PAGES:
        return reverse(PAGES[form], args=[person])
    try:
        entry = UUID(form)
    except ValueError:
        raise Http404 from None
    if not has_entry(viewer, person, entry):
        raise Http404
    return reverse("desk:entry", args=[person, entry])


def typed(sent: QueryDict) -> dict[str, str]:
    """What somebody typed, without what their browser added."""
    names = [name for name in sent if name not in NOT_TYPED and len(name) <= 100]
    return {name: str(sent[name]) for name in names[:MOST_FIELDS]}


def save(viewer: Viewer, person: UUID, form: str, sent: QueryDict) -> str:
    """Keep what is being typed. Returns the sentence that says so."""
    at = keep_draft(person, form, typed(sent), by=viewer)
    return _("Entwurf gespeichert um %(time)s Uhr.") % {"time": clock(at)}
