import django.db.models.deletion
from django.db import migrations, models

TARGET = r"^([1-9][0-9]{0,4} (business )?(minute|hour|day)s?)?$"
KINDS = ("first_response", "next_response", "resolution")

# 8 hours become "8 business hours", 90 minutes "90 business minutes".
WORDS = "; ".join(
    "UPDATE sla_policy SET KIND = CASE WHEN extract(epoch FROM KIND::interval)::bigint % 3600 = 0"
    " THEN greatest(1, extract(epoch FROM KIND::interval)::bigint / 3600) || ' business hours'"
    " ELSE greatest(1, extract(epoch FROM KIND::interval)::bigint / 60) || ' business minutes' END".replace(
        "KIND", kind
    )
    for kind in KINDS
)
BACK = "; ".join(
    "UPDATE sla_policy SET KIND = replace(KIND, 'business ', '')".replace("KIND", kind) for kind in KINDS
)


def target(default):
    return models.CharField(blank=True, default=default, max_length=30)


class Migration(migrations.Migration):
    dependencies = [
        ("sla", "0001_initial"),
        ("tickets", "0010_rows_show_what_a_view_says"),
    ]

    operations = [
        migrations.RemoveConstraint(model_name="policy", name="policy_targets_positive"),
        migrations.AlterField("policy", "first_response", target("1 business day")),
        migrations.AlterField("policy", "next_response", target("1 business day")),
        migrations.AlterField("policy", "resolution", target("3 business days")),
        migrations.RunSQL(WORDS, BACK),
        # What the trigger of a changed row waits with, before the table is changed again.
        migrations.RunSQL("SET CONSTRAINTS ALL IMMEDIATE", migrations.RunSQL.noop),
        migrations.AddConstraint(
            model_name="policy",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    first_response__regex=TARGET, next_response__regex=TARGET, resolution__regex=TARGET
                ),
                name="policy_targets_readable",
            ),
        ),
        migrations.AddField(
            "policy",
            "conditions",
            models.JSONField(
                blank=True, db_comment="condition document; every ticket if empty", default=dict
            ),
        ),
        migrations.AddField(
            "policy",
            "tells_customer",
            models.BooleanField(
                db_comment="customers hear of a promise that is about to break", default=True
            ),
        ),
        migrations.AddField("policy", "position", models.PositiveSmallIntegerField(default=0)),
        migrations.AddField("policy", "is_enabled", models.BooleanField(default=True)),
        migrations.AlterModelOptions(
            "policy", {"ordering": ["is_default", "position", "id"], "verbose_name_plural": "policies"}
        ),
        migrations.AddField(
            "calendar",
            "country",
            models.CharField(blank=True, db_comment="whose public holidays are closed", max_length=2),
        ),
        migrations.AddField("calendar", "subdivision", models.CharField(blank=True, max_length=16)),
        migrations.AddField(
            "calendar",
            "left_out",
            models.JSONField(
                blank=True, db_comment="days (ISO) of the country's holidays that are worked", default=list
            ),
        ),
        migrations.AlterField(
            "calendar",
            "holidays",
            models.JSONField(
                blank=True,
                db_comment="own closed days: day (ISO) → name, or language → name",
                default=dict,
            ),
        ),
        migrations.AddField(
            "calendar",
            "exceptions",
            models.JSONField(
                blank=True,
                db_comment='days with hours of their own: day (ISO) → {"shifts": [["09:00", "12:00"]], "name": "…"}',
                default=dict,
            ),
        ),
        migrations.AddField(
            "calendar",
            "feed_key",
            models.CharField(
                blank=True,
                db_comment="of the address that others subscribe to",
                db_index=True,
                max_length=32,
            ),
        ),
        migrations.CreateModel(
            name="Clock",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("kind", models.CharField(max_length=16)),
                ("cycle", models.PositiveSmallIntegerField(default=1)),
                (
                    "target",
                    models.CharField(blank=True, db_comment="as promised: 1 business day", max_length=30),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("running", "running"),
                            ("paused", "paused"),
                            ("kept", "kept"),
                            ("broken", "broken"),
                        ],
                        default="running",
                        max_length=8,
                    ),
                ),
                ("started_at", models.DateTimeField()),
                ("due_at", models.DateTimeField(db_comment="empty while the clock stands still", null=True)),
                (
                    "pauses",
                    models.JSONField(
                        db_comment="[[since, until or null, why, state id or null], …]", default=list
                    ),
                ),
                ("ended_at", models.DateTimeField(null=True)),
                ("broken_at", models.DateTimeField(null=True)),
                ("warned_at", models.DateTimeField(db_comment="agents heard that it is at risk", null=True)),
                (
                    "told_at",
                    models.DateTimeField(db_comment="the customer heard that it will break", null=True),
                ),
                (
                    "expected_at",
                    models.DateTimeField(db_comment="the new moment that the customer was told", null=True),
                ),
                (
                    "steps",
                    models.PositiveSmallIntegerField(
                        db_comment="done so far: 1 agents warned, 2 customer told, 3 break noted", default=0
                    ),
                ),
                (
                    "look_at",
                    models.DateTimeField(db_comment="when the next step is to be done", null=True),
                ),
                (
                    "policy",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="sla.policy",
                    ),
                ),
                (
                    "ticket",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="clocks",
                        to="tickets.ticket",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("ticket", "kind", "cycle"), name="clock_once_per_cycle")
                ],
                "indexes": [
                    models.Index(
                        condition=models.Q(("look_at__isnull", False)),
                        fields=["look_at", "id"],
                        name="clock_to_look_at",
                    ),
                    models.Index(
                        condition=models.Q(("ended_at__isnull", False)),
                        fields=["-ended_at"],
                        name="clock_ended",
                    ),
                    models.Index(
                        condition=models.Q(("broken_at__isnull", False)),
                        fields=["-broken_at"],
                        name="clock_broken",
                    ),
                    models.Index(
                        condition=models.Q(("ended_at__isnull", True)),
                        fields=["policy", "id"],
                        name="clock_open",
                    ),
                ],
            },
        ),
    ]
