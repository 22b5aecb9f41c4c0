"""The web application: files go out piece by piece, without a warning."""

import io
import warnings

import pytest
from asgiref.sync import async_to_sync
from django.http import FileResponse, HttpResponse, StreamingHttpResponse

from config.asgi import AT_ONCE, Handler, application

BYTES = bytes(range(256)) * 4096  # a megabyte


def sent(response) -> tuple[bytes, int]:
    """The body as a client gets it, and in how many parts."""
    messages = []

    async def send(message):
        messages.append(message)

    with warnings.catch_warnings():
        warnings.simplefilter("error")
        async_to_sync(application.send_response)(response, send)
    bodies = [one["body"] for one in messages if one.get("body")]
    return b"".join(bodies), len(bodies)


def test_uvicorn_gets_our_handler():
    assert isinstance(application, Handler)


@pytest.mark.parametrize("data", [b"", b"one", BYTES])
def test_a_file_is_sent_whole_without_a_warning(data):
    file = io.BytesIO(data)
    response = FileResponse(file)
    body, _parts = sent(response)
    assert body == data
    assert file.close in response._resource_closers  # the handler closes it once it is sent


def test_a_large_file_is_not_read_to_its_end_before_it_leaves():
    body, parts = sent(StreamingHttpResponse(bytes([n % 256]) for n in range(AT_ONCE * 3)))
    assert len(body) == AT_ONCE * 3
    assert parts == 3


def test_a_plain_answer_is_left_alone():
    assert sent(HttpResponse(b"page")) == (b"page", 1)
