from django.apps import AppConfig


class SigningConfig(AppConfig):
    name = "signing"

    def ready(self) -> None:
        # Registers the room's jobs.
        from signing.services import invitations  # noqa: F401
