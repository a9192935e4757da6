"""Give drills what they are played on: the library's scenarios as they are now, and old ones from a run's own snapshot."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass, replace
from threading import Lock
from typing import Generic, TypeVar

from simulator.content import Library, recall_playbook, recall_scenario, variant_number, vary
from simulator.content.model import Playbook, Scenario
from simulator.core.ids import content_hash
from simulator.core.refusal import Refusal, RefusalCode
from simulator.drills.world import World
from simulator.scoring import Ruleset

_SCENARIOS, _PLAYBOOKS = "scenarios/", "playbooks/"
KEPT = 64
"""How many old versions of scenarios a process keeps compiled."""
Kept = TypeVar("Kept")


class Recent(Generic[Kept]):
    """Remember the last `most` values by key; safe between threads."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._kept: OrderedDict[str, Kept] = OrderedDict()
        self._lock = Lock()

    def get(self, key: str) -> Kept | None:
        """Return the value kept under `key`, or None."""
        with self._lock:
            if key in self._kept:
                self._kept.move_to_end(key)
            return self._kept.get(key)

    def put(self, key: str, value: Kept) -> None:
        """Keep `value`; the one unused for longest goes when there are too many."""
        with self._lock:
            self._kept[key] = value
            self._kept.move_to_end(key)
            while len(self._kept) > self._most:
                self._kept.popitem(last=False)


@dataclass(frozen=True, slots=True)
class Played:
    """A world with the texts that it can be made from again, by their usual paths."""

    world: World
    texts: Mapping[str, str]


class Worlds:
    """Make worlds: of the library for a new run, of a snapshot's texts for one that goes on."""

    def __init__(self, *, library: Library, playbooks: Mapping[str, Playbook], ruleset: Ruleset) -> None:
        self.library = library
        self._playbooks = playbooks
        self._ruleset = ruleset
        self._reloaded: Recent[World] = Recent(KEPT)
        self._variants: Recent[Scenario] = Recent(KEPT)

    @property
    def fingerprint(self) -> str:
        """Return the ruleset's fingerprint."""
        return self._ruleset.fingerprint

    def fresh(self, slug: str, seed: str = "") -> Played | None:
        """Return the world of a scenario of the library in the variant of `seed`, or None where there is none of that name."""
        scenario = self.library.scenarios.get(slug)
        if scenario is None:
            return None
        scenario = self._varied(scenario, seed)
        playbook = self._playbooks[scenario.playbook]
        texts = {f"{_SCENARIOS}{slug}/scenario.yaml": scenario.source, f"{_PLAYBOOKS}{playbook.slug}.yaml": playbook.source}
        return Played(World(scenario, playbook, self._ruleset), texts)

    def reload(self, slug: str, texts: Mapping[str, str], seed: str = "") -> World | Refusal:
        """Return the world of a run's own texts and seed, so that a run stays what it was when the library changes."""
        played = self.fresh(slug, seed)
        if played is not None and played.texts == texts:
            return played.world
        key = content_hash(slug, *(part for name in sorted(texts) for part in (name, texts[name])))
        world = self._reloaded.get(key) or self._recall(slug, texts)
        if isinstance(world, World):
            self._reloaded.put(key, world)
            return replace(world, scenario=self._varied(world.scenario, seed))
        return world

    def _varied(self, scenario: Scenario, seed: str) -> Scenario:
        """Return the variant of a scenario that a seed asks for; the latest ones are kept, for compiling takes its time."""
        number = variant_number(seed)
        if scenario.variety is None or number == scenario.variety.number:
            return scenario
        key = f"{scenario.slug}/{scenario.fingerprint}/{number}"
        varied = self._variants.get(key) or vary(scenario, number)
        self._variants.put(key, varied)
        return varied

    def _recall(self, slug: str, texts: Mapping[str, str]) -> World | Refusal:
        playbooks: dict[str, Playbook] = {}
        for path, text in texts.items():
            name = path.removeprefix(_PLAYBOOKS).removesuffix(".yaml")
            playbook = recall_playbook(text, path, name) if path.startswith(_PLAYBOOKS) else None
            if isinstance(playbook, Playbook):
                playbooks[name] = playbook
        for path, text in texts.items():
            scenario = recall_scenario(text, path, slug) if path.startswith(_SCENARIOS) else None
            if isinstance(scenario, Scenario) and scenario.playbook in playbooks:
                return World(scenario, playbooks[scenario.playbook], self._ruleset)
        return Refusal(RefusalCode.STALE, "This drill was played on a scenario that this version can't read any more.")
