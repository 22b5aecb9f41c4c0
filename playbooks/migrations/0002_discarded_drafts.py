from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("playbooks", "0001_initial")]

    operations = [
        migrations.RemoveConstraint("playbookversion", "one_draft_per_playbook"),
        migrations.AddField(
            "playbookversion", "discarded_at", models.DateTimeField(blank=True, null=True)
        ),
        migrations.AddConstraint(
            "playbookversion",
            models.UniqueConstraint(
                condition=models.Q(discarded_at__isnull=True, published_at__isnull=True),
                fields=("playbook",),
                name="one_draft_per_playbook",
            ),
        ),
    ]
