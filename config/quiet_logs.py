"""Secrets that stand in addresses never reach a log: the signers' links and the calendar feeds."""

import logging
import re

_SECRET = re.compile(r"(/g/[a-z]+/|/calendar/)[^/\s\"'?]{16,}")
LOGGERS = ("django.request", "django.security.csrf", "uvicorn.access", "uvicorn.error")


def without_secrets(text: str) -> str:
    """The text with each secret of an address put out of sight."""
    return _SECRET.sub(r"\1…", text)


class NoSecrets(logging.Filter):
    """Rewrites the arguments of a record; always lets it pass."""

    def filter(self, record: logging.LogRecord) -> bool:
        record.msg = without_secrets(record.msg) if isinstance(record.msg, str) else record.msg
        if isinstance(record.args, tuple):
            record.args = tuple(_clean(one) for one in record.args)
        return True


def _clean(value: object) -> object:
    return without_secrets(value) if isinstance(value, str) else value


def install() -> None:
    """Put the filter before the loggers that write addresses. Installing twice changes nothing."""
    for name in LOGGERS:
        logger = logging.getLogger(name)
        if not any(isinstance(one, NoSecrets) for one in logger.filters):
            logger.addFilter(NoSecrets())
