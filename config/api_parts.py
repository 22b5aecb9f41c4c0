"""The parts of the API that its settings name, in a module that loads no view.

Views read the settings while they load. A part defined beside a view could then be asked for before it
exists: whether that happens hangs on the order of the system checks, which is not fixed.
"""

from typing import Any

from rest_framework import exceptions
from rest_framework.pagination import CursorPagination
from rest_framework.parsers import JSONParser


class PlainJSONParser(JSONParser):
    """JSON nested so deep that reading it breaks off is refused like any other JSON that is not right."""

    def parse(self, stream: Any, media_type: Any = None, parser_context: Any = None) -> Any:
        try:
            return super().parse(stream, media_type, parser_context)
        except RecursionError as error:
            raise exceptions.ParseError("The JSON is nested too deep.") from error


class ByCreation(CursorPagination):
    """Newest first; the cursor stays right while rows are added."""

    ordering = ("-created_at", "-pk")
    page_size = 50
    page_size_query_param = "page_size"
    max_page_size = 200
