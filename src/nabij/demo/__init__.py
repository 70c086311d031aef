"""Lindegem, the demo city, and its small neighbour Oudlo: invented people, streets and stories, from one seed."""
