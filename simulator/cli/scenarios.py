"""Check, play and start scenarios from the command line; needs no database and no settings."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import partial
from pathlib import Path

import click

from simulator.cli.scenario_files import playbooks_of, playbooks_option, read_scenarios, root_option, stop_on
from simulator.cli.scenarios_balance import balance_command
from simulator.content import CATALOGUE, check_plan, compile_scenario, diagnostics_page, parse_plan, scenario_schema
from simulator.content.library import read_folder, scenario_folders
from simulator.content.model import Playbook, Scenario
from simulator.content.plan_model import Plan
from simulator.content.starter import StarterWishes, starter_files
from simulator.core.diagnostics import Diagnostic
from simulator.core.ids import is_slug
from simulator.drills.play import play_plan
from simulator.drills.world import World
from simulator.scoring import RulesetError, load_ruleset
from simulator.scoring.vocabulary import Channel


@click.group("scenarios")
def scenarios() -> None:
    """Check, play and start scenarios."""


scenarios.add_command(balance_command)


@scenarios.command("check")
@click.argument("paths", nargs=-1, type=click.Path(exists=True, path_type=Path))
@root_option
@playbooks_option
def check(paths: tuple[Path, ...], root: Path, playbooks_root: Path | None) -> None:
    """Print every fault of every scenario, plan and playbook; PATHS (folders or files of scenarios) narrow it down."""
    playbooks, faults = playbooks_of(root, playbooks_root)
    folders = _folders(paths) if paths else scenario_folders(root)
    if not folders:
        raise click.ClickException(f"{root} holds no scenario; write one with `flask --app simulator scenarios new`")
    for folder in folders:
        faults += read_folder(folder, playbooks)[2]
    for fault in sorted(set(faults)):
        click.echo(str(fault))
    count = len(set(faults))
    click.echo(f"{_plural(len(folders), 'scenario')}, {_plural(count, 'problem')}")
    if count:
        raise SystemExit(1)


def _folders(paths: tuple[Path, ...]) -> list[Path]:
    found: dict[Path, None] = {}
    for path in paths:
        place = path.resolve()
        if place.is_file():
            found[place.parent] = None
        elif (place / "scenario.yaml").exists():
            found[place] = None
        else:
            found |= dict.fromkeys(scenario_folders(place) or [place])
    return list(found)


def _plural(count: int, noun: str) -> str:
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"


@scenarios.command("play")
@click.argument("slug", required=False)
@click.option("--plan", "name", help="Play only the plan of this name: good, poor, nothing…")
@root_option
@playbooks_option
def play(slug: str | None, name: str | None, root: Path, playbooks_root: Path | None) -> None:
    """Play the plans of SLUG, or of every scenario, in memory, and say what did not come true."""
    worlds, playbooks = read_scenarios(slug, root, playbooks_root)
    if name is not None and not any(name in plans for _, plans in worlds):
        known = ", ".join(sorted({known for _, plans in worlds for known in plans}))
        raise click.ClickException(f"there is no plan '{name}'; there are: {known}")
    try:
        ruleset = load_ruleset()
    except RulesetError as error:
        raise click.ClickException(f"the rules don't compile, so nothing was played:\n{error}") from error
    results = [
        _play(World(scenario, playbooks[scenario.playbook], ruleset), plan)
        for scenario, plans in worlds
        for plan in plans.values()
        if name in (None, plan.name)
    ]
    failed = results.count(False)
    click.echo(f"{_plural(len(results), 'plan')} played, {failed} failed")
    if failed:
        raise SystemExit(1)


def _play(world: World, plan: Plan) -> bool:
    result = play_plan(world, plan)
    totals = [decision.report.total for decision in result.state.decisions]
    figures = f"decisions {', '.join(f'{total:g}' for total in totals) or 'none'}; trust {result.state.trust:g}; {result.state.ending}"
    click.echo(f"{'ok  ' if result.passed else 'FAIL'} {world.scenario.slug} {plan.name}: {figures}")
    for failure in result.failures:
        click.echo(f"     {failure}")
    return result.passed


@scenarios.command("new")
@click.argument("slug")
@click.option("--title", help="What the library card says.  [default: made from SLUG]")
@click.option("--summary", help="One line below the title.")
@click.option("--brand", help="Whom the player speaks for.")
@click.option("--handle", help="The brand's account, with its @.")
@click.option("--industry", help="What the brand does.")
@click.option("--channel", type=click.Choice([str(channel) for channel in Channel]), help="Which kind of network.")
@click.option("--level", type=click.IntRange(1, 5), help="How hard it is.")
@click.option("--playbook", help="A file of the playbooks folder, without .yaml.")
@click.option("--shift/--drill", "shift", default=None, help="A shift of many threads, or one story.  [default: one story]")
@click.option(
    "--variants/--no-variants", "varied", default=None, help="With slots that differ from one playing to the next.  [default: without]"
)
@click.option("--no-input", is_flag=True, help="Ask nothing: take the defaults for what is not given.")
@root_option
@playbooks_option
def new(
    slug: str,
    title: str | None,
    summary: str | None,
    brand: str | None,
    handle: str | None,
    industry: str | None,
    channel: str | None,
    level: int | None,
    playbook: str | None,
    shift: bool | None,
    varied: bool | None,
    no_input: bool,
    root: Path,
    playbooks_root: Path | None,
) -> None:
    """Write a small drill or shift with its three plans to scenarios/SLUG: a start that compiles, with comments."""
    if not is_slug(slug):
        raise click.ClickException(f"'{slug}' can't name a scenario; use lower-case words joined by hyphens: the-lost-parcel")
    folder = root / slug
    if folder.exists():
        raise click.ClickException(f"{folder} exists already; choose another name, or edit what is there")
    playbooks, faults = playbooks_of(root, playbooks_root)
    stop_on(faults)
    ask = partial(_ask, no_input)
    wishes = StarterWishes(
        slug=slug,
        title=ask("Title", title, slug.replace("-", " ").capitalize()),
        summary=ask("Summary", summary, "A cake that has not come, and a party at four."),
        brand=ask("Brand", brand, "Plum Street Bakery"),
        handle=ask("Handle", handle, "@plumstreet"),
        industry=ask("Industry", industry, "bakery"),
        channel=Channel(ask("Channel", channel, "page", [str(known) for known in Channel])),
        level=int(ask("Level", None if level is None else str(level), "1", ["1", "2", "3", "4", "5"])),
        playbook=ask("Playbook", playbook, "default" if "default" in playbooks else next(iter(playbooks)), list(playbooks)),
        shift=_confirm(no_input, "A shift of many threads", shift),
        varied=_confirm(no_input, "With variants", varied),
    )
    texts = starter_files(wishes)
    stop_on(_faults_of(texts, slug, playbooks))
    folder.mkdir()
    for name, text in texts.items():
        (folder / name).write_text(text, encoding="utf-8")
    click.echo(f"Wrote {folder} with {', '.join(texts)}.")
    click.echo(f"Next: edit scenario.yaml, then `flask --app simulator scenarios check {folder}`.")


def _ask(no_input: bool, label: str, given: str | None, default: str, choices: list[str] | None = None) -> str:
    if given is not None or no_input:
        return default if given is None else given
    return str(click.prompt(label, default=default, type=click.Choice(choices) if choices else str))


def _confirm(no_input: bool, label: str, given: bool | None) -> bool:
    if given is not None or no_input:
        return bool(given)
    return click.confirm(label, default=False)


def _faults_of(texts: Mapping[str, str], slug: str, playbooks: Mapping[str, Playbook]) -> list[Diagnostic]:
    scenario = compile_scenario(texts["scenario.yaml"], f"{slug}/scenario.yaml", slug, playbooks)
    if not isinstance(scenario, Scenario):
        return scenario
    faults: list[Diagnostic] = []
    for name, text in texts.items():
        if name.endswith(".plan"):
            plan = parse_plan(text, f"{slug}/{name}")
            faults += check_plan(plan, scenario, playbooks[scenario.playbook]) if isinstance(plan, Plan) else plan
    return faults


@scenarios.command("codes")
@click.option("--markdown", is_flag=True, help="Print docs/diagnostics.md.")
def codes(markdown: bool) -> None:
    """List every diagnostic code: what it means and how to mend it."""
    if markdown:
        click.echo(diagnostics_page(), nl=False)
        return
    for code in CATALOGUE.values():
        click.echo(f"{code.code}  {code.title}. {code.mend}")


@scenarios.command("schema")
def schema() -> None:
    """Print JSON Schema of scenario format 1, for an editor that checks YAML as you type."""
    click.echo(json.dumps(scenario_schema(), indent=2, ensure_ascii=False))


if __name__ == "__main__":
    scenarios()
