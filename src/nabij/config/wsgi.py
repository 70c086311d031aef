"""The door for the web server."""

import gc
import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "nabij.config.settings")
application = get_wsgi_application()
# What was loaded stays: the collector need not walk over it hundreds of times a second (a seventh of the time of a page).
gc.freeze()
gc.set_threshold(50_000, 20, 50)
