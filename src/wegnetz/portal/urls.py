"""Addresses of public pages, and of those that a secret link opens. None needs an account, or says who somebody is."""

from __future__ import annotations

from django.urls import path

from wegnetz.portal.views import evening, invitation, maps, pictures, place_page, places, signatures, tables

app_name = "portal"
urlpatterns = [
    path("platz/", place_page.page, name="place-page"),
    path("platz/oeffnen/", place_page.enter, name="open-place-page"),
    path("platz/schliessen/", place_page.leave, name="close-place-page"),
    path("platz/besuch/", place_page.visit, name="place-visit"),
    path("platz/besuch/zuruecknehmen/", place_page.take_back, name="take-back-place-visit"),
    path("platz/woche/", place_page.week, name="place-week"),
    path("platz/<slug:token>/", place_page.follow, name="place-link"),
    path("abend/", evening.page, name="evening"),
    path("abend/oeffnen/", evening.enter, name="open-evening"),
    path("abend/schliessen/", evening.leave, name="close-evening"),
    path("abend/haken/", evening.tick, name="evening-marks"),
    path("abend/stand/", evening.take_in, name="evening-state"),
    path("abend/tische/", tables.page, name="evening-tables"),
    path("abend/tische/mischen/", tables.mix, name="evening-mix"),
    path("abend/tische/tauschen/", tables.swap, name="evening-swap"),
    path("abend/unterschriften/", signatures.page, name="evening-signatures"),
    path("abend/unterschriften/eine/", signatures.sign, name="evening-sign"),
    path("abend/huelle/", evening.shell, name="evening-shell"),
    path("abend/sw.js", evening.worker, name="evening-worker"),
    path("abend/<slug:token>/", evening.follow, name="evening-link"),
    path("termin/hier/<slug:handle>/", invitation.page, name="invitation"),
    path("termin/hier/<slug:handle>/antwort/", invitation.reply, name="answer-invitation"),
    path("termin/hier/<slug:handle>/brauche/", invitation.needs, name="invitation-needs"),
    path("termin/hier/<slug:handle>/wie-war-es/", invitation.feedback, name="invitation-feedback"),
    path("termin/hier/<slug:handle>/termin.ics", invitation.calendar, name="invitation-calendar"),
    path("termin/<slug:token>/", invitation.follow, name="invitation-link"),
    path("orte/", places.entrance, name="entrance"),
    path("orte/stadtteile.geojson", maps.districts, name="districts"),
    path("<slug:language>/orte/", places.places, name="places"),
    path("<slug:language>/orte/karte.geojson", maps.points, name="points"),
    path("<slug:language>/orte/bilder/", pictures.pictures, name="pictures"),
    path("<slug:language>/orte/<uuid:point_id>/", places.place, name="place"),
    path("<slug:language>/orte/<uuid:point_id>/<uuid:offer_id>.ics", places.calendar, name="calendar"),
]
