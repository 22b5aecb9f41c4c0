"""Ask the web process of this container whether it is well: `python -m ops.healthcheck /readyz`.

It asks as the reverse proxy would (the public host name, and the scheme in a header): the settings refuse
other hosts and send plain http to https.
"""

import http.client
import os
import sys
from urllib.parse import urlsplit


def answer(path: str, *, host: str = "127.0.0.1", port: int = 8000, seconds: float = 4) -> int:
    """The HTTP status of `path`; raises OSError where nobody answers."""
    site = urlsplit(os.environ.get("PARLEY_URL") or "http://127.0.0.1:8000")
    connection = http.client.HTTPConnection(host, port, timeout=seconds)
    try:
        connection.request("GET", path, headers={"Host": site.netloc, "X-Forwarded-Proto": site.scheme})
        return connection.getresponse().status
    finally:
        connection.close()


if __name__ == "__main__":
    try:
        status = answer(sys.argv[1] if len(sys.argv) > 1 else "/livez")
    except OSError as problem:
        sys.exit(f"no answer: {problem}")
    sys.exit(0 if status == 200 else f"answered {status}")
