"""Addresses for programs: the directory by HSDS 3.1, and as files."""

from __future__ import annotations

from django.urls import path

from wegnetz.exchange import api, files

app_name = "exchange"
urlpatterns = [
    path("api/hsds/", api.about, name="hsds"),
    path("api/hsds/services", api.services, name="hsds-services"),
    path("api/hsds/services/<uuid:wanted>", api.service, name="hsds-service"),
    path("api/hsds/service_at_locations", api.service_at_locations, name="hsds-meetings"),
    path("api/hsds/service_at_locations/<uuid:wanted>", api.service_at_location, name="hsds-meeting"),
    path("api/hsds/organizations", api.organizations, name="hsds-organizations"),
    path("api/hsds/organizations/<uuid:wanted>", api.organization, name="hsds-organization"),
    path("api/hsds/taxonomies", api.taxonomies, name="hsds-taxonomies"),
    path("api/hsds/taxonomy_terms", api.taxonomy_terms, name="hsds-terms"),
    path("api/hsds/taxonomy_terms/<uuid:wanted>", api.taxonomy_term, name="hsds-term"),
    path("<slug:language>/orte/orte.geojson", files.geojson, name="geojson"),
    path("<slug:language>/orte/orte-hsds.json", files.hsds_json, name="hsds-json"),
    path("<slug:language>/orte/orte.xlsx", files.xlsx, name="xlsx"),
    path("<slug:language>/orte/orte.csv", files.csv, name="csv"),
]
