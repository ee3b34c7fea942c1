"""What the list of an evening says, also where there is no network and no server to ask for words."""

from __future__ import annotations

from django.utils.translation import gettext as _

from wegnetz.network.selectors.evenings import Expected
from wegnetz.rules.workshops import Answer


def notes(each: Expected, *, tells_new: bool) -> list[str]:
    """What whoever stands at the door has to know of somebody. Nothing of it says why.

    `tells_new` says whether it tells anything that somebody is there for the first time: not where all are.
    """
    found = {
        _("Fahrkarte mitgeben"): each.ticket,
        _("braucht Kinderbetreuung"): each.childcare,
        _("steht auf der Warteliste"): each.answer is Answer.WAITING,
        _("hat noch nicht geantwortet"): each.answer is Answer.INVITED,
        _("zum ersten Mal da"): each.first_time and tells_new,
        _("zuständig für einen Tisch"): each.leads,
    }
    return [note for note, holds in found.items() if holds]


def script_texts() -> dict[str, str]:
    """For the script of the page. `{n}` is a number of marks, at least two where there is a text for one."""
    return {
        "offline": _("Kein Netz."),
        "offlineNone": _("Tippen Sie einfach weiter: Die Häkchen bleiben verschlüsselt auf diesem Handy."),
        "offlineOne": _(
            "1 Häkchen liegt verschlüsselt auf diesem Handy. Es wird von selbst gesendet, sobald Netz da ist."
        ),
        "offlineMany": _(
            "{n} Häkchen liegen verschlüsselt auf diesem Handy. Sie werden von selbst gesendet, sobald Netz da ist."
        ),
        "goneTitle": _("Mit dem Link lässt sich die Liste gerade nicht öffnen."),
        "goneNone": _("Die Namen sind von diesem Handy gelöscht. Mit einem neuen Link geht es weiter."),
        "goneMany": _(
            "Häkchen, die noch auf diesem Handy liegen: {n}. Öffnen Sie den Link noch einmal. Dann werden sie gesendet."
        ),
        "settledTitle": _("Die Liste ist abgeschlossen."),
        "settledNone": _("Häkchen ändern daran nichts mehr."),
        "settledMany": _("Häkchen, die zu spät kamen: {n}. Sagen Sie es bitte dem Team, das den Workshop plant."),
        "lostTitle": _("Nicht alles passt zur Liste."),
        "lost": _("Häkchen für Menschen, die nicht mehr auf der Liste stehen: {n}. Sagen Sie es bitte dem Team."),
        "brokenTitle": _("Dieses Handy kann gerade nichts speichern."),
        "broken": _("Lassen Sie die Seite offen, bis unten „alles gesendet“ steht."),
        "waiting": _("{n} noch nicht gesendet"),
        "sent": _("alles gesendet"),
        "count": _("{n} von {all}"),
        "guest": _("war nicht angemeldet"),
        "emptyTitle": _("Kein Netz, und auf diesem Handy liegt keine Liste."),
        "empty": _("Öffnen Sie den Link, sobald wieder Netz da ist."),
        "notYet": _(
            "Es ist noch nicht alles gesendet. Warten Sie bitte, bis Netz da ist, und tippen Sie dann noch einmal."
        ),
        "added": _("{name} steht jetzt auf der Liste."),
    }
