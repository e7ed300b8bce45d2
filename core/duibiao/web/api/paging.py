"""Pages of a list: offset and limit, with a header Link (RFC 8288) to the pages before and after."""

from __future__ import annotations

from fastapi import Request, Response


def link(request: Request, response: Response, *, offset: int, limit: int, total: int) -> None:
    """Set the header Link of one page of a list."""
    there = {"next": offset + limit, "prev": max(0, offset - limit)}
    wanted = [("prev", offset > 0), ("next", offset + limit < total)]
    links = [
        f"<{request.url.include_query_params(offset=there[name], limit=limit)}>; rel={name}"
        for name, is_there in wanted
        if is_there
    ]
    if links:
        response.headers["Link"] = ", ".join(links)
