"""The decision on gas and power: found off, or restored."""

from collections.abc import Collection
from datetime import datetime

from service.domain.custody_refusals import CustodyInvalid
from service.domain.errors import Fault
from service.domain.report_checks import time_faults
from service.domain.supplies import SupplyRecord, SupplyRecorded
from service.domain.words import Words


def record_supply(record: SupplyRecord, *, known: Collection[str], now: datetime) -> SupplyRecorded:
    """Note the state of a supply at units that are `known` here.

    Raises: CustodyInvalid.
    """
    faults = [*time_faults("/at", record.at, now)]
    faults += [
        Fault(
            f"/unit_ids/{n}",
            Words(f"没有单元“{id}”", f"there is no unit {id}"),
            Words("请按平面图或火情填写单元", "take it from the plan or from the incident"),
        )
        for n, id in enumerate(record.unit_ids)
        if id not in known
    ]
    if faults:
        raise CustodyInvalid(*faults)
    return SupplyRecorded(record=record)
