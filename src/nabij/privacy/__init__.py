"""The rights of the people in the files, and how long things stay.

What is kept, why, and how long (the register of processing, made from the models themselves); a copy for one person of what
stands there about that person; a question about one's data and its answer within a month; what goes when its term is over,
announced before, held back where there is a reason; what is erased, so that no row is left that points at it.
Nothing here opens a file: a privacy officer sees a reference and an initial. Nothing goes that was not announced, nothing
of a file that is open, and nobody erases what he asked for himself.
"""
