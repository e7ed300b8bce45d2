"""An S3-compatible bucket of the tests' own."""

import contextlib
import os
import socket
import uuid
from collections.abc import Iterator

import httpx


@contextlib.contextmanager
def bucket() -> Iterator[str]:
    """Serve a bucket on this machine, point the environment to it, and give its URL."""
    from moto.server import ThreadedMotoServer

    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    server = ThreadedMotoServer("127.0.0.1", port, verbose=False)
    server.start()
    endpoint = f"http://127.0.0.1:{port}"
    given = {
        "AWS_ACCESS_KEY_ID": "key",
        "AWS_SECRET_ACCESS_KEY": "secret",
        "AWS_ENDPOINT": endpoint,
        "AWS_REGION": "us-east-1",
        "AWS_ALLOW_HTTP": "true",
        "AWS_VIRTUAL_HOSTED_STYLE_REQUEST": "false",
    }
    before = {name: os.environ.get(name) for name in given}
    os.environ.update(given)
    try:
        name = f"bucket-{uuid.uuid4()}"  # the servers of one process share what they hold
        httpx.put(f"{endpoint}/{name}").raise_for_status()
        yield f"s3://{name}"
    finally:
        for name, value in before.items():
            if value is None:
                os.environ.pop(name)
            else:
                os.environ[name] = value
        server.stop()
