"""Pages of single sign-on: going to the directory and coming back, and setting it up."""
