"""Addresses of public pages, of the contact points' own and of people's maps. None needs an account."""

from __future__ import annotations

from django.urls import path

from wegnetz.portal.views import map_edits, map_sharing, maps, person_map, pictures, place_page, places

app_name = "portal"
urlpatterns = [
    path("platz/", place_page.page, name="place-page"),
    path("platz/oeffnen/", place_page.enter, name="open-place-page"),
    path("platz/schliessen/", place_page.leave, name="close-place-page"),
    path("platz/besuch/", place_page.visit, name="place-visit"),
    path("platz/besuch/zuruecknehmen/", place_page.take_back, name="take-back-place-visit"),
    path("platz/woche/", place_page.week, name="place-week"),
    path("platz/<slug:token>/", place_page.follow, name="place-link"),
    path("karte/", person_map.page, name="map-page"),
    path("karte/oeffnen/", person_map.enter, name="open-map"),
    path("karte/schliessen/", person_map.leave, name="close-map"),
    path("karte/mensch/", map_edits.put, name="put-on-map"),
    path("karte/ring/", map_edits.stand, name="stand-on-map"),
    path("karte/ziehen/", map_edits.move, name="move-on-map"),
    path("karte/herunter/", map_edits.take_off, name="take-off-map"),
    path("karte/zurueck/", map_edits.back, name="back-on-map"),
    path("karte/fassung/", map_edits.begin, name="begin-map-version"),
    path("karte/zeigen/", map_sharing.share, name="share-map"),
    path("karte/zeigen/beenden/", map_sharing.stop, name="stop-sharing-map"),
    path("karte/link/", map_sharing.renew, name="renew-map-link"),
    path("karte/datei/", map_sharing.read, name="read-map-file"),
    path("karte/datei/<slug:form>/", map_sharing.file, name="map-file"),
    path("karte/orte/", map_sharing.places, name="map-places"),
    path("karte/<slug:token>/", person_map.follow, name="map-link"),
    path("orte/", places.entrance, name="entrance"),
    path("orte/stadtteile.geojson", maps.districts, name="districts"),
    path("<slug:language>/orte/", places.places, name="places"),
    path("<slug:language>/orte/karte.geojson", maps.points, name="points"),
    path("<slug:language>/orte/bilder/", pictures.pictures, name="pictures"),
    path("<slug:language>/orte/<uuid:point_id>/", places.place, name="place"),
    path("<slug:language>/orte/<uuid:point_id>/<uuid:offer_id>.ics", places.calendar, name="calendar"),
]
