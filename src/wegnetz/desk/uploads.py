"""Files in the forms of the desk, and what to do about one that is not kept."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy

from wegnetz.core.uploads import ACCEPTED, Reason, Upload, UploadRefusedError, read_upload

WHAT_TO_DO = {
    Reason.EMPTY: gettext_lazy("Diese Datei ist leer. Bitte wählen Sie eine andere."),
    Reason.TOO_LARGE: gettext_lazy(
        "Diese Datei ist größer als 10 MB. Bitte nehmen Sie weniger Seiten oder ein Foto in geringerer Auflösung."
    ),
    Reason.UNKNOWN_TYPE: gettext_lazy(
        "Wir nehmen PDF und Fotos an: JPEG, PNG oder WebP. Bitte wandeln Sie die Datei um."
    ),
    Reason.TYPE_MISMATCH: gettext_lazy(
        "Die Endung des Dateinamens passt nicht zum Inhalt. Bitte prüfen Sie, ob es die richtige Datei ist."
    ),
    Reason.HEIC: gettext_lazy(
        "Dieses Foto hat das Format HEIC, das nicht alle öffnen können. Bitte schicken Sie es als JPEG. "
        "Am einfachsten: das Foto auf dem Telefon öffnen und ein Bildschirmfoto davon machen."
    ),
    Reason.OFFICE: gettext_lazy(
        "Dokumente aus Word und anderen Büroprogrammen können Makros und frühere Fassungen enthalten. "
        "Bitte speichern Sie das Dokument als PDF."
    ),
    Reason.BROKEN: gettext_lazy(
        "Diese Datei lässt sich nicht lesen. Bitte öffnen Sie sie und speichern Sie sie neu, "
        "oder fotografieren Sie das Dokument."
    ),
    Reason.TOO_MANY_PIXELS: gettext_lazy(
        "Dieses Bild hat zu viele Bildpunkte. Bitte nehmen Sie es in geringerer Auflösung auf."
    ),
    Reason.ENCRYPTED: gettext_lazy(
        "Dieses PDF ist mit einem Kennwort geschützt. Bitte öffnen Sie es und drucken Sie es in eine neue PDF-Datei."
    ),
    Reason.FORM: gettext_lazy(
        "In diesem Formular würden Eingaben verloren gehen. "
        "Bitte öffnen Sie es und drucken Sie es in eine neue PDF-Datei."
    ),
}  # fmt: skip


class UploadField(forms.FileField):
    """A file, cleaned to an `Upload`; None when optional and empty.

    Its form is sent as multipart/form-data and bound with `request.FILES`; its view is marked with
    `core.middleware.takes_files`.
    """

    widget = forms.FileInput

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.error_messages["required"] = gettext_lazy("Bitte wählen Sie eine Datei aus.")
        if not self.help_text:
            self.help_text = gettext_lazy(
                "PDF oder Foto, höchstens 10 MB. Aus Fotos entfernen wir, wo sie aufgenommen wurden."
            )

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        return {**super().widget_attrs(widget), "accept": ACCEPTED}

    def to_python(self, data: Any) -> Any:
        """Read it. The result is an Upload, which Django's types for files do not know."""
        if data in self.empty_values:
            return None
        try:
            found: Upload = read_upload(data, name=data.name)
        except UploadRefusedError as refused:
            raise ValidationError(str(WHAT_TO_DO[refused.reason]), code=refused.reason.value) from refused
        return found
