"""Versions of the programme: one in force, all kept."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.db import IntegrityError, transaction

from tests.people import DB, Cast
from tests.programme.minimal import DUESSELDORF, changed, keep, minimal
from tests.programme_app.packs import newer, stricter
from wegnetz.programme.models import PackVersion
from wegnetz.programme.pack.errors import PackError
from wegnetz.programme.selectors import active_pack, active_version, loaded_versions, pack_of
from wegnetz.programme.services import VersionTakenError, put_in_force, read_candidate

pytestmark = DB


def test_the_newer_version_decides_and_the_older_stays(cast: Cast, tmp_path: Path) -> None:
    before = active_version()
    after = put_in_force(read_candidate(stricter(tmp_path)))
    assert (active_version(), active_pack().version) == (after, "test-1")
    assert pack_of(before).version == read_candidate(DUESSELDORF).pack.version
    assert [(version.id, version.in_force) for version in loaded_versions()] == [(after, True), (before, False)]


def test_the_same_version_twice_changes_nothing(cast: Cast) -> None:
    before = active_version()
    assert put_in_force(read_candidate(DUESSELDORF)) == before
    assert len(loaded_versions()) == 1


def test_an_earlier_version_can_be_put_back_in_force(cast: Cast, tmp_path: Path) -> None:
    before = active_version()
    put_in_force(read_candidate(stricter(tmp_path)))
    assert put_in_force(read_candidate(DUESSELDORF)) == before == active_version()
    assert len(loaded_versions()) == 2


def test_a_version_number_is_used_once(cast: Cast, tmp_path: Path) -> None:
    put_in_force(read_candidate(stricter(tmp_path / "one")))
    with pytest.raises(VersionTakenError) as refusal:
        read_candidate(newer(tmp_path / "other", "test-1"))
    assert (refusal.value.pack, refusal.value.version) == (active_pack().id, "test-1")


def test_a_pack_that_fails_its_examples_is_no_candidate(cast: Cast, tmp_path: Path) -> None:
    wrong = changed(("examples/young.toml", 'coaching = "open"', 'coaching = "closed"'))
    with pytest.raises(PackError):
        read_candidate(keep(tmp_path, wrong))
    assert len(loaded_versions()) == 1


def test_what_is_stored_reads_back_as_it_was_loaded(cast: Cast, tmp_path: Path) -> None:
    candidate = read_candidate(keep(tmp_path, minimal()))
    stored = put_in_force(candidate)
    pack_of.cache_clear()
    assert (pack_of(stored).digest, pack_of(stored).rulebook) == (candidate.pack.digest, candidate.pack.rulebook)


def test_the_database_allows_one_version_in_force(cast: Cast) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        PackVersion.objects.create(pack="other", version="1", digest="0" * 64, text="{}", in_force=True)
