from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.models import F


def sent_when_written(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Envelopes from before were sent when their row was written."""
    apps.get_model("signing", "Envelope").objects.update(sent_at=F("created_at"))


class Migration(migrations.Migration):
    dependencies = [("signing", "0001_initial")]

    operations = [
        migrations.AddField("envelope", "sent_at", models.DateTimeField(null=True)),
        migrations.RunPython(sent_when_written, migrations.RunPython.noop),
        migrations.AlterField("envelope", "sent_at", models.DateTimeField()),
    ]
