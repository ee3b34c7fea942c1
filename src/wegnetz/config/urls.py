"""All addresses."""

from __future__ import annotations

from django.urls import include, path
from django.views.i18n import set_language

urlpatterns = [
    path("", include("wegnetz.desk.urls")),
    path("sprache/", set_language, name="set_language"),
    path("konto/", include("allauth.urls")),
]
