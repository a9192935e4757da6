"""Hold small content files that compile, and make the one change that a test is about."""

from __future__ import annotations

from simulator.content import compile_playbook, compile_scenario, parse_plan
from simulator.content.model import Playbook, Scenario
from simulator.content.plan_model import Plan
from simulator.core.diagnostics import Diagnostic

PLAYBOOK = """\
format: 1
title: House rules
voice: warm and plain
support_handle: ""
targets: {critical: "15:00", high: "30:00", normal: "2:00:00", low: "8:00:00"}
contacts:
  operations: {name: Duty manager, reach_for: delays and lost property, answers_within: "15:00"}
  legal: {name: Counsel, reach_for: letters and threats, answers_within: "1:00:30"}
approved: [We are looking for it now]
banned:
  - {say: rest assured, why: say who does what}
  - valued customer
"""

SCENARIO = """\
format: 1
title: The kite in the crane
summary: A kite, a crane and a very patient child.
brief: You answer for the port. You may ask operations what they see.
brand: {name: Port of Ellery, handle: "@ellery", industry: harbour, voice: warm and plain}
channel: microblog
level: 2
pace: 20
minutes: 4
skills: [acknowledge, resolve]
playbook: house
ends: "1:00:00"
personas:
  ida: {name: Ida, handle: "@ida", followers: 12, temper: hot, bio: flies kites}
  bo: {name: Bo, handle: "@bo", temper: calm}
facts:
  - {id: crane, say: Crane 4 stands still until noon., at: "02:00"}
  - {id: cause, say: The line is caught on the jib., hidden: true}
threads:
  - id: kite
    kind: complaint
    onlookers: 300
    target: "15:00"
    must_address:
      - {id: kite, say: [kite, dragon]}
    beats:
      - {at: "00:00", by: ida, say: "my red kite is stuck in your crane", likes: 4}
      - {at: "20:00", by: bo, when: unanswered, say: "nobody is coming", reads: 50}
    expect:
      actions: {best: [reply_public], fine: [escalate_and_reply], poor: [ignore]}
      escalate: {to: operations, within: "30:00", must_tell: [which crane]}
    reactions:
      - {when: {total: ">= 75", missing: listen}, by: ida, after: "03:00", cools: 40, trust: 10, say: "thank you", likes: 3, ends: solved}
      - {when: {}, by: ida, after: "02:00", heats: 5, say: "and when?"}
    exemplars:
      - {say: "Ida, your kite is on crane 4. We bring it down at noon.", action: reply_public, why: It says what happens.}
contacts:
  operations:
    - after: "06:00"
      complete: ">= 60"
      may_say: We bring it down at noon.
      may_not_say: Whose fault it was.
      owner: Ines
      next: "12:30"
      reveals: [cause]
    - {after: "04:00", next: "Which crane is it?"}
"""

PLAN = """\
# a comment
plan: good
seed: a
at 03:00 ask operations
    what_happened: A kite hangs in crane 4.
    who_where: Ida
      on the quay

    asked: Can you bring it down?
at 09:00 reply kite reply_public
    Ida, your kite is safe.

      #kite will be down at noon.
at 15:00 silent kite monitor  # leave it be
at 20:00 pause
at 21:00 resume
at 22:00 end
expect ending solved
expect not ending kite lost
expect run finished
expect total >= 70
expect trust 40..74
expect temperature ida <= 40
expect said ida "thank # you"
expect not said bo "coming"  # nobody says so
"""


def house() -> Playbook:
    """Compile PLAYBOOK as `house`."""
    playbook = compile_playbook(PLAYBOOK, "playbooks/house.yaml", "house")
    assert isinstance(playbook, Playbook), playbook
    return playbook


def kite(*, text: str = SCENARIO) -> Scenario:
    """Compile a scenario that has no fault."""
    scenario = compile_scenario(text, "scenarios/kite/scenario.yaml", "kite", {"house": house()})
    assert isinstance(scenario, Scenario), scenario
    return scenario


def good_plan(*, text: str = PLAN) -> Plan:
    """Read a plan that has no fault."""
    plan = parse_plan(text, "scenarios/kite/good.plan")
    assert isinstance(plan, Plan), plan
    return plan


def changed(text: str, old: str, new: str) -> str:
    """Change the one place where `old` stands."""
    assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times"
    return text.replace(old, new)


def faults_of_scenario(text: str) -> list[Diagnostic]:
    """Return what is wrong with a scenario."""
    found = compile_scenario(text, "s.yaml", "kite", {"house": house()})
    return [] if isinstance(found, Scenario) else found


def line_of(text: str, words: str) -> int:
    """Return the line, from 1, on which `words` first stand."""
    return text[: text.index(words)].count("\n") + 1
