"""What the reader does with a file of each kind."""

from __future__ import annotations

from wegnetz.core.uploads.pdf import rebuild
from wegnetz.core.uploads.pictures import redraw
from wegnetz.core.uploads.refusals import Reason, UploadRefusedError


def harmless(kind: str, content: bytes) -> bytes:
    """The file without what it may do, hide or tell. `kind` is PDF, JPEG, PNG or WEBP.

    Raises UploadRefusedError, and nothing else: libraries that are fed with hostile bytes may fail in any way, and
    what they say then may hold a piece of the file.
    """
    try:
        return rebuild(content) if kind == "PDF" else redraw(content, kind)
    except UploadRefusedError:
        raise
    except Exception:
        raise UploadRefusedError(Reason.BROKEN) from None
