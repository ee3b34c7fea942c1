"""Addresses of the desk. No address carries a name, a date of birth or an answer."""

from __future__ import annotations

from django.urls import path

from wegnetz.desk.views import eligibility, facts, help_pages, own_roles, people, programme, start, team

app_name = "desk"
urlpatterns = [
    path("", start.start, name="start"),
    path("menschen/", people.people, name="people"),
    path("menschen/liste.csv", people.people_csv, name="people-csv"),
    path("menschen/aufnehmen/", people.register, name="register"),
    path("menschen/<uuid:person_id>/", people.person, name="person"),
    path("menschen/<uuid:person_id>/kontakt/", people.contact, name="contact"),
    path("menschen/<uuid:person_id>/angaben/<slug:fact_id>/", facts.record, name="fact"),
    path("menschen/<uuid:person_id>/antwort/<slug:fact_id>/", facts.answer, name="answer"),
    path("menschen/<uuid:person_id>/eintrag/<uuid:record_id>/zuruecknehmen/", facts.retract, name="retract"),
    path("menschen/<uuid:person_id>/eintrag/<uuid:record_id>/wiederherstellen/", facts.restore, name="restore"),
    path("menschen/<uuid:person_id>/bausteine/", eligibility.blocks, name="blocks"),
    path("menschen/<uuid:person_id>/bausteine/festhalten/", eligibility.decide, name="decide"),
    path("menschen/<uuid:person_id>/bausteine/geprueft/", eligibility.reviewed, name="reviewed"),
    path("menschen/<uuid:person_id>/entscheidungen/<uuid:decision_id>/", eligibility.decision, name="decision"),
    path(
        "menschen/<uuid:person_id>/entscheidungen/<uuid:decision_id>/<slug:block>/",
        eligibility.single_case,
        name="single-case",
    ),
    path("team/", team.team, name="team"),
    path("team/einladen/", team.invite, name="invite"),
    path("team/einladungen/<uuid:invitation_id>/neuer-link/", team.renew, name="renew-invitation"),
    path("team/einladungen/<uuid:invitation_id>/zuruecknehmen/", team.withdraw, name="withdraw-invitation"),
    path("team/<uuid:colleague_id>/", team.colleague, name="colleague"),
    path("team/<uuid:colleague_id>/aufgabe/", team.add_role, name="add-role"),
    path("team/<uuid:colleague_id>/sperren/", team.deactivate, name="deactivate"),
    path("team/<uuid:colleague_id>/freigeben/", team.reactivate, name="reactivate"),
    path("team/aufgaben/<uuid:membership_id>/beenden/", team.end_role, name="end-role"),
    path("team/aufgaben/<uuid:membership_id>/fortsetzen/", team.resume_role, name="resume-role"),
    path("aufgabe/", own_roles.act_as, name="act-as"),
    path("einladung/<slug:token>/", own_roles.invitation, name="invitation"),
    path("programm/", programme.programme, name="programme"),
    path("hinweise/protokoll/", help_pages.log, name="help-log"),
    path("hinweise/barrierefreiheit/", help_pages.accessibility, name="help-accessibility"),
    path("darstellung/", help_pages.theme, name="theme"),
]
