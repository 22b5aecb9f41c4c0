"""The web application for uvicorn."""

import os
from collections.abc import AsyncIterator, Iterator
from itertools import islice
from typing import Any

import django
from asgiref.sync import sync_to_async
from django.core.handlers.asgi import ASGIHandler
from django.http.response import HttpResponseBase, StreamingHttpResponse

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

AT_ONCE = 64  # chunks of a file read between two turns of the event loop


class Handler(ASGIHandler):
    """Django's own, with files read piece by piece in a thread.

    Static files and downloads are written as synchronous iterators. Django would read each of them to its end
    before the first byte leaves, and warns of it at every request.
    """

    async def send_response(self, response: HttpResponseBase, send: Any) -> None:
        if isinstance(response, StreamingHttpResponse) and not response.is_async:
            response.streaming_content = _in_thread(iter(response.streaming_content))  # type: ignore[arg-type]
        await super().send_response(response, send)


async def _in_thread(chunks: Iterator[bytes]) -> AsyncIterator[bytes]:
    while part := await sync_to_async(lambda: b"".join(islice(chunks, AT_ONCE)))():
        yield part


def get_application() -> Handler:
    django.setup(set_prefix=False)
    return Handler()


application = get_application()
