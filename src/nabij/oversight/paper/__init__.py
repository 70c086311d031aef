"""The household's list of who looked, as a PDF that reads aloud."""
