from django.apps import AppConfig


class NegotiationConfig(AppConfig):
    name = "negotiation"

    def ready(self) -> None:
        # Registers the room's jobs.
        from negotiation.alike import clauses_of_type
        from negotiation.services import versions  # noqa: F401
        from negotiation.shelf import Contracts
        from playbooks import shelf
        from playbooks.clause_library import hooks

        shelf.register_shelf(Contracts())
        hooks.offer_texts("negotiation", clauses_of_type)
