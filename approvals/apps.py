from django.apps import AppConfig


class ApprovalsConfig(AppConfig):
    name = "approvals"

    def ready(self) -> None:
        from approvals import gatekeeper, notes
        from approvals.services import requests
        from negotiation import gates

        gates.register_concession_handler(requests.concessions_changed)
        gates.register_turn_check(gatekeeper.check_turn)
        gates.register_signing_check(gatekeeper.check_signing)
        gates.register_issue_notes(notes.issue_notes)
