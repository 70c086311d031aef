"""Addresses of the desk."""

from django.urls import path

from nabij.desk.views import absences, advice, changes, day, front_desk, handover, households, manage, moves, team

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
    path("gezin/<uuid:key>/overdragen/", handover.hand_over, name="hand-over"),
    path("gezin/<uuid:key>/wie-woont-hier/", changes.who_lives_here, name="who-lives-here"),
    path("gezin/<uuid:key>/geboorte/", changes.birth, name="birth"),
    path("gezin/<uuid:key>/erbij/", changes.joins, name="joins"),
    path("gezin/<uuid:key>/vertrek/<uuid:person>/", changes.leaves, name="leaves"),
    path("gezin/<uuid:key>/uit-elkaar/", moves.separate, name="separate"),
    path("gezin/<uuid:key>/verhuis/", moves.move, name="move"),
    path("gezin/<uuid:key>/verbeter/<uuid:person>/", changes.correct, name="correct"),
    path("gezin/<uuid:key>/bereikbaar/", changes.reachable, name="reachable"),
    path("gezin/<uuid:key>/bereikbaar/<uuid:point>/weg/", changes.not_reachable, name="not-reachable"),
    path("gezin/<uuid:key>/raad/", advice.ask, name="ask-advice"),
    path("raad/<uuid:key>/", advice.question, name="question"),
    path("raad/<uuid:key>/terug/", advice.take_back, name="take-back-question"),
    path("team/", team.team, name="team"),
    path("team/overdragen/", handover.hand_over_many, name="hand-over-many"),
    path("team/overdragen/terug/", handover.take_back, name="take-back"),
    path("afwezig/", absences.absences, name="absences"),
    path("afwezig/<uuid:key>/vervanger/", absences.stand_in, name="stand-in"),
    path("afwezig/<uuid:key>/terug/", absences.back_again, name="back-again"),
    path("beheer/", manage.manage, name="manage"),
    path("beheer/meelezen/", manage.grace, name="grace"),
    path("beheer/medewerker/", manage.add_worker, name="add-worker"),
    path("beheer/medewerker/<uuid:key>/functie/", manage.give_function, name="give-function"),
    path("beheer/functie/<uuid:key>/einde/", manage.end_function, name="end-function"),
    path("beheer/centrum/<uuid:key>/uren/", manage.hours, name="set-hours"),
]
