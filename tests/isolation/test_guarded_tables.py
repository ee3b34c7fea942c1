"""No table with rows about people or of organisations is forgotten."""

from __future__ import annotations

from django.apps import apps
from django.db import connection
from django.db.models import ForeignKey, Model

from tests.people import DB
from wegnetz.accounts.models import Organisation
from wegnetz.config.isolation import ISOLATION
from wegnetz.core.isolation import unprotected
from wegnetz.participants.models import Person

GUARDED = {guarded.table for guarded in ISOLATION.guarded}
# Staff, not participants: who may sign in is asked before anybody knows for which organisation.
ABOUT_STAFF = {"accounts_membership", "accounts_invitation"}
# For everybody to read: places, which name the organisation that keeps them, and how offers do, which names nobody.
PUBLIC = {
    "directory_contactpoint", "directory_offer", "directory_offertag", "directory_searchtext", "network_outcome"
}  # fmt: skip
# Looked up before anybody knows for whom: of the secret that opens one it holds a fingerprint, and of what it opens
# nothing but the key to which it is sealed.
PUBLIC |= {"network_placelink"}
NAMES = {"organisation", "subject", "person", "participant"}


def points_to(model: type[Model], wanted: set[type[Model]]) -> bool:
    """Whether a row names a person or an organisation, by a key or bare, or belongs to one that does."""
    return any(
        field.name in NAMES or (isinstance(field, ForeignKey) and field.related_model in wanted)
        for field in model._meta.concrete_fields
    )


def about_people() -> set[str]:
    found: set[type[Model]] = {Person, Organisation}
    models = [model for model in apps.get_models() if model._meta.app_label not in {"vault", "accounts"}]
    while more := {model for model in models if model not in found and points_to(model, found)}:
        found |= more
    return {model._meta.db_table for model in found - {Organisation}}


def test_every_table_about_people_or_of_an_organisation_is_guarded() -> None:
    assert about_people() - GUARDED == PUBLIC


def test_every_guarded_table_exists() -> None:
    tables = {model._meta.db_table for model in apps.get_models()}
    assert GUARDED - tables == set()


def test_of_the_accounts_only_what_is_about_staff_names_an_organisation() -> None:
    models = apps.get_app_config("accounts").get_models()
    assert {model._meta.db_table for model in models if points_to(model, {Organisation, Person})} == ABOUT_STAFF


@DB
def test_the_database_enforces_all_of_it() -> None:
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            assert unprotected(connection, sorted(GUARDED)) == []
            cursor.execute("SELECT conname FROM pg_constraint WHERE contype = 'f' AND convalidated")
            wanted = {rule.name for rule in ISOLATION.together}
            found = {name for (name,) in cursor.fetchall()}
            cursor.execute("SELECT tgname FROM pg_trigger WHERE tgenabled = 'O'")
        else:
            cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")
            wanted = {f"{rule.name}_{act}" for rule in ISOLATION.together for act in ("insert", "update")}
            wanted |= {row.name for row in ISOLATION.refused}
            found = set()
        wanted |= {columns.name for columns in ISOLATION.lasting}
        assert wanted - found - {name for (name,) in cursor.fetchall()} == set()
