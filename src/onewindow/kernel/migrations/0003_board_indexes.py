from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    dependencies = [("kernel", "0002_guards")]

    operations = [
        migrations.RemoveIndex(model_name="matter", name="matter_level"),
        migrations.AddIndex(
            model_name="matter",
            index=models.Index("level", name="matter_level", condition=Q(level__gt=0) & ~Q(waits_for="")),
        ),
        migrations.AddIndex(
            model_name="matter",
            index=models.Index("unit", "id", name="matter_paused", condition=Q(clock_state="paused")),
        ),
    ]
