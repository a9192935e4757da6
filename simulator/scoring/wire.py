"""Turn reports into JSON-able values and back, without loss."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from simulator.scoring.model import (
    Cue,
    DimensionScore,
    Finding,
    Fix,
    HandOverPoint,
    HandOverReport,
    Json,
    Report,
    Span,
    Triage,
)
from simulator.scoring.vocabulary import Action, Contact, Dimension, Kind, Urgency


def report_to_json(report: Report) -> Json:
    """Return `report` as dictionaries, lists, strings and numbers; spans are lists of two."""
    return {
        "total": report.total,
        "dimensions": {dimension.value: asdict(score) for dimension, score in report.dimensions.items()},
        "findings": [_plain(finding) for finding in report.findings],
        "triage": _triage_to_json(report.triage),
        "fixes": [_plain(fix) for fix in report.fixes],
        "fingerprint": report.fingerprint,
    }


def report_from_json(data: Json) -> Report:
    """Return the report that `report_to_json` wrote. Raises KeyError or ValueError for anything else."""
    return Report(
        total=data["total"],
        dimensions={Dimension(name): DimensionScore(**score) for name, score in data["dimensions"].items()},
        findings=tuple(Finding(**_spanned(item)) for item in data["findings"]),
        triage=_triage_from_json(data["triage"]),
        fixes=tuple(Fix(**_spanned(item)) for item in data["fixes"]),
        fingerprint=data["fingerprint"],
    )


def handover_report_to_json(report: HandOverReport) -> Json:
    """Return `report` as dictionaries, lists, strings and numbers."""
    return asdict(report) | {"points": [asdict(point) for point in report.points]}


def handover_report_from_json(data: Json) -> HandOverReport:
    """Return the report that `handover_report_to_json` wrote. Raises KeyError or TypeError for anything else."""
    return HandOverReport(data["side"], data["total"], tuple(HandOverPoint(**point) for point in data["points"]), data["fingerprint"])


def _plain(item: Finding | Fix) -> Json:
    data = asdict(item)
    data["dimension"] = item.dimension.value
    data["span"] = list(item.span) if item.span else None
    return data


def _spanned(item: Json) -> dict[str, Any]:
    return {**item, "dimension": Dimension(item["dimension"]), "span": _span(item["span"])}


def _span(value: list[int] | None) -> Span | None:
    return (value[0], value[1]) if value else None


def _triage_to_json(triage: Triage) -> Json:
    return {
        "kind": triage.kind.value,
        "urgency": triage.urgency.value,
        "action": triage.action.value,
        "contact": triage.contact.value,
        "confidence": triage.confidence,
        "cues": [{"span": list(cue.span), "quote": cue.quote, "code": cue.code} for cue in triage.cues],
        "or_kind": triage.or_kind.value if triage.or_kind else None,
        "why": triage.why,
        "kinds": [[kind.value, share] for kind, share in triage.kinds],
    }


def _triage_from_json(data: Json) -> Triage:
    return Triage(
        kind=Kind(data["kind"]),
        urgency=Urgency(data["urgency"]),
        action=Action(data["action"]),
        contact=Contact(data["contact"]),
        confidence=data["confidence"],
        cues=tuple(Cue((cue["span"][0], cue["span"][1]), cue["quote"], cue["code"]) for cue in data["cues"]),
        or_kind=Kind(data["or_kind"]) if data["or_kind"] else None,
        why=data["why"],
        kinds=tuple((Kind(kind), share) for kind, share in data.get("kinds", ())),
    )
