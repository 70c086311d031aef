"""What the pages of signing in show of directories."""
