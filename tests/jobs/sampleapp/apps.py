from django.apps import AppConfig


class SampleConfig(AppConfig):
    name = "tests.jobs.sampleapp"
    label = "sampleapp"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from tests.jobs.sampleapp import handlers  # noqa: F401
