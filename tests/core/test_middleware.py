"""How much a request may bring: little, but for views that take files; and no file touches the disk on its way in."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.conf import settings
from django.core.files.uploadedfile import InMemoryUploadedFile, SimpleUploadedFile, UploadedFile
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.test import Client, override_settings
from django.urls import include, path

from tests.people import DB, Desk
from wegnetz.core.middleware import MAX_BODY, MAX_BODY_WITH_FILE, takes_files
from wegnetz.core.uploads import MAX_FILE
from wegnetz.desk.guard import screen
from wegnetz.desk.policies import Policy

pytestmark = [DB, pytest.mark.urls(__name__)]


def told(request: HttpRequest) -> HttpResponse:
    """What arrived: the length of each text, the class and size of each file."""
    texts = {name: len(text) for name, text in request.POST.items()}
    files = {
        name: [type(file).__name__, len(file.read())]
        for name, file in request.FILES.items()
        if isinstance(file, UploadedFile)
    }
    return JsonResponse({"texts": texts, "files": files})


urlpatterns = [
    path("text/", screen(Policy.PUBLIC, "POST")(told)),
    path("file/", screen(Policy.PUBLIC, "POST")(takes_files(told))),
    path("", include("wegnetz.config.urls")),
]


def post(path: str, length: int) -> int:
    """The status for a body of exactly that length."""
    body = b"a=" + b"x" * (length - 2)
    return Client().generic("POST", path, body, content_type="application/octet-stream").status_code


@pytest.mark.parametrize(
    ("path", "most"),
    [
        ("/text/", MAX_BODY),
        ("/file/", MAX_BODY_WITH_FILE),
        ("/menschen/aufnehmen/", MAX_BODY),
        ("/nirgends/", MAX_BODY),
    ],
)
def test_a_body_may_be_so_long_and_not_a_byte_longer(path: str, most: int) -> None:
    assert post(path, most) != 413
    assert post(path, most + 1) == 413


@pytest.mark.parametrize("path", ["/text/", "/file/"])
def test_a_body_of_unknown_length_is_refused(path: str) -> None:
    client = Client()
    assert client.generic("POST", path, b"", headers={"transfer-encoding": "chunked"}).status_code == 413
    for length in ("-1", "x", "1e9", "9" * 5000):
        assert (length, client.generic("POST", path, b"", CONTENT_LENGTH=length).status_code) == (length, 413)


def test_the_largest_file_arrives_in_memory_and_nothing_on_the_disk(tmp_path: Path) -> None:
    largest = SimpleUploadedFile("scan.pdf", bytes(MAX_FILE))
    with override_settings(FILE_UPLOAD_TEMP_DIR=str(tmp_path)):
        response = Client().post("/file/", {"note": "x" * 200_000, "file": largest})
    assert response.json() == {"texts": {"note": 200_000}, "files": {"file": [InMemoryUploadedFile.__name__, MAX_FILE]}}
    assert list(tmp_path.iterdir()) == []


def test_django_lets_through_what_the_middleware_does() -> None:
    assert settings.FILE_UPLOAD_MAX_MEMORY_SIZE == MAX_BODY_WITH_FILE
    assert settings.DATA_UPLOAD_MAX_MEMORY_SIZE == MAX_BODY
    assert settings.FILE_UPLOAD_HANDLERS == ["django.core.files.uploadhandler.MemoryFileUploadHandler"]


def test_much_text_beside_a_file_is_refused_all_the_same() -> None:
    assert Client().post("/file/", {"note": "x" * 1_100_000}).status_code == 400


@pytest.mark.parametrize("signed_in", [True, False])
def test_too_much_is_answered_with_a_page_that_says_what_to_do(signed_in: bool, ilka: Desk) -> None:
    response = (ilka if signed_in else Client()).post("/text/", {"a": "x" * 1_000_001})
    assert (response.status_code, [template.name for template in response.templates][:2]) == (
        413,
        ["413.html", "core/error.html"],
    )
    assert response.content.count(b"<h1>") == 1
