"""Have no second opinion: what stands in where no endpoint is set."""

from __future__ import annotations

from simulator.integrations.llm.base import Answer, Budget, Failure, FailureCode, Question


class NullOpinion:
    """Answer that there is no second opinion. Opens no connection and spends nothing."""

    available = False
    name = ""
    place = ""

    def ask(self, question: Question, budget: Budget) -> Answer | Failure:
        """Return that it is switched off."""
        return Failure(FailureCode.OFF)
