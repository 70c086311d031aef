"""The household's paper: its plan in its own words, and what was agreed around it, as a PDF that reads aloud."""
