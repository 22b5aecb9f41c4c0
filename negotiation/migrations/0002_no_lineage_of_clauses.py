"""Nothing was ever written there: paragraphs are clauses of their own and keep their identity as they move."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("negotiation", "0001_initial")]

    operations = [
        migrations.RemoveField("clause", "split_from"),
        migrations.RemoveField("clause", "merged_into"),
    ]
