"""Addresses of public pages. None of them needs an account, and none holds anything about a person."""

from __future__ import annotations

from django.urls import path

from wegnetz.portal.views import maps, pictures, places

app_name = "portal"
urlpatterns = [
    path("orte/", places.entrance, name="entrance"),
    path("orte/stadtteile.geojson", maps.districts, name="districts"),
    path("<slug:language>/orte/", places.places, name="places"),
    path("<slug:language>/orte/karte.geojson", maps.points, name="points"),
    path("<slug:language>/orte/bilder/", pictures.pictures, name="pictures"),
    path("<slug:language>/orte/<uuid:point_id>/", places.place, name="place"),
    path("<slug:language>/orte/<uuid:point_id>/<uuid:offer_id>.ics", places.calendar, name="calendar"),
]
