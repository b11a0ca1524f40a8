"""Every blueprint the service serves."""

from service.web.accesses import accesses
from service.web.assessments import assessments
from service.web.codes import codes
from service.web.custody import custody
from service.web.direct_uploads import direct_uploads
from service.web.findings import findings
from service.web.grants import grants
from service.web.health import health
from service.web.incidents import incidents
from service.web.investigations import investigations
from service.web.joins import joins
from service.web.own_accesses import own_accesses
from service.web.own_wishes import own_wishes
from service.web.owner import owner, status
from service.web.pages import pages
from service.web.parties import parties
from service.web.people import people
from service.web.photo_marks import photo_marks
from service.web.photos import photos
from service.web.registrations import registrations
from service.web.scene_pictures import scene_pictures
from service.web.scenes import scenes
from service.web.seal_tapes import seal_tapes
from service.web.sessions import sessions
from service.web.showings import showings, shown_photos
from service.web.simplified_procedures import simplified_procedures
from service.web.statements import statements
from service.web.supervision import supervision
from service.web.transfers import transfers
from service.web.triage import triage
from service.web.underlays import underlays
from service.web.uploads import uploads

BLUEPRINTS = (
    health,
    sessions,
    people,
    grants,
    incidents,
    parties,
    statements,
    joins,
    photos,
    photo_marks,
    showings,
    uploads,
    direct_uploads,
    codes,
    status,
    own_accesses,
    shown_photos,
    scenes,
    underlays,
    assessments,
    findings,
    scene_pictures,
    accesses,
    seal_tapes,
    custody,
    transfers,
    triage,
    registrations,
    simplified_procedures,
    investigations,
    supervision,
)
PAGES = (owner, own_wishes, pages)
