"""Answer from a script: for tests and for showing the page where there is no network."""

from __future__ import annotations

from collections.abc import Iterable

from simulator.integrations.llm.base import Answer, Budget, Failure, FailureCode, Question, Rated


class ScriptedOpinion:
    """Give the scripted answers one after the other; `asked` keeps every question. After the last one it is unreachable."""

    available = True
    place = "script"

    def __init__(self, answers: Iterable[Rated | Answer | Failure], *, name: str = "scripted") -> None:
        self.name = name
        self.asked: list[Question] = []
        self._answers = iter(answers)

    def ask(self, question: Question, budget: Budget) -> Answer | Failure:
        """Return the next line of the script, within the budget."""
        if not budget.take():
            return Failure(FailureCode.CAPPED)
        self.asked.append(question)
        line = next(self._answers, Failure(FailureCode.UNREACHABLE))
        answer = Answer(line) if isinstance(line, Rated) else line
        budget.settle(answer.tokens if isinstance(answer, Answer) else 0)
        return answer
