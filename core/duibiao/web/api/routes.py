"""The API put together."""

from __future__ import annotations

from fastapi import FastAPI

from duibiao.web.api import (
    artefacts,
    batches,
    document,
    law,
    lists,
    packages,
    projects,
    remarks,
    versions,
    webhooks,
)

TOPICS = (packages, batches, versions, artefacts, remarks, projects, lists, law, webhooks)
"""The modules of endpoints; each has a `router`."""


def install(app: FastAPI) -> None:
    """Add the API and its description to an application."""
    for module in TOPICS:
        app.include_router(module.router)
    app.include_router(document.router)
