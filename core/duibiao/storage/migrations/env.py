"""How alembic reaches the database: always through the connection that `Database.migrate` hands over."""

from __future__ import annotations

from alembic import context

from duibiao.storage import packages, people, projects, records
from duibiao.storage.base import Base

TABLES = (packages, people, projects, records)
"""The modules whose tables stand in the metadata once they are imported."""

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Base.metadata,
    transactional_ddl=False,
)
context.run_migrations()
