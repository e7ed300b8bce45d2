"""Until when the verdict of a version holds.

Versions of packages in which nothing was ever waived hold for ever; of the others it is not known (NULL) until somebody looks.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the column."""
    op.add_column("submission", sa.Column("lapses", sa.String(length=10), nullable=True))
    op.create_index(op.f("ix_submission_lapses"), "submission", ["lapses"], unique=False)
    op.execute(
        "UPDATE submission SET lapses = '' WHERE report <> '' AND package_id NOT IN"
        " (SELECT package_id FROM remark WHERE disposition = 'waive')"
    )
