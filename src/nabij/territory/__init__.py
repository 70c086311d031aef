"""Where things are: municipalities (the tenants), wijken, centres with opening hours and rooms, streets by number range.

An address decides the wijk; the wijk decides the team (in `access`). An address that nothing covers is no error of the
person who lives there: it goes to the Sociaal Huis and onto a list to mend.
"""
