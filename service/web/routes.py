"""Every blueprint the service serves."""

from service.web.health import health
from service.web.people import people
from service.web.sessions import sessions

BLUEPRINTS = (health, sessions, people)
