"""Put everything together: settings, content, services, pages and commands. The only module that knows all of them."""

from __future__ import annotations

import logging
import os
import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, NoReturn

import click
from apiflask import APIFlask
from flask import Response, g, request
from flask.json.provider import DefaultJSONProvider
from flask_migrate import Migrate
from jinja2 import StrictUndefined
from sqlalchemy import ExceptionContext, event
from werkzeug.middleware.proxy_fix import ProxyFix

from simulator import __version__
from simulator.cli.accounts import accounts as accounts_commands
from simulator.cli.demo import demo
from simulator.cli.scenarios import scenarios
from simulator.cli.scoring import register_scoring
from simulator.cli.training import register_training
from simulator.config import PROJECT, CannotStart, Settings, kept_secret
from simulator.content import ContentError, Library, load_library, load_playbooks, names_of
from simulator.content.model import Playbook
from simulator.core.clock import Now
from simulator.integrations import machine
from simulator.integrations.llm.base import OpinionSource
from simulator.integrations.llm.null import NullOpinion
from simulator.integrations.llm.openai_client import OpenAIOpinion
from simulator.persistence import db as database
from simulator.persistence.audit import AuditStore
from simulator.persistence.handovers import HandOverStore
from simulator.persistence.opinions import OpinionStore
from simulator.persistence.people import PeopleStore
from simulator.persistence.runs import RunStore
from simulator.persistence.shares import ShareStore
from simulator.persistence.tokens import TokenStore
from simulator.scoring import Ruleset, RulesetError, load_ruleset
from simulator.services.accounts import Accounts
from simulator.services.audit_log import AuditLog
from simulator.services.container import Services
from simulator.services.desk import Desk
from simulator.services.forks import Forks
from simulator.services.handovers import drill_services
from simulator.services.passwords import Passwords
from simulator.services.run_watch import RunWatch, StreamLimits
from simulator.services.second_opinion import Limits, SecondOpinions
from simulator.services.shares import Shares
from simulator.services.tokens import ApiTokens
from simulator.web.at_once import AtOnce
from simulator.web.blueprints import register
from simulator.web.static_files import StaticFiles

log = logging.getLogger(__name__)
MIGRATIONS = PROJECT / "simulator" / "persistence" / "migrations"


@dataclass(frozen=True, slots=True)
class Content:
    """What the judge and the drills are made of, compiled: the rules, the playbooks and the scenarios with their plans."""

    ruleset: Ruleset
    playbooks: Mapping[str, Playbook]
    library: Library


def read_content(settings: Settings) -> Content:
    """Compile all content, which takes half a second. Raises CannotStart with every fault named."""
    try:
        ruleset = load_ruleset()
        playbooks = load_playbooks(settings.playbooks_dir, names_of(ruleset))
        return Content(ruleset, playbooks, load_library(settings.scenarios_dir, playbooks))
    except (ContentError, RulesetError) as error:
        raise CannotStart(f"this content does not compile:\n{error}") from None


def create_app(
    settings: Settings | None = None, *, now: Now | None = None, content: Content | None = None, passwords: Passwords | None = None
) -> APIFlask:
    """Build the app from `settings` (default: the environment) with `now` as its clock (default: the machine's).

    `content` may be given ready-made, `passwords` with a cheaper hash. Touches no database. Raises CannotStart, with
    every fault named, where settings or content are wrong; only commands still run on content that does not compile,
    so that `scenarios check` can tell why.
    """
    settings = settings or Settings.from_env(os.environ)
    _log_to_stderr(settings.log_level)
    app = _bare_app(settings)
    database.bind(app, settings.database_url, settings.web_threads)
    with app.app_context():
        event.listen(database.db.engine, "handle_error", _end_command_plainly)
    Migrate(app, database.db, directory=str(MIGRATIONS))
    _add_commands(app)
    try:
        content = content or read_content(settings)
    except CannotStart as refusal:
        if not _is_for_a_command():
            raise
        app.extensions["composure"] = _Missing(refusal)
        return app
    register(app, _services(app, settings, content, now or machine.now, passwords or Passwords()))
    return app


def _bare_app(settings: Settings) -> APIFlask:
    app = APIFlask(
        "simulator",
        title="Composure",
        version=__version__,
        spec_path="/api/v1/openapi.json",
        docs_path=None,
        json_errors=False,
        template_folder=str(PROJECT / "templates"),
        static_folder=str(PROJECT / "static"),
        instance_path=str(settings.instance_dir),
    )
    app.json = _Json(app)
    app.jinja_options = {"undefined": StrictUndefined}
    app.config.update(
        SECRET_KEY=settings.secret_key or kept_secret(settings.instance_dir),
        MAX_CONTENT_LENGTH=settings.max_request_bytes,
        MAX_FORM_MEMORY_SIZE=settings.max_request_bytes,
        SESSION_COOKIE_NAME="composure",
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_SECURE=settings.cookies_over_tls_only,
        PERMANENT_SESSION_LIFETIME=settings.session_days * 86_400,
        RATELIMIT_ENABLED=settings.rate_limits,
        RATELIMIT_STORAGE_URI=settings.rate_limit_storage,
    )
    app.extensions["composure_settings"] = settings
    app.before_request(_note_start)
    app.after_request(_log_request)
    # Streams bring threads of their own; work is still done by as many at once as there are threads for it.
    app.wsgi_app = AtOnce(app.wsgi_app, settings.web_threads)
    app.wsgi_app = StaticFiles(app.wsgi_app, PROJECT / "static", watch=app.debug)
    if settings.proxy_hops:
        hops = settings.proxy_hops
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=hops, x_proto=hops, x_host=hops)
    return app


def _services(app: APIFlask, settings: Settings, content: Content, now: Now, passwords: Passwords) -> Services:
    people, runs = PeopleStore(), RunStore()
    audit = AuditLog(store=AuditStore(), now=now)
    chance: dict[str, Any] = {"new_id": machine.new_id, "new_secret": machine.new_secret}
    drills, handovers = drill_services(
        library=content.library,
        playbooks=content.playbooks,
        ruleset=content.ruleset,
        runs=runs,
        inbox=HandOverStore(),
        people=people,
        now=now,
        new_id=machine.new_id,
    )
    accounts = Accounts(people=people, runs=runs, audit=audit, passwords=passwords, now=now, open_sign_up=settings.open_sign_up, **chance)
    return Services(
        accounts=accounts,
        tokens=ApiTokens(store=TokenStore(), people=people, audit=audit, now=now, **chance),
        drills=drills,
        handovers=handovers,
        reviews=drills.reviews,
        forks=Forks(log=handovers.log, runs=runs, now=now, new_id=machine.new_id),
        shares=Shares(store=ShareStore(), runs=runs, reviews=drills.reviews, audit=audit, now=now, **chance),
        watch=RunWatch(
            runs=runs,
            run_log=handovers.log,
            now=now,
            inside=app.app_context,
            limits=StreamLimits(settings.live_streams, settings.live_streams_per_viewer),
        ),
        desk=Desk(ruleset=content.ruleset, playbooks=content.playbooks),
        opinions=SecondOpinions(
            source=_opinion_source(settings),
            store=OpinionStore(),
            now=now,
            given_names=content.ruleset.lexicon.given_names,
            # An answer may take its whole time limit: most threads stay free for everybody else.
            limits=Limits(settings.openai_daily_calls, settings.openai_daily_tokens, at_once=max(1, settings.web_threads // 4)),
        ),
        audit=audit,
        now=now,
    )


def _opinion_source(settings: Settings) -> OpinionSource:
    if not settings.asks_second_opinion:
        return NullOpinion()
    return OpenAIOpinion(
        base_url=settings.openai_base_url,
        api_key=settings.openai_api_key,
        model=settings.openai_model,
        timeout_s=settings.openai_timeout_seconds,
        retries=settings.openai_retries,
    )


class _Json(DefaultJSONProvider):
    """Take nesting without end for what it is, JSON that can't be read, and not for a crash of ours."""

    def loads(self, s: str | bytes, **kwargs: Any) -> Any:
        try:
            return super().loads(s, **kwargs)
        except RecursionError:
            raise ValueError("nested too deeply") from None


class _Missing:
    """Stand where the services would while content is broken, and say why to whichever command asks for one."""

    def __init__(self, refusal: CannotStart) -> None:
        self._refusal = refusal

    def __getattr__(self, name: str) -> NoReturn:
        raise self._refusal


def _is_for_a_command() -> bool:
    context = click.get_current_context(silent=True)
    return context is not None and context.info_name != "run"


def _end_command_plainly(failure: ExceptionContext) -> None:
    """End a command with one sentence where the database is at fault; while migrating, only where it can't be opened."""
    fault = database.fault_of(failure) if _is_for_a_command() else None
    if fault is not None and (failure.connection is None or not _migrates()):
        raise CannotStart(fault)


def _migrates() -> bool:
    group = click.get_current_context().parent
    return group is not None and group.info_name == "db"


def _add_commands(app: APIFlask) -> None:
    for command in (accounts_commands, scenarios, demo):
        app.cli.add_command(command)
    register_scoring(app)
    register_training(app)


def _log_to_stderr(level: str) -> None:
    """Write `time LEVEL logger: message` lines, in UTC; a server or test that has set up logging keeps its own."""
    formatter = logging.Formatter("%(asctime)sZ %(levelname)s %(name)s: %(message)s", "%Y-%m-%dT%H:%M:%S")
    formatter.converter = time.gmtime
    if not logging.root.handlers:
        handler = logging.StreamHandler()
        handler.setFormatter(formatter)
        logging.root.addHandler(handler)
    logging.getLogger("simulator").setLevel(level.upper())


def _note_start() -> None:
    g.started = time.perf_counter()


def _log_request(response: Response) -> Response:
    """Log the rule, not the path: a path may hold an invitation's token."""
    if log.isEnabledFor(logging.DEBUG):
        took_ms = (time.perf_counter() - g.get("started", time.perf_counter())) * 1000
        log.debug("method=%s rule=%s status=%s ms=%.0f", request.method, request.url_rule, response.status_code, took_ms)
    return response
