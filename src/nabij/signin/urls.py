"""Addresses of signing in; `entrance` keeps the names that `access` gave them."""

from django.urls import path

from nabij.signin.views import entering, invited, mine, people, prove, second

app_name = "signin"
entrance = [
    path("aanmelden/", entering.sign_in, name="sign-in"),
    path("aanmelden/demo/", entering.demo_sign_in, name="demo-sign-in"),
    path("afmelden/", entering.sign_out, name="sign-out"),
]
urlpatterns = [
    path("aanmelden/tweede-stap/", second.second, name="second"),
    path("aanmelden/tweede-stap/instellen/", second.first, name="first"),
    path("uitnodiging/<str:token>/", invited.invited, name="invited"),
    path("bevestig/", prove.prove, name="prove"),
    path("mijn-aanmelding/", mine.mine, name="mine"),
    path("mijn-aanmelding/app/", mine.app, name="app"),
    path("mijn-aanmelding/sleutel/", mine.passkey, name="passkey"),
    path("mijn-aanmelding/herstelcodes/", mine.codes, name="codes"),
    path("mijn-aanmelding/wachtwoord/", mine.password, name="password"),
    path("mijn-aanmelding/weg/<uuid:factor>/", mine.remove, name="remove-factor"),
    path("mijn-aanmelding/toestel/<uuid:session>/", mine.end_session, name="end-session"),
    path("mijn-aanmelding/toestellen/", mine.end_others, name="end-others"),
    path("beheer/aanmelden/", people.people, name="people"),
    path("beheer/aanmelden/<uuid:worker>/", people.person, name="person"),
    path("privacy/aanmelden/", people.happened, name="happened"),
]
