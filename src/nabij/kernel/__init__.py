"""What words mean: refusals, the actor, periods, secrets, the second wall. Knows no room."""
