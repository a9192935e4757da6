"""Hold the services that `app.py` builds, for the pages, the API and the commands."""

from __future__ import annotations

from dataclasses import dataclass

from simulator.core.clock import Now
from simulator.services.accounts import Accounts
from simulator.services.audit_log import AuditLog
from simulator.services.desk import Desk
from simulator.services.drills import Drills
from simulator.services.forks import Forks
from simulator.services.handovers import HandOvers
from simulator.services.reviews import Reviews
from simulator.services.run_watch import RunWatch
from simulator.services.second_opinion import SecondOpinions
from simulator.services.shares import Shares
from simulator.services.tokens import ApiTokens


@dataclass(frozen=True, slots=True)
class Services:
    """Everything a view or a command can ask for."""

    accounts: Accounts
    tokens: ApiTokens
    drills: Drills
    handovers: HandOvers
    reviews: Reviews
    forks: Forks
    shares: Shares
    watch: RunWatch
    desk: Desk
    opinions: SecondOpinions
    audit: AuditLog
    now: Now
