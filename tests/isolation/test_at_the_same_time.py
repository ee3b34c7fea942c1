"""What two organisations do in the same instant: the second waits for the first, and meets what it left.

Nothing here is undone by a test's transaction: two connections meet in rows that are really there.
"""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from uuid import UUID

import pytest
from django.db import connection, connections, transaction
from django.utils import timezone
from pytest_django import DjangoDbBlocker

from tests.isolation.raw import scope_of, value
from tests.people import Account, Cast, agreed
from wegnetz.casework.models import Referral
from wegnetz.casework.services import AlreadyOfferedError, offer_referral
from wegnetz.core.scope import acting_as
from wegnetz.participants.models import Consent, Involvement
from wegnetz.participants.services import NoGroundError, begin_by_consent
from wegnetz.participants.services.consents import store_consent
from wegnetz.programme.selectors import active_pack
from wegnetz.vault.selectors import key_of

BLOCKED_BY_US = "SELECT EXISTS (SELECT 1 FROM pg_locks WHERE pg_backend_pid() = ANY(pg_blocking_pids(pid)))"


@pytest.fixture
def consent(cast: Cast, django_db_blocker: DjangoDbBlocker) -> Iterator[UUID]:
    """Lina's, to be accompanied by B: until the test is over, and not in the audit, which only grows."""
    with django_db_blocker.unblock():
        stored = store_consent(
            cast.lina.id, key_of(cast.lina.id), agreed(cast.bea), pack=active_pack(), by=cast.ilka.viewer
        )
        yield stored.id
        Consent.objects.filter(id=stored.id).delete()


def begin(consent: UUID, by: Account) -> str:
    """Try to accompany, on a connection of its own. Nothing of it stays."""
    try:
        with acting_as(scope_of("b")):
            begin_by_consent(consent, by=by.viewer, on=timezone.localdate())
            connection.rollback()
    except NoGroundError:
        return "refused"
    finally:
        connections.close_all()
    return "begun"


@pytest.mark.parametrize("taken_back", [True, False])
def test_who_begins_while_a_consent_is_taken_back_waits_and_is_refused(
    taken_back: bool, consent: UUID, cast: Cast
) -> None:
    now = timezone.now()
    with ThreadPoolExecutor(1) as threads:
        with transaction.atomic():
            Consent.objects.filter(id=consent).update(
                withdrawn_at=now, withdrawn_on=now.date(), withdrawn_by=cast.ilka.user
            )
            beginning = threads.submit(begin, consent, cast.bea)
            while not (beginning.done() or value(BLOCKED_BY_US)):
                pass
            waited = not beginning.done()
            transaction.set_rollback(not taken_back)
        answer = beginning.result()
    assert (waited, answer) == (True, "refused" if taken_back else "begun")


def send(consent: UUID, person: UUID, by: Account) -> str:
    """Try to send a letter, on a connection of its own. Nothing of it stays."""
    try:
        with acting_as(scope_of("a")):
            offer_referral(person, consent, message="Bitte", by=by.viewer, on=timezone.localdate())
            connection.rollback()
    except AlreadyOfferedError:
        return "refused"
    finally:
        connections.close_all()
    return "sent"


@pytest.mark.parametrize("sent", [True, False])
def test_who_sends_the_same_letter_twice_at_once_is_told(sent: bool, consent: UUID, cast: Cast) -> None:
    own = Involvement.objects.get(person=cast.lina.id, organisation=cast.ilka.viewer.organisation)
    first = Referral(
        person=own.person, organisation=own.organisation, involvement=own, function=own.function, consent_id=consent,
        recipient_id=cast.bea.viewer.organisation, secrecy="open", sent_secrecy="open", box=b"x",
        offered_on=timezone.localdate(), offered_at=timezone.now(), offered_by_id=cast.ilka.user,
    )  # fmt: skip
    with ThreadPoolExecutor(1) as threads:
        with transaction.atomic():
            Involvement.objects.select_for_update().get(id=own.id)
            first.save(force_insert=True)
            sending = threads.submit(send, consent, cast.lina.id, cast.ilka)
            while not (sending.done() or value(BLOCKED_BY_US)):
                pass
            transaction.set_rollback(not sent)
        try:
            answer = sending.result()
        finally:
            Referral.objects.filter(id=first.id).delete()
    assert answer == ("refused" if sent else "sent")
