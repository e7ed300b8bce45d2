"""The application: pages, API, static files, errors, headers."""

from __future__ import annotations

from fastapi import FastAPI
from starlette.staticfiles import StaticFiles

from duibiao import __version__
from duibiao.web import errors, headers, operations
from duibiao.web.access import Renewal
from duibiao.web.api import routes
from duibiao.web.pages import (
    account,
    audit,
    compare,
    complaints,
    downloads,
    experts,
    findings,
    law,
    long_lists,
    packages,
    progress,
    projects,
    published,
    sign,
    statistics,
    upload,
    users,
)
from duibiao.web.rendering import static_folder
from duibiao.web.settings import Settings
from duibiao.work.shop import Workshop

PAGES = (
    sign,
    packages,
    progress,
    upload,
    findings,
    downloads,
    compare,
    experts,
    complaints,
    published,
    projects,
    users,
    audit,
    account,
    statistics,
    long_lists,
    law,
)
"""The modules of pages; each has a `router`."""


def make_app(shop: Workshop, settings: Settings) -> FastAPI:
    """Make the application.

    Args:
        shop: The workshop; whoever opened it closes it after the server has stopped.
        settings: The settings.
    """
    app = FastAPI(
        title="对标", version=__version__, docs_url=None, redoc_url=None, openapi_url=None
    )
    app.state.shop = shop
    app.state.settings = settings
    app.mount("/static", StaticFiles(directory=static_folder()), name="static")
    for module in PAGES:
        app.include_router(module.router, include_in_schema=False)
    routes.install(app)
    errors.install(app)
    app.add_middleware(Renewal)
    headers.install(app, secure=settings.secure)
    operations.install(app)
    return app
