"""The part of the minimal pack that is about the work with people: consents, lists, periods, three languages."""

from __future__ import annotations

from collections.abc import Mapping

from wegnetz.programme.pack.care import LISTS, PERIODS
from wegnetz.programme.pack.model import KEPT
from wegnetz.programme.pack.texts import PLAN_LABELS

_OTHER_CLASSES = tuple(name for name in KEPT if name != "status")
RETENTION = "".join(f'[retention.{name}]\ndays = 30\nafter = "exit"\nsource = "S1"\n\n' for name in _OTHER_CLASSES)
KEPT_TEXTS = "".join(f'{name} = "Thirty days."\n' for name in _OTHER_CLASSES)

CONSENTS = """\
[functions.guiding]
role = "case-manager"
secrecy = "open"
source = "S1"

[functions.listening]
role = "trauma-coach"
secrecy = "sealed"
source = "S1"

[purposes.accompany]
function = "guiding"
categories = ["name", "contact", "plan"]
own = true
source = "S1"
[[purposes.accompany.versions]]
from = 2020-01-01
number = 1
source = "S1"
[[purposes.accompany.versions]]
from = 2021-01-01
number = 2
source = "S1"

[purposes.listening]
function = "listening"
categories = ["name"]
source = "S1"
[[purposes.listening.versions]]
from = 2020-01-01
number = 1
source = "S1"

[purposes.feedback]
function = ""
categories = []
optional = true
source = "S1"
[[purposes.feedback.versions]]
from = 2020-01-01
number = 1
source = "S1"

[duties.public-task]
function = "guiding"
categories = ["name"]
source = "S1"
"""

_IDS: Mapping[str, tuple[str, ...]] = {
    "areas": ("housing", "school"),
    "steps": ("urgent", "unsure", "going", "carrying"),
}


def _list(name: str) -> str:
    ids = ", ".join(f'"{entry}"' for entry in _IDS.get(name, ("other",)))
    content = 'retention = {letter = "document"}' if name == "document-kinds" else f"ids = [{ids}]"
    return f'[{name}]\n{content}\nsource = "S1"\n\n'


def _period(name: str) -> str:
    unit = name.rpartition("-")[2]
    return f'[[{name}]]\nfrom = 2020-01-01\nvalue = 6\nunit = "{unit}"\nsource = "S1"\n\n'


CARE = "".join(map(_period, PERIODS)) + "".join(map(_list, LISTS))

CONSENT_TEXTS = """\
[about]
state = "own"
[functions.guiding]
name = "Guiding"
[functions.listening]
name = "Listening"
[duties.public-task]
name = "Public task"
[purposes.accompany]
name = "Accompanying"
[purposes.accompany.1]
title = "May we accompany you?"
text = "{organisation} writes things down."
[purposes.accompany.2]
title = "May we accompany you?"
text = "{organisation} writes things down.\\nYou decide."
[purposes.listening]
name = "Listening"
[purposes.listening.1]
title = "May {organisation} call you?"
text = "{from} tells {organisation} your name."
[purposes.feedback]
name = "Feedback"
[purposes.feedback.1]
title = "May {organisation} say whether it began?"
text = "{from} then knows."
"""

CARE_TEXTS = "".join(
    f"[{name}]\n" + "".join(f'{entry} = "{entry}"\n' for entry in _IDS.get(name, ("other",)))
    for name in LISTS
    if name != "document-kinds"
) + '[document-kinds]\nletter = "Letter"\n'  # fmt: skip

PLAN_TEXTS = (
    "".join(f'{label} = "{label}"\n' for label in PLAN_LABELS)
    + '[about]\nstate = "own"\n[areas]\nhousing = "Housing"\nschool = "School"\n'
)

# A language of participants only, in which not everything exists.
FARSI: Mapping[str, str] = {
    "texts/fa/consents.toml": """\
[about]
state = "draft"
[purposes.accompany.2]
title = "اجازه داریم همراهت باشیم؟"
text = "{organisation} یادداشت می‌کند.\\nتو تصمیم می‌گیری."
""",
    "texts/fa/plan.toml": """\
goal = "هدف"
[about]
state = "draft"
""",
    "texts/fa/interests.toml": 'graffiti = ["گرافیتی"]\n[about]\nstate = "draft"\n',
}


INTERESTS = """\
[graffiti]
groups = ["art"]
icon = "mdi-spray"
source = "S1"

[stencils]
groups = ["graffiti", "making"]
source = "S1"
"""

INTEREST_TEXTS = """\
graffiti = ["Graffiti", "spraying"]
stencils = ["Stencils"]
[about]
state = "own"
"""


def care_files() -> dict[str, str]:
    """The files by their path."""
    files = {"consents.toml": CONSENTS, "care.toml": CARE, "interests.toml": INTERESTS, **FARSI}
    texts = {"consents": CONSENT_TEXTS, "care": CARE_TEXTS, "plan": PLAN_TEXTS, "interests": INTEREST_TEXTS}
    for language in ("de", "en"):
        files |= {f"texts/{language}/{name}.toml": text for name, text in texts.items()}
    return files
