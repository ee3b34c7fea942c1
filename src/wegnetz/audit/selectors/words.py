"""What the log says, in plain words: for staff at the desk, and for the person whose log it is.

Every action, category and purpose that the code writes has its words here; a test looks for those that have none.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext, gettext_lazy

Words = Mapping[str, str | Promise]

# Who acts without an account, with a link of their own. All others are roles of staff, and named there.
CONTACT_POINT = "contact-point"
PERSON = "person"  # answers an invitation
PARTICIPANT = "participant"  # has their own map open
EVENING = "evening"
ACTORS: Words = {
    CONTACT_POINT: gettext_lazy("Der Ort, an dem die Person angekündigt ist"),
    PERSON: gettext_lazy("Die Person selbst, oder wer ihren Link hat"),
    PARTICIPANT: gettext_lazy("Die Person selbst, oder wer ihren Link hat"),
    EVENING: gettext_lazy("Wer den Workshop leitet, mit dem Link zur Liste"),
}

# What somebody did, as the part of a sentence before the colon and the things.
ACTIONS: Words = {
    "view": gettext_lazy("hat gelesen"),
    "list": gettext_lazy("hat in einer Liste gesehen"),
    "search": gettext_lazy("hat nach einem Namen gesucht und dabei gesehen"),
    "export": gettext_lazy("hat in einer Datei heruntergeladen"),
    "open": gettext_lazy("hat zum Lesen geöffnet"),
    "register": gettext_lazy("hat neu aufgenommen"),
    "record": gettext_lazy("hat aufgeschrieben"),
    "write": gettext_lazy("hat aufgeschrieben"),
    "begin": gettext_lazy("hat begonnen"),
    "change": gettext_lazy("hat geändert"),
    "move": gettext_lazy("hat die Reihenfolge geändert"),
    "retract": gettext_lazy("hat zurückgenommen"),
    "restore": gettext_lazy("hat wiederhergestellt"),
    "delete": gettext_lazy("hat gelöscht"),
    "erase": gettext_lazy("hat alles unlesbar gemacht"),
    "decide": gettext_lazy("hat geprüft und festgehalten"),
    "decide single case": gettext_lazy("hat im Einzelfall entschieden"),
    "evaluate": gettext_lazy("hat mit neuen Regeln geprüft"),
    "review": gettext_lazy("hat angesehen, was neue Regeln ändern"),
    "withdraw": gettext_lazy("hat die Rücknahme aufgeschrieben"),
    "take the lead": gettext_lazy("hat die Fallführung übernommen"),
    "hand to colleague": gettext_lazy("hat im Team weitergegeben"),
    "take over in the team": gettext_lazy("hat im Team übernommen"),
    "close": gettext_lazy("hat abgeschlossen"),
    "reopen": gettext_lazy("hat wieder aufgenommen"),
    "end": gettext_lazy("hat beendet"),
    "follow up": gettext_lazy("hat nachgefragt und aufgeschrieben"),
    "keep": gettext_lazy("hat abgelegt"),
    "assess": gettext_lazy("hat gemeinsam aufgeschrieben"),
    "plan": gettext_lazy("hat gemeinsam aufgeschrieben"),
    "done": gettext_lazy("hat als erledigt vermerkt"),
    "not done": gettext_lazy("hat als noch nicht erledigt vermerkt"),
    "dropped": gettext_lazy("hat vermerkt, dass es entfällt"),
    "planned": gettext_lazy("hat wieder ausgemacht"),
    "kept": gettext_lazy("hat vermerkt, dass es stattgefunden hat"),
    "missed": gettext_lazy("hat vermerkt, dass es nicht stattgefunden hat"),
    "cancelled": gettext_lazy("hat abgesagt"),
    "offered": gettext_lazy("hat abgeschickt"),
    "accepted": gettext_lazy("hat angenommen"),
    "declined": gettext_lazy("hat abgelehnt"),
    "withdrawn": gettext_lazy("hat zurückgezogen"),
    "ask to break the glass": gettext_lazy("hat um eine Notfall-Einsicht gebeten"),
    "break the glass": gettext_lazy("hat einer Notfall-Einsicht zugestimmt"),
    "refuse to break the glass": gettext_lazy("hat eine Notfall-Einsicht abgelehnt"),
    "close the glass": gettext_lazy("hat eine Notfall-Einsicht beendet"),
    "tell the person": gettext_lazy("hat über eine Notfall-Einsicht informiert"),
    "set": gettext_lazy("hat eingerichtet"),
    "lift": gettext_lazy("hat aufgehoben"),
    "confirm": gettext_lazy("hat bestätigt"),
    "hand on": gettext_lazy("hat weitergegeben"),
    "import": gettext_lazy("hat aus einer Datei übernommen"),
    "announce": gettext_lazy("hat beim Ort angekündigt"),
    "tell": gettext_lazy("hat eine Nachricht geschickt"),
    "make": gettext_lazy("hat erzeugt"),
    "revoke": gettext_lazy("hat beendet"),
    "seat": gettext_lazy("hat die Tische gemischt"),
    "present": gettext_lazy("hat vermerkt, dass die Person da war"),
    "absent": gettext_lazy("hat vermerkt, dass die Person nicht da war"),
    "renew": gettext_lazy("hat erneuert"),
    "share": gettext_lazy("hat gezeigt"),
    "stop sharing": gettext_lazy("zeigt nicht mehr"),
    "leave out": gettext_lazy("hat Tage ohne ein Angebot eingetragen"),
}

# These say everything already; naming a thing after them would only repeat it.
WHOLE = frozenset(
    {
        "take the lead", "hand to colleague", "take over in the team", "erase", "ask to break the glass",
        "break the glass", "refuse to break the glass", "close the glass", "tell the person",
    }
)  # fmt: skip

THINGS: Words = {
    "name": gettext_lazy("Name"),
    "contact": gettext_lazy("Erreichbarkeit"),
    "pseudonym": gettext_lazy("Deckname"),
    "facts": gettext_lazy("Angaben zur Person"),
    "eligibility": gettext_lazy("offene Bausteine"),
    "decisions": gettext_lazy("Prüfergebnisse"),
    "assessment": gettext_lazy("Einschätzung der Lebensbereiche"),
    "plan": gettext_lazy("Plan"),
    "journal": gettext_lazy("Journal"),
    "draft": gettext_lazy("Entwurf"),
    "appointments": gettext_lazy("Termine"),
    "documents": gettext_lazy("Dokumente"),
    "closing": gettext_lazy("Abschluss"),
    "interests": gettext_lazy("Interessen"),
    "introductions": gettext_lazy("Vermittlungen an Orte"),
    "referral": gettext_lazy("Überweisungen"),
    "consent": gettext_lazy("Einwilligungen"),
    "protected consent": gettext_lazy("Einwilligungen"),
    "protected referral": gettext_lazy("Überweisungen"),
    "release from secrecy": gettext_lazy("Entbindungen von der Schweigepflicht"),
    "involvement": gettext_lazy("Begleitung"),
    "break-glass": gettext_lazy("Notfall-Einsicht"),
    "hold": gettext_lazy("angehaltene Löschung"),
    "log": gettext_lazy("dieses Protokoll"),
    "called": gettext_lazy("Name, unter dem der Ort Bescheid weiß"),
    "directory": gettext_lazy("Verzeichnis der Orte"),
    "place link": gettext_lazy("eigene Seite eines Ortes"),
    "gap list": gettext_lazy("Fehlliste"),
    "workshops": gettext_lazy("Workshops"),
    "pairings": gettext_lazy("wer an welchem Tisch sitzen kann"),
    "workshop plan": gettext_lazy("Planung der Workshops"),
    "evening link": gettext_lazy("Link zur Liste eines Workshops"),
    "network map": gettext_lazy("Netzwerkkarte"),
    "link to the network map": gettext_lazy("Link zur Netzwerkkarte"),
    "person": gettext_lazy("alle Daten"),
    "everything": gettext_lazy("alles, was diese Stelle hatte"),
    # as the daily deletion names them
    "drafts": gettext_lazy("Entwürfe"),
    "assessments": gettext_lazy("Einschätzungen der Lebensbereiche"),
    "plan items": gettext_lazy("Ziele, Schritte und Aufgaben"),
    "plans": gettext_lazy("Plan"),
    "closings": gettext_lazy("Abschluss"),
    "invitations": gettext_lazy("Workshops"),
    "referrals": gettext_lazy("Überweisungen"),
    "network maps": gettext_lazy("Netzwerkkarte"),
    "shared network maps": gettext_lazy("gezeigte Netzwerkkarte"),
    "releases": gettext_lazy("Entbindungen von der Schweigepflicht"),
    "consents": gettext_lazy("Einwilligungen"),
    "involvements": gettext_lazy("frühere Begleitung"),
    "holds": gettext_lazy("angehaltene Löschung"),
}

PURPOSES: Words = {
    "person page": gettext_lazy("Überblick ansehen"),
    "people list": gettext_lazy("Liste der Menschen"),
    "people list as a file": gettext_lazy("Liste der Menschen als Datei"),
    "people search": gettext_lazy("jemanden suchen"),
    "start page": gettext_lazy("Was ist heute zu tun?"),
    "rule changes": gettext_lazy("geänderte Regeln prüfen"),
    "workshop": gettext_lazy("einen Workshop vorbereiten"),
    "tables": gettext_lazy("zeigen, wer an welchem Tisch sitzt"),
    "pairings": gettext_lazy("nachsehen, wer an welchem Tisch sitzen kann"),
    "new contacts": gettext_lazy("sehen, wer lange niemanden kennengelernt hat"),
    "change name and contact": gettext_lazy("Name und Erreichbarkeit ändern"),
    "record an answer": gettext_lazy("eine Angabe eintragen"),
    "building blocks": gettext_lazy("offene Bausteine prüfen"),
    "stored decision": gettext_lazy("ein Prüfergebnis ansehen"),
    "single case": gettext_lazy("im Einzelfall entscheiden"),
    "plan": gettext_lazy("Plan ansehen"),
    "begin a plan": gettext_lazy("einen Plan beginnen"),
    "change the plan": gettext_lazy("den Plan ändern"),
    "printed plan": gettext_lazy("den Plan ausdrucken"),
    "assessment": gettext_lazy("Lebensbereiche ansehen"),
    "take an assessment": gettext_lazy("Lebensbereiche einschätzen"),
    "correct an assessment": gettext_lazy("eine Einschätzung berichtigen"),
    "journal": gettext_lazy("Journal lesen"),
    "write in the journal": gettext_lazy("ins Journal schreiben"),
    "change a journal entry": gettext_lazy("einen Eintrag im Journal ändern"),
    "appointments": gettext_lazy("Termine ansehen"),
    "own appointments": gettext_lazy("Woche ansehen"),
    "make an appointment": gettext_lazy("einen Termin ausmachen"),
    "change an appointment": gettext_lazy("einen Termin ändern"),
    "calendar file": gettext_lazy("Termin in den Kalender"),
    "calendar subscription": gettext_lazy("Termin im Kalender"),
    "places": gettext_lazy("Orte ansehen, die passen"),
    "write down interests": gettext_lazy("Interessen aufschreiben"),
    "introduce": gettext_lazy("an einen Ort vermitteln"),
    "announced at a place": gettext_lazy("Wer kommt? Die eigene Seite des Ortes"),
    "attendance": gettext_lazy("Wer ist da? Die Liste des Workshops"),
    "sign-in sheet": gettext_lazy("Unterschriften beim Workshop"),
    "settle attendance": gettext_lazy("die Liste eines Workshops abschließen"),
    "evidence of workshops": gettext_lazy("Nachweise der Workshops"),
    "news of a workshop": gettext_lazy("Nachricht zu einem Workshop"),
    "own invitation": gettext_lazy("die eigene Einladung zum Workshop"),
    "own map": gettext_lazy("die eigene Karte"),
    "places on the own map": gettext_lazy("besuchte Orte auf die eigene Karte setzen"),
    "network map": gettext_lazy("Netzwerkkarte ansehen"),
    "what is missing": gettext_lazy("ohne Namen auf die Fehlliste setzen, was es nicht gibt"),
    "what is not missing": gettext_lazy("von der Fehlliste zurücknehmen"),
    "plan introductions": gettext_lazy("Vermittlungen für mehrere planen"),
    "documents": gettext_lazy("Dokumente ansehen"),
    "document": gettext_lazy("ein Dokument ansehen"),
    "keep a document": gettext_lazy("ein Dokument ablegen"),
    "deleted": gettext_lazy("Gelöschtes ansehen"),
    "closing": gettext_lazy("Begleitung abschließen"),
    "follow-up": gettext_lazy("nachfragen, wie es geht"),
    "end the involvement": gettext_lazy("Begleitung beenden"),
    "end a consent": gettext_lazy("eine Einwilligung beenden"),
    "consents": gettext_lazy("Einwilligungen ansehen"),
    "ask for consent": gettext_lazy("nach einer Einwilligung fragen"),
    "release from secrecy": gettext_lazy("Entbindung von der Schweigepflicht"),
    "referrals": gettext_lazy("Überweisungen ansehen"),
    "referral": gettext_lazy("überweisen"),
    "referrals sent": gettext_lazy("abgeschickte Überweisungen"),
    "referral sent": gettext_lazy("abgeschickte Überweisung"),
    "referrals received": gettext_lazy("angekommene Überweisungen"),
    "referral received": gettext_lazy("angekommene Überweisung"),
    "hand to a colleague": gettext_lazy("im Team weitergeben"),
    "breaking the glass": gettext_lazy("Notfall-Einsicht"),
    "tell the person": gettext_lazy("über eine Notfall-Einsicht informieren"),
    "keeping": gettext_lazy("Was wird wie lange aufbewahrt?"),
    "delete everything": gettext_lazy("alles löschen"),
    "who saw what": gettext_lazy("dieses Protokoll ansehen"),
    "retention period": gettext_lazy("Die Zeit dafür war um."),
    "asked for": gettext_lazy("auf Wunsch"),
    "nothing is left": gettext_lazy("Niemand begleitet mehr, und nichts ist mehr da."),
}
RULES = "rules "  # with the number of the version


@dataclass(frozen=True, slots=True)
class Sentence:
    """An entry in words: "hat gelesen: Name, Plan", and what for."""

    done: str
    things: str
    purpose: str


def sentence(action: str, category: str, purpose: str) -> Sentence:
    """An entry of the log in the language of now. What an older version wrote may have no words; then nothing is said
    beyond that something was opened."""
    done = str(ACTIONS.get(action, gettext("hat etwas geöffnet")))
    parts = [] if action in WHOLE else [str(THINGS[part]) for part in category.split(", ") if part in THINGS]
    return Sentence(done, ", ".join(dict.fromkeys(parts)), purpose_in_words(purpose))


def purpose_in_words(purpose: str) -> str:
    if purpose.startswith(RULES):
        return gettext("neue Regeln prüfen")
    return str(PURPOSES.get(purpose, ""))
