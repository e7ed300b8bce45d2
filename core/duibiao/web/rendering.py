"""Pages: templates of the distribution of templates, with what every page needs."""

from __future__ import annotations

from dataclasses import asdict
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode

from fastapi import Request
from fastapi.responses import HTMLResponse
from jinja2 import FileSystemLoader, StrictUndefined
from jinja2.sandbox import SandboxedEnvironment

from duibiao import __version__
from duibiao.office.jobs import STATES as JOB_STATES
from duibiao.procedure.rights import Right
from duibiao.procedure.roles import Role, Track
from duibiao.procedure.states import State
from duibiao.reports.templates import home
from duibiao.service.terms import CHINA


def web_folder() -> Path:
    """Return the folder of the pages' templates.

    Raises:
        DuibiaoError: If no template distribution is installed.
    """
    return Path(str(home().joinpath("web")))


def static_folder() -> Path:
    """Return the folder of style, script and icons."""
    return web_folder() / "static"


@cache
def environment() -> SandboxedEnvironment:
    """Return the environment that renders pages: sandboxed, strict, everything escaped."""
    made = SandboxedEnvironment(
        loader=FileSystemLoader(web_folder()),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.globals |= {
        "version": __version__, "State": State, "Track": Track, "Role": Role, "Right": Right,
        "job_states": JOB_STATES,
    }  # fmt: skip
    made.filters |= {
        "moment": lambda at: at.astimezone(CHINA).strftime("%Y-%m-%d %H:%M") if at else "—",
        "day": lambda at: at.astimezone(CHINA).strftime("%Y-%m-%d") if at else "—",
        "size": lambda count: (
            f"{count / 2**20:.1f} MB" if count >= 2**20 else f"{count / 1024:.0f} KB"
        ),
        "path": lambda text: quote(text, safe=""),
        "query": _query,
    }
    return made


def _query(wanted: Any) -> str:
    """Return a filter as the beginning of a query, with ``&`` at the end where it asks for something."""
    said = urlencode({name: value for name, value in asdict(wanted).items() if value})
    return f"{said}&" if said else ""


def page(
    request: Request,
    template: str,
    *,
    status: int = 200,
    headers: dict[str, str] | None = None,
    **context: Any,
) -> HTMLResponse:
    """Return a page.

    Args:
        request: The request; a session that was found for it is shown at the top.
        template: Name of the template.
        status: HTTP status.
        headers: Further headers.
        context: What the template says.
    """
    entered = getattr(request.state, "entered", None)
    text = (
        environment()
        .get_template(template)
        .render(
            entered=entered,
            actor=entered.actor if entered else None,
            path=request.url.path,
            **context,
        )
    )
    return HTMLResponse(text, status, headers)
