"""Requests and steps keep what they are about, and are worded when they are shown."""

import django.db.models.deletion
from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor


def take_titles_apart(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    requests = apps.get_model("approvals", "ApprovalRequest").objects
    for request in requests.select_related("finding").iterator():
        issue_title = request.finding.title
        rung_label = request.title.removeprefix(f"{issue_title}: ") if request.rung else ""
        requests.filter(pk=request.pk).update(issue_title=issue_title, rung_label=rung_label)


def put_titles_together(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    requests = apps.get_model("approvals", "ApprovalRequest").objects
    for request in requests.iterator():
        title = f"{request.issue_title}: {request.rung_label or 'below the last fallback'}"
        requests.filter(pk=request.pk).update(title=title[:300])


class Migration(migrations.Migration):
    dependencies = [("approvals", "0001_initial")]

    operations = [
        migrations.AddField(
            "approvalrequest",
            "issue_title",
            models.CharField(default="", max_length=200),
            preserve_default=False,
        ),
        migrations.AddField("approvalrequest", "rung_label", models.CharField(blank=True, max_length=300)),
        migrations.AddField("approvalrequest", "is_unreadable", models.BooleanField(default=False)),
        # Its own default, so that the way back can add the column to rows that are there.
        migrations.AlterField("approvalrequest", "title", models.CharField(default="", max_length=300)),
        migrations.RunPython(take_titles_apart, put_titles_together),
        migrations.RemoveField("approvalrequest", "title"),
        # Which line had asked was only kept as a sentence with a number that may have shifted since.
        migrations.RemoveField("approvalstep", "why"),
        migrations.AddField(
            "approvalstep",
            "line",
            models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="approvals.matrixrow",
            ),
        ),
    ]
