"""A person's copy on paper."""
