"""The one way the engine says no."""


class Refused(Exception):
    """The document or the request is refused; nothing was written.

    ``code`` is a stable, hyphenated word for programs; ``message`` is one sentence a lawyer understands.
    """

    def __init__(self, code: str, message: str) -> None:
        super().__init__(f"{code}: {message}")
        self.code = code
        self.message = message
