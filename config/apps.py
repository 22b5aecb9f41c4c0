from django.apps import AppConfig


class ConfigConfig(AppConfig):
    name = "config"

    def ready(self) -> None:
        from accounts import team_codes
        from config import quiet_logs, teams

        quiet_logs.install()
        team_codes.register_names(teams.named_by_playbooks)
        team_codes.register_needs(teams.needs_of)
