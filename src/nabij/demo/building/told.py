"""From the shapes of the demo to what the verbs take: people, addresses, ways to come."""

from nabij.demo.shapes import DemoAddress, DemoHousehold, DemoMember
from nabij.households.actions import NewAddress, NewHousehold, NewPerson
from nabij.households.recognition.phones import parse_phone

ROLES = {"head": "adult", "partner": "adult", "child": "child"}  # who else lives here "woont mee in"
CHANNELS = {
    "walk_in": "walk_in", "phone": "phone", "home_visit": "home", "centre": "office", "elsewhere": "outreach",
    "online": "online", "partner": "partner", "school": "outreach", "bridge_figure": "outreach",
    "neighbour": "walk_in", "activity": "outreach",
}  # fmt: skip
# Who writes down how somebody came, where no contact says who did.
RECEIVERS = {
    "walk_in": "front_desk", "phone": "front_desk", "online": "front_desk", "neighbour": "front_desk",
    "school": "bridge_figure", "bridge_figure": "bridge_figure",
}  # fmt: skip
WISHES = {
    "phone": "Bel liever dan te schrijven.", "home_visit": "Kom liever langs dan te bellen.",
    "online": "Stuur liever een bericht.",
}  # fmt: skip


def person(member: DemoMember, share: int | None = None) -> NewPerson:
    """Return a member as the verbs take it."""
    told = member.person
    return NewPerson(
        told.given, told.family, told.birth_date, "day", told.insz, told.languages, ROLES.get(member.role, "other"),
        share or member.share,
    )  # fmt: skip


def address(told: DemoAddress) -> NewAddress:
    """Return an address; territory finds its wijk."""
    return NewAddress(told.street, str(told.number), told.box, told.postcode, told.town)


def phone(member: DemoMember) -> str:
    """Return a member's number as the house keeps it."""
    return parse_phone(member.person.phone) if member.person.phone else ""


def household(told: DemoHousehold, members: list[DemoMember]) -> NewHousehold:
    """Return a household as it comes in, with who lives there then."""
    head = members[0]
    # Children live in two homes only from the day on which the parents part.
    whole = any(event.kind == "separation" for event in told.events)
    return NewHousehold(
        people=tuple(person(member, 100 if whole else None) for member in members),
        address=address(told.address),
        phones=(phone(head),) if head.person.phone else (),
        emails=(head.person.email,) if head.person.email else (),
        preferred_place=told.place,
        preference_note=WISHES.get(told.channel, ""),
    )
