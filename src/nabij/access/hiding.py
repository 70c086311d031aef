"""From whom a household is hidden: SQL for the policies and for the functions that look over the wall.

A household that is helped elsewhere is hidden from everybody with a post in the team that it avoids, or in that team's
centre, and from everybody else who neither reaches it nor works in the helping team or its centre.
"""

_TODAY = "{0}.valid_from <= current_date and ({0}.valid_until is null or {0}.valid_until > current_date)"
_REACHED = (
    "exists (select 1 from access_reach r where r.worker_id = nabij_actor() and r.household_id = e.household_id"
    " and r.depth > 0 and r.since <= current_date and (r.until is null or r.until > current_date)"
    " and (r.expires_at is null or r.expires_at > now()))"
)


def hidden(household: str, mine: str = "mine") -> str:
    """Return SQL for a function of the owner: this household is hidden from the actor, whose teams `mine` holds."""
    return f"exists (select 1 from access_elsewhere e where e.household_id = {household} and {_away(mine)})"  # noqa: S608


def hidden_homes(mine: str = "mine") -> str:
    """Return SQL for the array of every household that is hidden from the actor: the same work, whatever he asks."""
    town = "e.municipality_id = nabij_municipality()"
    return f"array(select e.household_id from access_elsewhere e where {town} and {_away(mine)})"  # noqa: S608


def _away(mine: str) -> str:
    told = f"e.avoided_team_id = any({mine}) or not (e.helping_team_id = any({mine}) or {_REACHED})"
    return f"{_TODAY.format('e')} and ({told})"


def _function(head: str, result: str, body: str) -> str:
    return f"""
create or replace function {head} returns {result}
language plpgsql stable security definer set search_path = public, pg_temp as $$
begin
    perform set_config('nabij.maintenance', 'on', true);
    return {body};
end $$;
"""


# The teams in which, or in whose centre, the actor has a post today.
_MY_TEAMS = (
    "array(select t.id from access_team t where exists (select 1 from access_post p where p.worker_id = nabij_actor()"  # noqa: S608
    f" and (p.team_id = t.id or p.centre_id = t.centre_id) and {_TODAY.format('p')}))"
)
_AVOIDS_ME = (
    f"exists (select 1 from access_elsewhere e where e.household_id = household and {_TODAY.format('e')}"  # noqa: S608
    " and e.avoided_team_id = any(access_my_teams()))"
)
# Who has the key of a household may ask these; it tells nothing that the emptiness of every table does not.
FUNCTIONS = {
    "access_my_teams()": _function("access_my_teams()", "uuid[]", _MY_TEAMS),
    "access_hidden(uuid)": _function(
        "access_hidden(household uuid)", "boolean", hidden("household", "access_my_teams()")
    ),
    "access_avoids_me(uuid)": _function("access_avoids_me(household uuid)", "boolean", _AVOIDS_ME),
    # What a colleague of the avoided team was typing about this household goes as well.
    "access_forget_drafts(uuid)": f"""
create or replace function access_forget_drafts(household uuid) returns void
language plpgsql security definer set search_path = public, pg_temp as $$
begin
    perform set_config('nabij.maintenance', 'on', true);
    delete from access_draft d using access_elsewhere e join access_team t on t.id = e.avoided_team_id
    where e.household_id = household and {_TODAY.format("e")} and d.key like '%' || household::text || '%'
      and e.municipality_id = nabij_municipality() and exists (
        select 1 from access_post p where p.worker_id = d.worker_id and (p.team_id = t.id or p.centre_id = t.centre_id)
          and {_TODAY.format("p")});
end $$;
""",  # noqa: S608
}


def callable_by_app(app: str, functions: dict[str, str]) -> list[str]:
    """Return the SQL that lets the application, and nobody else, call these functions."""
    return [
        sql
        for function in functions
        for sql in (f"revoke all on function {function} from public", f"grant execute on function {function} to {app}")
    ]
