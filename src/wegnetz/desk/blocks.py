"""Turn decisions into what the blocks page shows: state, sentence, reasons, period."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from wegnetz.desk.pages import origin, valid
from wegnetz.programme.pack.model import Basis, Pack
from wegnetz.programme.pack.wording import Wording
from wegnetz.rules.criteria import Answer, Finding, answer_all
from wegnetz.rules.decisions import PERIOD, Decision, Reason, Result
from wegnetz.rules.facts import Fact, FactKind, Facts
from wegnetz.rules.parameters import Standing, Version, version_on

STATE_KINDS = {Result.OPEN: "ok", Result.CLOSED: "no", Result.SINGLE_CASE: "case", Result.MISSING_FACTS: "ask"}


@dataclass(frozen=True, slots=True)
class State:
    """A sign and a word, for the `state` tag."""

    kind: str
    word: str


@dataclass(frozen=True, slots=True)
class ReasonLine:
    """One rule of a block with its result, what it rests on, and its source."""

    title: str
    state: State
    sentence: str
    evidence: str
    source: str
    since: date | None
    unconfirmed: str


@dataclass(frozen=True, slots=True)
class RemarkLine:
    text: str
    source: str
    unconfirmed: str


@dataclass(frozen=True, slots=True)
class BlockLine:
    """A building block on the chosen day."""

    id: str
    number: int
    name: str
    summary: str
    result: Result
    state: State
    sentences: tuple[str, ...]
    reasons: tuple[ReasonLine, ...]
    remarks: tuple[RemarkLine, ...]
    priorities: tuple[str, ...]
    start: date | None
    end: date | None
    start_text: str
    end_text: str
    unfolded: bool


@dataclass(frozen=True, slots=True)
class Question:
    """The question to ask first, and the blocks it would settle."""

    id: str
    text: str
    why: str
    blocks: tuple[str, ...]
    answers: tuple[tuple[str, str], ...]


def result_word(result: Result) -> str:
    return {
        Result.OPEN: _("offen"),
        Result.CLOSED: _("geschlossen"),
        Result.SINGLE_CASE: _("Einzelfall"),
        Result.MISSING_FACTS: _("Angabe fehlt"),
    }[result]


def state_of(result: Result) -> State:
    return State(STATE_KINDS[result], result_word(result))


def _reason_state(reason: Reason) -> State:
    match reason.finding.answer:
        case Answer.MET:
            return State("ok", _("erfüllt"))
        case Answer.UNKNOWN:
            return State("ask", _("unbekannt"))
        case _ if reason.otherwise is Result.SINGLE_CASE:
            return State("case", _("Einzelfall"))
        case _:
            return State("no", _("nicht erfüllt"))


def block_lines(words: Wording, decisions: Iterable[Decision], facts: Facts, day: date) -> list[BlockLine]:
    """The blocks in the pack's order, with everything the page says about them."""
    met = _met_criteria(words.pack, facts, day)
    lines = [_block_line(words, decision, met, day) for decision in decisions]
    # What keeps several blocks closed is read once; the others unfold on demand.
    seen: set[tuple[str, ...]] = set()
    for i, line in enumerate(lines):
        if line.sentences in seen:
            lines[i] = replace(line, unfolded=False)
        seen.add(line.sentences)
    return lines


def _met_criteria(pack: Pack, facts: Facts, day: date) -> set[str]:
    found = answer_all(pack.rulebook.on(day).criteria, facts, day)
    return {name for name, finding in found.items() if finding.answer is Answer.MET}


def _block_line(words: Wording, decision: Decision, met: set[str], day: date) -> BlockLine:
    pack = words.pack
    block, card = pack.blocks[decision.block], pack.cards[decision.block]
    reasons = decision.reasons
    decisive = [r for r in reasons if r.finding.answer is Answer.NOT_MET]
    hard = [r for r in decisive if r.otherwise is Result.CLOSED]
    end = version_on(block.ends, day) or block.ends[0]
    return BlockLine(
        id=block.id,
        number=card.number,
        name=words.text("blocks", block.id, "name"),
        summary=words.text("blocks", block.id, "summary"),
        result=decision.result,
        state=state_of(decision.result),
        sentences=tuple(words.sentence(r.finding, day) for r in (hard or decisive))
        if decision.result in {Result.CLOSED, Result.SINGLE_CASE}
        else (),
        reasons=tuple(_reason_line(words, reason, day) for reason in sorted(reasons, key=_weight)),
        remarks=tuple(
            RemarkLine(
                words.text("blocks", block.id, "remarks", remark.id),
                words.source(remark.basis.citation),
                _unconfirmed(words, remark.basis),
            )
            for remark in card.remarks
            if day in remark.valid
        ),
        priorities=tuple(
            words.text("programme", "priorities", priority.id)
            for priority in pack.priorities
            if priority.criterion in met and (not priority.blocks or block.id in priority.blocks)
        ),
        start=block.start.value if isinstance(block.start.value, date) else None,
        end=end.value if isinstance(end.value, date) else None,
        start_text=_edge(_("ab %s"), block.start, words),
        end_text=_end_text(end, decision, words, day),
        unfolded=any(reason.finding.criterion != PERIOD for reason in (hard or decisive)[:1]),
    )


def _weight(reason: Reason) -> int:
    """What decided stands first, then what is unknown, then what is met."""
    if reason.finding.answer is Answer.MET:
        return 3
    if reason.finding.answer is Answer.UNKNOWN:
        return 2
    return 0 if reason.otherwise is Result.CLOSED else 1


def _edge(pattern: str, version: Version, words: Wording) -> str:
    text = pattern % (words.short_day(version.value) if isinstance(version.value, date) else "?")
    return text + (", " + _("unbestätigt") if version.status is Standing.UNCONFIRMED else "")


def _end_text(end: Version, decision: Decision, words: Wording, day: date) -> str:
    text = _edge(_("bis %s"), end, words)
    running = decision.findings[0].answer is Answer.MET
    if running and isinstance(end.value, date) and (left := (end.value - day).days) < 100:
        text += ", " + (_("letzter Tag") if left == 0 else ngettext("noch %d Tag", "noch %d Tage", left) % left)
    return text


def _unconfirmed(words: Wording, basis: Basis | Version) -> str:
    if basis.status is Standing.CONFIRMED:
        return ""
    return words.note(basis.note) or _("Diese Regel ist noch nicht bestätigt.")


def _reason_line(words: Wording, reason: Reason, day: date) -> ReasonLine:
    finding, version = reason.finding, reason.finding.version
    return ReasonLine(
        title=words.criterion(finding.criterion),
        state=_reason_state(reason),
        sentence=words.sentence(finding, day),
        evidence=_evidence(words, finding),
        source=words.source(version.citation) if version else "",
        since=version.since if version else None,
        unconfirmed=_unconfirmed(words, version) if version else "",
    )


def _evidence(words: Wording, finding: Finding) -> str:
    if finding.facts:
        several = len(finding.facts) > 1
        return "; ".join(_resting_on(words, fact, labelled=several) for fact in finding.facts)
    return "" if finding.criterion == PERIOD else _("noch nicht gefragt")


def _resting_on(words: Wording, fact: Fact, *, labelled: bool) -> str:
    """An answer with its days and origin; with its question where several stand side by side."""
    label = f"{words.text('facts', fact.id, 'label')}: " if labelled else ""
    return label + ", ".join(part for part in (words.fact(fact), valid(fact, words), origin(fact, words)) if part)


def next_question(words: Wording, decisions: Iterable[Decision]) -> Question | None:
    """The question that would settle most blocks; the pack's order decides between equals."""
    waiting = Counter(fact for decision in decisions for fact in decision.missing)
    if not waiting:
        return None
    order = list(words.pack.facts)
    fact = min(waiting, key=lambda name: (-waiting[name], order.index(name)))
    definition = words.pack.definitions[fact]
    answers: tuple[tuple[str, str], ...] = ()
    if definition.kind is FactKind.BOOLEAN:
        answers = (("true", words.common("yes").capitalize()), ("false", words.common("no").capitalize()))
    elif definition.kind is FactKind.CHOICE and len(definition.choices) <= 4:
        answers = tuple((c, words.text("facts", fact, "choices", c)) for c in definition.choices)
    blocks = tuple(str(words.pack.cards[decision.block].number) for decision in decisions if fact in decision.missing)
    return Question(fact, words.text("facts", fact, "question"), words.text("facts", fact, "why"), blocks, answers)


def axis(pack: Pack) -> tuple[date, date]:
    """The days the period strips span: from the first start to the last end, with a month on either side."""
    starts = [b.start.value for b in pack.rulebook.blocks if isinstance(b.start.value, date)]
    ends = [v.value for b in pack.rulebook.blocks for v in b.ends if isinstance(v.value, date)]
    return min(starts) - timedelta(30), max(ends, default=max(starts) + timedelta(365)) + timedelta(30)
