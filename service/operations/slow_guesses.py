"""Slow down who guesses at passwords, without locking anybody out.

An attempt is tallied before its password is looked at, so that a hundred at once are a hundred;
whoever signs in gets theirs back.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from service.domain.errors import Fault
from service.domain.people_refusals import TooManySignIns
from service.domain.sign_in_limits import Key, Limit, Tally, network_of, one_more, wait_left_s
from service.domain.words import Words
from service.operations.ports import Work

SWEPT = 8
"""How many that are over go with each attempt: more than it can add."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Attempt:
    """Under which name somebody tries to sign in, and from which address."""

    username: str
    address: str

    @property
    def network(self) -> str:
        """What stands for the address."""
        return network_of(self.address)

    @property
    def pair(self) -> Key:
        """The account from this network."""
        return ("pair", self.username, self.network)

    @property
    def known(self) -> Key:
        """That the person signed in from here."""
        return ("known", self.username, self.network)


def must_not_wait(attempt: Attempt, *, work: Work) -> None:
    """Refuse an attempt that comes too soon after failures.

    Where the person signed in lately, only failures there, on their own account, count.
    Raises: TooManySignIns.
    """
    known = _is_known(attempt, work)
    tallies = list(_tallies(attempt, known=known, work=work))
    wait_s = max(
        wait_left_s(work.attempts.get(key), limit, work.now)
        for key, limit in (tallies[:1] if known else tallies)
    )
    if wait_s:
        raise TooManySignIns(
            Fault(
                "/username",
                Words(
                    f"登录失败次数过多，请在{wait_s}秒后再试",
                    f"too many failed attempts: try again in {wait_s} s",
                ),
                Words(
                    "请稍候；忘记口令请联系管理员重设",
                    "wait; if the password is forgotten, ask an administrator",
                ),
            ),
            retry_after=wait_s,
        )


def tally_attempt(attempt: Attempt, *, work: Work) -> None:
    """Count an attempt as failed until it is known to have succeeded.

    Raises: TooManySignIns.
    """
    must_not_wait(attempt, work=work)
    for key, limit in _tallies(attempt, known=_is_known(attempt, work), work=work):
        work.attempts.put(key, one_more(work.attempts.get(key), limit, work.now))
    work.attempts.sweep(work.now, at_most=SWEPT)


def take_back(attempt: Attempt, *, work: Work) -> None:
    """The attempt succeeded: it counts nowhere, and the person is known here for a while.

    Failures of the person here are forgotten, not those of others: or a guesser with an account
    of their own would be free of them.
    """
    pair, *others = _tallies(attempt, known=_is_known(attempt, work), work=work)
    work.attempts.remove(pair[0])
    for key, _ in others:
        tally = work.attempts.get(key)
        if tally is not None:
            work.attempts.put(key, replace(tally, failures=max(0, tally.failures - 1)))
    until = work.now + work.rules.sign_in.known_for
    work.attempts.put(attempt.known, Tally(failures=0, last_at=work.now, expires_at=until))


def _is_known(attempt: Attempt, work: Work) -> bool:
    tally = work.attempts.get(attempt.known)
    return tally is not None and tally.expires_at > work.now


def _tallies(attempt: Attempt, *, known: bool, work: Work) -> Iterator[tuple[Key, Limit]]:
    """Where the attempt counts: at the pair first."""
    limits = work.rules.sign_in
    yield attempt.pair, limits.pair
    yield ("address", attempt.network), limits.address
    if not known:
        yield ("strangers", attempt.username), limits.strangers
