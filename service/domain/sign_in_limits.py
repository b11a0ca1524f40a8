"""How guessing at passwords is slowed: failures are tallied, and each makes the next wait longer.

Waits grow and never become a ban, and whoever signs in from where they did lately waits for
nobody's failures elsewhere: slowing a guesser must not lock an officer out.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from ipaddress import IPv4Address, ip_address, ip_network

HOUSEHOLD_BITS = 64
"""What one subscriber is given of IPv6 (RFC 6177): whoever has one address of it has them all."""
Key = tuple[str, ...]
"""What a tally is of: its kind, then an account's name, a network, or both."""
_MOST_DOUBLINGS = 32
_SECOND = timedelta(seconds=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Limit:
    """So many failures are free; the next waits are doubled each time, up to the longest."""

    free: int
    first_wait: timedelta
    longest_wait: timedelta
    forgotten_after: timedelta


@dataclass(frozen=True, slots=True, kw_only=True)
class SignInLimits:
    """The limits of one account from one address, of an address, of an account from strangers.

    Strangers are addresses from which nobody signed in to the account within `known_for`.
    """

    pair: Limit
    address: Limit
    strangers: Limit
    known_for: timedelta


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """How often something failed, when last, and from when on that counts no more."""

    failures: int
    last_at: datetime
    expires_at: datetime


def one_more(tally: Tally | None, limit: Limit, now: datetime) -> Tally:
    """The tally after another failure; what is over does not count."""
    before = tally.failures if tally is not None and tally.expires_at > now else 0
    return Tally(failures=before + 1, last_at=now, expires_at=now + limit.forgotten_after)


def wait_left_s(tally: Tally | None, limit: Limit, now: datetime) -> int:
    """For how many whole seconds nothing may be tried, 0 for none."""
    if tally is None or tally.expires_at <= now or tally.failures < limit.free:
        return 0
    doublings = min(tally.failures - limit.free, _MOST_DOUBLINGS)
    wait = min(limit.first_wait * (1 << doublings), limit.longest_wait)
    return max(0, -((now - tally.last_at - wait) // _SECOND))


def network_of(address: str) -> str:
    """What stands for a client's address: an IPv4 address itself, of IPv6 its /64.

    What is no address (a socket of this machine has none) stands for itself.
    """
    try:
        found = ip_address(address)
    except ValueError:
        return address
    if isinstance(found, IPv4Address):
        return str(found)
    mapped = found.ipv4_mapped
    return str(mapped or ip_network((found.packed, HOUSEHOLD_BITS), strict=False))
