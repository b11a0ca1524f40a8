"""gunicorn's door."""

import gc

from service.app import create_app
from service.settings import Settings

app = create_app(Settings.from_env())
gc.collect()
gc.freeze()  # what is loaded stays; the collector need not walk it at every turn
