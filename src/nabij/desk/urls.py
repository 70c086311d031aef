"""Addresses of the desk."""

from django.urls import path

from nabij.desk.views import day, front_desk, households, manage, team

app_name = "desk"
urlpatterns = [
    path("", day.my_day, name="my-day"),
    path("vragen/<uuid:key>/opnemen/", day.take_request, name="take-request"),
    path("vragen/<uuid:key>/antwoord/", day.answer_request, name="answer-request"),
    path("afspraken/<uuid:key>/", day.close_appointment, name="close-appointment"),
    path("onthaal/", front_desk.front_desk, name="front-desk"),
    path("onthaal/gekend/", front_desk.known, name="known"),
    path("onthaal/adres/", front_desk.address, name="address"),
    path("onthaal/gezin/<uuid:key>/", front_desk.receive_known, name="receive-known"),
    path("onthaal/genoteerd/<uuid:key>/", front_desk.received, name="received"),
    path("gezinnen/", households.households, name="households"),
    path("zoek/", households.search, name="search"),
    path("gezin/<uuid:key>/", households.household, name="household"),
    path("gezin/<uuid:key>/wie-keek/", households.trail, name="trail"),
    path("gezin/<uuid:key>/contact/", households.note_contact, name="note-contact"),
    path("gezin/<uuid:key>/afspraak/", households.book, name="book"),
    path("team/", team.team, name="team"),
    path("beheer/", manage.manage, name="manage"),
]
