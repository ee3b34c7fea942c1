"""The door for the web server."""

from __future__ import annotations

import os

from django.core.wsgi import get_wsgi_application

# Databases and their journals are for this user alone, whoever made the folder.
os.umask(0o077)
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "wegnetz.config.settings")
application = get_wsgi_application()
