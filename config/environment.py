"""Parley's few environment variables, read in one place.

`DATABASE_URL`, `REDIS_URL`, `PARLEY_SECRET_KEY`, `PARLEY_URL`, `PARLEY_DATA`: `ops/example.env` tells.
"""

import os
import secrets
from contextlib import suppress
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

MINIMUM_SECRET_LENGTH = 50


def data_folder(base: Path) -> Path:
    """The folder that holds everything Parley writes: database, files, generated secret."""
    folder = Path(os.environ.get("PARLEY_DATA") or base / "var").resolve()
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def secret_key(data: Path, *, on_loopback: bool) -> str:
    """The signing secret: from the environment, or generated once into the data folder when only this
    machine can reach the site.

    Raises ImproperlyConfigured where the site has a public address and no usable secret was given.
    """
    given = os.environ.get("PARLEY_SECRET_KEY", "")
    if given:
        if len(given) < MINIMUM_SECRET_LENGTH or "change-me" in given:
            raise ImproperlyConfigured(
                f"PARLEY_SECRET_KEY must be a random text of at least {MINIMUM_SECRET_LENGTH} characters."
            )
        return given
    if not on_loopback:
        raise ImproperlyConfigured("PARLEY_SECRET_KEY must be set when PARLEY_URL is not on this machine.")
    return _kept_secret(data / "secret_key")


def _kept_secret(path: Path) -> str:
    """The secret kept in `path`, made if there is none.

    1. Write a new secret aside, whole and readable only by us.
    2. Link it to its name, which fails if somebody was faster: of two processes that start together both
       then read the one that won, and none ever reads a file that is still empty.

    Raises ImproperlyConfigured where the file holds no secret.
    """
    if not path.exists():
        aside = path.with_name(f".{path.name}.{os.getpid()}.{secrets.token_hex(8)}")
        try:
            with os.fdopen(os.open(aside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
                file.write(secrets.token_urlsafe(64))
                file.flush()
                os.fsync(file.fileno())
            with suppress(FileExistsError):
                os.link(aside, path)
        finally:
            aside.unlink(missing_ok=True)
    kept = path.read_text().strip()
    if len(kept) < MINIMUM_SECRET_LENGTH:
        raise ImproperlyConfigured(f"{path} holds no secret. Remove it, and a new one is made.")
    return kept


def database(data: Path) -> dict[str, Any]:
    """Django's database settings from `DATABASE_URL`, or SQLite in the data folder without one."""
    url = os.environ.get("DATABASE_URL", "")
    if not url:
        return sqlite(data / "parley.sqlite3")
    parts = urlsplit(url)
    if parts.scheme == "sqlite":
        return sqlite(Path(unquote(parts.path)))
    if parts.scheme not in {"postgres", "postgresql"}:
        raise ImproperlyConfigured(f"DATABASE_URL names {parts.scheme!r}; use postgresql:// or sqlite://.")
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": unquote(parts.hostname or ""),
        "PORT": str(parts.port or ""),
        # Under ASGI each request has its own thread, so a kept connection would only leak.
        "CONN_MAX_AGE": 0,
        "OPTIONS": dict(parse_qsl(parts.query)),
    }


def sqlite(path: Path) -> dict[str, Any]:
    """SQLite in WAL mode with immediate transactions: with deferred ones most concurrent writers die with
    «database is locked», whatever the timeout."""
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": str(path),
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            # FULL, because signatures and the audit chain must survive a power cut.
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;",
        },
    }


def mail() -> dict[str, Any]:
    """Django's mail settings from `PARLEY_EMAIL_URL`: smtp://user:password@host:587?tls=1 (or ssl=1), or
    file:// for files in the data folder. Without it mails are printed on the console."""
    url = os.environ.get("PARLEY_EMAIL_URL", "")
    if not url:
        return {"EMAIL_BACKEND": "django.core.mail.backends.console.EmailBackend"}
    parts = urlsplit(url)
    if parts.scheme == "file":
        return {"EMAIL_BACKEND": "django.core.mail.backends.filebased.EmailBackend"}
    if parts.scheme != "smtp" or not parts.hostname:
        raise ImproperlyConfigured(
            "PARLEY_EMAIL_URL must read smtp://user:password@host:port?tls=1 or file://"
        )
    options = dict(parse_qsl(parts.query))
    return {
        "EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
        "EMAIL_HOST": parts.hostname,
        "EMAIL_PORT": parts.port or 25,
        "EMAIL_HOST_USER": unquote(parts.username or ""),
        "EMAIL_HOST_PASSWORD": unquote(parts.password or ""),
        "EMAIL_USE_TLS": options.get("tls") == "1",
        "EMAIL_USE_SSL": options.get("ssl") == "1",
        "EMAIL_TIMEOUT": 20,
    }


def language_model() -> dict[str, Any]:
    """The optional language model: `PARLEY_LANGUAGE_MODEL_URL` (an OpenAI-compatible endpoint, such as
    http://127.0.0.1:11434/v1), `…_NAME`, and if it asks for one `…_KEY`. Empty, which is the default: off."""
    url = os.environ.get("PARLEY_LANGUAGE_MODEL_URL", "").rstrip("/")
    if not url:
        return {}
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise ImproperlyConfigured("PARLEY_LANGUAGE_MODEL_URL must begin with http:// or https://")
    name = os.environ.get("PARLEY_LANGUAGE_MODEL_NAME", "")
    if not name:
        raise ImproperlyConfigured("PARLEY_LANGUAGE_MODEL_NAME must name the model to ask")
    return {"url": url, "model": name, "key": os.environ.get("PARLEY_LANGUAGE_MODEL_KEY", "")}


def site_url() -> str:
    """The address people use, without a trailing slash."""
    return (os.environ.get("PARLEY_URL") or "http://127.0.0.1:8000").rstrip("/")
