"""Register people, and keep their name and contact up to date."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import date
from uuid import UUID, uuid4

from django.db import IntegrityError, transaction
from django.utils import timezone

from wegnetz.accounts.access import Viewer
from wegnetz.audit.services import record_act
from wegnetz.engines.pseudonyms import pseudonym
from wegnetz.participants.access import FUNCTIONS, may_register
from wegnetz.participants.boxes import Contact, Name
from wegnetz.participants.models import Involvement, Person
from wegnetz.participants.openings import seal_contact, seal_name
from wegnetz.participants.selectors.doors import ConflictError
from wegnetz.participants.services.consents import Asked, store_consent
from wegnetz.participants.services.involvements import NoGroundError
from wegnetz.participants.services.led import RefusedError, led
from wegnetz.programme.pack.model import Pack
from wegnetz.programme.selectors import active_pack
from wegnetz.vault.services import WrongMasterKeyError, check_master_key, create_key

PSEUDONYM_TRIES = 50


def keys_fit() -> bool:
    """Whether the master key is the one that made this keystore; with another, new data would be lost later."""
    try:
        check_master_key()
    except WrongMasterKeyError:
        return False
    return True


@dataclass(frozen=True, slots=True)
class Duty:
    """A recorded duty of the programme pack that stands in the place of a consent."""

    id: str


def register_person(*, name: Name, contact: Contact, ground: Asked | Duty, by: Viewer, on: date) -> UUID:
    """Register a young person under a new pseudonym and a key of their own. Returns the person's id.

    `ground` is why the viewer's organisation may accompany them: the person's consent, or a recorded duty.

    Raises RefusedError when the role does not register people, NoGroundError when the ground opens no door here,
    WrongMasterKeyError when the key does not fit.
    """
    if not may_register(by):
        raise RefusedError
    pack = active_pack()
    _check_ground(ground, by, pack)
    person_id = uuid4()
    # The key is committed first: a key without a person harms nobody, a person without a key is lost.
    key = create_key(person_id)
    with transaction.atomic():
        person = Person(
            id=person_id, organisation_id=by.organisation, led_since=timezone.now(), registered_on=on,
            registered_by_id=by.user,
        )  # fmt: skip
        person.name_box, person.contact_box = seal_name(key, person, name), seal_contact(key, person, contact)
        _save_under_a_new_pseudonym(person)
        consent = store_consent(person_id, key, ground, pack=pack, by=by) if isinstance(ground, Asked) else None
        function = FUNCTIONS[by.role]
        Involvement.objects.create(
            person=person, organisation_id=by.organisation, function=function, consent=consent,
            secrecy=pack.functions[function].secrecy, duty="" if isinstance(ground, Asked) else ground.id,
            responsible_id=by.user, began_on=on,
        )  # fmt: skip
        record_act(by.actor, "register", subjects=[person_id], category="name, contact")
    return person_id


def _check_ground(ground: Asked | Duty, by: Viewer, pack: Pack) -> None:
    if isinstance(ground, Duty):
        duty = pack.duties.get(ground.id)
        if duty is None or duty.function != FUNCTIONS[by.role]:
            raise NoGroundError
        return
    purpose = pack.purposes.get(ground.purpose)
    if purpose is None or not purpose.own or purpose.function != FUNCTIONS[by.role]:
        raise NoGroundError
    if ground.answer != "given" or ground.recipient != by.organisation:
        raise NoGroundError


def _save_under_a_new_pseudonym(person: Person) -> None:
    """Whether a pseudonym is taken only the database knows: most of those who bear one are out of sight."""
    for _ in range(PSEUDONYM_TRIES - 1):
        person.pseudonym = pseudonym(secrets.choice)
        try:
            with transaction.atomic():
                person.save(force_insert=True)
        except IntegrityError:
            continue
        return
    person.save(force_insert=True)


@transaction.atomic
def change_contact(person: UUID, *, name: Name, contact: Contact, version: int, by: Viewer) -> None:
    """Change name and contact. Raises ConflictError when the person changed since `version` was read."""
    row, key = led(by, person, lock=True)
    if row.version != version:
        raise ConflictError
    row.name_box, row.contact_box = seal_name(key, row, name), seal_contact(key, row, contact)
    row.version += 1
    row.save(update_fields=["name_box", "contact_box", "version"])
    record_act(by.actor, "change", subjects=[row.id], category="name, contact")
