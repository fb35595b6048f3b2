"""One immutable value that says how a run is to be done; its signature identifies the run."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, fields, replace
from pathlib import Path


@dataclass(frozen=True)
class Settings:
    """Every choice of `termbuilder mine` that changes its result (or how it gets there).

    `limit`: most entries kept (0: no limit); `min_score`: least score kept (None: the ranker's own threshold).
    `dictionary`: ask CC-CEDICT, whose data are share-alike; `mt_model`: folder of a translation model, for what has no other English.
    `categories`: keep only these (empty: all); `include`: also keep names, companies, places, institutions.
    """

    limit: int = 0
    min_score: float | None = None
    categories: tuple[str, ...] = ()
    include: tuple[str, ...] = ()
    subject_field: str = ""
    glossaries: tuple[Path, ...] = ()
    memories: tuple[Path, ...] = ()
    tables: Path | None = None
    encoding: str = ""
    pinyin_style: str = "marks"
    contexts_per_term: int = 3
    spelling: str = "US"
    dictionary: bool = False
    mt_model: Path | None = None
    workers: int = 1
    engine: str = "local"
    scheduler: str = ""
    memory_limit: int = 1 << 30  # bytes

    # what decides how fast, not what comes out
    _NOT_IN_SIGNATURE = ("workers", "engine", "scheduler", "memory_limit")

    @property
    def choices(self) -> Settings:
        """The same choices, with defaults for what decides only how fast."""
        return replace(self, **{field.name: field.default for field in fields(self) if field.name in self._NOT_IN_SIGNATURE})  # type: ignore[arg-type]

    @property
    def signature(self) -> str:
        """Twelve hexadecimal digits that are equal for two runs with the same choices."""
        chosen = [(f.name, str(getattr(self, f.name))) for f in fields(self) if f.name not in self._NOT_IN_SIGNATURE]
        return hashlib.sha256(repr(chosen).encode()).hexdigest()[:12]
