"""The wall of the front desk asks what hour it is, and no longer opens for good what somebody once noted.

Who noted a visit, or booked an appointment, sees it as long as the household is reached; a visit without a household stays
the author's. Whom an appointment is with sees it until that day is over, also without another ground.
"""

from django.db import migrations

from nabij.kernel.wall import AUTHOR, guard, reach

CONTACTS = 2  # of access.roles.Part
IN_REACH, IN_FILE = reach("household_id"), reach("household_id", 2)
IN_CONTACTS = reach("household_id", 2, part=CONTACTS)
MY_TEAM = (
    f"exists (select 1 from access_post p where p.worker_id = {AUTHOR} and p.team_id = frontdesk_helprequest.team_id"
    " and p.valid_from <= current_date and (p.valid_until is null or p.valid_until > current_date))"
)


class Migration(migrations.Migration):
    dependencies = [("frontdesk", "0004_choices_that_exist"), ("access", "0006_wall_with_a_clock")]
    operations = [
        guard(
            "frontdesk_contact",
            sees=f"(noted_by = {AUTHOR} and (household_id is null or {IN_REACH}))"
            f" or (household_id is not null and {IN_CONTACTS})",
            adds=f"noted_by = {AUTHOR} and (household_id is null or {IN_REACH})",
            again=True,
        ),
        guard(
            "frontdesk_helprequest",
            sees=f"(asked_by = {AUTHOR} and (household_id is null or {IN_REACH}))"
            f" or (household_id is not null and {IN_CONTACTS}) or (household_id is null and {MY_TEAM})",
            adds=f"asked_by = {AUTHOR} and (household_id is null or {IN_REACH})",
            again=True,
        ),
        guard(
            "frontdesk_appointment",
            sees=f"(worker_id = {AUTHOR} and ends_at >= current_date) or (booked_by = {AUTHOR} and {IN_REACH})"
            f" or {IN_CONTACTS}",
            adds=IN_REACH,
            again=True,
        ),
    ]
