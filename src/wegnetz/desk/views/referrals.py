"""Letters between organisations: refer with a preview, answer with a reason, and hand somebody to a colleague."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from wegnetz.accounts.selectors import colleagues_of
from wegnetz.casework.openings import Letter
from wegnetz.casework.selectors import (
    Letters,
    about_to_travel,
    agreed_referrals,
    letters_about,
    received_letter,
    received_letters,
    sent_letter,
    sent_letters,
)
from wegnetz.casework.services import (
    AlreadyAcceptedError,
    AlreadyOfferedError,
    NoConsentError,
    Reason,
    StepNotPossibleError,
    accept_referral,
    decline_referral,
    finish_referral,
    offer_referral,
    withdraw_referral,
)
from wegnetz.core.days import working_day
from wegnetz.desk.forms.referrals import ColleagueForm, LetterForm, ReasonForm
from wegnetz.desk.guard import StaffRequest, screen
from wegnetz.desk.letters import letter_line, parts_of, step_lines, travelled_with
from wegnetz.desk.pages import language_name, wording_now
from wegnetz.desk.policies import Policy
from wegnetz.participants.access import SEALED, function_of, secrecy_of
from wegnetz.participants.selectors import OpenPerson, open_person
from wegnetz.participants.services import NoGroundError, NotAColleagueError, hand_to_colleague
from wegnetz.programme.pack.wording import Wording
from wegnetz.rules.referrals import Status

SHOWN = ("consent", "referral", "assessment", "plan")
SEND = "send"


@screen(Policy.WORK)
def arrived(request: StaffRequest) -> HttpResponse:
    """Letters to the viewer's organisation: those that wait, the longest first; then the accepted ones."""
    letters = received_letters(request.viewer, today=working_day(), page=request.GET.get("page", "1"))
    return render(request, "desk/referrals/arrived.html", _by_waiting(letters) | {"tab": "in"})


@screen(Policy.WORK)
def sent(request: StaffRequest) -> HttpResponse:
    """Letters of the viewer's organisation: those without an answer, the longest waiting first; then the others."""
    letters = sent_letters(request.viewer, today=working_day(), page=request.GET.get("page", "1"))
    return render(request, "desk/referrals/sent.html", _by_waiting(letters) | {"tab": "out"})


def _by_waiting(letters: Letters) -> dict[str, object]:
    words = wording_now(get_language())
    lines = [letter_line(each.letter, words, each.waiting) for each in letters.lines]
    waiting = [line for line in lines if line.letter.status == Status.OFFERED and not line.letter.withdrawn]
    return {
        "waiting": waiting, "others": [line for line in lines if line not in waiting],
        "wait": letters.waiting, "page": letters.page,
    }  # fmt: skip


@screen(Policy.WORK)
def about(request: StaffRequest, person_id: UUID) -> HttpResponse:
    """The letters that were sent about one person."""
    words = wording_now(get_language())
    found = open_person(request.viewer, person_id, purpose="referrals", also=("referral",), pack=words.pack)
    lines = [letter_line(letter, words) for letter in letters_about(request.viewer, found)]
    context = {"person": found, "tab": "referrals", "speaks": language_name(found.contact.language), "lines": lines}
    return render(request, "desk/referrals/about.html", context)


@screen(Policy.WORK, "GET", "POST")
def refer(request: StaffRequest, person_id: UUID) -> HttpResponse:
    """Choose a standing consent and write; then see exactly what travels, and send."""
    words = wording_now(get_language())
    found = open_person(request.viewer, person_id, purpose="referral", also=SHOWN, pack=words.pack)
    form = LetterForm(words, agreed_referrals(request.viewer, found), request.POST or None)
    ready = form.is_bound and form.is_valid()
    if request.method == "POST" and ready and SEND in request.POST and _send(request, found, form):
        messages.success(request, _("Die Überweisung ist abgeschickt. Wie sie steht, sehen Sie hier."))
        return redirect("desk:letters-about", person_id)
    ready = ready and not form.errors
    context = {
        "person": found, "tab": "referrals", "speaks": language_name(found.contact.language), "form": form,
        **(_preview(request, found, form, words) if ready else {}),
    }  # fmt: skip
    return render(request, "desk/referrals/refer.html", context, status=422 if form.is_bound and not ready else 200)


def _preview(request: StaffRequest, found: OpenPerson, form: LetterForm, words: Wording) -> dict[str, object]:
    travelling = about_to_travel(request.viewer, found, form.chosen.id, pack=words.pack)
    return {
        "parts": parts_of(travelling, words), "chosen": form.chosen,
        "does": words.text("consents", "functions", form.chosen.function, "name"),
    }  # fmt: skip


def _send(request: StaffRequest, found: OpenPerson, form: LetterForm) -> bool:
    try:
        offer_referral(
            found.id, form.chosen.id, message=form.cleaned_data["message"].strip(),
            hands_over=form.cleaned_data.get("hands_over", False), by=request.viewer, on=working_day(),
        )  # fmt: skip
    except NoConsentError:
        form.add_error(
            "consent", _("Nichts ist abgeschickt: Diese Einwilligung gilt nicht mehr. Bitte fragen Sie die Person neu.")
        )
    except AlreadyOfferedError:
        form.add_error("consent", _("Dort wartet schon eine Überweisung auf Antwort. Nichts ist abgeschickt."))
    except AlreadyAcceptedError:
        form.add_error(
            "consent", _("Nichts ist abgeschickt: Die Stelle hat schon zugesagt und begleitet die Person bereits.")
        )
    else:
        return True
    return False


@screen(Policy.WORK)
def letter_in(request: StaffRequest, referral_id: UUID) -> HttpResponse:
    """A letter that arrived, with what came along and nothing more."""
    words = wording_now(get_language())
    letter = received_letter(request.viewer, referral_id)
    context = _letter(letter, words) | {"parts": parts_of(travelled_with(letter), words)}
    return render(request, "desk/referrals/letter_in.html", context)


def _letter(letter: Letter, words: Wording) -> dict[str, object]:
    return {
        "letter": letter, "line": letter_line(letter, words), "steps": step_lines(letter, words),
        "sealed": letter.secrecy == SEALED,
    }  # fmt: skip


@screen(Policy.WORK)
def letter_out(request: StaffRequest, referral_id: UUID) -> HttpResponse:
    """A letter that was sent: how it stands, and what there is to do next."""
    words = wording_now(get_language())
    letter = sent_letter(request.viewer, referral_id)
    context = _letter(letter, words) | {"parts": parts_of(travelled_with(letter), words)}
    return render(request, "desk/referrals/letter_out.html", context)


@screen(Policy.WORK, "POST")
def accept(request: StaffRequest, referral_id: UUID) -> HttpResponse:
    try:
        person = accept_referral(referral_id, by=request.viewer, on=working_day())
    except (StepNotPossibleError, NoGroundError):
        messages.info(request, _("Nicht angenommen: Die Überweisung steht inzwischen anders."))
        return redirect("desk:letters-in")
    messages.success(request, _accepted(sealed=_works_sealed(request)))
    return redirect("desk:person", person)


def _works_sealed(request: StaffRequest) -> bool:
    return secrecy_of(function_of(request.viewer), wording_now(get_language()).pack) == SEALED


def _accepted(*, sealed: bool) -> str:
    if sealed:
        return _("Angenommen. Sie sind jetzt zuständig. Die andere Stelle erfährt es nur, wenn die Person das erlaubt.")
    return _("Angenommen. Sie sind jetzt zuständig, und die andere Stelle weiß es.")


@screen(Policy.WORK, "GET", "POST")
def decline(request: StaffRequest, referral_id: UUID) -> HttpResponse:
    words = wording_now(get_language())
    letter = received_letter(request.viewer, referral_id)
    reasons, sealed = words.pack.care.decline_reasons, letter.secrecy == SEALED
    form = ReasonForm(words, "decline-reasons", reasons, request.POST or None, sealed=sealed)
    if request.method == "POST" and form.is_valid():
        try:
            decline_referral(referral_id, form.given, by=request.viewer, on=working_day())
        except StepNotPossibleError:
            messages.info(request, _("Nicht abgelehnt: Die Überweisung ist schon beantwortet."))
        else:
            messages.success(request, _declined(sealed=sealed))
        return redirect("desk:letters-in")
    context = _letter(letter, words) | {"form": form, "declines": True}
    return render(request, "desk/referrals/answer.html", context, status=422 if form.is_bound else 200)


def _declined(*, sealed: bool) -> str:
    if sealed:
        return _("Abgelehnt. Ihr Grund bleibt bei Ihrer Organisation.")
    return _("Abgelehnt. Ihr Grund geht an die Stelle zurück, die angefragt hat.")


@screen(Policy.WORK, "GET", "POST")
def finish(request: StaffRequest, referral_id: UUID) -> HttpResponse:
    words = wording_now(get_language())
    letter = received_letter(request.viewer, referral_id)
    outcomes, sealed = words.pack.care.referral_outcomes, letter.secrecy == SEALED
    form = ReasonForm(words, "referral-outcomes", outcomes, request.POST or None, sealed=sealed)
    if request.method == "POST" and form.is_valid():
        try:
            finish_referral(referral_id, form.given, by=request.viewer, on=working_day())
        except StepNotPossibleError:
            messages.info(request, _("Nichts geändert: Die Überweisung ist nicht angenommen oder schon erledigt."))
        else:
            messages.success(request, _("Erledigt. Das Ergebnis ist festgehalten."))
        return redirect("desk:letter-in", referral_id)
    context = _letter(letter, words) | {"form": form, "declines": False}
    return render(request, "desk/referrals/answer.html", context, status=422 if form.is_bound else 200)


@screen(Policy.WORK, "POST")
def take_back(request: StaffRequest, referral_id: UUID) -> HttpResponse:
    try:
        withdraw_referral(referral_id, Reason(), by=request.viewer, on=working_day())
    except StepNotPossibleError:
        messages.info(request, _("Nicht zurückgezogen: Die Überweisung ist schon beantwortet."))
    else:
        messages.success(request, _("Zurückgezogen. Die andere Stelle sieht den Brief nicht mehr."))
    return redirect("desk:letter-out", referral_id)


@screen(Policy.WORK, "GET", "POST")
def hand_on(request: StaffRequest, person_id: UUID) -> HttpResponse:
    """Make a colleague of the same function responsible."""
    found = open_person(request.viewer, person_id, purpose="hand to a colleague")
    colleagues = [each for each in colleagues_of(request.viewer) if each[0] != found.responsible]
    form = ColleagueForm(colleagues, request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            hand_to_colleague(person_id, form.cleaned_data["colleague"], by=request.viewer)
        except NotAColleagueError:
            form.add_error(
                "colleague",
                _("Nichts ist geändert: Diese Person hat die Aufgabe nicht mehr. Bitte wählen Sie jemand anderes."),
            )
        else:
            messages.success(request, _("Weitergegeben. Bitte sprechen Sie kurz mit der Kollegin oder dem Kollegen."))
            return redirect("desk:person", person_id)
    context = {
        "person": found, "form": form, "speaks": language_name(found.contact.language), "alone": not colleagues,
    }  # fmt: skip
    return render(request, "desk/referrals/hand_on.html", context, status=422 if form.is_bound else 200)
