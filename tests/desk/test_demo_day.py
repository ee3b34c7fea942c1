"""In the demo all that is kept of the directory goes by its fixed day."""

from __future__ import annotations

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone
from pytest_django import Settings

from tests.desk.mates import colleague
from tests.desk.stands import stands
from tests.people import DB, Cast, sign_in
from wegnetz.accounts.access import Role
from wegnetz.directory.models import ContactPoint, Import, Offer
from wegnetz.directory.selectors.editions import edition
from wegnetz.directory.tasks import forget_imports

pytestmark = DB
FIXED = date(2021, 10, 7)


@pytest.fixture(autouse=True)
def demo(cast: Cast, settings: Settings) -> None:
    settings.DEMO, settings.DEMO_DAY = True, FIXED


def test_what_is_deleted_is_gone_on_it(cast: Cast) -> None:
    host, house = sign_in(colleague(cast, Role.WORKSHOP_HOST)), stands(cast)["of A"]
    host.post(reverse("desk:delete-offer", args=[house.id, house.offer]))
    assert Offer.objects.get(id=house.offer).gone_on == FIXED
    host.post(reverse("desk:delete-point", args=[house.id]))
    assert ContactPoint.objects.get(id=house.id).gone_on == FIXED


def test_what_is_given_away_is_made_on_it() -> None:
    assert timezone.localdate(edition("https://wegnetz.example", "de", []).made_at) == FIXED


def test_a_file_waits_from_it(cast: Cast) -> None:
    file = SimpleUploadedFile("orte.csv", b"Name;Ort\nHalle;Ost\n")
    steering = sign_in(colleague(cast, Role.STEERING))
    steering.post(reverse("desk:imports"), {"name": "Liste", "language": "de", "file": file})
    forget_imports.call()
    assert Import.objects.get().made_on == FIXED
