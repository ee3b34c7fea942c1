"""Broken consents, lists, periods and translations, each with the fault it leads to."""

from __future__ import annotations

from tests.programme.breaking import DE, EN, PROGRAMME, Case, one
from tests.programme.minimal import added, changed, minimal
from wegnetz.programme.pack.errors import Fault
from wegnetz.programme.pack.model import READERS

CONSENTS, CARE, FA = "consents.toml", "care.toml", "texts/fa/"
SEALED = "each at most once, out of name, contact"
OPEN = "each at most once, out of name, contact, facts, eligibility, assessment, plan"
TITLE = 'title = "اجازه داریم همراهت باشیم؟"\n'
FIRST = '[[purposes.accompany.versions]]\nfrom = 2020-01-01\nnumber = 1\nsource = "S1"\n'
EMPTY = "a file of its own, even when it is empty"
LISTENING = '[[purposes.listening.versions]]\nfrom = 2020-01-01\nnumber = 1\nsource = "S1"\n'
DUTY = '[duties.public-task]\nfunction = "{}"\n'
GOES_WITHOUT_SAYING = "nothing: where a door opens, it is shown behind it; where nothing is shown, to nobody"
WHOLE = 'a whole number, or status = "unconfirmed"'


def without(file: str) -> dict[str, str]:
    return {name: text for name, text in minimal().items() if name != file}


BROKEN_CARE: list[Case] = [
    # consents.toml
    ("no consents", without(CONSENTS), (Fault(CONSENTS, "", "no such file", EMPTY),)),
    one("unknown key", (CONSENTS, 'secrecy = "open"', 'secret = "open"'), "functions.guiding.secret", "an unknown key",
        "a key of the format"),
    ("unknown group", added(CONSENTS, '[purpose.a]\nfunction = "guiding"\n'),
     (Fault(CONSENTS, "purpose", "an unknown key", "a key of the format"),)),
    one("unknown role", (CONSENTS, '"case-manager"', '"steering"'), "functions.guiding.role", "'steering'",
        f"one of {', '.join(READERS)}"),
    one("unknown secrecy", (CONSENTS, '"open"', '"secret"'), "functions.guiding.secrecy", "'secret'", "open or sealed"),
    one("unknown category", (CONSENTS, '["name", "contact", "plan"]', '["name", "journal"]'),
        "purposes.accompany.categories", "'journal'", OPEN),
    one("category twice", (CONSENTS, '["name", "contact", "plan"]', '["name", "name"]'),
        "purposes.accompany.categories", "'name'", OPEN),
    one("answers for a sealed function", (CONSENTS, '"listening"\ncategories = ["name"]',
        '"listening"\ncategories = ["name", "facts"]'), "purposes.listening.categories", "'facts'", SEALED),
    one("unknown function", (CONSENTS, '[purposes.listening]\nfunction = "listening"',
        '[purposes.listening]\nfunction = "hearing"'), "purposes.listening.function", "'hearing'",
        "a function of consents.toml, or nothing"),
    ("nothing to begin with", changed((CONSENTS, "own = true\n", "")),
     (Fault(CONSENTS, "purposes", "no purpose with own = true", "a consent with which accompanying can begin"),)),
    one("own without a function", (CONSENTS, "optional = true\n", "optional = true\nown = true\n"),
        "purposes.feedback.own", "true", "a function: whoever accompanies does so in one"),
    one("shown nowhere", (CONSENTS, "categories = []\n", 'categories = ["plan"]\n'), "purposes.feedback.shown_to", "''",
        "an open function of consents.toml"),
    one("shown in an unknown function", (CONSENTS, "categories = []\n",
        'categories = ["plan"]\nshown_to = "hearing"\n'), "purposes.feedback.shown_to", "'hearing'",
        "an open function of consents.toml"),
    one("shown in a sealed function", (CONSENTS, "categories = []\n",
        'categories = ["plan"]\nshown_to = "listening"\n'), "purposes.feedback.shown_to", "'listening'",
        "an open function of consents.toml"),
    one("shown elsewhere than behind its door", (CONSENTS, "own = true\n", 'own = true\nshown_to = "listening"\n'),
        "purposes.accompany.shown_to", "'listening'", GOES_WITHOUT_SAYING),
    one("nothing to show and yet shown", (CONSENTS, "optional = true\n", 'optional = true\nshown_to = "guiding"\n'),
        "purposes.feedback.shown_to", "'guiding'", GOES_WITHOUT_SAYING),
    one("no door and yet no choice", (CONSENTS, "optional = true\n", ""), "purposes.feedback.optional", "false",
        "true: what opens no door blocks no service"),
    one("wordings out of order", (CONSENTS, "from = 2021-01-01", "from = 2020-01-01"), "purposes.accompany.versions",
        "versions out of order, or none", "each day once, in order"),
    one("wording without a source", (CONSENTS, LISTENING, LISTENING.replace('source = "S1"\n', "")),
        "purposes.listening.versions[0].source", "nothing", "a value"),
    one("source that does not exist", (CONSENTS, LISTENING, LISTENING.replace("S1", "S9")),
        "purposes.listening.versions[0].source", "'S9'", "an id of sources.toml"),
    one("duty of an unknown function", (CONSENTS, DUTY.format("guiding"), DUTY.format("hearing")),
        "duties.public-task.function", "'hearing'", "an open function of consents.toml"),
    one("duty of a sealed function", (CONSENTS, DUTY.format("guiding"), DUTY.format("listening")),
        "duties.public-task.function", "'listening'", "an open function of consents.toml"),
    # care.toml
    ("no care", without(CARE), (Fault(CARE, "", "no such file", EMPTY),)),
    one("unknown list", (CARE, "[outcomes]", "[results]"), "results", "an unknown key", "a key of the format"),
    one("list without a source", (CARE, '["housing", "school"]\nsource = "S1"\n', '["housing", "school"]\n'),
        "areas.source", "nothing", "a value"),
    one("unconfirmed list without a note", (CARE, '"school"]\n', '"school"]\nstatus = "unconfirmed"\n'), "areas.note",
        "nothing", "a note saying what is unconfirmed"),
    one("id twice", (CARE, '"housing", "school"', '"housing", "school", "school"'), "areas", "'school'",
        "each id once"),
    one("document without a class", (CARE, 'letter = "document"', 'letter = "paper"'),
        "document-kinds.retention.letter", "'paper'", "a class of programme.toml, retention"),
    one("weeks for months", (CARE, '[[follow-up-months]]\nfrom = 2020-01-01\nvalue = 6\nunit = "months"',
        '[[follow-up-months]]\nfrom = 2020-01-01\nvalue = 6\nunit = "weeks"'), "follow-up-months[0].unit", "'weeks'",
        '"months"'),
    one("half a month", (CARE, "[[follow-up-months]]\nfrom = 2020-01-01\nvalue = 6",
        "[[follow-up-months]]\nfrom = 2020-01-01\nvalue = 0.5"), "follow-up-months[0].value", "0.5", WHOLE),
    one("no hour", (CARE, "[[break-glass-hours]]\nfrom = 2020-01-01\nvalue = 6",
        "[[break-glass-hours]]\nfrom = 2020-01-01\nvalue = 0"), "break-glass-hours[0].value", "0", WHOLE),
    one("confirmed and unknown", (CARE, "[[review-weeks]]\nfrom = 2020-01-01\nvalue = 6\n",
        "[[review-weeks]]\nfrom = 2020-01-01\n"), "review-weeks[0].value", "nothing", WHOLE),
    one("unknown event", (PROGRAMME, '[retention.draft]\ndays = 30\nafter = "exit"',
        '[retention.draft]\ndays = 30\nafter = "whenever"'), "retention.draft.after", "'whenever'",
        "enquiry or exit or recorded or statement-submitted"),
    # texts
    one("text missing in English", (EN + CARE, 'carrying = "carrying"\n', ""), "steps.carrying", "nothing", "a text"),
    one("label of the plan missing", (DE + "plan.toml", 'goal = "goal"\n', ""), "goal", "nothing", "a text"),
    one("consent without a text", (EN + CONSENTS, 'text = "{from} then knows."\n', ""), "purposes.feedback.1.text",
        "nothing", "a text"),
    one("text nobody asks for", (FA + "plan.toml", "goal =", "gaol ="), "gaol", "'هدف'", "a text of the format"),
    one("number for a text", (FA + "plan.toml", '"هدف"', "1"), "goal", "1", "a text of the format"),
    one("no state", (FA + "plan.toml", '"draft"', '"perfect"'), "about.state", "none of them",
        "own or draft or checked"),
    one("half a wording", (FA + CONSENTS, TITLE, ""), "purposes.accompany.2", "half of it",
        "a title and a text, or neither"),
    one("placeholder that is never filled", (FA + "plan.toml", '"هدف"', '"{هدف}"'), "goal", "{هدف}", "no placeholder"),
    one("other placeholder", (FA + CONSENTS, "{organisation}", "{from}"), "purposes.accompany.2.text", "{from}",
        "{organisation}, as in German"),
    one("placeholder forgotten", (FA + CONSENTS, "{organisation} ", ""), "purposes.accompany.2.text",
        "no placeholder", "{organisation}, as in German"),
    one("paragraph forgotten", (FA + CONSENTS, "\\n", " "), "purposes.accompany.2.text", "lines: 1",
        "2, as in German"),
    one("no German for participants", (PROGRAMME, '["de", "en", "fa"]', '["en", "fa"]'), "participant_languages",
        "('en', 'fa')", "de among the languages"),
    ("language the programme does not name", added("texts/so/plan.toml", '[about]\nstate = "draft"\n'),
     (Fault("texts/so/plan.toml", "", "a language the programme does not name", "one of programme.toml"),)),
]  # fmt: skip

# Each of these leaves words without a meaning, or a meaning without words, beside the fault shown here.
BROKEN_WITH_TEXTS: list[Case] = [
    one("no wording", (CONSENTS, LISTENING, "versions = []\n"), "purposes.listening.versions",
        "versions out of order, or none", "each day once, in order"),
    one("a wording twice", (CONSENTS, "number = 2", "number = 1"), "purposes.accompany.versions", "a number twice",
        "a number of its own for each wording"),
    one("wording zero", (CONSENTS, FIRST, FIRST.replace("= 1", "= 0")), "purposes.accompany.versions[0].number", "0",
        "a number from 1"),
    one("id with a capital", (CARE, '"housing", "school"', '"housing", "school", "Work"'), "areas", "'Work'",
        "lower case letters and digits, joined by - or _"),
    one("three steps", (CARE, '"urgent", "unsure", ', '"unsure", '), "steps.ids", "3 steps",
        "4, from the most urgent on"),
    one("duty with a capital", (CONSENTS, "[duties.public-task]", "[duties.Public]"), "duties.Public", "'Public'",
        "lower case letters and digits, joined by - or _"),
    one("kind of data that nobody would delete", (PROGRAMME, "[retention.draft]", "[retention.drafts]"),
        "retention.draft", "nothing", "how long such data are kept"),
]  # fmt: skip
