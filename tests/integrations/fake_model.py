"""A chat endpoint on loopback that answers what a test tells it to, and keeps what it was asked."""

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


@dataclass
class FakeModel:
    """`answer`: the words of the next answers, or a status code; `asked`: the requests so far."""

    url: str = ""
    answer: str | int | bytes = ""
    asked: list[dict[str, Any]] = field(default_factory=list)
    headers: list[dict[str, str]] = field(default_factory=list)

    def says(self, **data: Any) -> None:
        self.answer = json.dumps(data)

    @property
    def heard(self) -> str:
        """Every word of the last question."""
        return "\n".join(message["content"] for message in self.asked[-1]["messages"])


@contextmanager
def running() -> Iterator[FakeModel]:
    model = FakeModel()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            model.asked.append(json.loads(body))
            model.headers.append(dict(self.headers))
            if isinstance(model.answer, int):
                self.send_response(model.answer)
                self.send_header("Location", f"{model.url}/elsewhere")
                self.end_headers()
                return
            data = model.answer
            if isinstance(data, str):
                data = json.dumps({"choices": [{"message": {"content": data}}]}).encode()
            self.send_response(200)
            self.send_header("Content-Type", "application/json")
            self.end_headers()
            self.wfile.write(data)

        def log_message(self, *args: Any) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    model.url = f"http://127.0.0.1:{server.server_address[1]}/v1"
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield model
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
