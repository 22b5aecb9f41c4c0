from django.db import models


class Mark(models.Model):
    """One row per effect applied: two rows of one number are a doubled job."""

    number = models.IntegerField()

    def __str__(self) -> str:
        return str(self.number)
