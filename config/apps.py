from django.apps import AppConfig, apps


class ConfigConfig(AppConfig):
    name = "config"

    def ready(self) -> None:
        from config import quiet_logs

        quiet_logs.install()
        if apps.is_installed("accounts"):  # the jobs are tested without any room
            self._tell_rooms_about_teams()

    def _tell_rooms_about_teams(self) -> None:
        from accounts import team_codes
        from config import teams

        team_codes.register_names(teams.named_by_playbooks)
        team_codes.register_needs(teams.needs_of)
