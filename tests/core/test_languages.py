"""What languages are called: by one name everywhere."""

from __future__ import annotations

import pytest
from django.utils.translation import override

from tests.programme.minimal import DUESSELDORF
from wegnetz.core.languages import OWN_NAMES, language_name, name_beside_own
from wegnetz.desk.forms import language_choices
from wegnetz.directory.importing.cells import language
from wegnetz.programme.pack.reader import read_pack


@pytest.mark.parametrize(
    ("code", "reader", "name"),
    [
        ("ar", "de", "Arabisch"), ("fa", "de", "Persisch (Farsi)"), ("fa", "en", "Persian (Farsi)"),
        ("prs", "de", "Dari"), ("kmr", "de", "Kurmandschi"), ("ckb", "en", "Sorani"), ("nl", "de", "Niederländisch"),
        ("fa", "ar", "الفارسية"), ("kmr", "fr", "kurde"), ("de-AT", "de", "Österreichisches Deutsch"),
        ("de-LI", "de", "Deutsch"), ("xqz", "de", "xqz"), ("ar", "xqz", "Arabisch"),
    ],
)  # fmt: skip
def test_a_language_has_a_name_in_others(code: str, reader: str, name: str) -> None:
    assert language_name(code, reader) == name


@pytest.mark.parametrize("reader", ["de", "en"])
def test_no_two_have_the_same_name_and_files_with_it_are_read(reader: str) -> None:
    names = {code: language_name(code, reader) for code in OWN_NAMES}
    assert len(set(names.values())) == len(names)
    assert {code: language(name) for code, name in names.items()} == {code: code for code in names}


def test_on_pages_the_own_name_stands_beside_it() -> None:
    with override("de"):
        assert name_beside_own("fa") == "Persisch (Farsi) · فارسی"
        assert (name_beside_own("de"), name_beside_own("nl"), name_beside_own("")) == ("Deutsch", "", "")
        choices = language_choices()[1:]
    assert dict(choices)["fa"] == "Persisch (Farsi) · فارسی"
    assert [name for _code, name in choices] == sorted(name for _code, name in choices)
    assert {code for code, _name in choices} >= set(read_pack(DUESSELDORF).participant_languages)
