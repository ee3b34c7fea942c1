"""The reasons of introductions as sentences, German and English. `{0}` is what the reason is about."""

from __future__ import annotations

from collections.abc import Mapping

from wegnetz.engines.introductions import Code, Reason

SENTENCES: Mapping[Code, tuple[str, str]] = {
    Code.INTEREST: ("Trifft das Interesse „{0}“.", "Meets the interest “{0}”."),
    Code.NARROWER: ("Gehört zum Interesse „{0}“.", "Is a kind of “{0}”."),
    Code.BROADER: ("Ist dem Interesse „{0}“ ähnlich.", "Is close to the interest “{0}”."),
    Code.LANGUAGE: ("Gemeinsame Sprache: {0}.", "Shared language: {0}."),
    Code.INTERPRETER: ("Es wird gedolmetscht.", "There is an interpreter."),
    Code.NEAR: ("{0} km entfernt (Luftlinie).", "{0} km away (as the crow flies)."),
    Code.DISTRICT: ("Im selben Stadtteil: {0}.", "In the same district: {0}."),
    Code.FREE: ("Kostet nichts.", "Costs nothing."),
    Code.ACCESSIBLE: ("Barrierefrei, wie gebraucht.", "Accessible, as needed."),
    Code.AGE: ("Passt zum Alter ({0}).", "Suits the age ({0})."),
    Code.SEATS: ("Plätze insgesamt: {0}.", "Seats in all: {0}."),
    Code.CAME_OFTEN: (
        "Die meisten, die hierher vermittelt wurden, kamen wieder.",
        "Most who were introduced came back.",
    ),
    Code.CAME_SOMETIMES: (
        "Etwa die Hälfte derer, die hierher vermittelt wurden, kam wieder.",
        "About half of those who were introduced came back.",
    ),
    Code.CAME_SELDOM: ("Wenige, die hierher vermittelt wurden, kamen wieder.", "Few who were introduced came back."),
    Code.ALIKE_OFTEN: (
        "Bei ähnlichen Angeboten oder im selben Stadtteil kamen die meisten wieder.",
        "At similar offers or in the same district most came back.",
    ),
    Code.ALIKE_SOMETIMES: (
        "Bei ähnlichen Angeboten oder im selben Stadtteil kam etwa die Hälfte wieder.",
        "At similar offers or in the same district about half came back.",
    ),
    Code.ALIKE_SELDOM: (
        "Bei ähnlichen Angeboten oder im selben Stadtteil kamen wenige wieder.",
        "At similar offers or in the same district few came back.",
    ),
    Code.ASK_AGE: ("Zuerst nach dem Alter fragen ({0}).", "Ask for the age first ({0})."),
    Code.ASK_LANGUAGE: (
        "Zuerst fragen, welche Sprachen man dort spricht. Eingetragen ist es noch nicht.",
        "Ask first which languages are spoken there. It is not recorded yet.",
    ),
    Code.ASK_DISTANCE: (
        "Zuerst nach dem Weg fragen. Wie weit es ist, wissen wir nicht.",
        "Ask about the way first. We do not know how far it is.",
    ),
    Code.NO_INTEREST: ("Trifft keines der genannten Interessen.", "Meets none of the person's interests."),
    Code.TOO_YOUNG: ("Erst ab {0} Jahren.", "Only from the age of {0}."),
    Code.TOO_OLD: ("Nur bis {0} Jahre.", "Only up to the age of {0}."),
    Code.NO_LANGUAGE: (
        "Keine gemeinsame Sprache, und dass jemand dolmetscht, ist nicht eingetragen.",
        "No shared language, and no interpreter is recorded.",
    ),
    Code.NOT_ACCESSIBLE: ("Nicht barrierefrei.", "Not accessible."),
    Code.ACCESS_UNKNOWN: (
        "Ob es barrierefrei ist, wissen wir nicht. Bitte beim Ort fragen und eintragen.",
        "Whether it is accessible is not recorded: ask the place and record it.",
    ),
    Code.WOMEN_ONLY: ("Nur für Frauen.", "For women only."),
    Code.WOMEN_ONLY_UNKNOWN: (
        "Nur für Frauen. Ob das passt, wissen wir noch nicht: bitte fragen und eintragen.",
        "For women only; whether that suits is not recorded: ask and record it.",
    ),
    Code.NOT_WOMEN_ONLY: ("Nicht nur für Frauen, wie gewünscht.", "Not for women only, as was asked for."),
    Code.NOT_FREE: ("Kostet etwas.", "Costs something."),
    Code.COST_UNKNOWN: (
        "Was es kostet, wissen wir nicht. Bitte beim Ort fragen und eintragen.",
        "What it costs is not recorded: ask the place and record it.",
    ),
    Code.FULL: (
        "Kein Platz frei (zurückgehalten: {0}).",
        "No seat free (held back: {0}).",
    ),
    Code.TOO_FAR: ("Zu weit: {0} km (Luftlinie).", "Too far: {0} km (as the crow flies)."),
    # Who must be kept apart from whom is not for others to read.
    Code.KEEP_AWAY: ("Für diese Person nicht vorgesehen.", "Not meant for this person."),
    Code.BEGUN: ("Schon begonnen.", "Already begun."),
    Code.NO_INTERESTS: (
        "Noch hat niemand gefragt, was die Person gern macht.",
        "Nobody has asked yet what the person likes to do.",
    ),
    Code.NOBODY_OFFERS: ("Dafür gibt es noch kein Angebot.", "Nobody offers this yet."),
    Code.ALL_CLOSED: (
        "Es gibt passende Angebote, aber keines kommt für die Person infrage.",
        "There are offers for these interests, but none is open to this person.",
    ),
    Code.ALL_FULL: (
        "Es gibt passende Angebote, aber dort ist gerade kein Platz frei.",
        "There are offers that suit, but none has a seat free right now.",
    ),
    Code.ALL_BEGUN: (
        "Alles, was passt, ist für die Person schon begonnen.",
        "Everything that suits is already begun for this person.",
    ),
    Code.ALL_TAKEN: (
        "Die Plätze gingen an andere. Sie passten besser oder hätten sonst nichts bekommen.",
        "All possible seats went to others who fit better or would have had nothing.",
    ),
}


def sentence(reason: Reason, lang: str) -> str:
    return SENTENCES[reason.code][lang == "en"].format(reason.about)
