"""What two organisations do in the same instant: the second waits for the first, and meets what it left.

Nothing here is undone by a test's transaction: two connections meet in rows that are really there.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier, Event
from typing import Any
from uuid import UUID

import pytest
from django.db import connection, connections, transaction
from django.utils import timezone
from pytest_django import DjangoDbBlocker

from tests.evenings import evenings
from tests.isolation.raw import scope_of, value
from tests.network.answering import secret_of
from tests.network.cohorts import steering
from tests.people import Account, Cast, agreed
from wegnetz.accounts.selectors import hash_of
from wegnetz.casework.models import Referral
from wegnetz.casework.services import AlreadyOfferedError, accept_referral, offer_referral
from wegnetz.core.scope import acting_as
from wegnetz.network.models import Gap, Invitation, Workshop
from wegnetz.network.openings import Liked
from wegnetz.network.services import hand_on_wish, reopen_gap, save_interests
from wegnetz.network.services.answers import answer
from wegnetz.participants.models import Consent, Involvement
from wegnetz.participants.services import NoGroundError, begin_by_consent, withdraw_consent
from wegnetz.participants.services.consents import store_consent
from wegnetz.programme.selectors import active_pack
from wegnetz.rules.consents import Channel
from wegnetz.rules.workshops import Answer
from wegnetz.vault.selectors import key_of

SOMEBODY_WAITS = """SELECT EXISTS (
    SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND cardinality(pg_blocking_pids(pid)) > 0
)"""
BLOCKED_BY_US = "SELECT EXISTS (SELECT 1 FROM pg_locks WHERE pg_backend_pid() = ANY(pg_blocking_pids(pid)))"


@pytest.fixture
def agree(cast: Cast, django_db_blocker: DjangoDbBlocker) -> Iterator[Callable[[], UUID]]:
    """Lina's consents, to be accompanied by B: until the test is over, and not in the audit, which only grows."""
    stored: list[Consent] = []

    def store() -> UUID:
        key, pack = key_of(cast.lina.id), active_pack()
        stored.append(store_consent(cast.lina.id, key, agreed(cast.bea), pack=pack, by=cast.ilka.viewer))
        return stored[-1].id

    with django_db_blocker.unblock():
        yield store
        Consent.objects.filter(id__in=[row.id for row in stored]).delete()


@pytest.fixture
def consent(agree: Callable[[], UUID]) -> UUID:
    return agree()


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
                withdrawn_at=now,
                withdrawn_on=now.date(),
                withdrawn_by=cast.ilka.user,
                withdrawn_in=cast.ilka.viewer.organisation,
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


def letter(consent: UUID, cast: Cast) -> Referral:
    """About Lina, from A to B."""
    own = Involvement.objects.get(person=cast.lina.id, organisation=cast.ilka.viewer.organisation)
    return Referral(
        person=own.person, organisation=own.organisation, involvement=own, function=own.function, consent_id=consent,
        recipient_id=cast.bea.viewer.organisation, secrecy="open", sent_secrecy="open", box=b"x",
        offered_on=timezone.localdate(), offered_at=timezone.now(), offered_by_id=cast.ilka.user,
    )  # fmt: skip


@pytest.mark.parametrize("sent", [True, False])
def test_who_sends_the_same_letter_twice_at_once_is_told(sent: bool, consent: UUID, cast: Cast) -> None:
    first = letter(consent, cast)
    with ThreadPoolExecutor(1) as threads:
        with transaction.atomic():
            Involvement.objects.select_for_update().get(id=first.involvement_id)
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


@pytest.fixture
def accompanied(consent: UUID, cast: Cast) -> Iterator[Involvement]:
    """B accompanies Lina on the consent."""
    agreed_to = Consent.objects.get(id=consent)
    involvement = Involvement.objects.create(
        person=agreed_to.person, organisation=agreed_to.recipient, function=agreed_to.function, secrecy="open",
        consent=agreed_to, began_on=timezone.localdate(),
    )  # fmt: skip
    yield involvement
    involvement.delete()


def test_who_begins_while_a_colleague_begins_on_another_consent_begins_anew(
    agree: Callable[[], UUID], cast: Cast
) -> None:
    first, second = Consent.objects.get(id=agree()), agree()
    begun = Involvement(
        person=first.person, organisation=first.recipient, function=first.function, secrecy="open", consent=first,
        began_on=timezone.localdate(),
    )  # fmt: skip
    with ThreadPoolExecutor(1) as threads:
        with transaction.atomic():
            Consent.objects.select_for_update().get(id=first.id)
            begun.save(force_insert=True)
            beginning = threads.submit(begin, second, cast.bea)
            while not (beginning.done() or value(BLOCKED_BY_US)):
                pass
        try:
            answer = beginning.result()
        finally:
            begun.delete()
    assert answer == "begun"


class Halt:
    """Stands still after the first statement that holds a word, until it may go on."""

    def __init__(self, word: str) -> None:
        self.word, self.reached, self.go_on = word, Event(), Event()

    def __call__(self, execute: Callable[..., Any], sql: str, *arguments: Any) -> Any:
        done = execute(sql, *arguments)
        if self.word in sql and not self.reached.is_set():
            self.reached.set()
            self.go_on.wait()
        return done


def act(halt: Halt, key: str, what: Callable[[], object]) -> str:
    """Do it for an organisation, on a connection of its own that halts in the middle. Nothing of it stays."""
    try:
        with acting_as(scope_of(key)), connection.execute_wrapper(halt):
            what()
            connection.rollback()
    finally:
        connections.close_all()
    return "done"


def both_at_once(*acts: tuple[str, str, Callable[[], object]]) -> list[str]:
    """Two acts, each halted after its first statement with a word, or waiting for the other; then both go on."""
    halts = [Halt(word) for word, _key, _what in acts]
    with ThreadPoolExecutor(2) as threads:
        doing = [threads.submit(act, halt, key, what) for halt, (_word, key, what) in zip(halts, acts, strict=True)]
        while not all(halt.reached.is_set() for halt in halts):
            if value(SOMEBODY_WAITS) or any(each.done() for each in doing):
                break
        for halt in halts:
            halt.go_on.set()
        return [each.result() for each in doing]


def test_two_who_take_back_two_answers_to_one_question_at_once_wait_for_each_other(
    accompanied: Involvement, agree: Callable[[], UUID], cast: Cast
) -> None:
    def take_back(consent: UUID | None, by: Account) -> Callable[[], None]:
        assert consent is not None
        return lambda: withdraw_consent(
            cast.lina.id, consent, channel=Channel.PHONE, on=timezone.localdate(), by=by.viewer
        )

    first, second = take_back(accompanied.consent_id, cast.bea), take_back(agree(), cast.ilka)
    assert both_at_once(("FOR UPDATE", "b", first), ("FOR UPDATE", "a", second)) == ["done", "done"]


def test_who_accepts_while_a_colleague_takes_the_consent_back_waits(
    accompanied: Involvement, agree: Callable[[], UUID], cast: Cast
) -> None:
    first = letter(agree(), cast)
    first.save(force_insert=True)

    def accept() -> None:
        accept_referral(first.id, by=cast.bea.viewer, on=timezone.localdate())

    def take_back() -> None:
        withdraw_consent(
            cast.lina.id, first.consent_id, channel=Channel.PHONE, on=timezone.localdate(), by=cast.bea.viewer
        )

    try:
        assert both_at_once(("advisory", "b", accept), ("FOR UPDATE", "b", take_back)) == ["done", "done"]
    finally:
        first.delete()


def missed(key: str, what: Callable[[], object]) -> list[tuple[str, int]]:
    """Do it for an organisation, on a connection of its own: what is missing then. Nothing of it stays."""
    try:
        with acting_as(scope_of(key)):
            what()
            found = list(Gap.objects.filter(state=Gap.OPEN).values_list("wish", "during"))
            connection.rollback()
    finally:
        connections.close_all()
    return found


@pytest.mark.parametrize("stays", [True, False])
@pytest.mark.parametrize("comes_back", [True, False])
def test_the_same_wish_handed_on_twice_at_once_stands_there_once(
    stays: bool, comes_back: bool, cast: Cast, django_db_blocker: DjangoDbBlocker
) -> None:
    month = timezone.localdate().replace(day=1)

    def hand_on() -> None:
        save_interests(cast.lina.id, Liked({}, ("Kochen",)), by=cast.ilka.viewer)
        hand_on_wish(cast.lina.id, "Kochen", "Kochen", by=cast.ilka.viewer, on=month)

    with django_db_blocker.unblock(), ThreadPoolExecutor(1) as threads:
        closed = Gap.objects.create(wish="Kochen", folded="kochen", month=month, state=Gap.REMOVED)
        try:
            with transaction.atomic():
                Gap.objects.create(wish="KOCHEN", folded="kochen", month=month)
                act = (lambda: reopen_gap(closed.id, by=steering(cast))) if comes_back else hand_on
                doing = threads.submit(missed, "a", act)
                while not (doing.done() or value(BLOCKED_BY_US)):
                    pass
                waited = not doing.done()
                transaction.set_rollback(not stays)
            ((wish, number),) = doing.result()
        finally:
            Gap.objects.filter(wish__iexact="Kochen").delete()
    assert (waited, number) == (True, 1 + stays)
    assert wish == ("KOCHEN" if stays and not comes_back else "Kochen")


@pytest.fixture
def last_seat(cast: Cast, django_db_blocker: DjangoDbBlocker) -> Iterator[tuple[str, str]]:
    """The secrets of two who are invited to the same time of a workshop that has one seat."""
    with django_db_blocker.unblock():
        made = evenings(cast.ilka.viewer, capacity=1)
        yield tuple(secret_of(each.id, made.date, by=cast.ilka.viewer) for each in (cast.yonas, cast.lina))  # type: ignore[misc]
        Invitation.objects.filter(date__workshop=made.workshop).delete()
        Workshop.objects.filter(id=made.workshop).delete()


def test_of_two_who_tap_at_once_for_the_last_seat_exactly_one_gets_it(last_seat: tuple[str, str]) -> None:
    begun = Barrier(2)

    def tap(secret: str) -> Answer:
        begun.wait()
        return answer_apart(secret)

    for _ in range(5):
        with ThreadPoolExecutor(2) as threads:
            assert sorted(threads.map(tap, last_seat)) == [Answer.COMING, Answer.WAITING]
        Invitation.objects.filter(token__in=map(hash_of, last_seat)).update(answer=Answer.INVITED, answered_at=None)


def test_who_taps_for_a_seat_while_somebody_takes_it_waits_and_is_told(last_seat: tuple[str, str]) -> None:
    first, second = last_seat
    with ThreadPoolExecutor(1) as threads:
        with acting_as(scope_of("a")):
            assert answer(first, comes=True, on=timezone.localdate()) == Answer.COMING
            tapping = threads.submit(answer_apart, second)
            while not (tapping.done() or value(BLOCKED_BY_US)):
                pass
            waited = not tapping.done()
        found = tapping.result()
    assert (waited, found) == (True, Answer.WAITING)


def answer_apart(secret: str) -> Answer:
    try:
        return answer(secret, comes=True, on=timezone.localdate())
    finally:
        connections.close_all()
