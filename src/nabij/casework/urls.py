"""Addresses of casework."""

from django.urls import path

from nabij.casework.views import agreement, cases, goals, notes, paper, plan, steps

app_name = "casework"
urlpatterns = [
    path("gezin/<uuid:key>/dossier/openen/", cases.open_case, name="open-case"),
    path("gezin/<uuid:key>/dossier/afsluiten/", cases.end_case, name="end-case"),
    path("gezin/<uuid:key>/dossierhouder/", cases.take_lead, name="take-lead"),
    path("gezin/<uuid:key>/duo/", cases.duo, name="duo"),
    path("gezin/<uuid:key>/plan/", plan.plan, name="plan"),
    path("gezin/<uuid:key>/plan/doel/", goals.add, name="goal-add"),
    path("gezin/<uuid:key>/plan/volgorde/", goals.order, name="goals-order"),
    path("gezin/<uuid:key>/plan/hoe-gaat-het/", plan.scores, name="scores"),
    path("gezin/<uuid:key>/plan/bespreking/", plan.review, name="review"),
    path("gezin/<uuid:key>/plan/akkoord/", agreement.agreement, name="agreement"),
    path("gezin/<uuid:key>/plan/papier/", paper.paper, name="paper"),
    path("gezin/<uuid:key>/plan/versies/", agreement.versions, name="versions"),
    path("gezin/<uuid:key>/plan/versies/<int:number>/", agreement.version, name="version"),
    path("gezin/<uuid:key>/plan/versies/<int:number>/<int:other>/", agreement.compare, name="compare"),
    path("doelen/<uuid:key>/", goals.edit, name="goal-edit"),
    path("doelen/<uuid:key>/afloop/", goals.close, name="goal-close"),
    path("doelen/<uuid:key>/hoe-gaat-het/", goals.progress, name="goal-progress"),
    path("doelen/<uuid:key>/stap/", steps.add, name="step-add"),
    path("stappen/<uuid:key>/", steps.edit, name="step-edit"),
    path("stappen/<uuid:key>/gezet/", steps.finish, name="finish-step"),
    path("gezin/<uuid:key>/notitie/", notes.add, name="note-add"),
    path("gezin/<uuid:household>/notities/<uuid:key>/", notes.sealed, name="note-sealed"),
]
