"""Every table, its keys and its indexes.

Two kinds: append-only tables, which triggers protect against change (migrations), and
current-state tables, written in the same transaction as the events they follow from.
"""

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Double,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    Uuid,
)

from storage.types import UtcDateTime

metadata = MetaData()

# --- the log (append-only) ---

events = Table(
    "events",
    metadata,
    Column("stream", String(32), primary_key=True),
    Column("stream_id", Uuid, primary_key=True),
    Column("version", Integer, primary_key=True),
    Column("name", String(64), nullable=False),
    Column("event_version", Integer, nullable=False),
    Column("body", Text, nullable=False),
    Column("observed_at", UtcDateTime, nullable=False),
    Column("recorded_at", UtcDateTime, nullable=False),
    Column("officer_id", Uuid),
    Column("device", String(128)),
)

# --- answers to writes, by Idempotency-Key ---

answers = Table(
    "answers",
    metadata,
    Column("actor", String(64), primary_key=True),
    Column("key", Uuid, primary_key=True),
    Column("digest", LargeBinary(32), nullable=False),
    Column("status", Integer, nullable=False),
    Column("etag", String(128)),
    Column("body", LargeBinary, nullable=False),
    Column("answered_at", UtcDateTime, nullable=False),
)

# --- people ---

posts = Table(
    "posts",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("parent_id", Uuid, ForeignKey("posts.id")),
    Column("path", String(255), nullable=False, unique=True),
    Column("kind", String(16), nullable=False),
    Column("name", String(100), nullable=False),
    Column("short_name", String(20), nullable=False),
    Column("division_code", String(6), nullable=False),
    Column("phone", String(32), nullable=False),
    Column("version", Integer, nullable=False),
)

users = Table(
    "users",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("username", String(64), nullable=False, unique=True),
    Column("name", String(100), nullable=False),
    Column("role", String(16), nullable=False),
    Column("post_id", Uuid, ForeignKey("posts.id"), nullable=False, index=True),
    Column("password_hash", String(255), nullable=False),
    Column("active", Boolean, nullable=False),
    Column("version", Integer, nullable=False),
)

sessions = Table(
    "sessions",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("token_hash", LargeBinary(32), nullable=False, unique=True),
    Column("user_id", Uuid, ForeignKey("users.id"), nullable=False, index=True),
    Column("grant_id", Uuid),
    Column("device", String(100)),
    Column("agent", String(100), nullable=False),
    Column("began_at", UtcDateTime, nullable=False),
    Column("used_at", UtcDateTime, nullable=False),
    Column("expires_at", UtcDateTime, nullable=False),
    Column("ends_at", UtcDateTime, nullable=False),
    Column("ended_at", UtcDateTime),
)

# what sessions are carried on with: spent ones stay until the session is over, to know copies by
refresh_tokens = Table(
    "refresh_tokens",
    metadata,
    Column("hash", LargeBinary(32), primary_key=True),
    Column("session_id", Uuid, ForeignKey("sessions.id"), nullable=False),
    Column("expires_at", UtcDateTime, nullable=False, index=True),
    Column("spent_at", UtcDateTime),
)

grants = Table(
    "grants",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("user_id", Uuid, ForeignKey("users.id"), nullable=False, index=True),
    Column("role", String(16), nullable=False),
    Column("post_id", Uuid, ForeignKey("posts.id"), nullable=False),
    Column("reason", String(200), nullable=False),
    Column("granted_at", UtcDateTime, nullable=False),
    Column("ends_at", UtcDateTime, nullable=False),
    Column("ended_at", UtcDateTime),
    Column("version", Integer, nullable=False),
)

system_keys = Table(
    "system_keys",
    metadata,
    Column("hash", LargeBinary(32), primary_key=True),
    Column("name", String(100), nullable=False),
    Column("post_id", Uuid, ForeignKey("posts.id"), nullable=False),
    Column("scopes", Text, nullable=False),
    Column("issued_at", UtcDateTime, nullable=False),
    Column("expires_at", UtcDateTime, nullable=False),
    Column("ended_at", UtcDateTime),
)

# failed sign-ins, by a hash under a key of `secrets`; swept when they are over
sign_in_tallies = Table(
    "sign_in_tallies",
    metadata,
    Column("hash", LargeBinary(32), primary_key=True),
    Column("failures", Integer, nullable=False),
    Column("last_at", UtcDateTime, nullable=False),
    Column("expires_at", UtcDateTime, nullable=False, index=True),
)

# random bytes that all workers share and nobody is told
secrets = Table(
    "secrets",
    metadata,
    Column("name", String(32), primary_key=True),
    Column("value", LargeBinary(32), nullable=False),
)

# what was refused as unauthorised (append-only)
refusals = Table(
    "refusals",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("at", UtcDateTime, nullable=False, index=True),
    Column("officer_id", Uuid, nullable=False),
    Column("role", String(16), nullable=False),
    Column("post_id", Uuid, ForeignKey("posts.id"), nullable=False),
    Column("operation", String(64), nullable=False),
    Column("why", String(64), nullable=False),
    Column("route", String(255), nullable=False),
)

one_time_links = Table(
    "one_time_links",
    metadata,
    Column("code_hash", LargeBinary(32), primary_key=True),
    Column("purpose", String(32), nullable=False),
    Column("expires_at", UtcDateTime, nullable=False),
    Column("used_at", UtcDateTime),
)

# --- incidents as they stand ---

incidents = Table(
    "incidents",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("version", Integer, nullable=False),
    Column("state", String(16), nullable=False),
    Column("station_id", Uuid, nullable=False, index=True),
    Column("station_path", String(255), nullable=False, index=True),
    Column("drill", Boolean, nullable=False),
    Column("called_at", UtcDateTime, nullable=False),
    Column("lon", Double, nullable=False),
    Column("lat", Double, nullable=False),
    Column("words", Text, nullable=False),
    Column("document", Text, nullable=False),
)

Index("ix_incidents_called", incidents.c.called_at, incidents.c.id)
Index("ix_incidents_place", incidents.c.lon, incidents.c.lat)

# --- photos: a row is written once its bytes are durable, and never changed ---

photos = Table(
    "photos",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("incident_id", Uuid, nullable=False),
    Column("view", String(16), nullable=False),
    Column("digest", String(64), nullable=False, index=True),
    Column("received_at", UtcDateTime, nullable=False),
    Column("document", Text, nullable=False),
    Column("size_bytes", BigInteger),
)

uploads = Table(
    "uploads",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("begun_at", UtcDateTime, nullable=False, index=True),
    Column("document", Text, nullable=False),
    Column("incident_id", Uuid, index=True),
    Column("size_bytes", BigInteger),
    Column("officer_id", Uuid, index=True),
    Column("device", String(128)),
)

Index("ix_photos_incident", photos.c.incident_id, photos.c.received_at)

# --- beside photos: what they look like (written once, by number), where from, and removals ---

photo_fingerprints = Table(
    "photo_fingerprints",
    metadata,
    Column("seq", Integer, primary_key=True),
    Column("photo_id", Uuid, nullable=False, unique=True),
    Column("fingerprint", BigInteger, nullable=False),
)

photo_standpoints = Table(
    "photo_standpoints",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("version", Integer, nullable=False),
    Column("incident_id", Uuid, nullable=False, index=True),
    Column("document", Text, nullable=False),
)

photo_removals = Table(
    "photo_removals",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("incident_id", Uuid, nullable=False, index=True),
    Column("removed_at", UtcDateTime, nullable=False),
    Column("document", Text, nullable=False),
)

# --- to whom photos are shown, and what is covered on them ---

photo_showings = Table(
    "photo_showings",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("version", Integer, nullable=False),
    Column("incident_id", Uuid, nullable=False, index=True),
    Column("document", Text, nullable=False),
)

# --- codes for owners and notices: hashes only ---

codes = Table(
    "codes",
    metadata,
    Column("hash", LargeBinary(32), primary_key=True),
    Column("kind", String(8), nullable=False),
    Column("incident_id", Uuid, nullable=False, index=True),
    Column("party_id", Uuid),
    Column("issued_at", UtcDateTime, nullable=False),
    Column("expires_at", UtcDateTime),
    Column("ended_at", UtcDateTime),
)

# --- what a fire's route makes: one row a fire, under the incident's id ---

registrations = Table(
    "registrations",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("version", Integer, nullable=False),
    Column("number", String(64), nullable=False, unique=True),
    Column("due_at", UtcDateTime, index=True),
    Column("document", Text, nullable=False),
)

simplified_procedures = Table(
    "simplified_procedures",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("version", Integer, nullable=False),
    Column("number", String(64), unique=True),
    Column("due_at", UtcDateTime, index=True),
    Column("document", Text, nullable=False),
)

investigations = Table(
    "investigations",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("version", Integer, nullable=False),
    Column("due_at", UtcDateTime, index=True),
    Column("document", Text, nullable=False),
)

# --- the last document number of each office, kind and year ---

numbers = Table(
    "numbers",
    metadata,
    Column("office_id", Uuid, primary_key=True),
    Column("kind", String(40), primary_key=True),
    Column("year", Integer, primary_key=True),
    Column("last", Integer, nullable=False),
)

# --- scenes as they stand, findings as they were answered ---

scenes = Table(
    "scenes",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("version", Integer, nullable=False),
    Column("incident_id", Uuid, nullable=False, unique=True),
    Column("post_path", String(255), nullable=False, index=True),
    Column("changed_at", UtcDateTime, nullable=False, index=True),
    Column("sealed", Boolean, nullable=False, index=True),
    Column("warns_from", UtcDateTime, index=True),
    Column("document", Text, nullable=False),
)

# --- what goes on around a seal; `offered_to` is the path of the post that is to take the scene ---

custodies = Table(
    "custodies",
    metadata,
    Column("id", Uuid, ForeignKey("scenes.id"), primary_key=True),
    Column("version", Integer, nullable=False),
    Column("offered_to", String(255), index=True),
    Column("document", Text, nullable=False),
)

# --- photographed plans laid under levels ---

underlays = Table(
    "underlays",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("version", Integer, nullable=False),
    Column("scene_id", Uuid, ForeignKey("scenes.id"), nullable=False, index=True),
    Column("document", Text, nullable=False),
)

# --- scenes as they stood now and then: a cache of the log, which may be emptied at any time ---

scene_snapshots = Table(
    "scene_snapshots",
    metadata,
    Column("scene_id", Uuid, primary_key=True),
    Column("version", Integer, primary_key=True),
    Column("changed_at", UtcDateTime, nullable=False),
    Column("document", Text, nullable=False),
)

# --- what each scene's seal has cost up to its version; another version's is counted anew ---

seal_costs = Table(
    "seal_costs",
    metadata,
    Column("id", Uuid, ForeignKey("scenes.id"), primary_key=True),
    Column("version", Integer, nullable=False),
    Column("opened_at", UtcDateTime, nullable=False),
    Column("document", Text, nullable=False),
    Column("ever", Text, nullable=False),
)

findings = Table(
    "findings",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("version", Integer, nullable=False),
    Column("scene_id", Uuid, ForeignKey("scenes.id"), nullable=False, index=True),
    Column("document", Text, nullable=False),
)
