"""Findings as text for people, as JSON, and as SARIF for programs that collect the results of checks."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping, Sequence

from .codes import CODES, Finding

_SARIF_SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"

# By the name of the file that they were found in.
Findings = Mapping[str, Sequence[Finding]]


def as_text(findings: Findings) -> str:
    """One line a finding, with its key (see `Finding.key`), and a last line that counts them.

    >>> print(as_text({"glossary.tbx": [Finding("W201", "c0001", "瞪羚企业", "no English term")]}))
    glossary.tbx: c0001 瞪羚企业: W201-9f3add71 no English term
    0 errors, 1 warning
    """
    lines = [f"{': '.join(filter(None, (name, _where(one))))}: {one.key} {one.message}" for name, one in _each(findings)]
    return "\n".join([*lines, _graves(findings)])


# Errors have to be put right one by one; a few examples of a warning show what it is about.
SHOWN_ERRORS, SHOWN_WARNINGS = 20, 3


def as_summary(findings: Findings) -> str:
    """What was found by file and code, the errors first: how often each, and the first of them.

    >>> terms = ("瞪羚企业", "链主企业", "小巨人企业", "头雁企业")
    >>> found = [Finding("W201", f"c{number}", term, "no English term") for number, term in enumerate(terms, 1)]
    >>> print(as_summary({"glossary.tbx": found}))
    glossary.tbx: W201 no English (4)
      c1 瞪羚企业: no English term
      c2 链主企业: no English term
      c3 小巨人企业: no English term
      ... 1 more
    0 errors, 4 warnings (--all lists every one)
    """
    lines: list[str] = []
    hidden = False
    for name, some in findings.items():
        of_code: dict[str, list[Finding]] = {}
        for one in some:
            of_code.setdefault(one.code, []).append(one)
        for code, found in sorted(of_code.items()):
            shown = SHOWN_ERRORS if found[0].is_error else SHOWN_WARNINGS
            lines.append(f"{name}: {code} {CODES[code]} ({len(found)})")
            lines += [f"  {': '.join(filter(None, (_where(one), one.message)))}" for one in found[:shown]]
            if len(found) > shown:
                lines.append(f"  ... {len(found) - shown} more")
                hidden = True
    return "\n".join([*lines, _graves(findings) + (" (--all lists every one)" if hidden else "")])


def _graves(findings: Findings) -> str:
    graves = Counter(one.is_error for _, one in _each(findings))
    return f"{_counted(graves[True], 'error')}, {_counted(graves[False], 'warning')}"


def as_json(findings: Findings) -> str:
    """A JSON list with one object a finding."""
    told = [
        {
            "file": name,
            "code": one.code,
            "key": one.key,
            "level": _level(one),
            "entry": one.entry,
            "term": one.term,
            "place": one.place,
            "message": one.message,
        }
        for name, one in _each(findings)
    ]
    return json.dumps(told, ensure_ascii=False, indent=1)


def as_sarif(findings: Findings, version: str) -> str:
    """A SARIF 2.1.0 log; `version` is that of termbuilder."""
    used = sorted({one.code for _, one in _each(findings)})
    rules = [
        {"id": code, "shortDescription": {"text": CODES[code]}, "helpUri": f"docs/checks.md#{code.lower()}"} for code in used
    ]
    results = [
        {
            "ruleId": one.code,
            "ruleIndex": used.index(one.code),
            "level": _level(one),
            "message": {"text": f"{_where(one)}: {one.message}" if _where(one) else one.message},
            "locations": [_location(name, one)],
            "partialFingerprints": {"termbuilder/v1": one.key},
        }
        for name, one in _each(findings)
    ]
    driver = {"name": "termbuilder", "version": version, "rules": rules}
    log = {"$schema": _SARIF_SCHEMA, "version": "2.1.0", "runs": [{"tool": {"driver": driver}, "results": results}]}
    return json.dumps(log, ensure_ascii=False, indent=1)


def _location(name: str, finding: Finding) -> dict[str, object]:
    location: dict[str, object] = {"physicalLocation": {"artifactLocation": {"uri": name.replace("\\", "/")}}}
    if logical := finding.entry or finding.place:
        location["logicalLocations"] = [{"name": logical, "fullyQualifiedName": _where(finding)}]
    return location


def _each(findings: Findings) -> list[tuple[str, Finding]]:
    return [(name, one) for name, some in findings.items() for one in some]


def _where(finding: Finding) -> str:
    return " ".join(filter(None, (finding.place, finding.entry, finding.term)))


def _level(finding: Finding) -> str:
    return "error" if finding.is_error else "warning"


def _counted(number: int, what: str) -> str:
    return f"{number} {what}{'' if number == 1 else 's'}"
