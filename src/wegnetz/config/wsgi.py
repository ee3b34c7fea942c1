"""The door for the web server."""

from __future__ import annotations

import gc
import os

from django.core.wsgi import get_wsgi_application

# Databases and their journals are for this user alone, whoever made the folder.
os.umask(0o077)
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "wegnetz.config.settings")
application = get_wsgi_application()

# What is loaded now stays loaded. Kept out of the collector's sight, it is not walked through again in the middle of
# a page: opening some thousand names starts a full collection, which otherwise takes longer than opening them.
gc.collect()
gc.freeze()
