"""The one place where a second proof of who you are is asked before data of people leave the house.

Every view by which data leave wears `before_leaving`: what is asked stands here, and nowhere else.
"""

from nabij.signin.stepup import stepped_up

before_leaving = stepped_up
