# Decisions not to punish are a kind of their own for the public.

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("publiczone", "0004_benchmarks"),
    ]

    operations = [
        migrations.AlterField(
            model_name="publisheddecision",
            name="act_kind",
            field=models.CharField(
                choices=[
                    ("penalty", "行政处罚"),
                    ("no_penalty", "不予行政处罚"),
                    ("licence", "行政许可"),
                    ("coercion", "行政强制"),
                    ("inspection", "行政检查"),
                    ("collection", "行政征收"),
                    ("expropriation", "行政征用"),
                    ("confirmation", "行政确认"),
                    ("payment", "行政给付"),
                    ("ruling", "行政裁决"),
                    ("reward", "行政奖励"),
                    ("other", "其他执法行为"),
                ],
                max_length=24,
            ),
        ),
        migrations.AlterField(
            model_name="publisheditem",
            name="act_kind",
            field=models.CharField(
                choices=[
                    ("penalty", "行政处罚"),
                    ("no_penalty", "不予行政处罚"),
                    ("licence", "行政许可"),
                    ("coercion", "行政强制"),
                    ("inspection", "行政检查"),
                    ("collection", "行政征收"),
                    ("expropriation", "行政征用"),
                    ("confirmation", "行政确认"),
                    ("payment", "行政给付"),
                    ("ruling", "行政裁决"),
                    ("reward", "行政奖励"),
                    ("other", "其他执法行为"),
                ],
                max_length=24,
            ),
        ),
        migrations.AlterField(
            model_name="tombstone",
            name="act_kind",
            field=models.CharField(
                choices=[
                    ("penalty", "行政处罚"),
                    ("no_penalty", "不予行政处罚"),
                    ("licence", "行政许可"),
                    ("coercion", "行政强制"),
                    ("inspection", "行政检查"),
                    ("collection", "行政征收"),
                    ("expropriation", "行政征用"),
                    ("confirmation", "行政确认"),
                    ("payment", "行政给付"),
                    ("ruling", "行政裁决"),
                    ("reward", "行政奖励"),
                    ("other", "其他执法行为"),
                ],
                max_length=24,
            ),
        ),
    ]
