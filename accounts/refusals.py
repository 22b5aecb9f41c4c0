"""How a page without a form of its own says what a service refused."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest


@contextmanager
def said_on_next_page(request: HttpRequest) -> Iterator[None]:
    """For one call of a service and the message of its success: a ValidationError becomes a message instead,
    and the view goes on to the page it came from. Everything else passes."""
    try:
        yield
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
