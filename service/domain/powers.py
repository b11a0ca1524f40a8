"""Who may do what, and where: the one table and the one check.

Jurisdiction follows the brigade tree 总队 › 支队 › 大队 › 站: an officer acts at the own post
and below it. A post's path names its ancestors: "/15/1501/1501-02/".
"""

from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from service.domain.errors import Fault, OutsideJurisdiction, RoleNotAllowed
from service.domain.words import Words


class Role(StrEnum):
    """What a person is at a post of the brigade."""

    CREW = "crew"
    INVESTIGATOR = "investigator"
    REVIEWER = "reviewer"
    SUPERVISOR = "supervisor"
    ADMINISTRATOR = "administrator"
    SYSTEM = "system"


CREW, INVESTIGATOR, REVIEWER, SUPERVISOR, ADMINISTRATOR, SYSTEM = Role
PEOPLES = tuple(role for role in Role if role is not SYSTEM)
"""The roles a person may have."""
ROLE_NAMES = {
    CREW: "站员",
    INVESTIGATOR: "火调员",
    REVIEWER: "复核员",
    SUPERVISOR: "督导员",
    ADMINISTRATOR: "管理员",
    SYSTEM: "系统",
}
"""What a role is called in Chinese."""
_FIELD = frozenset({CREW, INVESTIGATOR})
_DESK = frozenset({REVIEWER, SUPERVISOR})
_ALL = _FIELD | _DESK


class Operation(StrEnum):
    """Everything that can be done by somebody signed in."""

    LIST_INCIDENTS = "list-incidents"
    READ_INCIDENTS = "read-incidents"
    RECORD_INCIDENT = "record-incident"
    REGISTER = "register"
    REPORT_REGISTRATION = "report-registration"
    REVIEW_REGISTRATION = "review-registration"
    STRIKE_OFF = "strike-off"
    SIMPLIFIED_PROCEDURE = "simplified-procedure"
    INVESTIGATE = "investigate"
    READ_SCENE = "read-scene"
    READ_CUSTODY = "read-custody"
    PLAN_SCENE = "plan-scene"
    ASSESS_SCENE = "assess-scene"
    SET_SEAL = "set-seal"
    RECORD_FINDING = "record-finding"
    DECIDE_OBJECTION = "decide-objection"
    CLEAR_HAZARD = "clear-hazard"
    RELEASE_SCENE = "release-scene"
    ASK_EXTENSION = "ask-extension"
    APPROVE_EXTENSION = "approve-extension"
    CONFIRM_NOT_REACHED = "confirm-not-reached"
    SEND_PHOTO = "send-photo"
    READ_PHOTO = "read-photo"
    SHOW_PHOTO = "show-photo"
    PLACE_PHOTO = "place-photo"
    REMOVE_PHOTO = "remove-photo"
    ASK_ACCESS = "ask-access"
    DECIDE_ACCESS = "decide-access"
    RECORD_ENTRY = "record-entry"
    KEEP_TAPES = "keep-tapes"
    POST_NOTICE = "post-notice"
    RECORD_SUPPLY = "record-supply"
    OFFER_TRANSFER = "offer-transfer"
    ANSWER_TRANSFER = "answer-transfer"
    SUPERVISE = "supervise"
    ISSUE_CODE = "issue-code"
    READ_PEOPLE = "read-people"
    MANAGE_PEOPLE = "manage-people"


POWERS: dict[Operation, frozenset[Role]] = {
    Operation.LIST_INCIDENTS: _ALL | {SYSTEM},
    Operation.READ_INCIDENTS: _ALL,
    Operation.RECORD_INCIDENT: _FIELD,
    Operation.REGISTER: frozenset({CREW}),
    Operation.REPORT_REGISTRATION: _FIELD,
    Operation.REVIEW_REGISTRATION: _DESK,
    Operation.STRIKE_OFF: _DESK,
    Operation.SIMPLIFIED_PROCEDURE: frozenset({INVESTIGATOR}),
    Operation.INVESTIGATE: frozenset({INVESTIGATOR}),
    Operation.READ_SCENE: _ALL | {SYSTEM},
    Operation.READ_CUSTODY: _ALL,
    Operation.PLAN_SCENE: frozenset({INVESTIGATOR}),
    Operation.ASSESS_SCENE: frozenset({INVESTIGATOR}),
    Operation.SET_SEAL: frozenset({INVESTIGATOR}),
    Operation.RECORD_FINDING: frozenset({INVESTIGATOR}),
    Operation.DECIDE_OBJECTION: frozenset({INVESTIGATOR}),
    Operation.CLEAR_HAZARD: frozenset({INVESTIGATOR, REVIEWER}),
    Operation.RELEASE_SCENE: frozenset({INVESTIGATOR}),
    Operation.ASK_EXTENSION: frozenset({INVESTIGATOR}),
    Operation.APPROVE_EXTENSION: _DESK,
    Operation.CONFIRM_NOT_REACHED: frozenset({REVIEWER}),
    Operation.SEND_PHOTO: _FIELD,
    Operation.READ_PHOTO: _ALL,
    Operation.SHOW_PHOTO: _FIELD,
    Operation.PLACE_PHOTO: _FIELD,
    Operation.REMOVE_PHOTO: _DESK | {INVESTIGATOR},
    Operation.ASK_ACCESS: _FIELD,
    Operation.DECIDE_ACCESS: frozenset({INVESTIGATOR}),
    Operation.RECORD_ENTRY: _FIELD,
    Operation.KEEP_TAPES: _FIELD,
    Operation.POST_NOTICE: _FIELD,
    Operation.RECORD_SUPPLY: _FIELD,
    Operation.OFFER_TRANSFER: frozenset({INVESTIGATOR, SUPERVISOR}),
    Operation.ANSWER_TRANSFER: frozenset({INVESTIGATOR, REVIEWER, SUPERVISOR}),
    Operation.SUPERVISE: _DESK,
    Operation.ISSUE_CODE: _FIELD,
    Operation.READ_PEOPLE: _ALL | {ADMINISTRATOR},
    Operation.MANAGE_PEOPLE: frozenset({ADMINISTRATOR}),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Officer:
    """A person signed in, or a system, with one role at one post.

    `scopes` are the operations that a system's key names; a person's role has no other bounds.
    """

    id: UUID
    name: str
    role: Role
    post_id: UUID
    post_path: str
    scopes: frozenset[Operation] | None = None


def must_be_allowed(officer: Officer, operation: Operation, *, at: str | None) -> None:
    """Refuse what the role may not do, or may not do at the post whose path is `at`.

    `at=None` asks for the role alone (lists are then narrowed by the officer's path).

    Raises: RoleNotAllowed, OutsideJurisdiction.
    """
    if officer.role not in POWERS[operation]:
        raise RoleNotAllowed(
            Fault(
                operation,
                Words(
                    f"岗位“{ROLE_NAMES[officer.role]}”不能办理",
                    f"the role {officer.role} may not do this",
                ),
                Words("请由有权限的人员办理", "ask somebody whose role allows it"),
            )
        )
    if officer.scopes is not None and operation not in officer.scopes:
        raise RoleNotAllowed(
            Fault(
                operation,
                Words(f"该系统密钥不含权限“{operation}”", f"this key lacks the scope {operation}"),
                Words("请管理员另发含此权限的密钥", "ask an administrator for a key that has it"),
            )
        )
    if at is not None and not at.startswith(officer.post_path):
        raise OutsideJurisdiction(
            Fault(
                operation,
                Words("该事项不属于您所在单位管辖", "this belongs to another post"),
                Words("请由管辖单位办理", "ask the post that has jurisdiction"),
            )
        )
