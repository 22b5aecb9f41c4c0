from django.apps import AppConfig


class LanguageModelsConfig(AppConfig):
    name = "integrations.language_models"
    label = "language_models"

    def ready(self) -> None:
        from integrations.language_models.services import answering  # noqa: F401  (registers the job)
