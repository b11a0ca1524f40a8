"""Every blueprint the service serves."""

from service.web.health import health
from service.web.people import people
from service.web.photos import photos
from service.web.sessions import sessions
from service.web.uploads import uploads

BLUEPRINTS = (health, sessions, people, photos, uploads)
