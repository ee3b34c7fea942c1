"""Consents and releases from secrecy: what stands, asking together, and taking back."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from wegnetz.core.days import working_day
from wegnetz.desk.forms.consents import AnswerForm, QuestionForm, ReleaseForm
from wegnetz.desk.forms.people import CHANNEL_LABELS, channel_choices
from wegnetz.desk.guard import StaffRequest, screen
from wegnetz.desk.pages import ConsentText, language_name, shown_texts, to_read, wording_now
from wegnetz.desk.policies import Policy
from wegnetz.desk.views.closing import what_goes
from wegnetz.participants.selectors import (
    ConsentLine,
    OpenPerson,
    PersonNotFoundError,
    ReleaseLine,
    State,
    consents_of,
    has_door,
    open_person,
    releases_of,
)  # fmt: skip
from wegnetz.participants.services import (
    AlreadyWithdrawnError,
    record_consent,
    record_release,
    withdraw_consent,
    withdraw_release,
)  # fmt: skip
from wegnetz.programme.pack.wording import Wording
from wegnetz.programme.selectors import pack_of
from wegnetz.rules.consents import Channel

BOTH = ("consent", "release from secrecy")


@dataclass(frozen=True, slots=True)
class Shown:
    """An answer with its words: what was asked, and the very text that was shown."""

    line: ConsentLine
    what: str
    whom: str
    optional: bool
    language: str
    channel: str
    withdrawn_channel: str
    texts: tuple[ConsentText, ...]


def _shown(line: ConsentLine, words: Wording) -> Shown:
    purpose = words.pack.purposes.get(line.purpose)
    whom = line.said.about or line.recipient_name
    by = line.recipient_name if line.said.about else line.organisation
    return Shown(
        line, words.text("consents", "purposes", line.purpose, "name"), whom,
        purpose.optional if purpose else False, language_name(line.language), _channel(line.channel),
        _channel(line.withdrawn_channel),
        shown_texts(pack_of(line.pack), line.purpose, line.wording, to=whom, by=by, language=line.language),
    )  # fmt: skip


def _channel(channel: str) -> str:
    return str(CHANNEL_LABELS.get(Channel(channel), "")) if channel else ""


@dataclass(frozen=True, slots=True)
class Spoken:
    """A release with its language and channel in words."""

    line: ReleaseLine
    language: str
    channel: str


@screen(Policy.PEOPLE)
def consents(request: StaffRequest, person_id: UUID) -> HttpResponse:
    words = wording_now(get_language())
    found = open_person(request.viewer, person_id, purpose="consents", also=BOTH, pack=words.pack)
    lines = [_shown(line, words) for line in consents_of(request.viewer, found)]
    releases = [
        Spoken(line, language_name(line.language), _channel(line.channel))
        for line in releases_of(request.viewer, found)
    ]
    context = {
        "person": found, "tab": "consents", "speaks": language_name(found.contact.language),
        "standing": [shown for shown in lines if shown.line.state is State.STANDING],
        "over": [shown for shown in lines if shown.line.state is State.OVER],
        "refused": [shown for shown in lines if shown.line.state is State.REFUSED],
        "earlier": [shown for shown in lines if shown.line.state in {State.WITHDRAWN, State.REPLACED}],
        "releases": [each for each in releases if each.line.stands],
        "former_releases": [each for each in releases if not each.line.stands],
        "channels": channel_choices(),
    }  # fmt: skip
    return render(request, "desk/consents/list.html", context)


@screen(Policy.WORK, "GET", "POST")
def ask(request: StaffRequest, person_id: UUID) -> HttpResponse:
    """Choose the question; then read the text together and note the answer. Nothing of it stands in the address."""
    words, today = wording_now(get_language()), working_day()
    found = open_person(request.viewer, person_id, purpose="ask for consent", also=("consent",), pack=words.pack)
    question = QuestionForm(
        words, request.viewer, request.POST or None, initial={"language": found.contact.language or "de"}
    )  # fmt: skip
    answering = AnswerForm.BUTTON in request.POST
    answer = AnswerForm(request.POST if answering else None, initial={"given_on": today})
    chosen = question.is_bound and question.is_valid()
    if request.method == "POST" and chosen and answering and answer.is_valid():
        record_consent(person_id, answer.asked(question), by=request.viewer)
        messages.success(request, _said(answer))
        return redirect("desk:consents", person_id)
    return _asking(request, found, question, answer)


@screen(Policy.WORK)
def ask_again(request: StaffRequest, person_id: UUID, consent_id: UUID) -> HttpResponse:
    """The question of an earlier answer once more, as far as it can still be asked. Nothing is answered yet."""
    words = wording_now(get_language())
    found = open_person(request.viewer, person_id, purpose="ask for consent", also=("consent",), pack=words.pack)
    line = next((each for each in consents_of(request.viewer, found) if each.id == consent_id), None)
    if line is None:
        raise PersonNotFoundError
    question = QuestionForm.again(words, request.viewer, line)
    return _asking(request, found, question, AnswerForm(initial={"given_on": working_day()}))


def _asking(request: StaffRequest, found: OpenPerson, question: QuestionForm, answer: AnswerForm) -> HttpResponse:
    chosen = question.is_bound and question.is_valid()
    context = {
        "person": found, "question": question, "answer": answer, "tab": "consents",
        "speaks": language_name(found.contact.language), **(_text_to_read(question) if chosen else {}),
    }  # fmt: skip
    failed = (question.is_bound and not chosen) or answer.is_bound
    return render(request, "desk/consents/ask.html", context, status=422 if failed else 200)


def _said(answer: AnswerForm) -> str:
    if answer.data[AnswerForm.BUTTON] == "given":
        return _("Festgehalten: Die Person sagt Ja. Sie kann das jederzeit beenden.")
    # The last sentence stands there whether or not there is such a Yes: from here it is not to be seen.
    return _(
        "Festgehalten: Die Person sagt Nein. Bitte fragen Sie nicht immer wieder. "
        "Ein Ja, das sie woanders gegeben hat, beendet sie dort."
    )


def _text_to_read(question: QuestionForm) -> dict[str, object]:
    """The text in the person's language and in German, and what a No would mean."""
    purpose, name, here = question.purpose, question.place[1], question.viewer.organisation_name
    language = question.cleaned_data["language"]
    texts = to_read(question.words.pack, purpose.id, to=name, by=here, language=language, on=working_day())
    return {**texts, "optional": purpose.optional}


@screen(Policy.WORK)
def end_own(request: StaffRequest, person_id: UUID, consent_id: UUID) -> HttpResponse:
    """What happens when the consent ends on which one's own accompaniment rests, with the button that ends it."""
    words = wording_now(get_language())
    found = open_person(request.viewer, person_id, purpose="end a consent", also=("consent",), pack=words.pack)
    standing = (each for each in consents_of(request.viewer, found) if each.state is State.STANDING and each.carries)
    line = next((each for each in standing if each.id == consent_id), None)
    if line is None:
        raise PersonNotFoundError
    context = {
        "person": found, "tab": "consents", "speaks": language_name(found.contact.language),
        "shown": _shown(line, words), "channels": channel_choices(),
        "going": what_goes(words, found.closed_on or working_day()),
    }  # fmt: skip
    return render(request, "desk/consents/end_own.html", context)


@screen(Policy.WORK, "POST")
def withdraw(request: StaffRequest, person_id: UUID, consent_id: UUID) -> HttpResponse:
    """One button, no reason, at once. The door may be shut behind whoever wrote it down."""
    channel = Channel.IN_PERSON
    if request.POST.get("channel") in {value for value, _label in channel_choices()}:
        channel = Channel(request.POST["channel"])
    try:
        withdraw_consent(person_id, consent_id, channel=channel, on=working_day(), by=request.viewer)
    except AlreadyWithdrawnError:
        messages.info(request, _("Diese Einwilligung gilt schon nicht mehr."))
    else:
        return _ended(request, person_id, consent_id)
    return redirect("desk:consents", person_id) if has_door(request.viewer, person_id) else redirect("desk:people")


def _ended(request: StaffRequest, person_id: UUID, consent_id: UUID) -> HttpResponse:
    """No way back: a Yes counts from when it is said, and meanwhile the door was shut. But a way to ask once more."""
    if not has_door(request.viewer, person_id):
        text = _(
            "Beendet. Das gilt ab sofort, Sie sehen die Person nicht mehr. Soll es später weitergehen, sagt sie bei "
            "einer anderen Stelle wieder Ja, die sie begleitet, oder sie wird neu aufgenommen."
        )
        messages.success(request, text)
        return redirect("desk:people")
    again = reverse("desk:ask-again", args=[person_id, consent_id])
    text = _("Beendet. Das gilt ab sofort. War es ein Versehen, fragen Sie die Person neu.")
    messages.success(request, text, extra_tags=f"again:{again}")
    return redirect("desk:consents", person_id)


@screen(Policy.WORK, "GET", "POST")
def release(request: StaffRequest, person_id: UUID) -> HttpResponse:
    found = open_person(request.viewer, person_id, purpose="release from secrecy", also=("release from secrecy",))
    initial = {"given_on": working_day(), "language": found.contact.language or "de"}
    form = ReleaseForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        record_release(person_id, form.release, by=request.viewer)
        messages.success(request, _("Die Entbindung ist festgehalten. Die Person kann sie jederzeit zurücknehmen."))
        return redirect("desk:consents", person_id)
    context = {"person": found, "form": form, "tab": "consents", "speaks": language_name(found.contact.language)}
    return render(request, "desk/consents/release.html", context, status=422 if form.is_bound else 200)


@screen(Policy.WORK, "POST")
def revoke(request: StaffRequest, person_id: UUID, release_id: UUID) -> HttpResponse:
    try:
        withdraw_release(person_id, release_id, on=working_day(), by=request.viewer)
    except AlreadyWithdrawnError:
        messages.info(request, _("Diese Entbindung gilt schon nicht mehr."))
    else:
        messages.success(request, _("Zurückgenommen. Sagen Sie es bitte auch der Person, die sprechen durfte."))
    return redirect("desk:consents", person_id)
