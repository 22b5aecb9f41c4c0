"""The one interface to a language model: messages in, words out. Any OpenAI-compatible chat endpoint
serves it.

The endpoint is the administrator's choice (`PARLEY_LANGUAGE_MODEL_URL`); without one nothing here is called.
"""

import json
import urllib.error
import urllib.request
from collections.abc import Sequence
from dataclasses import dataclass
from http.client import HTTPException
from typing import Any, Protocol

from django.conf import settings
from django.utils.translation import gettext as _

LONGEST_ANSWER = 512 * 1024
"""Bytes of a response that are read at most."""


class Unavailable(Exception):
    """The endpoint did not answer now; trying again later may help. Its text is a sentence for people."""


class Misconfigured(Exception):
    """The endpoint refuses us; trying again cannot help. Its text is a sentence for people."""


@dataclass(frozen=True)
class Message:
    """One message of the conversation: role "system" or "user", and its words."""

    role: str
    content: str


class Provider(Protocol):
    """What can be asked. Raises Unavailable or Misconfigured."""

    @property
    def model(self) -> str: ...

    def complete(self, messages: Sequence[Message]) -> str: ...


class _NoRedirect(urllib.request.HTTPRedirectHandler):
    """A redirect would carry the text of a contract to an address nobody chose."""

    def redirect_request(self, *args: Any, **kwargs: Any) -> None:
        return None


@dataclass(frozen=True)
class ChatEndpoint:
    """An OpenAI-compatible endpoint: POST {url}/chat/completions with model and messages."""

    url: str
    model: str
    key: str = ""
    seconds: float = 60

    def complete(self, messages: Sequence[Message]) -> str:
        """The first choice's words. Temperature 0: the same question should get the same answer."""
        body = {
            "model": self.model,
            "temperature": 0,
            "messages": [{"role": message.role, "content": message.content} for message in messages],
        }
        headers = {"Content-Type": "application/json", "Accept": "application/json"}
        if self.key:
            headers["Authorization"] = f"Bearer {self.key}"
        request = urllib.request.Request(  # noqa: S310 - http(s) only, checked where settings are read
            f"{self.url}/chat/completions", json.dumps(body).encode(), headers, method="POST"
        )
        return _words(self._send(request))

    def _send(self, request: urllib.request.Request) -> bytes:
        opener = urllib.request.build_opener(_NoRedirect)
        try:
            with opener.open(request, timeout=self.seconds) as response:
                data: bytes = response.read(LONGEST_ANSWER + 1)
        except urllib.error.HTTPError as error:
            said = _("The language model answered with the code %(code)s.") % {"code": error.code}
            if error.code in (408, 425, 429) or error.code >= 500:
                raise Unavailable(said) from error
            raise Misconfigured(said) from error
        except (OSError, HTTPException) as error:
            raise Unavailable(_("The language model could not be reached.")) from error
        if len(data) > LONGEST_ANSWER:
            raise Misconfigured(_("The language model's answer is too long to be read."))
        return data


def configured() -> Provider | None:
    """The provider this installation uses; None where the option is off, as it is by default."""
    chosen = settings.PARLEY_LANGUAGE_MODEL
    if not chosen:
        return None
    return ChatEndpoint(**chosen)


def _words(data: bytes) -> str:
    try:
        answer = json.loads(data)
        words = answer["choices"][0]["message"]["content"]
    except (ValueError, LookupError, TypeError, RecursionError) as error:
        raise Misconfigured(_("The language model's answer is not in the form of a chat.")) from error
    if not isinstance(words, str):
        raise Misconfigured(_("The language model's answer holds no words."))
    return words
