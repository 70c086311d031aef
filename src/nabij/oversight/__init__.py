"""Who looked, and who looks after that: the household's own list, and the privacy officer's pages.

A household gets its list on paper: who opened its file, when, why. A privacy officer reads who looked where that is
unusual, asks about it, and notes what came of it; never a file, and of a household no more than a reference and an initial.
Nothing here ranks, scores or counts a worker: each line is one thing that happened, with the reason in a sentence.
"""
