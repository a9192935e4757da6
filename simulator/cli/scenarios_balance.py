"""Let simulated players play scenarios in memory, and report how they end and what nobody ever hears."""

from __future__ import annotations

import json
from collections import defaultdict
from pathlib import Path

import click

from simulator.cli.scenario_files import PROJECT, playbooks_option, read_scenarios, root_option
from simulator.drills.balance import Balance, Lines, Unheard, balance
from simulator.drills.world import World
from simulator.scoring import load_ruleset
from simulator.scoring.vocabulary import Kind

MOST_RUNS = 200
EXCERPT = 70


@click.command("balance")
@click.argument("slug", required=False)
@click.option(
    "--runs",
    type=click.IntRange(1, MOST_RUNS),
    default=8,
    show_default=True,
    help="How often each player plays, each time another variant.",
)
@root_option
@playbooks_option
@click.option(
    "--corpus",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    default=PROJECT / "corpus",
    show_default="the project's corpus/",
    help="Folder of *.jsonl files with replies by tier.",
)
@click.option("--strict", is_flag=True, help="Fail where a lead loses, a silent player wins, or something is never heard.")
def balance_command(slug: str | None, runs: int, root: Path, playbooks_root: Path | None, corpus: Path, strict: bool) -> None:
    """Play SLUG, or every scenario, with simulated players: how it ends for whom, and what nobody ever hears."""
    read, playbooks = read_scenarios(slug, root, playbooks_root)
    ruleset, lines = load_ruleset(), read_lines(corpus)
    lopsided = 0
    for scenario, _ in read:
        found = balance(World(scenario, playbooks[scenario.playbook], ruleset), lines, runs)
        lopsided += _report(scenario.slug, found)
    if strict and lopsided:
        raise SystemExit(1)


def read_lines(corpus: Path) -> Lines:
    """Return the corpus' replies by the kind of their post and their tier. A kind that we don't know is passed over."""
    lines: dict[tuple[Kind, str], list[str]] = defaultdict(list)
    for file in sorted(corpus.glob("*.jsonl")):
        for line in file.read_text(encoding="utf-8").splitlines():
            entry = json.loads(line)
            for reply in entry.get("replies", ()) if entry["kind"] in set(Kind) else ():
                lines[Kind(entry["kind"]), reply["tier"]].append(reply["text"])
    return lines


def _report(slug: str, found: Balance) -> int:
    """Print the figures of one scenario; return how many things are out of balance."""
    click.echo(f"{slug}: {found.runs} runs a player")
    for standing in found.standings:
        threads = sum(standing.endings.values()) or 1
        ends = ", ".join(
            f"{name} {round(100 * count / threads)} %" for name, count in sorted(standing.endings.items(), key=lambda item: -item[1])
        )
        total = "–" if standing.total is None else f"{standing.total:g}"
        click.echo(f"  {standing.player:<9} total {total:>5}  trust {standing.trust:>5g}  {ends or 'no thread ended'}")
    for each in found.unheard:
        click.echo(f"  never heard: {_place(each)}: {_short(each.words)}")
    by_name = {standing.player: standing for standing in found.standings}
    wrong = [f"a lead loses {lost} of the threads" for lost in [by_name["lead"].endings.get("lost", 0)] if lost]
    totals = [by_name[name].total or 0.0 for name in ("lead", "middling", "careless")]
    wrong += [] if totals == sorted(totals, reverse=True) else ["skill does not pay: a better player earns less than a worse one"]
    wrong += ["saying nothing wins"] if by_name["silent"].endings.get("solved") else []
    for words in wrong:
        click.echo(f"  out of balance: {words}")
    return len(wrong) + len(found.unheard)


def _place(each: Unheard) -> str:
    return f"{each.what} {each.number} of {each.where}"


def _short(words: str) -> str:
    flat = " ".join(words.split())
    return flat if len(flat) <= EXCERPT else f"{flat[: EXCERPT - 1]}…"
