"""Small named shapes, in metres, on which answers are worked out by hand."""

from shapely import LineString, Point, box

from service.domain.mending import mend_plan
from service.domain.plan import DrawnPlan, Level, Plan
from tests.scenes import a_unit

ROOM_201 = box(0, 0, 5, 5)
ROOM_202 = box(5, 0, 10, 5)
HALL = box(0, 5, 10, 9)
CABLE = LineString([(2, 4), (2, 8)])
SOCKET = Point(3, 2)


def two_rooms_and_a_hall() -> Plan:
    """Two closed rooms south of an open hall.

    y 9 ┌───────────────────┐
        │       hall        │
    y 5 ├─────────┬─────────┤
        │   201   │   202   │
    y 0 └─────────┴─────────┘
       x 0        5        10
    """
    units = (a_unit("201", "closed", ROOM_201), a_unit("202", "closed", ROOM_202),
             a_unit("hall", "open", HALL))  # fmt: skip
    return mend_plan(DrawnPlan(levels=(Level(id="0", name="一层", ordinal=0, units=units),)))[0]


def a_wall_between_two_yards() -> Plan:
    """Two open yards that share a wall 30 cm thick, joined by a passage at the north end.

    y 10 ┌────────────────┐
         │    passage     │
    y 8  ├──────┐  ┌──────┤
         │ west │██│ east │
    y 0  └──────┘  └──────┘
        x 0     5 5.3    10
    """
    units = (a_unit("west", "open", box(0, 0, 5, 8)), a_unit("east", "open", box(5.3, 0, 10, 8)),
             a_unit("passage", "open", box(0, 8, 10, 10)))  # fmt: skip
    return mend_plan(DrawnPlan(levels=(Level(id="0", name="院", ordinal=0, units=units),)))[0]
