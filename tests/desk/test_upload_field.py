"""A file in a form: kept as an `Upload`, or refused with a sentence that says what to do."""

from __future__ import annotations

import pytest
from django import forms
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils.datastructures import MultiValueDict

from tests.core import hostile
from wegnetz.core.uploads import Kind, Reason
from wegnetz.desk.uploads import WHAT_TO_DO, UploadField


class OneFile(forms.Form):
    document = UploadField(label="Dokument")


def sent(content: bytes, name: str) -> OneFile:
    file = SimpleUploadedFile(name, content, content_type="text/html")
    return OneFile({}, MultiValueDict({"document": [file]}))


def test_a_file_is_cleaned_to_what_may_be_kept() -> None:
    form = sent(hostile.photograph(), "Ausweis.jpeg")
    assert form.is_valid()
    found = form.cleaned_data["document"]
    assert (found.kind, found.name, hostile.SECRET.encode() in found.content) == (Kind.JPEG, "Ausweis.jpg", False)


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", Reason.EMPTY),
        (b"Text", Reason.UNKNOWN_TYPE),
        (hostile.docx(), Reason.OFFICE),
        (hostile.locked_pdf("geheim"), Reason.ENCRYPTED),
    ],
)
def test_a_refused_file_is_answered_with_what_to_do(content: bytes, reason: Reason) -> None:
    (error,) = sent(content, "datei").errors.as_data()["document"]
    assert (error.code, error.messages) == (reason.value, [str(WHAT_TO_DO[reason])])


def test_every_reason_has_a_sentence_of_its_own() -> None:
    assert set(WHAT_TO_DO) == set(Reason)
    assert len({str(sentence) for sentence in WHAT_TO_DO.values()}) == len(Reason)


def test_no_file_is_answered_with_what_to_do() -> None:
    assert OneFile({}).errors == {"document": ["Bitte wählen Sie eine Datei aus."]}


def test_an_optional_file_may_be_left_out() -> None:
    assert UploadField(required=False).clean(None) is None


def test_the_browser_offers_what_is_taken() -> None:
    """Without HEIC in the list, an iPhone sends its photographs as JPEG."""
    field = str(OneFile()["document"])
    assert 'accept=".pdf,.jpg,.jpeg,.png,.webp"' in field
    assert 'type="file"' in field
