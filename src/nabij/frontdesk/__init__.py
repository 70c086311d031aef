"""The first reception: who came with what, and what was booked before the person left.

Nobody is a number here: no tickets, no call screens; without a name is a first-class choice.
"""
