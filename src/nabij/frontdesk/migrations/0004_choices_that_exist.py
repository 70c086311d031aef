"""What the forms offer is what the tables hold: channels, domains, places and statuses that exist."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("frontdesk", "0003_indexes_that_help")]
    operations = [
        migrations.AddConstraint(
            model_name="contact",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("channel__in", ["walk_in", "phone", "home", "outreach", "partner", "online", "office"])
                ),
                name="contact_channel_is_known",
                violation_error_message="Duid aan hoe jullie contact hadden.",
            ),
        ),
        migrations.AddConstraint(
            model_name="helprequest",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "domain__in",
                        [
                            "income",
                            "debt",
                            "housing",
                            "health",
                            "work",
                            "education",
                            "children",
                            "youth",
                            "leisure",
                            "culture",
                            "sport",
                            "network",
                            "administration",
                            "mobility",
                            "legal",
                        ],
                    )
                ),
                name="request_domain_is_known",
                violation_error_message="Duid aan waarover de vraag gaat.",
            ),
        ),
        migrations.AddConstraint(
            model_name="helprequest",
            constraint=models.CheckConstraint(
                condition=models.Q(("status__in", ["new", "taken", "answered"])),
                name="request_status_is_known",
                violation_error_message="Duid aan hoe het met de vraag staat.",
            ),
        ),
        migrations.AddConstraint(
            model_name="appointment",
            constraint=models.CheckConstraint(
                condition=models.Q(("place__in", ["centre", "home", "phone", "elsewhere"])),
                name="appointment_place_is_known",
                violation_error_message="Duid aan waar de afspraak is.",
            ),
        ),
        migrations.AddConstraint(
            model_name="appointment",
            constraint=models.CheckConstraint(
                condition=models.Q(("status__in", ["planned", "held", "missed", "cancelled"])),
                name="appointment_status_is_known",
                violation_error_message="Duid aan hoe de afspraak afliep.",
            ),
        ),
    ]
