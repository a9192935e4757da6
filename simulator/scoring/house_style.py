"""Let a house have its way where the rubric leaves room: rules it softens, words it agrees on or bans, its sign-off, its support account.

What guards people stays: words that cap a total or void a reply can be neither switched nor agreed on.
"""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace

from simulator.scoring.findings import RawFinding
from simulator.scoring.model import House, Span
from simulator.scoring.moves.move import Move
from simulator.scoring.moves.rule import Rule
from simulator.scoring.moves.rules import RuleBook, with_worth
from simulator.scoring.rubric import Rubric, Wanted
from simulator.scoring.sheet import Sheet
from simulator.scoring.text import fold, phrase_spans
from simulator.scoring.vocabulary import FLAWS, VIRTUES, Dimension, SignOff

SIGNS = "personal_signoff"
SIGNING_RULE = "signs-as-a-person"
"""The rule of the packs that says what a signature is worth."""
SENDS_AWAY = frozenset({"passes_the_buck", "bare_dm"})
_SIGN_OFF_SAID = {
    SignOff.FIRST_NAME: "Sign with your first name.",
    SignOff.INITIALS: "Sign with your initials, as in ^JT.",
    SignOff.TEAM: "Sign as {team}.",
}
_INITIALS = re.compile(r"[-–—^~]{1,2}\s?[A-ZÀ-Þ]{1,3}\W*$")
_FIRST_NAME = re.compile(r"[A-ZÀ-Þ][a-zà-þ]")
_REASON = re.compile(
    r"\b(?:because|since|so (?:that )?(?:they|you|she|he|i|we|nobody)|(?:has|have|with|see) your"
    r"|(?:they|she|he|who|that|team|desk|crew|people)"
    r"(?:'ve| have| has|'s got| can| could| holds?| looks?| runs?| keeps?| books?| knows?| sees?|'re| are| is))\b"
)
_HELP = re.compile(
    r"\b(?:i've|i have|we've|we have|i'm|i'll|i) (?:\w+ ){0,2}?"
    r"(?:pass(?:ed)?|told|tell|show[n]?|sen[dt]|ask(?:ed)?|given?|gave|flagged|tagged)\b"
)
_HELPFUL = frozenset({"concrete_step", "owns_it", "direct_fix", "time_frame", "hand_off_human"})
_REDIRECT_POINTS = 16.0


def describe_house(house: House) -> str:
    """Return everything that `house` has decided as one text that changes with each of it."""
    return json.dumps(asdict(house), sort_keys=True)


def guarded_names(book: RuleBook) -> frozenset[str]:
    """Return the ids and codes that no house may switch: those of rules that cap the total or void the reply."""
    guards = [rule for rule in book.rules if rule.blocker or rule.forfeits]
    return frozenset({*(rule.id for rule in guards), *(rule.code for rule in guards)})


def switchable_names(book: RuleBook) -> frozenset[str]:
    """Return the ids of rules and the codes that a house may switch."""
    return frozenset({*book.by_id, *FLAWS, *VIRTUES}) - guarded_names(book)


def fit_book(book: RuleBook, style: HouseStyle) -> RuleBook:
    """Return `book` with the points that a house keeps and its own limits for hard texts; rules that are off are passed over later."""
    if not style.kept and style.house.most_lix is None and style.house.most_grade is None:
        return book
    return with_worth(book, [_fit_rule(rule, style) for rule in book.rules])


def _fit_rule(rule: Rule, style: HouseStyle) -> Rule:
    limits = {"lix": (style.house.most_lix, "LIX"), "school_grade": (style.house.most_grade, "school grade")}
    limit, unit = limits.get(rule.metric, (None, ""))
    if limit is not None and rule.code not in VIRTUES:
        rule = replace(rule, over=limit, why=f"Harder to read than your playbook allows: over {unit} {limit:g}.")
    keep = style.keep(rule.id, rule.code)
    if keep in (0.0, 1.0):
        return rule
    return replace(rule, points=rule.points * keep, also={dimension: points * keep for dimension, points in rule.also.items()})


def fit_rubric(rubric: Rubric, style: HouseStyle) -> Rubric:
    """Return `rubric` with the weights of a house, and without wishes for what it does not want. Nothing begins to apply that did not."""
    house = style.house
    weights = {
        kind: {dimension: weight * _factor(house, house.kind_weights.get(kind, {}), dimension) for dimension, weight in row.items()}
        for kind, row in rubric.weights.items()
    }
    decision = {dimension: weight * _factor(house, {}, dimension) for dimension, weight in rubric.decision_weights.items()}
    wanted = tuple(fitted for one in rubric.wanted if (fitted := _fit_wanted(one, style)))
    return replace(rubric, weights=weights, decision_weights=decision, wanted=wanted)


def _factor(house: House, of_kind: Mapping[Dimension, float], dimension: Dimension) -> float:
    return of_kind.get(dimension, house.weights.get(dimension, 1.0))


def _banned_reason(own: str) -> str:
    """Return why words are banned, with the playbook's `own` reason where it gives one."""
    own = own.strip().rstrip(".")
    return f"Your playbook asks not to use these words: {own}." if own else "Your playbook asks not to use these words."


def _fit_wanted(wanted: Wanted, style: HouseStyle) -> Wanted | None:
    keep = style.keep("", wanted.code)
    if keep == 0 or (wanted.code == SIGNS and style.house.sign_off is SignOff.NONE):
        return None
    said = _SIGN_OFF_SAID.get(style.house.sign_off) if wanted.code == SIGNS else None
    return replace(wanted, gain=wanted.gain * keep, say=said.format(team=style.house.team) if said else wanted.say)


@dataclass(frozen=True, slots=True)
class HouseStyle:
    """Know what a house says about single findings. `kept` maps a rule's id or a code to the share of points that it keeps.

    A `plain` house has decided nothing. `guarded` are the names that no house may touch.
    """

    house: House
    kept: Mapping[str, float]
    guarded: frozenset[str]
    plain: bool

    @classmethod
    def of(cls, house: House, guarded: Collection[str] = ()) -> HouseStyle:
        """Read the switches of `house`, but those of `guarded` names."""
        kept = {switch.name: min(1.0, max(0.0, switch.keep)) for switch in house.switches if switch.name not in guarded}
        return cls(house, kept, frozenset(guarded), house == House())

    def keep(self, rule: str, code: str) -> float:
        """Return the share of points that findings of `rule` and `code` keep; a rule's own switch goes before its code's."""
        return self.kept.get(rule, self.kept.get(code, 1.0))

    def settle(self, moves: Sequence[Move], sheet: Sheet) -> list[Move]:
        """Return `moves` without those that the house has switched off or agreed on, signed in its own way."""
        if self.plain:
            return list(moves)
        pardoned = self._pardoned(sheet)
        redirect = self.redirect(sheet, {move.code for move in moves})
        left = [
            move
            for move in moves
            if self.keep(move.source, move.code) > 0 and not self._excused(move.code, move.source, move.span, pardoned, redirect)
        ]
        return left if self.house.sign_off is SignOff.ANY else self._signed(left, sheet)

    def settle_heard(self, heard: Sequence[RawFinding], sheet: Sheet, moves: Sequence[Move]) -> list[RawFinding]:
        """Do the same for findings that no rule of the packs made, and soften them."""
        if self.plain:
            return list(heard)
        pardoned = self._pardoned(sheet)
        redirect = self.redirect(sheet, {move.code for move in moves})
        left = []
        for finding in heard:
            keep = self.keep(finding.rule, finding.code)
            if keep > 0 and not self._excused(finding.code, finding.rule, finding.span, pardoned, redirect):
                left.append(finding._replace(points=finding.points * keep) if keep < 1 else finding)
        return left

    def findings(self, sheet: Sheet, moves: Sequence[Move]) -> Iterable[RawFinding]:
        """Yield what only this house finds: words that it bans, and a redirect to its support account as it should be."""
        for phrase in self.house.banned:
            for span in phrase_spans(sheet.draft.folded, (phrase,))[:1]:
                why, quote = _banned_reason(self.house.banned_why.get(phrase, "")), sheet.draft.quote(span)
                yield RawFinding("generic_template", Dimension.TONE, -20, why, "Say it in other words.", span, quote, rule="house-banned")
        said = {move.code for move in moves}
        redirect = self.redirect(sheet, said)
        if redirect and "private_with_reason" not in said:
            why = "Leads to your support account by name, says why, and has helped already."
            fix = "Keep the reason and the help beside the name."
            quote = sheet.draft.quote(redirect)
            yield RawFinding("private_with_reason", Dimension.RESOLVE, _REDIRECT_POINTS, why, fix, redirect, quote, rule="house-redirect")

    def redirect(self, sheet: Sheet, said: Collection[str]) -> Span | None:
        """Return the sentence that leads to the support account, where the draft also says why and helps already; else None."""
        at = phrase_spans(sheet.draft.folded, (self.house.support_handle,))
        if not at or not _REASON.search(sheet.draft.folded):
            return None
        if not (_HELPFUL & set(said) or _HELP.search(sheet.draft.folded)):
            return None
        return sheet.draft.sentence_of(at[0][0])

    def _pardoned(self, sheet: Sheet) -> tuple[Span, ...]:
        """Return where the draft uses agreed phrases or its team's signature."""
        spans = phrase_spans(sheet.draft.folded, self.house.approved)
        signature = self._team_signature(sheet)
        return (*spans, signature) if signature else spans

    def _excused(self, code: str, rule: str, span: Span | None, pardoned: Sequence[Span], redirect: Span | None) -> bool:
        """Tell whether most of the words that a flaw points at are agreed on, or part of a redirect as it should be."""
        if span is None or code in VIRTUES or rule in self.guarded:
            return False
        if redirect and code in SENDS_AWAY and span[0] < redirect[1] and redirect[0] < span[1]:
            return True
        agreed = sum(max(0, min(span[1], end) - max(span[0], start)) for start, end in pardoned)
        return 2 * agreed >= span[1] - span[0]

    def _team_signature(self, sheet: Sheet) -> Span | None:
        if self.house.sign_off is not SignOff.TEAM or not self.house.team:
            return None
        team, said = fold(self.house.team), sheet.draft.folded.rstrip(" .!\n\t")
        return (len(said) - len(team), len(said)) if said.endswith(team) else None

    def _signed(self, moves: Sequence[Move], sheet: Sheet) -> list[Move]:
        """Let only the house's own way of signing count as signing."""
        others = [move for move in moves if move.code != SIGNS]
        match self.house.sign_off:
            case SignOff.FIRST_NAME:
                signed = [move for move in moves if move.code == SIGNS and _FIRST_NAME.search(sheet.draft.quote(move.span))]
                return [*others, *signed]
            case SignOff.INITIALS:
                hit = _INITIALS.search(sheet.draft.raw)
                span = hit.span() if hit else None
            case SignOff.TEAM:
                span = self._team_signature(sheet)
            case _:
                span = None
        return [*others, Move(SIGNS, span, 1, SIGNING_RULE)] if span else others
