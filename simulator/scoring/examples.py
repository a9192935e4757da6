"""Give a step an example about this very post: templates filled with its own words, or nothing where that would not read well."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from simulator.core.yaml_lines import Mapped, Value
from simulator.scoring.model import Fix, House
from simulator.scoring.moves.rule import Patterns, Rule
from simulator.scoring.own_words import Grammar, noun_for, own_words
from simulator.scoring.pack_fields import PackFields
from simulator.scoring.privacy import find_personal_data
from simulator.scoring.relation import Lexicon
from simulator.scoring.sheet import Sheet
from simulator.scoring.sieve import Sieve
from simulator.scoring.text import fold, read_again
from simulator.scoring.vocabulary import FLAWS, VIRTUES, Kind, SignOff

MOST_CHARACTERS = 160
MOST_FACT = 90
SLOTS = frozenset({"clause", "noun", "ask", "part", "fact", "name", "sign", "support"})
_SLOT = re.compile(r"\{(\w+)\}")
_SHORT_FORMS = (
    ("I'm", "I am"), ("I'll", "I will"), ("I've", "I have"), ("you're", "you are"), ("they'll", "they will"), ("don't", "do not"),
    ("isn't", "is not"), ("wasn't", "was not"), ("can't", "cannot"), ("hasn't", "has not"), ("doesn't", "does not"), ("you've", "you have"),
)  # fmt: skip
_TURNS_ROUND = r"|[\"“”*😂🤣🙃😅😆]"
"""Quotation marks and laughter: what stands beside them may be meant the other way round."""
_HOLLOW = re.compile(r"[@#]|https?:|www\.|\d{4}|\b\w+\.(?:com|example|org|net)\b")


@dataclass(frozen=True, slots=True)
class Template:
    """Lines for steps of some codes under posts of some kinds; the first that can be filled is taken."""

    codes: frozenset[str]
    kinds: frozenset[Kind]
    say: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ExampleRules:
    """Hold examples.yaml, and the patterns of `harsh` words that no example may hold, behind a sieve."""

    templates: tuple[Template, ...]
    grammar: Grammar
    harsh: Patterns
    sieve: Sieve

    def is_harsh(self, folded: str) -> bool:
        """Tell whether an example has a harsh word."""
        return any(self.harsh[number].search(folded) for number in self.sieve.possible(folded))


def harsh_words(rules: Iterable[Rule]) -> Patterns:
    """Return the patterns of the rules that cap a reply for profanity and insults."""
    return tuple(
        pattern for rule in rules if rule.blocker and rule.code in ("profanity", "insult") and not rule.raw for pattern in rule.match
    )


_WORD_LISTS = ("verbs", "clumsy", "dangling", "personal", "hollow", "noun_endings")
_PATTERN_LISTS = ("went_wrong", "not_meant", "not_asked")


def compile_examples(mapped: Mapped, fields: PackFields, lexicon: Lexicon, harsh: Patterns = ()) -> ExampleRules:
    """Compile examples.yaml; faults are noted in `fields` (R002: no published code, R007: no such slot, R105: bad pattern)."""
    fields.keys(mapped, needed=("words", "examples"), optional=("about",))
    get = mapped.entries.get
    templates = tuple(_template(item, fields) for item in fields.items(get("examples"), mapped.line, "examples"))
    table = fields.mapped(get("words"), mapped.line, "words")
    fields.keys(table, needed=(*_WORD_LISTS, *_PATTERN_LISTS))
    return ExampleRules(templates, _grammar(table, fields, lexicon), harsh, Sieve(harsh))


def _grammar(table: Mapped, fields: PackFields, lexicon: Lexicon) -> Grammar:
    def words(name: str) -> frozenset[str]:
        return frozenset(fields.text(table.entries.get(name), table.line, name).split())

    def pattern(name: str, also: str = "") -> re.Pattern[str]:
        text = "|".join(fields.text(table.entries.get(name), table.line, name).split())
        try:
            return re.compile(rf"\b(?:{text})\b{also}")
        except re.error as error:
            fields.fault(table.line, "R105", f"{name} can't be read: {error}")
            return re.compile(r"(?!)")

    return Grammar(
        lexicon=lexicon,
        verbs=words("verbs"),
        ends_noun=words("verbs") | words("clumsy") | words("dangling"),
        dangling=words("dangling"),
        personal=words("personal"),
        unsaid=words("clumsy") | words("personal"),
        hollow=words("hollow"),
        noun_endings=words("noun_endings"),
        went_wrong=pattern("went_wrong"),
        not_meant=pattern("not_meant", _TURNS_ROUND),
        not_asked=pattern("not_asked", _TURNS_ROUND),
    )


def _template(value: Value, fields: PackFields) -> Template:
    mapped = fields.mapped(value, value.line, "an example")
    fields.keys(mapped, needed=("codes", "kinds", "say"))
    get, line = mapped.entries.get, mapped.line
    codes = frozenset(fields.texts(get("codes"), line, "codes"))
    for code in sorted(codes - FLAWS - VIRTUES):
        fields.fault(line, "R002", f"'{code}' is not one of the published codes")
    say = fields.texts(get("say"), line, "say")
    for slot in sorted({slot for text in say for slot in _SLOT.findall(text)} - SLOTS):
        fields.fault(line, "R007", f"'{{{slot}}}' is not one of the slots: {', '.join(sorted(SLOTS))}")
    kinds = frozenset(fields.word(Kind, item, item.line, "kinds") for item in fields.items(get("kinds"), line, "kinds"))
    return Template(codes, kinds, say)


def with_examples(fixes: Sequence[Fix], sheet: Sheet, rules: ExampleRules) -> tuple[Fix, ...]:
    """Return `fixes`, each with an example where one reads well; no two the same."""
    if not any(fix.code in template.codes and sheet.kind in template.kinds for fix in fixes for template in rules.templates):
        return tuple(fixes)
    slots = _Slots(sheet, rules.grammar)
    done: list[Fix] = []
    for fix in fixes:
        example = _example(fix.code, sheet.kind, slots, rules, sheet.context.house)
        done.append(replace(fix, example=example) if example and all(example != other.example for other in done) else fix)
    return tuple(done)


class _Slots:
    """What the slots of a template are filled with, each found when a template first asks for it."""

    def __init__(self, sheet: Sheet, grammar: Grammar) -> None:
        self._sheet = sheet
        self._grammar = grammar
        self._found: dict[str, str] = {}

    def __getitem__(self, name: str) -> str:
        """Return the words for the slot `name`, empty where there are none."""
        if name not in self._found:
            self._found[name] = self._find(name)
        return self._found[name]

    def _find(self, name: str) -> str:
        sheet, grammar, house = self._sheet, self._grammar, self._sheet.context.house
        match name:
            case "fact":
                return _unused_fact(sheet, grammar.lexicon)
            case "part":
                missed = next(iter(sheet.relation.missed_must), "")
                return noun_for(missed, sheet.post, grammar) if missed else ""
            case "sign":
                signs = {SignOff.INITIALS: "^[your initials]", SignOff.TEAM: f"– {house.team}", SignOff.NONE: ""}
                return signs.get(house.sign_off, "– [your first name]")
            case "support":
                return house.support_handle
        words = own_words(sheet.post, sheet.relation.issue, sheet.context.brand, grammar)
        return {"clause": words.clause, "noun": words.noun, "ask": words.ask, "name": words.name}[name]


def _unused_fact(sheet: Sheet, lexicon: Lexicon) -> str:
    """Return the short known fact nearest to the post that the draft says nothing of, or an empty text."""
    asked, said = _matters(sheet.post.text, lexicon), {word.stem for word in sheet.draft.words}
    best, most = "", 0
    for fact in sheet.context.facts:
        matters = _matters(fact, lexicon)
        shared = len(matters & asked)
        if shared > most and len(fact) <= MOST_FACT and 3 * len(matters & said - asked) < len(matters - asked):
            best, most = " ".join(fact.split()).rstrip("."), shared
    return best


def _matters(text: str, lexicon: Lexicon) -> set[str]:
    idle, family = lexicon.idle, lexicon.family
    return {family.get(word.stem, word.stem) for word in read_again(text).words if word.stem not in idle}


def _example(code: str, kind: Kind, slots: _Slots, rules: ExampleRules, house: House) -> str:
    for template in rules.templates:
        if code not in template.codes or kind not in template.kinds:
            continue
        for say in template.say:
            if all(slots[name] for name in _SLOT.findall(say)):
                example = _in_voice(_SLOT.sub(lambda hit: slots[hit[1]], say), house)
                if _reads_well(example, house, rules):
                    return example
    return ""


def _in_voice(example: str, house: House) -> str:
    """Write it out where the house's voice is formal, and begin with a capital."""
    if "formal" in house.voice.lower() and "informal" not in house.voice.lower():
        for short, full in _SHORT_FORMS:
            example = re.sub(rf"\b{short}\b", full, example)
    return example[:1].upper() + example[1:]


def _reads_well(example: str, house: House, rules: ExampleRules) -> bool:
    """Tell whether an example is short, harmless and free of anything that leads to a person."""
    bare = example.replace(house.support_handle, "") if house.support_handle else example
    folded = fold(example)
    return (
        len(example) <= MOST_CHARACTERS
        and not _HOLLOW.search(bare)
        and not rules.is_harsh(folded)
        and not any(phrase.strip() and fold(phrase) in folded for phrase in house.banned)
        and not (any(char.isdigit() for char in bare) and any(True for _ in find_personal_data(bare)))
    )
