"""What a directory says, read by the rules: whose, of which municipality, with which functions."""

from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nabij.signin.oidc import claims
from nabij.signin.oidc.claims import Given, Rule
from nabij.signin.oidc.refusing import NotLetIn

TEAM = uuid4()
WORKER = Rule("roles", "werker", Given("social_worker", TEAM))
DESK = Rule("roles", "onthaal", Given("front_desk"))
ROLE_3D = Rule("mijntoepassing_rol_3d", "NabijWerker", Given("social_worker", TEAM))
OURS, THEIRS = "0207430864", "0207494678"


def functions(said: dict[str, object], *rules: Rule) -> set[Given]:
    return claims.functions(said, rules, organisation_claim="vo_orgcode", organisation=OURS)


def why(said: dict[str, object], *rules: Rule) -> str:
    with pytest.raises(NotLetIn) as refused:
        functions(said, *rules)
    return refused.value.why


def test_a_role_gives_its_function() -> None:
    said = {"vo_orgcode": OURS, "roles": ["werker", "onthaal", "iets anders"]}
    assert functions(said, WORKER, DESK) == {WORKER.gives, DESK.gives}
    assert functions({**said, "roles": "onthaal"}, WORKER, DESK) == {DESK.gives}
    assert functions({"vo_orgcode": OURS}, WORKER, DESK) == set()


@pytest.mark.parametrize("code", [OURS, "0207.430.864", "BE0207430864", [OURS], "be 0207.430.864"])
def test_a_number_is_written_in_several_ways(code: object) -> None:
    assert functions({"vo_orgcode": code, "roles": ["onthaal"]}, DESK) == {DESK.gives}


@pytest.mark.parametrize("code", [THEIRS, "", None, 207430864, [], {"code": OURS}, OURS + "0"])
def test_of_another_organisation_or_of_none(code: object) -> None:
    assert why({"vo_orgcode": code, "roles": ["onthaal"]}, DESK) == "elsewhere"


def test_a_role_that_names_organisations_counts_for_those() -> None:
    both = {"vo_orgcode": [OURS, THEIRS]}
    assert functions({**both, "mijntoepassing_rol_3d": f"NabijWerker:{OURS}"}, ROLE_3D) == {ROLE_3D.gives}
    assert functions({**both, "mijntoepassing_rol_3d": f"NabijWerker:{THEIRS}, {OURS}"}, ROLE_3D) == {ROLE_3D.gives}
    assert functions({**both, "mijntoepassing_rol_3d": f"NabijWerker:{THEIRS}"}, ROLE_3D) == set()
    assert functions({"vo_orgcode": OURS, "mijntoepassing_rol_3d": [f"NabijWerker:{OURS}"]}, ROLE_3D) == {ROLE_3D.gives}
    assert functions({"vo_orgcode": OURS, "mijntoepassing_rol_3d": f"Ander:{OURS}"}, ROLE_3D) == set()


def test_in_two_towns_with_a_role_that_says_not_which() -> None:
    assert why({"vo_orgcode": [OURS, THEIRS], "roles": ["werker"]}, WORKER) == "two_towns"
    assert why({"vo_orgcode": f"{OURS},{THEIRS}", "roles": ["werker"]}, WORKER) == "two_towns"
    mixed = {"vo_orgcode": [OURS, THEIRS], "roles": ["werker"], "mijntoepassing_rol_3d": f"NabijWerker:{OURS}"}
    assert why(mixed, WORKER, ROLE_3D) == "two_towns"


def test_functions_and_teams_that_are_not_there() -> None:
    assert claims.known({WORKER.gives, DESK.gives}, [TEAM]) == {WORKER.gives, DESK.gives}
    for wrong, reason in [
        (Given("mayor"), "unknown_function"),
        (Given("social_worker", uuid4()), "unknown_team"),
        (Given("social_worker"), "unknown_team"),
    ]:
        with pytest.raises(NotLetIn) as refused:
            claims.known({wrong}, [TEAM])
        assert refused.value.why == reason


def test_a_key_is_one_text() -> None:
    assert claims.key_of({"oid": "a"}, "oid") == "a"
    for said in ({}, {"oid": ""}, {"oid": ["a", "b"]}, {"oid": 7}, {"oid": None}):
        with pytest.raises(NotLetIn):
            claims.key_of(said, "oid")


def test_an_address_counts_when_the_directory_vouches_for_it() -> None:
    assert claims.address_of({"email": "An@Example.org"}, "email") == "an@example.org"
    assert claims.address_of({"email": "an@example.org", "email_verified": True}, "email") == "an@example.org"
    for said in (
        {"email": "an@example.org", "email_verified": False},
        {"email": "an@example.org", "email_verified": "true"},
        {"email": ["an@example.org", "eve@example.org"]},
        {"email": "an"},
        {},
    ):
        assert claims.address_of(said, "email") == ""
    assert claims.address_of({"email": "an@example.org"}, "") == ""


def test_a_second_factor_was_shown_or_not() -> None:
    assert claims.proved({"amr": ["pwd", "mfa"]}, "amr", ["mfa"])
    assert claims.proved({"acr": "urn:x"}, "acr", ["urn:y", "urn:x"])
    for said, name, enough in (
        ({"amr": ["pwd"]}, "amr", ["mfa"]),
        ({"amr": "mfa-not"}, "amr", ["mfa"]),
        ({"amr": ["mfa"]}, "", ["mfa"]),
        ({"amr": ["mfa"]}, "amr", []),
        ({}, "amr", ["mfa"]),
    ):
        assert not claims.proved(said, name, enough)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=12),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=6,
)


@given(code=JSON, roles=JSON)
def test_whatever_is_said_nobody_of_elsewhere_comes_in(code: object, roles: object) -> None:
    try:
        found = functions({"vo_orgcode": code, "roles": roles}, WORKER, DESK)
    except NotLetIn:
        return
    assert OURS in str(code).replace(".", "").replace(" ", "")
    assert found <= {WORKER.gives, DESK.gives}
