# Decisions that impose nothing, with their ground; what a decision says about a hearing.

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("documents", "0002_guards"),
        ("enforcement", "0005_catalogue"),
    ]

    operations = [
        migrations.AddField(
            model_name="decision",
            name="education",
            field=models.TextField(blank=True, verbose_name="教育情况"),
        ),
        migrations.AddField(
            model_name="decision",
            name="ground",
            field=models.CharField(
                blank=True,
                choices=[
                    ("not_proven", "违法事实不能成立"),
                    ("minor", "违法行为轻微并及时改正，没有造成危害后果"),
                    ("first", "初次违法且危害后果轻微并及时改正"),
                    ("no_fault", "当事人有证据足以证明没有主观过错"),
                    ("under_age", "不满十四周岁的未成年人"),
                    ("no_capacity", "精神病人、智力残疾人不能辨认或者不能控制自己行为"),
                    ("too_late", "超过追责期限"),
                ],
                max_length=12,
                verbose_name="不予处罚的情形",
            ),
        ),
        migrations.AddField(
            model_name="decision",
            name="guardian",
            field=models.TextField(blank=True, verbose_name="责令监护人的情况"),
        ),
        migrations.AddField(
            model_name="decision",
            name="hearing_opinion",
            field=models.TextField(blank=True, verbose_name="对听证意见的采纳情况"),
        ),
        migrations.AddField(
            model_name="historicaldecision",
            name="education",
            field=models.TextField(blank=True, verbose_name="教育情况"),
        ),
        migrations.AddField(
            model_name="historicaldecision",
            name="ground",
            field=models.CharField(
                blank=True,
                choices=[
                    ("not_proven", "违法事实不能成立"),
                    ("minor", "违法行为轻微并及时改正，没有造成危害后果"),
                    ("first", "初次违法且危害后果轻微并及时改正"),
                    ("no_fault", "当事人有证据足以证明没有主观过错"),
                    ("under_age", "不满十四周岁的未成年人"),
                    ("no_capacity", "精神病人、智力残疾人不能辨认或者不能控制自己行为"),
                    ("too_late", "超过追责期限"),
                ],
                max_length=12,
                verbose_name="不予处罚的情形",
            ),
        ),
        migrations.AddField(
            model_name="historicaldecision",
            name="guardian",
            field=models.TextField(blank=True, verbose_name="责令监护人的情况"),
        ),
        migrations.AddField(
            model_name="historicaldecision",
            name="hearing_opinion",
            field=models.TextField(blank=True, verbose_name="对听证意见的采纳情况"),
        ),
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
                    ("no_penalty", "不予处罚"),
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
                    ("no_penalty", "不予处罚"),
                    ("served", "已送达"),
                    ("court_applied", "已申请法院执行"),
                    ("closed", "已结案"),
                ],
                default="lead",
                max_length=20,
                verbose_name="环节",
            ),
        ),
        migrations.AddConstraint(
            model_name="decision",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("ground", ""),
                    models.Q(("confiscation", None), ("fine", None), ("kinds", []), ("licence", "")),
                    _connector="OR",
                ),
                name="no_penalty_imposes_nothing",
            ),
        ),
    ]
