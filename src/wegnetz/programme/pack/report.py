"""Decisions as plain data: with words for people, without words for storage and replay."""

from __future__ import annotations

from datetime import date
from typing import Any

from wegnetz.programme.pack.model import Pack
from wegnetz.programme.pack.wording import Wording
from wegnetz.rules.criteria import Finding
from wegnetz.rules.decisions import Decision


def bare(decisions: tuple[Decision, ...]) -> list[dict[str, Any]]:
    """Results and answers without words. Two runs agree when these agree."""
    return [
        {
            "id": decision.block,
            "result": str(decision.result),
            "criteria": [_bare(finding) for finding in decision.findings],
            "missing": list(decision.missing),
        }
        for decision in decisions
    ]


def _bare(finding: Finding) -> dict[str, Any]:
    since = finding.version.since.isoformat() if finding.version else None
    return {"id": finding.criterion, "result": str(finding.answer), "since": since}


def worded(pack: Pack, decisions: tuple[Decision, ...], day: date, language: str) -> dict[str, Any]:
    """The answer of `wegnetz decide`."""
    wording = Wording(pack, language)
    return {
        "pack": {"id": pack.id, "version": pack.version},
        "on": day.isoformat(),
        "blocks": [
            {
                "id": decision.block,
                "result": str(decision.result),
                "criteria": [_finding(wording, finding, day) for finding in decision.findings],
                "missing": list(decision.missing),
            }
            for decision in decisions
        ],
    }


def _finding(wording: Wording, finding: Finding, day: date) -> dict[str, Any]:
    criteria = wording.pack.rulebook.criteria
    fact = next((c.fact for c in criteria if c.id == finding.criterion and c.fact), None)
    return {
        "id": finding.criterion,
        "result": str(finding.answer),
        "fact": fact or (finding.facts[0].id if finding.facts else next(iter(finding.missing), None)),
        "parameter": wording.parameter(finding.version),
        "source": wording.source(finding.version.citation) if finding.version else "",
        "text": wording.sentence(finding, day),
    }
