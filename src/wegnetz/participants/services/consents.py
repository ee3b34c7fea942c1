"""Ask, write down and take back consents and releases from secrecy. Taking back is as easy as giving."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from wegnetz.accounts.access import Viewer
from wegnetz.audit.services import record_act
from wegnetz.core.boxes import seal_json
from wegnetz.core.errors import DomainError
from wegnetz.core.scope import EVERYTHING, acting_as
from wegnetz.participants.access import (
    FUNCTIONS,
    SEALED,
    consents_in_scope,
    logged_as,
    releases_in_scope,
    secrecy_of,
    stands_for,
)
from wegnetz.participants.models import Consent, SecrecyRelease
from wegnetz.participants.openings import open_consent, place_of_consent, place_of_release
from wegnetz.participants.selectors.doors import PersonNotFoundError
from wegnetz.participants.services.answers import lock_answers
from wegnetz.participants.services.led import accompanied
from wegnetz.programme.pack.model import Pack, Purpose, number_on
from wegnetz.programme.selectors import active_pack, active_version
from wegnetz.rules.consents import Answer, Channel, asked_again_on


class UnknownPurposeError(DomainError):
    """The programme in force knows no such purpose."""


class AlreadyWithdrawnError(DomainError):
    """The consent was taken back before."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A question a person answered: may `recipient` see what `purpose` names? The text was shown in `language`.

    `about` is the name of another organisation that the text speaks of, such as the one that may give feedback.
    """

    purpose: str
    recipient: UUID
    answer: Answer
    language: str
    channel: Channel
    given_on: date
    given_by: str = ""
    witness: str = ""
    until: date | None = None
    about: str = ""


@dataclass(frozen=True, slots=True)
class Release:
    """Whom a person releases from professional secrecy, towards whom, and for what matter."""

    professional: str
    profession: str
    towards: str
    matter: str
    language: str
    channel: Channel
    given_on: date
    until: date | None = None


@transaction.atomic
def record_consent(person: UUID, asked: Asked, *, by: Viewer) -> UUID:
    """Write down what a person answered. A refusal is written down too, so that nobody asks again and again.

    A newer answer to the same question takes the place of the one that stands. A No also ends a Yes that a colleague
    had been told in the same function, and of which the writer must not know: to the person, they are one.
    Raises UnknownPurposeError.
    """
    door, _involvement, key = accompanied(by, person)
    told_here = Consent.objects.filter(organisation=by.organisation, asked_in=FUNCTIONS[by.role])
    standing = (consents_in_scope(by) | told_here).filter(
        person=person, purpose=asked.purpose, recipient=asked.recipient, answer=Answer.GIVEN,
        withdrawn_at__isnull=True,
    )  # fmt: skip
    if asked.answer is Answer.REFUSED:
        for consent in _about(asked.about, lock_answers(standing), key):
            _withdraw(consent, on=asked.given_on, channel=asked.channel, by=by)
    stored = store_consent(door.person.id, key, asked, pack=active_pack(), by=by)
    record_act(by.actor, "record", subjects=[person], category=_logged(stored))
    return stored.id


def store_consent(person: UUID, key: bytes, asked: Asked, *, pack: Pack, by: Viewer) -> Consent:
    """Seal and save an answer; scope and audit are the caller's. Raises UnknownPurposeError."""
    purpose = pack.purposes.get(asked.purpose)
    if purpose is None:
        raise UnknownPurposeError(asked.purpose)
    months = number_on(pack.care.consent_months, asked.given_on)
    consent = Consent(
        person_id=person, organisation_id=by.organisation, asked_in=FUNCTIONS[by.role],
        asked_secrecy=secrecy_of(FUNCTIONS[by.role], pack), recipient_id=asked.recipient, purpose=purpose.id,
        function=purpose.function, shown_to=purpose.function or purpose.shown_to, secrecy=_secrecy(purpose, pack),
        answer=asked.answer,
        pack_id=active_version(), wording=purpose.wording_on(asked.given_on), language=asked.language,
        channel=asked.channel, given_on=asked.given_on, until=asked.until or asked_again_on(asked.given_on, months),
        recorded_at=timezone.now(), recorded_by_id=by.user,
    )  # fmt: skip
    content = {"given_by": asked.given_by, "witness": asked.witness, "about": asked.about}
    consent.box = seal_json(key, content, place_of_consent(consent))
    consent.save(force_insert=True)
    return consent


def _secrecy(purpose: Purpose, pack: Pack) -> str:
    """As secret as the work it is for. What opens no door and shows nothing only lets a sealed organisation speak."""
    if card := pack.functions.get(purpose.function):
        return card.secrecy
    return "open" if purpose.categories else SEALED


@transaction.atomic
def withdraw_consent(person: UUID, consent: UUID, *, channel: Channel, on: date, by: Viewer) -> None:
    """Take a consent back. What it opened is shut from the next request on; no reason is asked for.

    Anybody who accompanies the person and knows of the consent writes it down. Raises AlreadyWithdrawnError.
    """
    *_way, key = accompanied(by, person)
    found = consents_in_scope(by).filter(person=person, id=consent, answer=Answer.GIVEN).first()
    if found is None:
        raise PersonNotFoundError
    # Also those of which the viewer must not know: what the person takes back opens no door any more.
    with acting_as(EVERYTHING):
        answers = _answers_like(found, key)
    if not consents_in_scope(by).filter(stands_for(by, on), id=consent).exists():
        raise AlreadyWithdrawnError
    with acting_as(EVERYTHING):
        for answer in answers:
            _withdraw(answer, on=on, channel=channel, by=by)


def _answers_like(consent: Consent, key: bytes) -> list[Consent]:
    """The answer, and every other Yes to the same question that stands: a door may rest on an earlier one."""
    same = Consent.objects.filter(
        Q(withdrawn_at__isnull=True) | Q(id=consent.id), person=consent.person_id, purpose=consent.purpose,
        recipient=consent.recipient_id, answer=Answer.GIVEN,
    )  # fmt: skip
    return _about(open_consent(key, consent).about, lock_answers(same), key)


def _about(whom: str, answers: Iterable[Consent], key: bytes) -> list[Consent]:
    """Those of the answers whose text named the same organisation besides the recipient, or none."""
    return [answer for answer in answers if open_consent(key, answer).about == whom]


def _withdraw(consent: Consent, *, on: date, channel: Channel, by: Viewer) -> None:
    consent.withdrawn_on, consent.withdrawn_at = on, timezone.now()
    consent.withdrawn_by_id, consent.withdrawn_in_id, consent.withdrawn_channel = by.user, by.organisation, channel
    consent.save(update_fields=["withdrawn_on", "withdrawn_at", "withdrawn_by", "withdrawn_in", "withdrawn_channel"])
    record_act(by.actor, "withdraw", subjects=[consent.person_id], category=_logged(consent))


def _logged(consent: Consent) -> str:
    return logged_as("consent", consent.secrecy, consent.asked_secrecy)


@transaction.atomic
def record_release(person: UUID, release: Release, *, by: Viewer) -> UUID:
    """Write down a release from professional secrecy."""
    door, _involvement, key = accompanied(by, person)
    row = SecrecyRelease(
        person=door.person, organisation_id=by.organisation, function=FUNCTIONS[by.role], given_on=release.given_on,
        until=release.until, language=release.language, channel=release.channel, recorded_at=timezone.now(),
        recorded_by_id=by.user,
    )  # fmt: skip
    content = {
        "professional": release.professional, "profession": release.profession,
        "towards": release.towards, "matter": release.matter,
    }  # fmt: skip
    row.box = seal_json(key, content, place_of_release(row))
    row.save(force_insert=True)
    record_act(by.actor, "record", subjects=[person], category="release from secrecy")
    return row.id


@transaction.atomic
def withdraw_release(person: UUID, release: UUID, *, on: date, by: Viewer) -> None:
    """Take a release back, in the function in which it was written down. Raises AlreadyWithdrawnError."""
    accompanied(by, person)
    found = releases_in_scope(by).select_for_update().filter(person=person, id=release).first()
    if found is None:
        raise PersonNotFoundError
    if found.withdrawn_on is not None:
        raise AlreadyWithdrawnError
    found.withdrawn_on = on
    found.save(update_fields=["withdrawn_on"])
    record_act(by.actor, "withdraw", subjects=[person], category="release from secrecy")
