"""What a household was told, and what it agreed to: each with the text as it was shown, in which language, and how.

Most of what the service does rests on its task or on a duty, not on consent: then people are told, and nobody is asked for a
yes that could not be a no. Where consent is needed it has a purpose, a recipient and an end; it can be refused and withdrawn
without a reason. Here is nothing that checks up on anybody: help and control are apart, and the first text says so plainly.
"""
