"""What those who were invited are told outside of the house, where they gave an address for it: each thing once.

That something is told is noted before it goes out. So nobody gets it twice, also with several workers and when one is
stopped in between: what was in its hands then is not told again, and the page of the invitation says it all the same.
What the mail server or the channel refused is taken back, and tried again after an hour.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID, uuid5

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from wegnetz.accounts.selectors import organisation_keys
from wegnetz.audit.services import Actor, record_act
from wegnetz.core.crypto import CannotOpenError
from wegnetz.core.days import working_day
from wegnetz.core.mails import Sending, sends_mails
from wegnetz.core.messages import sends_messages
from wegnetz.core.scope import Scope, acting_as
from wegnetz.network.access import standing_dates, standing_invitations
from wegnetz.network.models import Invitation, WorkshopDate
from wegnetz.network.openings import Invited, invited_content, open_invitation
from wegnetz.network.selectors.own_invitations import Evening, evening_of
from wegnetz.network.services.invitations import fill_up
from wegnetz.network.services.workshops import lock_date
from wegnetz.participants.boxes import Contact, seal_record
from wegnetz.participants.openings import open_contact
from wegnetz.participants.selectors.doors import opens
from wegnetz.programme.pack.model import Pack
from wegnetz.programme.selectors import active_pack
from wegnetz.rules.news import ASKED_FOR, Date, Knows, News, marks_of, news_for
from wegnetz.rules.workshops import Answer
from wegnetz.vault.selectors import keys_of

AGAIN_AFTER: Final = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Letter:
    """One thing that is told to one person. Exactly one of `email` and `phone` is where it goes."""

    news: News
    secret: str
    language: str
    evening: Evening
    uid: UUID
    answer: Answer
    email: str
    phone: str


@dataclass(frozen=True, slots=True)
class _Due:
    row: Invitation
    key: bytes
    invited: Invited
    news: News
    contact: Contact

    def put(self, invited: Invited) -> None:
        """Under the version that stands: nobody's page is out of date because a mail went out."""
        self.row.box = seal_record(self.row, self.key, invited_content(invited))
        self.row.save(update_fields=["box"])


def send_news(tell: Callable[[Letter], Sending], *, now: datetime) -> int:
    """Tell everybody what is new for them. `tell` words it and sends it. `now` is in the time of the place.

    For the system, which acts as each organisation in turn. Returns how many messages went out.
    """
    if not (sends_mails() or sends_messages()):
        return 0
    pack = active_pack()
    return sum(_tell_all(organisation, tell, now, pack) for organisation in organisation_keys())


def _tell_all(organisation: UUID, tell: Callable[[Letter], Sending], now: datetime, pack: Pack) -> int:
    sent = 0
    with acting_as(Scope(organisation=organisation)):
        _fill_all_up(organisation, now)
        waiting = [each.row.id for each in _due(_invitations(organisation, now), now, pack)]
    for invitation in waiting:
        letter = _note(organisation, invitation, now, pack)
        if letter is None:  # somebody answered, or another worker was faster
            continue
        if tell(letter) is Sending.SENT:
            sent += 1
        else:
            _take_back(organisation, invitation, letter.news, now)
    return sent


def _fill_all_up(organisation: UUID, now: datetime) -> None:
    """Also a seat whose holder is not accompanied any more is free, and a workshop may have got more of them."""
    waited_for = standing_invitations(organisation, working_day()).filter(answer=Answer.WAITING)
    dates = standing_dates(organisation).filter(starts_at__gt=now, id__in=waited_for.values("date"))
    for date in list(dates.order_by("id").values_list("id", flat=True)):
        with transaction.atomic():
            fill_up(lock_date(standing_dates(organisation), date))


def _invitations(organisation: UUID, now: datetime) -> QuerySet[Invitation]:
    rows = standing_invitations(organisation, working_day()).filter(date__ends_at__gt=now - ASKED_FOR)
    return rows.select_related("date__workshop", "person", "involvement__consent").order_by("written_at", "id")


def _due(rows: QuerySet[Invitation], now: datetime, pack: Pack) -> Iterator[_Due]:
    """Those who can be told something now. The contact is opened of them alone, and read by nobody."""
    keys = keys_of({row.person_id for row in rows})
    for row in rows:
        key = keys.get(row.person_id)
        try:
            found = _of(row, key, now, pack) if key else None
        except CannotOpenError:  # one broken row must not silence all the others
            continue
        if found:
            yield found


def _of(row: Invitation, key: bytes, now: datetime, pack: Pack) -> _Due | None:
    invited = open_invitation(key, row)
    if invited.failed_at and now < datetime.fromisoformat(invited.failed_at) + AGAIN_AFTER:
        return None
    news = news_for(_knows(row, invited), _date(row.date), now=now)
    # Who accompanies somebody without being permitted to know where to reach them writes to nobody.
    if news is None or not opens(row.involvement, "contact", pack=pack):
        return None
    contact = open_contact(key, row.person)
    return _Due(row, key, invited, news, contact) if any(_ways(contact)) else None


def _ways(contact: Contact) -> tuple[str, str]:
    """To which e-mail address or else to which number. A number with a note may be somebody else's telephone."""
    if contact.email and sends_mails():
        return contact.email, ""
    return "", contact.phone if contact.phone and not contact.note and sends_messages() else ""


def _knows(row: Invitation, invited: Invited) -> Knows:
    return Knows(Answer(row.answer), invited.heard, invited.known, invited.told, row.attended, invited.said)


def _date(row: WorkshopDate) -> Date:
    starts, ends = timezone.localtime(row.starts_at), timezone.localtime(row.ends_at)
    return Date(starts, ends, row.sequence, row.state == WorkshopDate.CANCELLED)


def _note(organisation: UUID, invitation: UUID, now: datetime, pack: Pack) -> Letter | None:
    """Note that it is told, for good, and hand out what to tell."""
    with _locked(organisation, invitation, now) as rows:
        found = next(_due(rows, now, pack), None)
        if found is None:
            return None
        row, marks = found.row, marks_of(found.news, _date(found.row.date), now=now)
        found.put(replace(found.invited, told=(*found.invited.told, *marks), failed_at=""))
        record_act(
            Actor(None, "system", organisation), "tell", subjects=[row.person_id], category="contact, workshops",
            purpose="news of a workshop",
        )  # fmt: skip
        email, phone = _ways(found.contact)
        return Letter(
            found.news, found.invited.secret, found.contact.language, evening_of(row.date),
            uuid5(organisation, str(row.id)), Answer(row.answer), email, phone,
        )  # fmt: skip


def _take_back(organisation: UUID, invitation: UUID, news: News, now: datetime) -> None:
    with _locked(organisation, invitation, now) as rows:
        row = rows.first()
        key = keys_of([row.person_id]).get(row.person_id) if row else None
        if row is None or key is None:
            return
        invited, marks = open_invitation(key, row), marks_of(news, _date(row.date), now=now)
        told = tuple(mark for mark in invited.told if mark not in marks)
        box = seal_record(row, key, invited_content(replace(invited, told=told, failed_at=now.isoformat())))
        row.box = box
        row.save(update_fields=["box"])


@contextmanager
def _locked(organisation: UUID, invitation: UUID, now: datetime) -> Iterator[QuerySet[Invitation]]:
    with acting_as(Scope(organisation=organisation)), transaction.atomic():
        yield _invitations(organisation, now).select_for_update(of=("self",)).filter(id=invitation)
