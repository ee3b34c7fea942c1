"""Every way to break a pack names the file, the place, what was found and what was expected."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.programme.minimal import added, changed, keep, minimal
from wegnetz.programme.pack.errors import Fault, PackError, shown
from wegnetz.programme.pack.examples import run_examples
from wegnetz.programme.pack.files import MAX_FILE, MAX_FILES, pack_up, read_folder
from wegnetz.programme.pack.model import ORGANISATION_ROLES
from wegnetz.programme.pack.reader import build, read_pack, restore_pack

PROGRAMME, SOURCES, FACTS = "programme.toml", "sources.toml", "facts.toml"
CRITERIA, BLOCKS, RATES = "criteria.toml", "blocks.toml", "rates.toml"
EXAMPLE, DE, EN = "examples/young.toml", "texts/de/", "texts/en/"
YOUNG = "A young person with a Duldung"
ORDER = "versions must stand in order of their day, each day once, at least one"
EXACT = 'an exact amount in quotes, such as "37.50"'
STATUS_VALUE = 'value = ["duldung", "gestattung"]'
AGES, MONTHS = "[youngest, oldest] in completed years", "months, from 1 to 1200"
CHOICES = "answers out of duldung, gestattung, other"
WORDS = "one of {age}, {fact}, {oldest}, {value}, {youngest}"
A_DAY = "a day that exists, written 2001-12-31 or 2001"


def faults_of(files: Mapping[str, str]) -> tuple[Fault, ...]:
    """What is wrong with a pack, as `wegnetz check-pack` finds it."""
    try:
        return tuple(run_examples(build(files)))
    except PackError as error:
        return error.faults


def test_the_pack_that_the_tests_break_is_sound() -> None:
    assert faults_of(minimal()) == ()


def one(
    name: str, change: tuple[str, str, str], place: str, found: str, expected: str
) -> tuple[str, dict[str, str], tuple[Fault, ...]]:
    """A change in a file that leads to one fault in the same file."""
    return name, changed(change), (Fault(change[0], place, found, expected),)


BROKEN = [
    # programme.toml
    one("missing key", (PROGRAMME, 'version = "1.0"\n', ""), "version", "nothing", "a value"),
    one("unknown key", (PROGRAMME, "municipality", "town"), "town", "an unknown key", "a key of the format"),
    one("wrong type", (PROGRAMME, 'version = "1.0"', "version = 1.0"), "version", "1.0", "`str`"),
    one("a word for a list", (PROGRAMME, '["de", "en"]', '"de"'), "languages", "'de'", "`array`"),
    one(
        "no German",
        (PROGRAMME, '["de", "en"]', '["en"]'),
        "languages",
        "('en',)",
        "de among the languages",
    ),
    one(
        "unknown role",
        (PROGRAMME, 'roles = ["ministry"]', 'roles = ["immigration-authority"]'),
        "organisations.ministry.roles",
        "'immigration-authority'",
        "one of " + ", ".join(sorted(ORGANISATION_ROLES)),
    ),
    one(
        "unknown ministry",
        (PROGRAMME, 'ministries = ["ministry"]', 'ministries = ["nobody"]'),
        "initiatives.start.ministries",
        "'nobody'",
        "an id of organisations",
    ),
    one(
        "retention without source",
        (PROGRAMME, '[retention.status]\nsource = "S1"\n', "[retention.status]\n"),
        "retention.status.source",
        "nothing",
        "a value",
    ),
    one(
        "note missing on unconfirmed",
        (PROGRAMME, 'note = "open-question"\n', ""),
        "retention.status.note",
        "nothing",
        "a note saying what is unconfirmed",
    ),
    one(
        "unknown status",
        (PROGRAMME, '"unconfirmed"', '"perhaps"'),
        "retention.status.status",
        "'perhaps'",
        "one of the words the format allows here",
    ),
    one(
        "retention in words",
        (PROGRAMME, 'status = "unconfirmed"', 'days = "90"\nstatus = "unconfirmed"'),
        "retention.status.days",
        "'90'",
        "`int | null`",
    ),
    one(
        "priority on an unknown criterion",
        (PROGRAMME, 'criterion = "long-stay"', 'criterion = "long"'),
        "priorities[0].criterion",
        "'long'",
        "a criterion of criteria.toml",
    ),
    one(
        "priority for an unknown block",
        (PROGRAMME, 'blocks = ["courses"]', 'blocks = ["course"]'),
        "priorities[0].blocks",
        "'course'",
        "a block of blocks.toml",
    ),
    one(
        "initiative that ends before it starts",
        (PROGRAMME, "value = 2022-12-31", "value = 2019-12-31"),
        "initiatives.start.end[0].value",
        "datetime.date(2019, 12, 31)",
        "a day after the start",
    ),
    one(
        "initiative without a first day",
        (PROGRAMME, "value = 2020-01-01\n", ""),
        "initiatives.start.start.value",
        "nothing",
        "a day",
    ),
    one(
        "syntax error",
        (PROGRAMME, 'id = "minimal"', "id = minimal"),
        "line 1, column 6",
        "Invalid value",
        "valid TOML",
    ),
    one(
        "the same key twice",
        (PROGRAMME, 'version = "1.0"', 'version = "1.0"\nversion = "1.1"'),
        "line 3, column 16",
        "Cannot overwrite a value",
        "valid TOML",
    ),
    (
        "text that does not end",
        added(PROGRAMME, 'x = "'),
        (Fault(PROGRAMME, "end of document", "Unterminated string", "valid TOML"),),
    ),
    # sources.toml
    one("source without title", (SOURCES, 'title = "Guideline"\n', ""), "S1.title", "nothing", "a value"),
    one(
        "unknown way of reading",
        (SOURCES, 'reading = "read"', 'reading = "heard"'),
        "S1.reading",
        "'heard'",
        "read or secondary or memory",
    ),
    one(
        "day that does not exist",
        (SOURCES, "2020-01-01", "2021-02-29"),
        "line 3, column 13",
        "Invalid date or datetime",
        "valid TOML",
    ),
    # facts.toml
    one(
        "unknown kind of question",
        (FACTS, 'kind = "boolean"', 'kind = "number"'),
        "work_ban.kind",
        "'number'",
        "one of the words the format allows here",
    ),
    one(
        "year of a yes-or-no question",
        (FACTS, 'kind = "boolean"', 'kind = "boolean"\nyear_is_enough = true'),
        "work_ban.year_is_enough",
        "true",
        "a date question",
    ),
    one(
        "unknown retention class",
        (FACTS, '"sensitive"\nretention = "status"', '"sensitive"\nretention = "ever"'),
        "residence_status.retention",
        "'ever'",
        "a class of programme.toml, retention",
    ),
    one(
        "unknown sensitivity",
        (FACTS, '"sensitive"', '"secret"'),
        "residence_status.sensitivity",
        "'secret'",
        "personal or sensitive or special",
    ),
    (
        "choice without choices",
        changed((FACTS, 'choices = ["duldung", "gestattung", "other"]\n', "")),
        (Fault(CRITERIA, "status.versions[0].value", "('duldung', 'gestattung')", "answers out of "),),
    ),
    # criteria.toml
    one(
        "unknown kind of criterion",
        (CRITERIA, "age-between", "older-than"),
        "age.kind",
        "'older-than'",
        "one of the words the format allows here",
    ),
    one(
        "unknown question",
        (CRITERIA, 'fact = "birth_date"', 'fact = "birthday"'),
        "age.fact",
        "'birthday'",
        "a question of facts.toml",
    ),
    one(
        "question of a kind that cannot be read",
        (CRITERIA, 'fact = "birth_date"', 'fact = "work_ban"'),
        "age.fact",
        "a boolean question",
        "a date question",
    ),
    one(
        "ages the wrong way round",
        (CRITERIA, "[18, 27]", "[27, 18]"),
        "age.versions[0].value",
        "(27, 18)",
        AGES,
    ),
    one("one age", (CRITERIA, "[18, 27]", "[18]"), "age.versions[0].value", "(18,)", AGES),
    one(
        "ages as fractions",
        (CRITERIA, "[18, 27]", "[18.0, 27]"),
        "age.versions[0].value",
        "(18.0, 27)",
        AGES,
    ),
    one(
        "answer that is no choice",
        (CRITERIA, STATUS_VALUE, 'value = ["duldung", "none"]'),
        "status.versions[0].value",
        "('duldung', 'none')",
        CHOICES,
    ),
    one(
        "empty list of answers",
        (CRITERIA, STATUS_VALUE, "value = []"),
        "status.versions[0].value",
        "()",
        CHOICES,
    ),
    one(
        "lists in a list of answers",
        (CRITERIA, STATUS_VALUE, 'value = [["duldung"]]'),
        "status.versions[0].value",
        "(['duldung'],)",
        CHOICES,
    ),
    one(
        "word for yes or no",
        (CRITERIA, "value = false", 'value = "no"'),
        "may-work.versions[0].value",
        "'no'",
        "true or false",
    ),
    one("no months", (CRITERIA, "value = 6", "value = 0"), "long-stay.versions[0].value", "0", MONTHS),
    one(
        "more months than there are years",
        (CRITERIA, "value = 6", "value = 100000"),
        "long-stay.versions[0].value",
        "100000",
        MONTHS,
    ),
    one(
        "yes for a number",
        (CRITERIA, "value = 6", "value = true"),
        "long-stay.versions[0].value",
        "True",
        MONTHS,
    ),
    one(
        "number without end",
        (CRITERIA, "value = 6", "value = " + "1" * 5000),
        "",
        "a number or a nesting without end",
        "valid TOML",
    ),
    one(
        "list within list without end",
        (CRITERIA, "value = 6", "value = " + "[" * 5000 + "]" * 5000),
        "",
        "a number or a nesting without end",
        "valid TOML",
    ),
    one(
        "key within key without end",
        (CRITERIA, "value = 6", "value." + ".".join("a" * 3000) + " = 6"),
        "long-stay.versions[0].value",
        "a value nested too deeply",
        MONTHS,
    ),
    one(
        "composite with a value",
        (CRITERIA, '[[access.versions]]\nfrom = 2020-01-01\nsource = "S1"\n',
         '[[access.versions]]\nfrom = 2020-01-01\nvalue = true\nsource = "S1"\n'),
        "access.versions[0].value",
        "True",
        "no value",
    ),
    one(
        "unknown part",
        (CRITERIA, '["status", "may-work"]', '["status", "work"]'),
        "access.parts",
        "'work'",
        "a criterion of criteria.toml",
    ),
    one(
        "part that begins after the composite",
        (CRITERIA, "[[status.versions]]\nfrom = 2020-01-01", "[[status.versions]]\nfrom = 2020-01-02"),
        "access.parts",
        "'status'",
        "a part that holds whenever the composite does",
    ),
    one(
        "part that is repealed",
        (CRITERIA, "\n[may-work]\n",
         '[[status.versions]]\nfrom = 2022-01-01\nrepealed = true\nsource = "S1"\n[may-work]\n'),
        "access.parts",
        "'status'",
        "a part that holds whenever the composite does",
    ),
    one(
        "composite that asks for itself",
        (CRITERIA, '["status", "may-work"]', '["status", "access"]'),
        "access -> access",
        "criteria that ask for each other",
        "parts without a circle",
    ),
    one(
        "unknown source",
        (CRITERIA, 'unit = "years"\nsource = "S1"', 'unit = "years"\nsource = "S2"'),
        "age.versions[0].source",
        "'S2'",
        "an id of sources.toml",
    ),
    one(
        "version without a day",
        (CRITERIA, "from = 2020-01-01\nvalue = 6", "value = 6"),
        "long-stay.versions[0].from",
        "nothing",
        "a value",
    ),
    one(
        "version from a time of day",
        (CRITERIA, "from = 2020-01-01\nvalue = 6", "from = 2020-01-01T12:00:00\nvalue = 6"),
        "long-stay.versions[0].from",
        "datetime.datetime(2020, 1, 1, 12, 0)",
        "`date`",
    ),
    one(
        "repealed with a value",
        (CRITERIA, "value = 6", "value = 6\nrepealed = true"),
        "long-stay.versions[0].value",
        "6",
        "no value, since it is repealed",
    ),
    one(
        "one version instead of a list",
        (CRITERIA, "[[long-stay.versions]]", "[long-stay.versions]"),
        "long-stay.versions",
        "{'from': datetime.date(2020, 1, 1), 'value': 6, 'unit': 'mo…",
        "`array`",
    ),
    one(
        "criterion of two sorts",
        (CRITERIA, 'kind = "held-for-at-least"', 'kind = "held-for-at-least"\nparts = ["age"]'),
        "long-stay",
        "a criterion that does not hold together",
        "long-stay: held-for-at-least needs a fact, only",
    ),
    # blocks.toml
    one(
        "unknown initiative",
        (BLOCKS, 'number = 1\ninitiative = "start"', 'number = 1\ninitiative = "finish"'),
        "coaching.initiative",
        "'finish'",
        "an id of initiatives",
    ),
    one(
        "unknown criterion",
        (BLOCKS, 'criterion = "access"', 'criterion = "acces"'),
        "coaching.requirements[1].criterion",
        "'acces'",
        "a criterion of criteria.toml",
    ),
    one(
        "requirement that opens",
        (BLOCKS, '"single-case"', '"open"'),
        "coaching",
        "a block that does not hold together",
        "age: a failed requirement leads to closed or single-case",
    ),
    one(
        "ends out of order",
        (BLOCKS, "from = 2021-06-01", "from = 2019-06-01"),
        "coaching",
        "a block that does not hold together",
        f"coaching, end: {ORDER}",
    ),
    one(
        "end before the start",
        (BLOCKS, "value = 2021-12-31", "value = 2019-12-31"),
        "coaching.end[0].value",
        "datetime.date(2019, 12, 31)",
        "a day after the start",
    ),
    one(
        "end at a time of day",
        (BLOCKS, "value = 2021-12-31", "value = 2021-12-31T23:59:59"),
        "coaching.end[0].value",
        "datetime.datetime(2021, 12, 31, 23, 59, 59)",
        "a day after the start",
    ),
    one(
        "start at a time of day",
        (BLOCKS, "[coaching.start]\nfrom = 2020-01-01\nvalue = 2020-01-01",
         "[coaching.start]\nfrom = 2020-01-01\nvalue = 2020-01-01T00:00:00"),
        "coaching.start.value",
        "datetime.datetime(2020, 1, 1, 0, 0)",
        "a day",
    ),
    one(
        "number in words",
        (BLOCKS, "number = 1", 'number = "one"'),
        "coaching.number",
        "'one'",
        "`int`",
    ),
    (
        "block that is no table",
        minimal() | {BLOCKS: "coaching = 1\n"},
        (Fault(BLOCKS, "coaching", "1", "`object`"),),
    ),
    # rates.toml
    one(
        "amount as a binary fraction",
        (RATES, '"37.50"', "37.50"),
        "course-hour.versions[0].value",
        "37.5",
        EXACT,
    ),
    one(
        "amount with a decimal comma",
        (RATES, '"37.50"', '"37,50"'),
        "course-hour.versions[0].value",
        "'37,50'",
        EXACT,
    ),
    one(
        "amount without end",
        (RATES, '"37.50"', '"Infinity"'),
        "course-hour.versions[0].value",
        "'Infinity'",
        EXACT,
    ),
    one("yes for an amount", (RATES, '"37.50"', "true"), "course-hour.versions[0].value", "True", EXACT),
    one(
        "list of fractions",
        (RATES, '"37.50"', "[37.5]"),
        "course-hour.versions[0].value",
        "[37.5]",
        "a list of words or a list of days",
    ),
    one(
        "confirmed rate without a value",
        (RATES, 'value = "37.50"\n', ""),
        "course-hour.versions[0].value",
        "nothing",
        'a value, or status = "unconfirmed"',
    ),
    one(
        "rate of an unknown block",
        (RATES, 'block = "courses"', 'block = "course"'),
        "course-hour.block",
        "'course'",
        "a block of blocks.toml",
    ),
    one(
        "rates out of order",
        (RATES, "from = 2021-01-01", "from = 2020-01-01"),
        "course-hour",
        "versions out of order, or none",
        "each day once, in order",
    ),
    # texts
    one(
        "text missing in English",
        (EN + "criteria.toml", 'unknown = "Age unknown."\n', ""),
        "age.unknown",
        "nothing",
        "a text",
    ),
    one(
        "text of blanks",
        (DE + "programme.toml", '"A programme."', '"  "'),
        "summary",
        "nothing",
        "a text",
    ),
    one(
        "choice without a label in English",
        (EN + "facts.toml", 'other = "another one"\n', ""),
        "residence_status.choices.other",
        "nothing",
        "a text",
    ),
    one(
        "remark without words in English",
        (EN + "blocks.toml", 'evidence = "Signed."\n', ""),
        "coaching.remarks.evidence",
        "nothing",
        "a text",
    ),
    one(
        "unit without words",
        (EN + "units.toml", 'EUR = "euros"\n', ""),
        "EUR",
        "nothing",
        "the unit in words",
    ),
    one(
        "note without words",
        (DE + "notes.toml", 'open-question = "Nobody has said yet."\n', ""),
        "open-question",
        "nothing",
        "a sentence",
    ),
    one(
        "list for a text",
        (DE + "rates.toml", '"Course hour"', '["Course hour"]'),
        "course-hour.name",
        "nothing",
        "a text",
    ),
    one(
        "unknown placeholder",
        (DE + "criteria.toml", 'met = "Has {fact}."', 'met = "Has {name}."'),
        "status.met",
        "{name}",
        WORDS,
    ),
    one(
        "placeholder without a name",
        (DE + "criteria.toml", 'met = "Has {fact}."', 'met = "Has {}."'),
        "status.met",
        "{}",
        WORDS,
    ),
    one(
        "placeholder that reaches inside",
        (DE + "criteria.toml", 'met = "Has {fact}."', 'met = "Has {fact.__class__}."'),
        "status.met",
        "{fact.__class__}",
        WORDS,
    ),
    one(
        "placeholder with a form",
        (DE + "criteria.toml", 'met = "Has {fact}."', 'met = "Has {fact:d}."'),
        "status.met",
        "{fact:d}",
        WORDS,
    ),
    one(
        "placeholder with a conversion",
        (DE + "criteria.toml", 'met = "Has {fact}."', 'met = "Has {fact!r}."'),
        "status.met",
        "{fact!r}",
        WORDS,
    ),
    one(
        "brace that does not close",
        (DE + "criteria.toml", 'met = "Has {fact}."', 'met = "Has {fact."'),
        "status.met",
        "expected '}' before end of string",
        "placeholders such as {value}",
    ),
    # examples
    one(
        "example with a wrong expectation",
        (EXAMPLE, 'coaching = "open"', 'coaching = "closed"'),
        f"{YOUNG}: coaching",
        "open",
        "closed",
    ),
    one(
        "example with a question too few",
        (EXAMPLE, 'courses = ["work_ban"]', "courses = []"),
        f"{YOUNG}: missing.courses",
        "work_ban",
        "nothing",
    ),
    one(
        "example with a wrong answer of a part",
        (EXAMPLE, 'status = "met"', 'status = "not-met"'),
        f"{YOUNG}: criteria.status",
        "met",
        "not-met",
    ),
    one(
        "example of an unknown block",
        (EXAMPLE, 'coaching = "open"', 'coach = "open"'),
        f"{YOUNG}: expect.coach",
        "'coach'",
        "a block of blocks.toml",
    ),
    one(
        "example of an unknown criterion",
        (EXAMPLE, 'status = "met"', 'statu = "met"'),
        f"{YOUNG}: criteria.statu",
        "'statu'",
        "a criterion",
    ),
    one(
        "example with an unknown question",
        (EXAMPLE, "birth_date =", "birthday ="),
        f"{YOUNG}: facts.birthday",
        "'birthday'",
        "a question of facts.toml",
    ),
    one(
        "example with an answer that does not fit",
        (EXAMPLE, "2000-05-03", '"May 2000"'),
        f"{YOUNG}: facts.birth_date",
        "'May 2000'",
        A_DAY,
    ),
    one(
        "example that expects nothing",
        (EXAMPLE, 'coaching = "open"\ncourses = "missing-facts"\n', ""),
        f"{YOUNG}: expect",
        "nothing",
        "the result of at least one block, or ends, rates or since",
    ),
    one(
        "example with an unknown result",
        (EXAMPLE, '"open"', '"ajar"'),
        "example[0].expect[...]",
        "{'coaching': 'ajar', 'courses': 'missing-facts'}",
        "one of the words the format allows here",
    ),
    one("example without a day", (EXAMPLE, "on = 2021-03-01\n", ""), "example[0].on", "nothing", "a value"),
    (
        "example file with another list",
        added("examples/more.toml", "[[examples]]\nname = 1\n"),
        (Fault("examples/more.toml", "examples", "an unknown key", "a key of the format"),),
    ),
]  # fmt: skip


@pytest.mark.parametrize(("files", "faults"), [case[1:] for case in BROKEN], ids=[case[0] for case in BROKEN])
def test_a_broken_pack_is_refused_with_the_place_to_mend(files: dict[str, str], faults: tuple[Fault, ...]) -> None:
    assert faults_of(files) == faults


def test_criteria_in_a_circle_are_shown_as_the_circle() -> None:
    circle = '[round]\nkind = "not"\nparts = ["access"]\n[[round.versions]]\nfrom = 2020-01-01\nsource = "S1"\n'
    files = changed((CRITERIA, '["status", "may-work"]', '["status", "round"]'))
    faults = faults_of(files | {CRITERIA: files[CRITERIA] + circle})
    assert len(faults) == 1
    assert sorted(set(faults[0].place.split(" -> "))) == ["access", "round"]
    assert faults[0] == Fault(CRITERIA, faults[0].place, "criteria that ask for each other", "parts without a circle")


def test_a_time_of_day_where_a_limit_should_stand_is_refused() -> None:
    early = '[early]\nkind = "before"\nfact = "birth_date"\n[[early.versions]]\nfrom = 2020-01-01\n'
    place, found = "early.versions[0].value", "datetime.datetime(2015, 8, 31, 0, 0)"
    faults = faults_of(added(CRITERIA, early + 'value = 2015-08-31T00:00:00\nsource = "S1"\n'))
    assert faults == (Fault(CRITERIA, place, found, "a day"),)


def test_the_id_of_the_running_time_is_taken() -> None:
    files = {name: re.sub(r"\bmay-work\b", "period", text) for name, text in minimal().items()}
    assert faults_of(files) == (Fault(CRITERIA, "period", "the name of the running time", "another id"),)


def test_criteria_out_of_order_are_refused_where_they_stand_and_where_they_are_used() -> None:
    later = '[[age.versions]]\nfrom = 2019-01-01\nvalue = [18, 27]\nunit = "years"\nsource = "S1"\n[status]\n'
    assert faults_of(changed((CRITERIA, "[status]\n", later))) == (
        Fault(CRITERIA, "age", "a criterion that does not hold together", f"age: {ORDER}"),
        Fault(BLOCKS, "coaching.requirements[0].criterion", "'age'", "a criterion of criteria.toml"),
    )


def test_one_run_shows_the_faults_of_every_file() -> None:
    files = changed(
        (SOURCES, 'reading = "read"', "reading = 1"),
        (FACTS, 'kind = "boolean"', 'kind = "number"'),
        (BLOCKS, "number = 2", "number = 2.0"),
        (RATES, "from = 2021-01-01\n", ""),
    )
    assert faults_of(files) == (
        Fault(SOURCES, "S1.reading", "1", "`str`"),
        Fault(FACTS, "work_ban.kind", "'number'", "one of the words the format allows here"),
        Fault(BLOCKS, "courses.number", "2.0", "`int`"),
        Fault(RATES, "course-hour.versions[1].from", "nothing", "a value"),
    )


def test_a_third_language_needs_every_text_too() -> None:
    faults = faults_of(changed((PROGRAMME, '["de", "en"]', '["de", "en", "ar"]')))
    assert {fault.file.rpartition("/")[0] for fault in faults} == {"texts/ar"}
    german = {fault.place for fault in faults_of({k: v for k, v in minimal().items() if DE not in k})}
    assert {fault.place for fault in faults} == german


@pytest.mark.parametrize("file", [PROGRAMME, FACTS, CRITERIA, BLOCKS])
def test_a_missing_file_is_refused_and_never_a_crash(file: str) -> None:
    faults = faults_of({name: text for name, text in minimal().items() if name != file})
    assert faults
    assert {type(fault) for fault in faults} == {Fault}


@pytest.mark.parametrize("file", sorted(minimal()))
@pytest.mark.parametrize("text", ["\x00", "]", "a = ", "a.b.c = 1", "a = [[[]]]", "[[a]]", "[a]\nb = {c = 1}"])
def test_any_file_may_hold_nonsense_without_a_crash(file: str, text: str) -> None:
    faults = faults_of(minimal() | {file: text})
    assert faults != ()


@given(
    st.sampled_from(sorted(minimal())),
    st.integers(0, 2000),
    st.integers(0, 40),
    st.text("[]{}=\"'.,1-T:\n a", max_size=8),
)
def test_a_pack_with_a_few_letters_changed_is_sound_or_faulty_and_never_a_crash(
    file: str, at: int, length: int, instead: str
) -> None:
    text = minimal()[file]
    at %= len(text)
    faults = faults_of(minimal() | {file: text[:at] + instead + text[at + length :]})
    assert [fault for fault in faults if not (fault.file and fault.found and fault.expected is not None)] == []


# What only a folder can get wrong.


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
