"""Addresses of informing."""

from django.urls import path

from nabij.informing import views

app_name = "informing"
urlpatterns = [
    path("gezin/<uuid:key>/uitleg/", views.overview, name="overview"),
    path("gezin/<uuid:key>/uitleg/<slug:purpose>/", views.explain, name="explain"),
    path("gezin/<uuid:household>/toestemming/<uuid:key>/", views.answer, name="answer"),
    path("gezin/<uuid:household>/toestemming/<uuid:key>/papier/", views.answer_paper, name="answer-paper"),
    path("gezin/<uuid:household>/toestemming/<uuid:key>/intrekken/", views.withdraw, name="withdraw"),
    path("onthaal/gezin/<uuid:key>/uitleg/", views.at_desk, name="at-desk"),
    path("uitleg/<slug:purpose>/<slug:language>/", views.paper, name="paper"),
    path("beheer/teksten/", views.texts, name="texts"),
    path("beheer/teksten/<slug:purpose>/<slug:language>/", views.text, name="text"),
]
