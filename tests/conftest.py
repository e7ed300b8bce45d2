"""What all tests share: none depends on how busy the machine is, and the largest look at another share each day."""

from __future__ import annotations

import os
from datetime import UTC, datetime

from hypothesis import settings

settings.register_profile("duibiao", deadline=None, print_blob=True)
settings.load_profile("duibiao")

os.environ.setdefault("SHARE", str(datetime.now(UTC).toordinal()))
"""Which share of its cases a large test looks at; "all" for every one. Workers take it over from their maker."""
