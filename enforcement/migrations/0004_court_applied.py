# A case whose enforcement the court was asked for.

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("enforcement", "0003_imports"),
    ]

    operations = [
        migrations.AlterField(
            model_name="enforcementact",
            name="state",
            field=models.CharField(
                choices=[
                    ("lead", "线索"),
                    ("not_filed", "不予立案"),
                    ("filed", "已立案"),
                    ("investigated", "调查终结"),
                    ("notified", "已告知"),
                    ("decided", "已决定"),
                    ("served", "已送达"),
                    ("court_applied", "已申请法院执行"),
                    ("closed", "已结案"),
                ],
                default="lead",
                max_length=20,
                verbose_name="环节",
            ),
        ),
        migrations.AlterField(
            model_name="historicalcase",
            name="state",
            field=models.CharField(
                choices=[
                    ("lead", "线索"),
                    ("not_filed", "不予立案"),
                    ("filed", "已立案"),
                    ("investigated", "调查终结"),
                    ("notified", "已告知"),
                    ("decided", "已决定"),
                    ("served", "已送达"),
                    ("court_applied", "已申请法院执行"),
                    ("closed", "已结案"),
                ],
                default="lead",
                max_length=20,
                verbose_name="环节",
            ),
        ),
    ]
