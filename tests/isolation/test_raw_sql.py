"""What raw SQL in the application's role sees and changes on PostgreSQL, for each organisation and for nobody."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from tests.casework.partners import agree
from tests.company import Company
from tests.isolation.raw import TABLES, Whose, attempt, everything, key_of, rows, scope_of, value
from tests.papers import today
from tests.people import DB, Account, Cast, account
from wegnetz.accounts.access import Role
from wegnetz.accounts.models import Organisation
from wegnetz.audit.models import WitnessedEntry
from wegnetz.casework.models import Referral, ReferralStep
from wegnetz.casework.services import accept_referral, offer_referral
from wegnetz.core.scope import APP_ROLE, Scope, acting_as
from wegnetz.participants.models import RetentionReport, RuleNotice
from wegnetz.programme.models import PackVersion

pytestmark = DB
Record = Callable[[str, object], None]

ORGANISATIONS = ("a", "b", "c", "")
NOTHING = {0, "refused"}
NOT_OF_BOTH = {"audit_witnessedentry", "participants_breakglass"}
# Whom each organisation accompanies, by their names in `tests.company`.
ACCOMPANIED = {"a": {"yonas", "lina", "amina", "mariam", "rana", "erased"}, "b": {"omar", "sami", "amina", "mariam"}}
# What an organisation keeps in sight of its own, whatever becomes of its doors.
ALWAYS_OWN = {
    "audit_event", "audit_eventsubject", "participants_involvement", "participants_consent", "participants_breakglass",
    "participants_rulenotice", "participants_retentionreport", "casework_referral", "casework_referralstep",
    "casework_calendarlink", "network_personmap", "network_workshop", "network_workshopdate", "network_eveninglink",
    "network_guest", "network_feedback",
}  # fmt: skip
# The people about whom an organisation sees rows that another one wrote and that are not meant for it by name. Whether
# a consent covers plan, assessment and answers is the application's to say: the database knows that the door is open.
OF_OTHERS: dict[str, dict[str, set[str]]] = {
    "a": {
        "participants_involvement": {"amina", "rana"},
        "casework_assessment": {"amina", "rana"},
        "casework_plan": {"amina", "rana"},
        "casework_planitem": {"amina", "rana"},
    },
    "b": {
        "participants_person": {"amina", "mariam"},
        "participants_involvement": {"amina", "mariam"},
        "participants_consent": {"amina", "mariam"},
        "participants_factrecord": {"amina", "mariam"},
        "participants_storeddecision": {"amina", "mariam"},
        "casework_assessment": {"amina", "mariam"},
        "casework_plan": {"amina", "mariam"},
        "casework_planitem": {"amina", "mariam"},
    },
}
# What an organisation may change of rows it sees: it writes down that a consent was taken back, and answers a letter.
CHANGED_FOR_OTHERS = {"participants_consent", "casework_referral"}


@pytest.fixture(autouse=True)
def daily_jobs(company: Company, db: None) -> None:
    """What the daily jobs write down for each organisation, and what nobody is shown."""
    WitnessedEntry.objects.get_or_create(number=1, defaults={"digest": b"x"})
    pack, now = PackVersion.objects.latest("loaded_at"), timezone.now()
    for organisation in Organisation.objects.filter(key__in="ab"):
        RuleNotice.objects.create(organisation=organisation, after=pack, box=b"x", noticed_at=now)
        RetentionReport.objects.create(
            organisation=organisation, on=today(), kind="plans", function="coaching", secrecy="open", soon=1, deleted=1,
            overdue=0, reported_at=now,
        )  # fmt: skip


def visible(organisation: str, table: str, row: Whose) -> bool:
    if organisation == row.recipient != "":
        return True
    if organisation == row.owner:
        return organisation != "" and (table in ALWAYS_OWN or row.person in ACCOMPANIED.get(organisation, ()))
    return row.person in OF_OTHERS.get(organisation, {}).get(table, ())


def test_a_select_shows_what_the_table_says_and_no_more(company: Company, record_property: Record) -> None:
    stored = everything(company)
    for organisation in ORGANISATIONS:
        for table in TABLES:
            with acting_as(scope_of(organisation)):
                found = {row[key_of(table)] for row in rows(f"SELECT * FROM {table}")}
            wanted = {row.id for row in stored[table] if visible(organisation, table, row)}
            wrong = [row for row in stored[table] if row.id in found ^ wanted]
            assert (organisation, table, wrong) == (organisation, table, [])
    record_property("rows asked for by raw SQL", 4 * sum(map(len, stored.values())))


def test_there_is_something_of_both_organisations_to_see(company: Company) -> None:
    """Guards the tests above and below: an empty table hides nothing."""
    owners = {table: {row.owner for row in found} for table, found in everything(company).items()}
    lacking = {table for table, found in owners.items() if not {"a", "b"} <= found}
    assert lacking == NOT_OF_BOTH


def test_no_count_join_or_probe_tells_of_a_foreign_row(company: Company, record_property: Record) -> None:
    stored, probes = everything(company), 0
    for organisation in ORGANISATIONS:
        for table in TABLES:
            key = key_of(table)
            number = sum(visible(organisation, table, row) for row in stored[table])
            hidden = [row.id for row in stored[table] if not visible(organisation, table, row)]
            with acting_as(scope_of(organisation)):
                probe(table, key, number, hidden)
            probes += 5 * len(hidden) + 3
    record_property("probes by raw SQL", probes)


def probe(table: str, key: str, number: int, hidden: list[object]) -> None:
    twice = f"SELECT COUNT(*) FROM (SELECT 1 FROM {table} UNION ALL SELECT 1 FROM {table}) x"
    divided = f"SELECT 1 / (CASE WHEN {key} = ANY(%s) THEN 0 ELSE 1 END) FROM {table}"
    joined = f"SELECT a.{key} FROM accounts_organisation o, {table} a WHERE a.{key} = ANY(%s)"
    assert (table, value(f"SELECT COUNT(*) FROM {table}")) == (table, number)
    assert (table, value(f"SELECT COUNT(*) FROM {table} a JOIN {table} b ON a.{key} = b.{key}")) == (table, number)
    assert (table, value(twice)) == (table, 2 * number)
    assert (table, value(f"SELECT EXISTS (SELECT 1 FROM {table} WHERE {key} = ANY(%s))", [hidden])) == (table, False)
    assert (table, rows(joined, [hidden]), len(rows(divided, [hidden]))) == (table, [], number)


def test_nobody_changes_or_deletes_a_foreign_row(company: Company, record_property: Record) -> None:
    tried = 0
    for table, found in everything(company).items():
        key = key_of(table)
        change, delete = (
            f"UPDATE {table} SET {key} = {key} WHERE {key} = ANY(%s)",
            f"DELETE FROM {table} WHERE {key} = ANY(%s)",
        )
        for organisation in ORGANISATIONS:
            scope = scope_of(organisation)
            foreign = [row for row in found if row.owner != organisation or organisation == ""]
            hidden = [row.id for row in foreign if not visible(organisation, table, row)]
            assert (table, attempt(scope, change, [hidden]) in NOTHING) == (table, True)
            kept = [row.id for row in foreign if row.id not in answers_to(organisation)]
            assert (table, attempt(scope, delete, [kept]) in NOTHING) == (table, True)
            for row in foreign:
                if visible(organisation, table, row):
                    changed = attempt(scope, change, [[row.id]])
                    allowed = {1} if table in CHANGED_FOR_OTHERS else NOTHING
                    assert (table, row, changed in allowed) == (table, row, True)
            tried += 2 * len(foreign)
    record_property("attempts by raw SQL", tried)


def answers_to(organisation: str) -> set[UUID]:
    """What was answered to the letters of an organisation: they go with the letter."""
    return set(ReferralStep.objects.filter(referral__organisation__key=organisation).values_list("id", flat=True))


# What a copy of a row says otherwise, where it must be there once only: it shall be refused for whose it is.
OTHERWISE: dict[str, dict[str, object]] = {
    "audit_event": {"sequence": 1_000_000}, "audit_eventsubject": {"subject": uuid4()},
    "casework_draft": {"form": "another"}, "casework_plan": {"deleted_at": timezone.now()},
    "network_interests": {"deleted_at": timezone.now()},
    "network_sharedmap": {"deleted_at": timezone.now()},
    "network_workshopdate": {"starts_at": timezone.now(), "ends_at": timezone.now() + timedelta(hours=1)},
    "network_invitation": {"deleted_at": timezone.now(), "token": "another"},
    "network_eveninglink": {"revoked_at": timezone.now(), "token": "another"},
    "network_feedback": {"question": "another"},
    "participants_involvement": {"ended_at": timezone.now(), "ended_on": today()},
    "participants_person": {"pseudonym": "Niemand-1"}, "participants_retentionreport": {"kind": "another"},
}  # fmt: skip
# One for each document, one for each involvement, and one for each pack: no second one can be made of what is there.
# The copies of others' heads are the system's alone.
ONE_EACH = {"casework_documentcontent", "network_personmap", "participants_rulenotice", "audit_witnessedentry"}


def test_the_own_organisation_writes_each_copy(company: Company) -> None:
    """Without it, the next test could not fail: what is refused to everybody tells nothing."""
    written = {
        table: {attempt(scope_of(row.owner), *copied(table, row)) for row in found}
        for table, found in everything(company).items()
        if found and table not in ONE_EACH
    }
    assert {table: results for table, results in written.items() if 1 not in results} == {}


def test_nobody_writes_a_row_for_another_organisation(company: Company) -> None:
    """A copy of each kind of row, under a new key, as its organisation would write it."""
    for table, found in everything(company).items():
        for organisation in ORGANISATIONS:
            for row in first_of_others(found, organisation):
                result = attempt(scope_of(organisation), *copied(table, row))
                assert (table, organisation, row, result) == (table, organisation, row, "refused")


def first_of_others(found: list[Whose], organisation: str) -> list[Whose]:
    """One row of each organisation that is neither by nor for the asking one."""
    others = {row.owner: row for row in found if organisation not in (row.owner, row.recipient) or organisation == ""}
    return [row for owner, row in sorted(others.items()) if owner]


def copied(table: str, row: Whose) -> tuple[str, list[object]]:
    (stored,) = rows(f"SELECT * FROM {table} WHERE {key_of(table)} = %s", [row.id])
    stored |= OTHERWISE.get(table, {})
    columns = [column for column in stored if column != "id"]
    key = {"audit_eventsubject": "-1", "casework_documentcontent": ""}.get(table, "gen_random_uuid()")
    named = ", ".join(f'"{column}"' for column in ["id"] * bool(key) + columns)
    values = ", ".join([key] * bool(key) + ["%s"] * len(columns))
    return f"INSERT INTO {table} ({named}) VALUES ({values})", [stored[column] for column in columns]


def test_the_questions_the_policies_ask_answer_for_the_own_organisation_only(company: Company) -> None:
    leads = {"a": ACCOMPANIED["a"], "b": {"omar", "sami"}}
    people = {who: young.id for who, young in company.people.items() if " " not in who}
    for organisation in ORGANISATIONS:
        with acting_as(scope_of(organisation)):
            accompanied = {who for who, person in people.items() if value("SELECT wegnetz_accompanies(%s)", [person])}
            led = {who for who, person in people.items() if value("SELECT wegnetz_leads(%s)", [person])}
        assert accompanied == ACCOMPANIED.get(organisation, set())
        assert led == leads.get(organisation, set())


def test_what_is_asked_and_written_in_a_sealed_function_is_for_both_ends_alone(cast: Cast, company: Company) -> None:
    """B's trauma coach asks whether C may coach, and writes to C, which accepts. A, which leads, finds no row of it."""
    person, cleo = company.people["mariam"].id, account("cleo", "Cleo", Organisation.objects.get(key="c"), Role.COACH)
    consent = agree(person, "coaching", cleo, company.tess)
    letter = offer_referral(person, consent, message="Bitte", by=company.tess.viewer, on=today())
    accept_referral(letter, by=cleo.viewer, on=today())
    ours = {
        "participants_consent": ("id", consent), "participants_involvement": ("consent_id", consent),
        "casework_referral": ("id", letter), "casework_referralstep": ("referral_id", letter),
    }  # fmt: skip
    found = {
        key: {table for table, (column, row) in ours.items() if key_found(key, table, column, row)} for key in "abc"
    }
    assert found == {"a": set(), "b": set(ours) - {"participants_involvement"}, "c": set(ours)}
    for table, (column, row) in ours.items():
        change = f"UPDATE {table} SET {column} = {column} WHERE {column} = %s"
        assert (table, attempt(scope_of("a"), change, [row])) == (table, 0)
    with acting_as(scope_of("a")):
        assert told(person, cleo) is False
    agree(person, "coaching", cleo, cast.ilka)
    for key, known in (("a", True), ("b", True), ("", False)):
        with acting_as(scope_of(key)):
            assert (key, told(person, cleo)) == (key, known)
    assert key_found("a", "participants_involvement", "consent_id", consent)


def key_found(organisation: str, table: str, column: str, row: UUID) -> bool:
    with acting_as(scope_of(organisation)):
        return rows(f"SELECT 1 AS x FROM {table} WHERE {column} = %s", [row]) != []


def told(person: UUID, by: Account) -> object:
    sql = "SELECT wegnetz_may_know_of(%s, %s, 'coaching', false)"
    return value(sql, [person, by.viewer.organisation])


def refused(sql: str) -> bool:
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(sql)
    except DatabaseError:
        return True
    return False


@pytest.mark.parametrize(
    "sql",
    [
        "TRUNCATE participants_person CASCADE",
        "ALTER TABLE participants_person DISABLE ROW LEVEL SECURITY",
        "ALTER TABLE participants_person NO FORCE ROW LEVEL SECURITY",
        f"DROP POLICY {APP_ROLE} ON participants_person",
        f"CREATE POLICY more ON participants_person TO {APP_ROLE} USING (true)",
        f"ALTER ROLE {APP_ROLE} BYPASSRLS",
        "CREATE TABLE public.mine (id int)",
        "CREATE FUNCTION public.mine() RETURNS int LANGUAGE sql AS 'SELECT 1'",
        "ALTER FUNCTION wegnetz_accompanies(uuid) SECURITY INVOKER",
        "UPDATE audit_event SET action = ''",
        "DELETE FROM audit_event",
        "UPDATE audit_eventsubject SET subject = gen_random_uuid()",
        "DELETE FROM audit_eventsubject",
        "DELETE FROM participants_breakglass",
        "DELETE FROM participants_consent",
        "DELETE FROM participants_factrecord",
        "DELETE FROM participants_hold",
        "DELETE FROM participants_involvement",
        "DELETE FROM participants_person",
        "DELETE FROM participants_retentionreport",
        "DELETE FROM participants_rulenotice",
        "DELETE FROM participants_secrecyrelease",
        "DELETE FROM participants_singlecasedecision",
        "DELETE FROM participants_storeddecision",
        "COPY participants_person TO '/people'",
        "CREATE EXTENSION dblink",
        "SET row_security = off; SELECT * FROM participants_person",
    ],
)
def test_the_role_of_the_application_cannot_loosen_anything(sql: str, cast: Cast) -> None:
    with acting_as(scope_of("a")):
        assert refused(sql) is True


@pytest.mark.parametrize(
    "setting",
    ["", " ", "x", "a' OR '1'='1", "00000000-0000-0000-0000-000000000000", "NULL"],
)
def test_an_organisation_that_is_none_sees_nobody(setting: str, cast: Cast) -> None:
    with acting_as(Scope()):
        with connection.cursor() as cursor:
            cursor.execute("SELECT set_config('wegnetz.organisation', %s, true)", [setting])
        for table in TABLES:
            sql = f"SELECT COUNT(*) FROM {table}"
            assert refused(sql) or value(sql) == 0


def test_who_got_a_letter_does_not_delete_it(cast: Cast, company: Company) -> None:
    """Nothing hangs on it here, as nothing would once its steps were gone."""
    letter = Referral.objects.get(person=company.people["amina"].id, recipient__key="b").id
    ReferralStep.objects.filter(referral=letter).delete()
    sql = "DELETE FROM casework_referral WHERE id = %s"
    assert [attempt(scope_of(house), sql, [letter]) for house in ("b", "a")] == [0, 1]
