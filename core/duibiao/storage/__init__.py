"""Storage (存储): the database, its migrations, the store of files, and the audit log. Knows nothing of web or law."""
