"""Whatever the code writes into the log has words; a new one without them is found here."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.utils.translation import override

import wegnetz
from tests.casework.test_kill import READING
from tests.company import Company
from tests.people import DB, Cast
from wegnetz.audit.models import Event
from wegnetz.audit.selectors.words import ACTIONS, PURPOSES, RULES, THINGS, sentence
from wegnetz.casework.services.appointments import STATES
from wegnetz.config.retention import KINDS
from wegnetz.participants.access import PROTECTED
from wegnetz.participants.models import Record
from wegnetz.rules.referrals import Status

SOURCES = Path(wegnetz.__file__).parent
WRITES = {"record_act", "record_reading", "open_person", "open_rows", "add_record", "change_record", "_record"}
# What is about members of staff or the log itself: it concerns no participant.
OF_STAFF = {"account", "audit", "calendar link"}


def constants(node: ast.expr, named: dict[str, ast.expr]) -> Iterator[str]:
    """The texts of an argument: itself, those of a tuple, of a name in the module, or of either side of an if."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value
    elif isinstance(node, ast.Tuple):
        for part in node.elts:
            yield from constants(part, named)
    elif isinstance(node, ast.Name) and node.id in named:
        yield from constants(named[node.id], named)
    elif isinstance(node, ast.IfExp):
        yield from constants(node.body, named)
        yield from constants(node.orelse, named)


def words_in(tree: ast.Module) -> Iterator[tuple[str, str]]:
    """Which kind of word, and the word: of all calls in a module that write into the log."""
    named = {
        target.id: node.value
        for node in tree.body
        if isinstance(node, ast.Assign)
        for target in node.targets
        if isinstance(target, ast.Name)
    }
    kinds = {"purpose": "purpose", "category": "category", "also": "category", "act": "action", "action": "action"}
    for call in ast.walk(tree):
        if not (isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.func.id in WRITES):
            continue
        found = [(kinds[k.arg], word) for k in call.keywords if k.arg in kinds for word in constants(k.value, named)]
        if call.func.id in {"record_act", "record_reading"} and len(call.args) > 1:
            found += [("action", word) for word in constants(call.args[1], named)]
        parts = [(kind, part) for kind, word in found for part in (word.split(", ") if kind == "category" else [word])]
        if not {part for _kind, part in parts} & OF_STAFF:
            yield from parts


def written() -> set[tuple[str, str]]:
    found = {word for path in SOURCES.rglob("*.py") for word in words_in(ast.parse(path.read_text()))}
    computed = {
        "action": {*map(str, Status), *STATES, "done", "not done", "dropped"},
        "category": {
            *(table.category for table in Record.__subclasses__()),
            *(kind.name for kind in KINDS),
            f"{PROTECTED}consent",
            f"{PROTECTED}referral",
        },
        "purpose": {"calendar subscription", "referrals sent", "referrals received", "referral sent"},
    }
    return found | {(kind, word) for kind, words in computed.items() for word in words}


KNOWN = {"action": ACTIONS, "category": THINGS, "purpose": PURPOSES}


def without_words(found: set[tuple[str, str]]) -> set[tuple[str, str]]:
    return {(kind, word) for kind, word in found if word and word not in KNOWN[kind]}


def test_every_word_the_code_writes_into_the_log_is_said_in_plain_words() -> None:
    found = written()
    assert len(found) > 80
    assert without_words(found) == set()


def test_a_new_word_is_found() -> None:
    tree = ast.parse('ALSO = ("secrets",)\nrecord_act(a, "sniff", subjects=s, category="name, smell")\n'
                     'open_person(v, p, purpose="out of curiosity", also=ALSO)')  # fmt: skip
    assert without_words(set(words_in(tree))) == {
        ("action", "sniff"), ("category", "smell"), ("category", "secrets"), ("purpose", "out of curiosity"),
    }  # fmt: skip


@DB
def test_all_that_the_company_did_is_said_in_plain_words(cast: Cast, company: Company) -> None:
    events = Event.objects.filter(subjects__isnull=False).values_list("action", "category", "purpose").distinct()
    found = {
        (kind, word)
        for action, category, purpose in events
        if category not in OF_STAFF and not purpose.startswith((RULES, READING))
        for kind, word in (("action", action), ("purpose", purpose), *(("category", c) for c in category.split(", ")))
    }
    assert without_words(found) == set()


def test_a_sentence_names_what_was_done_with_what_and_for_what() -> None:
    with override("de"):
        said = sentence("view", "name, plan", "plan")
        assert (said.done, said.things, said.purpose) == ("hat gelesen", "Name, Plan", "Plan ansehen")
        sealed, opened = sentence("record", "protected consent", ""), sentence("record", "consent", "")
        assert (sealed, opened.done) == (opened, "hat aufgeschrieben")
        assert sentence("break the glass", "break-glass", "").things == ""


@pytest.mark.parametrize(("action", "category", "purpose"), [("unheard of", "of old", "long ago"), ("", "", "")])
def test_what_an_older_version_wrote_shows_nothing_raw(action: str, category: str, purpose: str) -> None:
    with override("de"):
        said = sentence(action, category, purpose)
        assert (said.done, said.things, said.purpose) == ("hat etwas geöffnet", "", "")
