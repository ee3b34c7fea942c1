"""The smallest sound pack that uses every part of the format, as texts, and ways to change and keep it."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from tests.programme.minimal_care import KEPT_TEXTS, RETENTION, care_files

PROGRAMME = """\
id = "minimal"
version = "1.0"
municipality = "nowhere"
languages = ["de", "en"]
participant_languages = ["de", "en", "fa"]

[initiatives.start]
ministries = ["ministry"]
[initiatives.start.start]
from = 2020-01-01
value = 2020-01-01
source = "S1"
[[initiatives.start.end]]
from = 2020-01-01
value = 2022-12-31
source = "S1"

[organisations.ministry]
name = "Ministry"
roles = ["ministry"]
source = "S1"

[retention.status]
source = "S1"
status = "unconfirmed"
note = "open-question"

{retention}[[priorities]]
id = "long-stay"
criterion = "long-stay"
blocks = ["courses"]
source = "S1"
""".replace("{retention}", RETENTION)

SOURCES = """\
[S1]
title = "Guideline"
published = 2020-01-01
reading = "read"
"""

FACTS = """\
[birth_date]
kind = "date"
year_is_enough = true
retention = "status"

[residence_status]
kind = "choice"
choices = ["duldung", "gestattung", "other"]
sensitivity = "sensitive"
retention = "status"

[work_ban]
kind = "boolean"
retention = "status"
"""

CRITERIA = """\
[age]
kind = "age-between"
fact = "birth_date"
[[age.versions]]
from = 2020-01-01
value = [18, 27]
unit = "years"
source = "S1"

[status]
kind = "one-of"
fact = "residence_status"
[[status.versions]]
from = 2020-01-01
value = ["duldung", "gestattung"]
source = "S1"
place = "No. 1"

[may-work]
kind = "flag"
fact = "work_ban"
[[may-work.versions]]
from = 2020-01-01
value = false
source = "S1"

[long-stay]
kind = "held-for-at-least"
fact = "residence_status"
[[long-stay.versions]]
from = 2020-01-01
value = 6
unit = "months"
source = "S1"

[access]
kind = "any"
parts = ["status", "may-work"]
[[access.versions]]
from = 2020-01-01
source = "S1"
"""

BLOCKS = """\
[coaching]
number = 1
initiative = "start"
[coaching.start]
from = 2020-01-01
value = 2020-01-01
source = "S1"
[[coaching.end]]
from = 2020-01-01
value = 2021-12-31
source = "S1"
[[coaching.end]]
from = 2021-06-01
value = 2022-12-31
source = "S1"
[[coaching.requirements]]
criterion = "age"
otherwise = "single-case"
[[coaching.requirements]]
criterion = "access"
[[coaching.remarks]]
id = "evidence"
source = "S1"

[courses]
number = 2
initiative = "start"
[courses.start]
from = 2020-01-01
value = 2020-01-01
source = "S1"
[[courses.end]]
from = 2020-01-01
value = 2022-12-31
source = "S1"
[[courses.requirements]]
criterion = "may-work"
"""

RATES = """\
[course-hour]
block = "courses"
[[course-hour.versions]]
from = 2020-01-01
value = "37.50"
unit = "EUR"
source = "S1"
[[course-hour.versions]]
from = 2021-01-01
unit = "EUR"
source = "S1"
status = "unconfirmed"
note = "open-question"
"""

EXAMPLES = """\
[[example]]
name = "A young person with a Duldung"
on = 2021-03-01
[example.facts]
birth_date = 2000-05-03
residence_status = "duldung"
[example.expect]
coaching = "open"
courses = "missing-facts"
[example.missing]
courses = ["work_ban"]
[example.criteria]
age = "met"
status = "met"
"""

TEXTS: Mapping[str, str] = {
    "programme": """\
name = "Programme"
summary = "A programme."
[initiatives.start]
name = "Start"
summary = "An initiative."
[organisations]
ministry = "Pays."
[retention]
status = "As long as needed."
{retention}[priorities]
long-stay = "Long stay"
""".replace("{retention}", KEPT_TEXTS),
    "facts": """\
[birth_date]
label = "Birth"
question = "When were you born?"
why = "Age."
[residence_status]
label = "Status"
question = "Which status?"
why = "Access."
[residence_status.choices]
duldung = "Duldung"
gestattung = "Gestattung"
other = "another one"
[work_ban]
label = "Work ban"
question = "Is there a work ban?"
why = "Courses."
""",
    "criteria": """\
[age]
title = "Age"
met = "Is {age}."
not-met = "Is {age}, not {youngest} to {oldest}."
unknown = "Age unknown."
[status]
title = "Status"
met = "Has {fact}."
not-met = "Has {fact}, needs {value}."
unknown = "Status unknown."
[may-work]
title = "May work"
met = "May work."
not-met = "May not work."
unknown = "Unknown."
[long-stay]
title = "Long stay"
met = "{value} months."
not-met = "Less than {value} months."
unknown = "Unknown."
[access]
title = "Access"
met = "Has access."
not-met = "No access."
unknown = "Access unknown."
""",
    "blocks": """\
[coaching]
name = "Coaching"
summary = "Someone at your side."
[coaching.remarks]
evidence = "Signed."
[courses]
name = "Courses"
summary = "German."
""",
    "rates": """\
[course-hour]
name = "Course hour"
""",
    "notes": """\
open-question = "Nobody has said yet."
""",
    "units": """\
years = "years"
months = "months"
EUR = "euros"
weeks = "weeks"
hours = "hours"
""",
}


def minimal() -> dict[str, str]:
    """The files of the pack by their path. A fresh dict at every call."""
    files = {
        "programme.toml": PROGRAMME,
        "sources.toml": SOURCES,
        "facts.toml": FACTS,
        "criteria.toml": CRITERIA,
        "blocks.toml": BLOCKS,
        "rates.toml": RATES,
        "examples/young.toml": EXAMPLES,
        **care_files(),
    }
    for language in ("de", "en"):
        files |= {f"texts/{language}/{name}.toml": text for name, text in TEXTS.items()}
    return files


def without_care() -> dict[str, str]:
    """The pack as it was before the format knew consents and the work with people."""
    files = {name: text for name, text in minimal().items() if name not in care_files()}
    files["programme.toml"] = files["programme.toml"].replace('participant_languages = ["de", "en", "fa"]\n', "")
    return files


def changed(*changes: tuple[str, str, str]) -> dict[str, str]:
    """The pack with texts replaced: (file, found, instead). What is replaced stands there once."""
    files = minimal()
    for file, old, new in changes:
        assert files[file].count(old) == 1, f"{old!r} stands {files[file].count(old)} times in {file}"
        files[file] = files[file].replace(old, new)
    return files


def added(file: str, text: str) -> dict[str, str]:
    """The pack with text added at the end of a file, which may be new."""
    files = minimal()
    files[file] = files.get(file, "") + text
    return files


def keep(folder: Path, files: Mapping[str, str]) -> Path:
    """Write the files below `folder` and return it."""
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return folder


ROOT = Path(__file__).parents[2]
DUESSELDORF = ROOT / "programmes" / "durchstarten-duesseldorf"
