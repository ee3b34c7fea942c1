"""Drafts of long forms: which forms have one, and the page on which each is continued."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from uuid import UUID

from django.http import Http404, QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _

from wegnetz.accounts.access import Viewer
from wegnetz.casework.openings import OpenDraft
from wegnetz.casework.selectors import has_entry
from wegnetz.casework.services import JOURNAL_FORM, Typing, keep_draft
from wegnetz.core.templatetags.ui import clock
from wegnetz.desk.kept import TOKEN

# By the name of a form: the page about the person on which it stands. The form that changes a journal entry has the
# entry's id for a name.
PAGES: Mapping[str, str] = {JOURNAL_FORM: "desk:write-entry"}
# The name of the button that saves a draft, for those without the script that does it by itself.
BUTTON = "draft"
# What a window is called, and the draft with which its page began.
WINDOW, BEGAN_WITH = "window", "began_with"
NOT_TYPED = frozenset({"csrfmiddlewaretoken", TOKEN, BUTTON, WINDOW, BEGAN_WITH})
MOST_FIELDS = 50
MOST_OF_A_NAME = 40


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


def new_window(draft: OpenDraft | None) -> dict[str, str]:
    """What a form carries unseen when it is shown, filled with the draft or beside it."""
    return {WINDOW: secrets.token_urlsafe(12), BEGAN_WITH: draft.mark if draft else ""}


def typing_of(sent: QueryDict) -> Typing:
    return Typing(sent.get(WINDOW, "")[:MOST_OF_A_NAME], sent.get(BEGAN_WITH, ""))


def save(viewer: Viewer, person: UUID, form: str, sent: QueryDict) -> str:
    """Keep what is being typed. Returns the sentence that says so. Raises DraftChangedError."""
    at = keep_draft(person, form, typed(sent), typing=typing_of(sent), by=viewer)
    return _("Entwurf gespeichert um %(time)s Uhr.") % {"time": clock(at)}
