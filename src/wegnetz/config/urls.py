"""All addresses. Of allauth only what staff need: nobody signs up, and no mail resets a password."""

from __future__ import annotations

from allauth.account import views as account
from django.urls import include, path, re_path
from django.views.i18n import set_language

urlpatterns = [
    path("", include("wegnetz.desk.urls")),
    path("", include("wegnetz.portal.urls")),
    path("", include("wegnetz.exchange.urls")),
    path("sprache/", set_language, name="set_language"),
    path("konto/login/", account.login, name="account_login"),
    path("konto/logout/", account.logout, name="account_logout"),
    path("konto/inaktiv/", account.account_inactive, name="account_inactive"),
    path("konto/erneut/", account.reauthenticate, name="account_reauthenticate"),
    path("konto/passwort/", account.password_change, name="account_change_password"),
    re_path(
        r"^konto/passwort/neu/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        account.password_reset_from_key,
        name="account_reset_password_from_key",
    ),
    path("konto/passwort/gesetzt/", account.password_reset_from_key_done, name="account_reset_password_from_key_done"),
    path("konto/2fa/", include("allauth.mfa.urls")),
]
