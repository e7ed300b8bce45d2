"""Settings of the server: from the environment, each with a use on one line in the README."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, fields
from pathlib import Path

from duibiao.model.errors import UsageError

PREFIX = "DUIBIAO_"


@dataclass(frozen=True, slots=True)
class Settings:
    """服务设置. Each comes from the environment variable of its name in capitals with ``DUIBIAO_`` before it.

    Attributes:
        home: Folder of the embedded database and the file store.
        database: URL of the database; "" for SQLite in `home`.
        files: Folder or ``s3://…`` of the file store; "" for a folder in `home`.
        jobs: Jobs at once in this process; 0 to leave them to workers elsewhere.
        seconds: Longest time of one job.
        memory: Most memory of one job in MiB.
        silent: Seconds without a sign of life after which another worker takes over.
        upload: Greatest upload in MiB.
        retention: Days for which files of finished packages are kept; 0 for ever.
        secure: Whether browsers reach it by https (behind a proxy); cookies then never travel in the clear.
        metrics: Token for reading `/metrics` from another machine; "" to show it to this machine only.
        webhooks_inside: Whether webhooks may lead into the network that the service itself stands in.
        proxies: Addresses of proxies whose X-Forwarded-For is believed, with commas; "" for none.
    """

    home: Path = Path("duibiao-data")
    database: str = ""
    files: str = ""
    jobs: int = 2
    seconds: int = 120
    memory: int = 4096
    silent: int = 30
    upload: int = 300
    retention: int = 0
    secure: bool = False
    metrics: str = ""
    webhooks_inside: bool = False
    proxies: str = ""

    @property
    def database_url(self) -> str:
        """The database to use."""
        return self.database or f"sqlite:///{(self.home / 'duibiao.db').absolute()}"

    @property
    def files_url(self) -> str:
        """The file store to use."""
        return self.files or str((self.home / "files").absolute())


def from_environment(environment: Mapping[str, str] = os.environ) -> Settings:
    """Read the settings.

    Raises:
        UsageError: If a value does not fit.
    """
    given: dict[str, object] = {}
    for field in fields(Settings):
        name = PREFIX + field.name.upper()
        if name in environment:
            given[field.name] = _value(name, environment[name], field.default)
    return Settings(**given)  # type: ignore[arg-type]


def _value(name: str, text: str, default: object) -> object:
    match default:
        case bool():
            if text.lower() not in ("0", "1", "true", "false"):
                raise UsageError(f"环境变量 {name} 应为 1 或 0，现在是“{text}”")
            return text.lower() in ("1", "true")
        case int():
            if not text.isascii() or not text.isdigit():
                raise UsageError(f"环境变量 {name} 应为整数，现在是“{text}”")
            return int(text)
        case Path():
            return Path(text)
    return text
