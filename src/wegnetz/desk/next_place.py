"""What to do next about the places of one person, as the first sentence of their page."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from wegnetz.network.openings import Met
from wegnetz.rules.introductions import Stage


def what_next(lines: Sequence[dict[str, Any]], today: date, *, suggests: bool) -> str:
    """About the introduction that is asked about first; empty where something else comes before it.

    `lines` are introductions as the page shows them: "met", and "offer" with its "title". While something suits the
    person (`suggests`), an introduction comes first on its day only.
    """
    going = [line for line in lines if line["met"].due_on]
    first = min(going, key=lambda line: line["met"].due_on, default=None)
    if first is None or (suggests and first["met"].due_on > today):
        return ""
    return _sentence(first["met"]) % {"title": first["offer"]["title"]}


def _sentence(met: Met) -> str:
    match met.stage:
        case Stage.SUGGESTED:
            return _("Besprechen Sie „%(title)s“ mit der Person.")
        case Stage.DISCUSSED:
            return _("„%(title)s“: Fragen Sie, ob der Ort wissen soll, wer kommt, oder ob die Person schon dort war.")
        case Stage.ANNOUNCED:
            return _("Fragen Sie, ob die Person bei „%(title)s“ war.")
        case Stage.VISITED:
            return _("Fragen Sie, wie es bei „%(title)s“ war und ob die Person wieder hingeht.")
        case _:
            return _("Fragen Sie, ob die Person weiter zu „%(title)s“ geht.")
