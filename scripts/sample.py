"""A sample brigade and its people: only by `scripts/run --sample`, in a folder of their own."""

from uuid import NAMESPACE_URL, UUID, uuid5

from service.domain.people import Post, PostKind, User, path_under
from service.domain.powers import Role
from service.operations.sign_in import hash_password
from service.settings import Settings
from storage.database import Database, SqlWork

PASSWORD = "sample-{role}-2026"  # noqa: S105 - printed, on the loopback only
TREE = (
    (PostKind.CORPS, "内蒙古自治区消防救援总队", "内", "150000"),
    (PostKind.DETACHMENT, "呼和浩特市消防救援支队", "呼", "150100"),
    (PostKind.BRIGADE, "新城区消防救援大队", "呼新", "150102"),
    (PostKind.STATION, "新华东街消防救援站", "呼新一", "150102"),
)
PEOPLE = (
    (Role.CREW, "王站长", PostKind.STATION),
    (Role.INVESTIGATOR, "李火调", PostKind.BRIGADE),
    (Role.REVIEWER, "赵复核", PostKind.DETACHMENT),
    (Role.SUPERVISOR, "孙督导", PostKind.CORPS),
    (Role.ADMINISTRATOR, "周管理", PostKind.CORPS),
)


def sample_id(name: str) -> UUID:
    """The same id for the same thing in every sample."""
    return uuid5(NAMESPACE_URL, f"handback-sample:{name}")


def put_brigade(work: SqlWork) -> None:
    """Posts and people."""
    above: Post | None = None
    for kind, name, short_name, division_code in TREE:
        id = sample_id(kind)
        above = Post(
            id=id,
            parent_id=above.id if above else None,
            path=path_under(above, kind=kind, id=id),
            kind=kind,
            name=name,
            short_name=short_name,
            division_code=division_code,
            phone="0471-555-0119",
        )
        work.people.put_post(above)
    for role, name, kind in PEOPLE:
        work.people.put_user(
            User(
                id=sample_id(role),
                username=role,
                name=name,
                role=role,
                post_id=sample_id(kind),
                password_hash=hash_password(PASSWORD.format(role=role)),
            )
        )


def fill(database: Database, settings: Settings) -> str:
    """Make the sample where there is none yet; what to tell about it."""
    if not database.read(lambda work: work.people.count_users()):
        database.write(put_brigade)
    lines = [f"  {role:14} {name}  {PASSWORD.format(role=role)}" for role, name, _ in PEOPLE]
    people = "\n".join(lines)
    door = f"{settings.public_url}/sign-in"
    return f"\nSample data only. Sign in at {door} as (name, password):\n{people}"
