"""What only a folder can get wrong, and how a fault reads."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from tests.programme.breaking import BLOCKS, PROGRAMME, RATES, SOURCES
from tests.programme.minimal import keep, minimal
from wegnetz.programme.pack.errors import Fault, PackError, shown
from wegnetz.programme.pack.files import MAX_FILE, MAX_FILES, pack_up, read_folder
from wegnetz.programme.pack.reader import build, read_pack, restore_pack


def folder_faults(folder: Path) -> tuple[Fault, ...]:
    with pytest.raises(PackError) as caught:
        read_pack(folder)
    return caught.value.faults


def test_a_pack_in_a_folder_reads_as_its_texts_do(tmp_path: Path) -> None:
    pack = read_pack(keep(tmp_path, minimal()))
    assert (pack.id, pack.version, pack.digest) == ("minimal", "1.0", build(minimal()).digest)
    assert pack.rates[0].versions[0].value == Decimal("37.50")


def test_a_pack_that_was_stored_as_one_text_is_restored_the_same() -> None:
    assert restore_pack(pack_up(minimal())) == build(minimal())


def test_a_version_from_before_packs_had_interests_is_restored() -> None:
    earlier = {name: text for name, text in minimal().items() if not name.endswith("interests.toml")}
    assert restore_pack(pack_up(earlier)).interests == {}


def test_a_byte_order_mark_is_no_part_of_a_text(tmp_path: Path) -> None:
    keep(tmp_path, minimal() | {PROGRAMME: "\ufeff" + minimal()[PROGRAMME]})
    assert read_folder(tmp_path) == minimal()


def test_a_folder_without_a_programme_is_no_pack(tmp_path: Path) -> None:
    expected = Fault(str(tmp_path), "", "no programme.toml", "the folder of a programme pack")
    assert folder_faults(tmp_path) == (expected,)


def test_a_folder_that_does_not_exist_is_no_pack(tmp_path: Path) -> None:
    absent = tmp_path / "absent"
    expected = Fault(str(absent), "", "no programme.toml", "the folder of a programme pack")
    assert folder_faults(absent) == (expected,)


def test_a_path_longer_than_the_system_allows_is_no_pack() -> None:
    path = "x" * 5000
    expected = Fault(shown(path), "", "File name too long", "the folder of a programme pack")
    assert folder_faults(Path(path)) == (expected,)


def test_text_that_is_not_utf_8_is_refused_with_the_byte(tmp_path: Path) -> None:
    keep(tmp_path, minimal())
    (tmp_path / SOURCES).write_bytes('[S1]\ntitle = "Förderung"\n'.encode("latin-1"))
    expected = Fault(SOURCES, "byte 15", "bytes that are no UTF-8", "a text file in UTF-8")
    assert folder_faults(tmp_path) == (expected,)


def test_a_file_of_the_largest_size_is_read_and_one_byte_more_is_refused(tmp_path: Path) -> None:
    room = MAX_FILE - len(minimal()[RATES].encode()) - 1
    keep(tmp_path, minimal() | {RATES: minimal()[RATES] + "#" * room + "\n"})
    assert read_pack(tmp_path).id == "minimal"
    keep(tmp_path, {RATES: minimal()[RATES] + "#" * (room + 1) + "\n"})
    assert folder_faults(tmp_path) == (Fault(RATES, "", "1000001 bytes", "at most 1000000"),)


def test_too_many_files_are_refused(tmp_path: Path) -> None:
    keep(tmp_path, minimal() | {f"examples/{number}.toml": "" for number in range(MAX_FILES)})
    found = f"{MAX_FILES + len(minimal())} files"
    assert folder_faults(tmp_path) == (Fault(str(tmp_path), "", found, "at most 400"),)


def test_a_folder_named_like_a_file_is_refused(tmp_path: Path) -> None:
    (keep(tmp_path, minimal()) / "more.toml").mkdir()
    assert folder_faults(tmp_path) == (Fault("more.toml", "", "Is a directory", "a file that can be read"),)


def test_a_link_that_leads_nowhere_is_refused(tmp_path: Path) -> None:
    (keep(tmp_path, minimal()) / "more.toml").symlink_to("nowhere.toml")
    expected = Fault("more.toml", "", "No such file or directory", "a file that can be read")
    assert folder_faults(tmp_path) == (expected,)


def test_a_file_name_that_cannot_be_shown_is_refused(tmp_path: Path) -> None:
    (keep(tmp_path, minimal()) / "\udcff.toml").touch()
    expected = Fault("'\\udcff.toml'", "", "a file name that cannot be shown", "a file name in UTF-8")
    assert folder_faults(tmp_path) == (expected,)


def test_files_beside_the_format_are_left_alone(tmp_path: Path) -> None:
    keep(tmp_path, minimal() | {"README.md": "# The programme"})
    assert read_pack(tmp_path).digest == build(minimal()).digest


def test_a_fault_reads_as_a_sentence_with_its_place() -> None:
    fault = Fault(BLOCKS, "coaching.number", "'one'", "`int`")
    assert str(fault) == "blocks.toml: coaching.number: found 'one', expected `int`"
    assert str(Fault(BLOCKS, "", "nothing", "text")) == "blocks.toml: found nothing, expected text"


@pytest.mark.parametrize(
    ("value", "text"),
    [(None, "nothing"), ("", "''"), ("x" * 57, f"'{'x' * 57}'"), ("x" * 59, f"'{'x' * 58}…")],
)
def test_a_found_value_is_shown_in_at_most_sixty_letters(value: str | None, text: str) -> None:
    assert shown(value) == text
    assert len(shown(value)) <= 60
