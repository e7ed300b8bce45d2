"""The one lock of PDFium, which must not run in two threads at once."""

from __future__ import annotations

from threading import RLock

PDFIUM = RLock()
