"""What is told of a workshop by mail or short message, in the person's language.

It names nobody and no organisation, and the subject says nothing of what it is about: others see it on the screen of a
telephone. The link is the person's own.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Final

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from wegnetz.core.calendars import CONTENT_TYPE, FILE_NAME
from wegnetz.core.mails import Attached, Sending, send
from wegnetz.core.messages import send_message
from wegnetz.network.services.news import Letter, send_news
from wegnetz.portal.invitation_words import calendar_of, short, when
from wegnetz.portal.languages import DEFAULT, PUBLIC_LANGUAGES
from wegnetz.rules.news import News
from wegnetz.rules.workshops import Answer

SUBJECTS: Final[Mapping[News, str | Promise]] = {
    News.INVITED: _("Eine Einladung für dich"),
    News.MOVED_UP: _("Du hast jetzt einen Platz"),
    News.CHANGED: _("Dein Termin hat sich geändert"),
    News.CANCELLED: _("Dein Termin fällt aus"),
    News.REMINDED: _("Bald ist dein Termin"),
    News.FEEDBACK: _("Wie war es für dich?"),
}
WITH_A_FILE: Final = frozenset({News.MOVED_UP, News.CHANGED, News.CANCELLED, News.REMINDED})


def send_workshop_news(*, now: datetime) -> int:
    """Returns how many messages went out: none where nobody knows under which address the pages are."""
    return send_news(_tell, now=now) if settings.ADDRESS else 0


def _tell(letter: Letter) -> Sending:
    language = letter.language if letter.language in PUBLIC_LANGUAGES else DEFAULT
    address = settings.ADDRESS + reverse("portal:invitation-link", args=[letter.secret])
    link = address if language == DEFAULT else f"{address}?sprache={language}"
    with override(language):
        subject = str(SUBJECTS[letter.news])
        if not letter.email:
            return send_message("News of a workshop", letter.phone, f"{subject} {short(letter.evening)} {link}")
        text = _text(letter, subject, language, link)
        return send(
            "News of a workshop", letter.email, subject=subject, text=text, attached=_files(letter, language)
        )  # fmt: skip


def _text(letter: Letter, subject: str, language: str, link: str) -> str:
    evening = letter.evening
    context = {
        "subject": subject, "words": evening.said(language), "when": when(evening, language), "place": evening.place,
        "link": link, "asks": letter.answer is Answer.INVITED, "news": str(letter.news),
    }  # fmt: skip
    return render_to_string("portal/invitation/mail.txt", context)


def _files(letter: Letter, language: str) -> list[Attached]:
    if letter.answer is not Answer.COMING or letter.news not in WITH_A_FILE:
        return []
    content = calendar_of(letter.evening, letter.uid, language, now=timezone.now())
    return [Attached(FILE_NAME, content, CONTENT_TYPE.partition(";")[0])]
