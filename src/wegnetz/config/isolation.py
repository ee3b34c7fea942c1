"""Which table is protected how, inside the database. Every table with rows about a person stands here."""

# ruff: noqa: S608  statements made of the constants of this file alone

from __future__ import annotations

from typing import Final

from wegnetz.core.isolation import ASKING, Guarded, Isolation, Lasting, Refused, Together

OWN: Final = f"organisation_id = {ASKING}"
LEADING: Final = "'case-management'"


def _accompanies(person: str, *, function: str = "", organisation: str = ASKING) -> str:
    """The organisation accompanies the person, in any function or in one, and its door is open.

    The scope of the application is narrower: it knows roles, functions and the day on which a consent runs out.
    """
    in_it = f" AND i.function = {function}" if function else ""
    return f"""EXISTS (
        SELECT 1 FROM participants_involvement i LEFT JOIN participants_consent c ON c.id = i.consent_id
        WHERE i.person_id = {person} AND i.organisation_id = {organisation}{in_it}
        AND i.ended_at IS NULL AND c.withdrawn_at IS NULL
    )"""


# The organisation that leads the way still has its door to the person. The day on which a consent runs out counts as
# over already: it is over nowhere later, and the application must find free what is free. What runs is what the
# person said Yes to, last or again.
_IS_LED: Final = """EXISTS (
        SELECT 1 FROM participants_person p
        JOIN participants_involvement i ON i.person_id = p.id AND i.organisation_id = p.organisation_id
        LEFT JOIN participants_consent c ON c.id = i.consent_id
        WHERE p.id = person AND i.function = 'case-management' AND i.ended_at IS NULL AND c.withdrawn_at IS NULL
        AND (c.id IS NULL OR EXISTS (
            SELECT 1 FROM participants_consent y WHERE y.person_id = c.person_id AND y.purpose = c.purpose
            AND y.recipient_id = c.recipient_id AND y.function = c.function AND y.answer = 'given'
            AND y.withdrawn_at IS NULL AND (y.until IS NULL OR y.until > CURRENT_DATE)
        ))
    )"""
# Who leads the way has handed it over to the asking organisation, which has accepted. Once the lead has passed, by this
# letter or otherwise, the letter is spent.
_WAS_HANDED_OVER: Final = f"""EXISTS (
        SELECT 1 FROM casework_referral r
        JOIN participants_person p ON p.id = r.person_id AND p.organisation_id = r.organisation_id
        JOIN participants_involvement i ON i.consent_id = r.consent_id AND i.ended_at IS NULL
        WHERE r.person_id = person AND r.recipient_id = {ASKING} AND i.organisation_id = {ASKING}
        AND r.function = 'case-management' AND r.hands_over AND r.status = 'accepted' AND r.offered_at >= p.led_since
    )"""


# A policy on the involvements cannot ask the involvements. These functions look past the policies, for exactly one
# question each, and only the application's role may call them. Each call is a query of its own, and its cost says so:
# else PostgreSQL reads whole tables through it where it could look up a few rows.
_FUNCTIONS: Final = (
    f"""
    CREATE OR REPLACE FUNCTION wegnetz_accompanies(person uuid) RETURNS boolean
    LANGUAGE sql STABLE SECURITY DEFINER COST 1000 SET search_path = public, pg_temp AS
    $$ SELECT {_accompanies("person")} $$
    """,
    f"""
    CREATE OR REPLACE FUNCTION wegnetz_leads(person uuid) RETURNS boolean
    LANGUAGE sql STABLE SECURITY DEFINER COST 1000 SET search_path = public, pg_temp AS
    $$ SELECT EXISTS (SELECT 1 FROM participants_person p WHERE p.id = person AND p.organisation_id = {ASKING}) $$
    """,
    f"""
    CREATE OR REPLACE FUNCTION wegnetz_may_take_the_lead(person uuid) RETURNS boolean
    LANGUAGE sql STABLE SECURITY DEFINER COST 1000 SET search_path = public, pg_temp AS
    $$ SELECT {_accompanies("person", function=LEADING)} AND (NOT {_IS_LED} OR {_WAS_HANDED_OVER}) $$
    """,
    # Work of others that is open and is known to rest on a duty or on a consent that was asked openly; and who leads.
    f"""
    CREATE OR REPLACE FUNCTION wegnetz_may_know_of(person uuid, organisation uuid, work text, by_duty boolean)
    RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER COST 1000 SET search_path = public, pg_temp AS
    $$ SELECT {_accompanies("person")} AND (by_duty OR EXISTS (
        SELECT 1 FROM participants_consent c WHERE c.person_id = person AND c.recipient_id = organisation
        AND c.function = work AND c.answer = 'given' AND c.secrecy = 'open' AND c.asked_secrecy = 'open'
    ) OR (work = {LEADING} AND EXISTS (
        SELECT 1 FROM participants_person p WHERE p.id = person AND p.organisation_id = organisation
    ))) $$
    """,
    # The organisation accompanies the person on this duty, perhaps from when it led the way.
    f"""
    CREATE OR REPLACE FUNCTION wegnetz_has_the_duty(person uuid, work text, named text) RETURNS boolean
    LANGUAGE sql STABLE SECURITY DEFINER COST 1000 SET search_path = public, pg_temp AS
    $$ SELECT EXISTS (
        SELECT 1 FROM participants_involvement i WHERE i.person_id = person AND i.organisation_id = {ASKING}
        AND i.function = work AND i.duty = named AND i.consent_id IS NULL AND i.ended_at IS NULL
    ) $$
    """,
    """
    GRANT CREATE ON SCHEMA public TO {system};
    ALTER FUNCTION wegnetz_accompanies(uuid) OWNER TO {system};
    ALTER FUNCTION wegnetz_leads(uuid) OWNER TO {system};
    ALTER FUNCTION wegnetz_may_take_the_lead(uuid) OWNER TO {system};
    ALTER FUNCTION wegnetz_may_know_of(uuid, uuid, text, boolean) OWNER TO {system};
    ALTER FUNCTION wegnetz_has_the_duty(uuid, text, text) OWNER TO {system};
    REVOKE CREATE ON SCHEMA public FROM {system};
    REVOKE ALL ON FUNCTION wegnetz_accompanies(uuid), wegnetz_leads(uuid), wegnetz_may_take_the_lead(uuid),
        wegnetz_may_know_of(uuid, uuid, text, boolean), wegnetz_has_the_duty(uuid, text, text) FROM PUBLIC;
    GRANT EXECUTE ON FUNCTION wegnetz_accompanies(uuid), wegnetz_leads(uuid), wegnetz_may_take_the_lead(uuid),
        wegnetz_may_know_of(uuid, uuid, text, boolean), wegnetz_has_the_duty(uuid, text, text) TO {app}
    """,
    "REVOKE UPDATE, DELETE ON audit_event, audit_eventsubject FROM {app}",
    # These go when their time is over, by the system alone.
    """
    REVOKE DELETE ON participants_person, participants_consent, participants_involvement, participants_secrecyrelease,
        participants_breakglass, participants_hold, participants_factrecord, participants_storeddecision,
        participants_singlecasedecision, participants_rulenotice, participants_retentionreport FROM {app}
    """,
)

_ACCOMPANIED: Final = _accompanies("{t}.person_id")
_OWN_BEHIND_AN_OPEN_DOOR: Final = f"{OWN} AND {_ACCOMPANIED}"
# What was written down in one function is not for another of the same organisation.
_OWN_IN_THE_FUNCTION: Final = f"{OWN} AND {_accompanies('{t}.person_id', function='{t}.function')}"
# Who leads the way takes back and brings back any answer, also one from before the way was handed over.
_OWN_OR_LED: Final = f"({OWN} OR wegnetz_leads({{t}}.person_id)) AND {_ACCOMPANIED}"
_OPEN_TO_OTHERS: Final = "secrecy = 'open' AND wegnetz_accompanies({t}.person_id)"
# What was asked in a sealed function is for both ends alone; and so is work that rests on nothing else. Of work that is
# known, others ask whether its door is open, on whichever consent; which of them to show, the application says.
_KNOWN_CONSENT: Final = f"""(asked_secrecy = 'open' AND {_OPEN_TO_OTHERS} OR secrecy = 'open' AND function <> ''
    AND wegnetz_may_know_of({{t}}.person_id, {{t}}.recipient_id, {{t}}.function, false))"""
_KNOWN_WORK: Final = """secrecy = 'open'
    AND wegnetz_may_know_of({t}.person_id, {t}.organisation_id, {t}.function, {t}.consent_id IS NULL)"""
# An open involvement stands on a standing consent that names the asking organisation, or on a duty of who leads. Who
# led on a duty and handed the way over closes and ends what is left of it.
_ON_A_GROUND: Final = f"""{OWN} AND (
    (duty = '' AND EXISTS (
        SELECT 1 FROM participants_consent c WHERE c.id = {{t}}.consent_id AND c.person_id = {{t}}.person_id
        AND c.recipient_id = {ASKING} AND c.answer = 'given'
        AND (c.withdrawn_at IS NULL OR {{t}}.ended_at IS NOT NULL)
    ))
    OR (consent_id IS NULL AND (
        wegnetz_leads({{t}}.person_id) OR wegnetz_has_the_duty({{t}}.person_id, {{t}}.function, {{t}}.duty)
    ))
)"""
_PARTIES: Final = f"({OWN} OR recipient_id = {ASKING})"
_SHARED: Final = f"({OWN} OR ({_OPEN_TO_OTHERS})) AND {_ACCOMPANIED}"
# Another organisation ticks off what was given to it, and changes nothing else of a plan.
_OWN_OR_GIVEN: Final = f"({OWN} OR assigned_to_id = {ASKING}) AND {_ACCOMPANIED}"

RECORDS: Final = (
    "casework_journalentry", "casework_draft", "casework_appointment", "casework_document", "casework_closing",
    "network_interests", "network_introduction", "network_invitation", "network_pairing",
    "network_sharedmap",
)  # fmt: skip

# What hangs on one time of a workshop.
OF_A_DATE: Final = ("network_eveninglink", "network_guest", "network_feedback")

GUARDED: Final = (
    Guarded("audit_event", f"organisation = {ASKING}"),
    Guarded("audit_eventsubject", f"organisation = {ASKING}"),
    Guarded("audit_witnessedentry", "false"),
    Guarded(
        "participants_person", _accompanies("{t}.id"), OWN, change=f"({OWN} OR wegnetz_may_take_the_lead({{t}}.id))"
    ),
    Guarded("participants_involvement", f"{OWN} OR ({_KNOWN_WORK})", _ON_A_GROUND),
    # Whoever accompanies the person may write down that they took a consent back.
    Guarded("participants_consent", f"{_PARTIES} OR ({_KNOWN_CONSENT})", own=OWN),
    Guarded("participants_secrecyrelease", _OWN_IN_THE_FUNCTION),
    Guarded("participants_breakglass", OWN),
    Guarded("participants_hold", _OWN_IN_THE_FUNCTION),
    Guarded("participants_factrecord", _ACCOMPANIED, _OWN_OR_LED, _OWN_BEHIND_AN_OPEN_DOOR),
    Guarded("participants_storeddecision", _ACCOMPANIED, _OWN_BEHIND_AN_OPEN_DOOR),
    Guarded(
        "participants_singlecasedecision",
        "EXISTS (SELECT 1 FROM participants_storeddecision d WHERE d.id = {t}.decision_id)",
    ),
    Guarded("participants_rulenotice", OWN),
    Guarded("participants_retentionreport", OWN),
    *(Guarded(table, _OWN_BEHIND_AN_OPEN_DOOR) for table in RECORDS),
    # About nobody, but only for those who plan them.
    *(Guarded(table, OWN) for table in ("network_workshop", "network_workshopdate", *OF_A_DATE)),
    # The map is the person's own: they keep it also when the door is closed. Staff have nothing that opens one.
    Guarded("network_personmap", OWN),
    # Whether a consent covers the plan or the assessment is the application's to say; the door must be open.
    Guarded("casework_assessment", _SHARED, _OWN_BEHIND_AN_OPEN_DOOR),
    Guarded("casework_plan", _SHARED, _OWN_BEHIND_AN_OPEN_DOOR),
    Guarded("casework_planitem", _SHARED, _OWN_OR_GIVEN, OWN),
    Guarded(
        "casework_documentcontent", "EXISTS (SELECT 1 FROM casework_document d WHERE d.id = {t}.document_id)"
    ),
    Guarded("casework_referral", _PARTIES, own=OWN),
    # Whoever sent a letter deletes it with its answers.
    Guarded(
        "casework_referralstep", "EXISTS (SELECT 1 FROM casework_referral r WHERE r.id = {t}.referral_id)", OWN,
        own=f"({OWN} OR EXISTS (SELECT 1 FROM casework_referral r WHERE r.id = {{t}}.referral_id AND r.{OWN}))",
    ),
)  # fmt: skip


def _within_one_involvement(table: str, *more: str) -> Together:
    """The row, its involvement, person and organisation belong together, whatever an identifier in a form says."""
    columns = ("involvement_id", "person_id", "organisation_id", *more)
    return Together(table, columns, "participants_involvement", ("id", *columns[1:]))


TOGETHER: Final = (
    # An involvement by consent is the one the consent names: person, organisation, function and secrecy.
    Together(
        "participants_involvement",
        ("consent_id", "person_id", "organisation_id", "function", "secrecy"),
        "participants_consent",
        ("id", "person_id", "recipient_id", "function", "secrecy"),
    ),
    *(_within_one_involvement(table) for table in (*RECORDS, "network_personmap")),
    # A letter is as secret as the involvement from which it was sent, and as the consent on which it went.
    Together(
        "casework_referral",
        ("involvement_id", "person_id", "organisation_id", "sent_secrecy"),
        "participants_involvement",
        ("id", "person_id", "organisation_id", "secrecy"),
    ),
    *(_within_one_involvement(f"casework_{record}", "secrecy") for record in ("assessment", "plan", "planitem")),
    Together(
        "casework_referral",
        ("consent_id", "person_id", "recipient_id", "function", "secrecy"),
        "participants_consent",
        ("id", "person_id", "recipient_id", "function", "secrecy"),
    ),
    Together(
        "network_workshopdate", ("workshop_id", "organisation_id"), "network_workshop", ("id", "organisation_id")
    ),
    *(
        Together(table, ("date_id", "organisation_id"), "network_workshopdate", ("id", "organisation_id"))
        for table in ("network_invitation", *OF_A_DATE)
    ),
    Together("casework_planitem", ("plan_id", "person_id", "organisation_id"), "casework_plan",
             ("id", "person_id", "organisation_id")),
    Together("casework_planitem", ("parent_id", "plan_id"), "casework_planitem", ("id", "plan_id")),
)  # fmt: skip

_WHOSE: Final = ("person_id", "organisation_id")
# What was written about somebody is never about somebody else, nor was it asked, answered or sent otherwise. What was
# taken back or ended is never undone; a newer answer, or another involvement, takes its place.
LASTING: Final = (
    *(
        Lasting(table, ("involvement_id", *_WHOSE, *(("date_id", "token") if table == "network_invitation" else ())))
        for table in (*RECORDS, "casework_assessment", "casework_plan", "casework_planitem")
    ),
    Lasting("network_placelink", ("point_id", "organisation_id", "token", "public", "made_at", "made_by_id")),
    Lasting("network_placelink", ("revoked_at",), once_there=True),
    Lasting("network_announcement", ("shelf", "box")),
    Lasting("network_workshop", ("organisation_id", "made_at", "made_by_id")),
    Lasting("network_workshopdate", ("workshop_id", "organisation_id")),
    Lasting("network_eveninglink", ("date_id", "organisation_id", "token", "made_at", "made_by_id")),
    Lasting("network_eveninglink", ("revoked_at",), once_there=True),
    Lasting("network_guest", ("date_id", "organisation_id", "box")),
    Lasting("network_feedback", ("date_id", "organisation_id", "question", "answer")),
    Lasting("network_personmap", (*_WHOSE, "involvement_id", "made_at", "made_by_id")),
    Lasting("casework_documentcontent", ("document_id",)),
    Lasting(
        "casework_referral",
        (*_WHOSE, "involvement_id", "recipient_id", "function", "secrecy", "sent_secrecy", "consent_id", "hands_over",
         "box", "offered_on", "offered_at", "offered_by_id"),
    ),
    Lasting("casework_referralstep", ("referral_id", "organisation_id", "status", "box", "taken_at", "taken_by_id")),
    Lasting("participants_involvement", (*_WHOSE, "function", "secrecy")),
    Lasting("participants_involvement", ("ended_at",), once_there=True),
    Lasting(
        "participants_consent",
        (*_WHOSE, "asked_in", "asked_secrecy", "recipient_id", "purpose", "function", "shown_to", "secrecy", "answer",
         "box", "recorded_at", "recorded_by_id"),
    ),
    Lasting("participants_consent", ("withdrawn_at",), once_there=True),
    Lasting("participants_secrecyrelease", (*_WHOSE, "function", "box")),
    Lasting("participants_secrecyrelease", ("withdrawn_on",), once_there=True),
    Lasting("participants_breakglass", (*_WHOSE, "box", "requested_at", "requested_by_id")),
    Lasting("participants_breakglass", ("confirmed_at", "refused_at", "told_on"), once_there=True),
    Lasting("participants_hold", (*_WHOSE, "function", "box")),
    Lasting("participants_factrecord", (*_WHOSE, "box", "recorded_at", "recorded_by_id")),
    Lasting("participants_storeddecision", (*_WHOSE, "pack_id", "day", "box", "decided_at", "decided_by_id")),
    Lasting("participants_singlecasedecision", ("decision_id", "box", "decided_at", "decided_by_id")),
)  # fmt: skip

REFUSED: Final = (
    Refused(
        "participants_involvement",
        "no_involvement_without_a_standing_consent",
        "NEW.ended_at IS NULL AND EXISTS (SELECT 1 FROM participants_consent c WHERE c.id = NEW.consent_id "
        "AND (c.answer <> 'given' OR c.withdrawn_at IS NOT NULL))",
    ),
    Refused(
        "participants_person",
        "only_who_accompanies_takes_the_lead",
        "NEW.organisation_id <> OLD.organisation_id AND NOT "
        + _accompanies("NEW.id", function=LEADING, organisation="NEW.organisation_id"),
        act="UPDATE OF organisation_id",
    ),
    *(
        Refused(
            f"participants_{record}",
            f"a_{record}_is_written_in_the_own_function",
            "NOT " + _accompanies("NEW.person_id", function="NEW.function", organisation="NEW.organisation_id"),
        )
        for record in ("hold", "secrecyrelease")
    ),
)

ISOLATION: Final = Isolation(GUARDED, TOGETHER, LASTING, _FUNCTIONS, REFUSED)
