"""Compile rules from a pack's YAML; every fault is a coded diagnostic with its line, all of them at once."""

from __future__ import annotations

import re
from collections.abc import Mapping

from simulator.core.yaml_lines import Mapped, Scalar, Value
from simulator.scoring.moves.measures import METRICS
from simulator.scoring.moves.rule import Example, Patterns, Rule, RuleKind
from simulator.scoring.pack_fields import PackFields
from simulator.scoring.vocabulary import CODES, VIRTUES, Dimension, Kind

NEEDED = ("id", "kind", "code", "dimension", "points", "why", "source", "fix", "pass", "fail")
EVERY = ("also", "only_kinds", "not_kinds", "blocker", "forfeits", "public_only", "post", "post_unless", "draft", "draft_unless")
OWN: Mapping[RuleKind, tuple[tuple[str, ...], tuple[str, ...]]] = {
    RuleKind.PHRASE: (("say",), ("unless", "where", "at_least")),
    RuleKind.PATTERN: (("match",), ("unless", "where", "raw", "at_least")),
    RuleKind.COUNT: (("match", "at_least"), ("most", "raw", "unless")),
    RuleKind.ABSENCE: (("of",), ()),
    RuleKind.ORDER: (("of", "before"), ()),
    RuleKind.METRIC: (("metric",), ("over", "under", "most")),
    RuleKind.ECHO: (("over",), ()),
}
"""Keys that a kind of rule needs and may have, beyond those that all have."""

SOURCES = frozenset(
    "P1 P2 P3 P4 P5 Orsingher2010 GelbrichRoschk Herhausen2019 Golmohammadi2021 JohnenSchnittka2019 BealGregoire2021 Gunarathne2014 Xu2017"
    " Hu2018 Sharma2020 Sharma2022 Louie2025 Shaikh2024 Danescu2013 Brynjolfsson2025 AirlineWTP2016 Sprout2016 Eptica2015 FBbadge USAF FG"
    " 988 HHC".split()
)
"""Keys of the list of sources; house wisdom without a study is `practice:` and one of P1 to P5."""

_MACRO = re.compile(r"\{([a-z_]+)\}")


class RuleCompiler:
    """Compile the rules of one pack. `words` are named stretches of pattern that `{name}` in a pattern stands for.

    Codes besides those of `PackFields`: R001 unknown kind of rule, R002 unknown code, R003 points against the sign of the
    code, R004 no such metric, R005 unknown source, R006 an example is missing, R007 unknown `{word}`, R008 nothing to look for.
    """

    def __init__(self, fields: PackFields, words: Mapping[str, str]) -> None:
        self.fields = fields
        self.words = words

    def compile(self, value: Value) -> Rule | None:
        """Return the rule written at `value`, or None with the faults noted."""
        fields = self.fields
        mapped = fields.mapped(value, value.line, "a rule")
        kind_value = mapped.entries.get("kind")
        written = kind_value.text if isinstance(kind_value, Scalar) else ""
        if written not in set(RuleKind):
            fields.fault(mapped.line, "R001", f"kind '{written}' is not one of {', '.join(RuleKind)}")
            return None
        kind = RuleKind(written)
        needed, optional = OWN[kind]
        if not fields.keys(mapped, needed=(*NEEDED, *needed), optional=(*EVERY, *optional)):
            return None
        before = len(fields.found)
        rule = self._rule(mapped, kind)
        self._check(rule, mapped)
        return rule if len(fields.found) == before else None

    def _rule(self, mapped: Mapped, kind: RuleKind) -> Rule:
        fields, get, line = self.fields, mapped.entries.get, mapped.line
        return Rule(
            id=fields.text(get("id"), line, "id"),
            kind=kind,
            code=fields.text(get("code"), line, "code"),
            dimension=fields.word(Dimension, get("dimension"), line, "dimension"),
            points=fields.number(get("points"), line, "points"),
            why=fields.text(get("why"), line, "why"),
            source=fields.text(get("source"), line, "source"),
            fix=fields.text(get("fix"), line, "fix"),
            passes=self._examples(mapped, "pass"),
            fails=self._examples(mapped, "fail"),
            also=fields.weights(Dimension, get("also"), line, "also") if "also" in mapped.entries else {},
            only_kinds=self._kinds(mapped, "only_kinds"),
            not_kinds=self._kinds(mapped, "not_kinds"),
            blocker=self._flag(mapped, "blocker"),
            forfeits=self._flag(mapped, "forfeits"),
            public_only=self._flag(mapped, "public_only"),
            phrases=tuple(phrase.lower() for phrase in self._texts(mapped, "say")),
            match=self._patterns(mapped, "match"),
            raw=self._flag(mapped, "raw"),
            unless=self._patterns(mapped, "unless"),
            post=self._patterns(mapped, "post"),
            post_unless=self._patterns(mapped, "post_unless"),
            draft=self._patterns(mapped, "draft"),
            draft_unless=self._patterns(mapped, "draft_unless"),
            where=fields.text(get("where"), line, "where") if "where" in mapped.entries else "",
            codes=frozenset(self._texts(mapped, "of")),
            before=frozenset(self._texts(mapped, "before")),
            metric=fields.text(get("metric"), line, "metric") if "metric" in mapped.entries else "",
            over=self._number(mapped, "over"),
            under=self._number(mapped, "under"),
            at_least=self._number(mapped, "at_least") or 1,
            most=self._number(mapped, "most") or 1,
            path=fields.path,
            line=line,
        )

    def _check(self, rule: Rule, mapped: Mapped) -> None:
        fault = self.fields.fault
        for code in (rule.code, *rule.codes, *rule.before):
            if code not in CODES:
                fault(mapped.line, "R002", f"'{code}' is not one of the published codes")
        if rule.points and (rule.points > 0) != (rule.code in VIRTUES):
            fault(mapped.line, "R003", f"'{rule.code}' is a {'virtue' if rule.virtue else 'flaw'}; its points must say so")
        if rule.metric and rule.metric not in METRICS:
            fault(mapped.line, "R004", f"metric '{rule.metric}' is not one of {', '.join(sorted(METRICS))}")
        for source in rule.source.split(", "):
            if source.removeprefix("practice:") not in SOURCES:
                fault(mapped.line, "R005", f"source '{source}' is not in the list of sources")
        if not rule.passes or not rule.fails:
            fault(mapped.line, "R006", "a rule needs at least one `pass` and one `fail` example")
        if rule.kind is RuleKind.METRIC and rule.over is None and rule.under is None:
            fault(mapped.line, "R008", "a metric rule needs `over` or `under`")
        if rule.where not in ("", "first", "last"):
            fault(mapped.line, "R008", f"where '{rule.where}' is not first or last")

    def _texts(self, mapped: Mapped, key: str) -> tuple[str, ...]:
        value = mapped.entries.get(key)
        return self.fields.texts(value, mapped.line, key) if value is not None else ()

    def _number(self, mapped: Mapped, key: str) -> float | None:
        value = mapped.entries.get(key)
        return self.fields.number(value, mapped.line, key) if value is not None else None

    def _flag(self, mapped: Mapped, key: str) -> bool:
        value = mapped.entries.get(key)
        if value is None:
            return False
        if not isinstance(value, Scalar) or value.text not in ("yes", "no"):
            self.fields.fault(value.line, "R102", f"{key} must be yes or no")
            return False
        return value.text == "yes"

    def _kinds(self, mapped: Mapped, key: str) -> frozenset[Kind]:
        value = mapped.entries.get(key)
        if value is None:
            return frozenset()
        return frozenset(self.fields.word(Kind, item, item.line, key) for item in self.fields.items(value, mapped.line, key))

    def _patterns(self, mapped: Mapped, key: str) -> Patterns:
        value = mapped.entries.get(key)
        if value is None:
            return ()
        read = []
        for item in self.fields.items(value, mapped.line, key):
            text = self.expand(self.fields.text(item, item.line, key), item.line)
            try:
                read.append(re.compile(text))
            except re.error as error:
                self.fields.fault(item.line, "R105", f"pattern '{text}' can't be read: {error}")
        return tuple(read)

    def expand(self, text: str, line: int) -> str:
        """Put the named stretches of pattern in place of their `{name}`s."""
        for name in _MACRO.findall(text):
            if name not in self.words:
                self.fields.fault(line, "R007", f"'{{{name}}}' is not one of the named words: {', '.join(sorted(self.words))}")
        return _MACRO.sub(lambda match: self.words.get(match[1], ""), text)

    def _examples(self, mapped: Mapped, key: str) -> tuple[Example, ...]:
        return tuple(self._example(item) for item in self.fields.items(mapped.entries.get(key), mapped.line, key))

    def _example(self, value: Value) -> Example:
        fields = self.fields
        if isinstance(value, Scalar):
            return Example(value.text, line=value.line)
        mapped = fields.mapped(value, value.line, "an example")
        fields.keys(mapped, needed=("draft",), optional=("post", "author", "facts", "must", "kind"))
        get, line = mapped.entries.get, mapped.line
        return Example(
            draft=fields.text(get("draft"), line, "draft"),
            post=fields.text(get("post"), line, "post") if "post" in mapped.entries else "",
            author=fields.text(get("author"), line, "author") if "author" in mapped.entries else "",
            facts=self._texts(mapped, "facts"),
            must=self._texts(mapped, "must"),
            kind=fields.word(Kind, get("kind"), line, "kind") if "kind" in mapped.entries else None,
            line=line,
        )
