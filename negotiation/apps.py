from django.apps import AppConfig


class NegotiationConfig(AppConfig):
    name = "negotiation"

    def ready(self) -> None:
        # Registers the room's jobs.
        from negotiation.services import versions  # noqa: F401
        from negotiation.shelf import Contracts
        from playbooks import shelf

        shelf.register_shelf(Contracts())
