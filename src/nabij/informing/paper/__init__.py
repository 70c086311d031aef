"""What a household reads on paper: the text, and for a consent what was answered or the lines to fill in by hand."""
