from django.apps import AppConfig


class ObligationsConfig(AppConfig):
    name = "obligations"

    def ready(self) -> None:
        from negotiation import gates
        from obligations.services import mapping, reminders  # noqa: F401  registers the reminder job

        gates.register_executed_handler(mapping.contract_executed)
