"""English put together from parts, where nothing else is known: longest attested parts first, word order right, or silence.

A composed rendering never claims more than its parts are worth: its reliability comes from how much of the term is attested
in the glossary and how many doubtful steps the analysis took.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from termbuilder.equivalents import grammar
from termbuilder.equivalents.bodies import Bodies
from termbuilder.equivalents.dictionary import Dictionary
from termbuilder.equivalents.enumerated import enumerated, summed_up
from termbuilder.equivalents.glossaries import Glossary
from termbuilder.equivalents.inflect import title
from termbuilder.equivalents.lexicon import Lexicon, Token, folded
from termbuilder.equivalents.parts import Part
from termbuilder.equivalents.places import romanized
from termbuilder.model import Proposal, Word
from termbuilder.tables import Tables

_QUOTED = re.compile(r"[“‘「『\"]([^“”‘’「」『』\"]+)[”’」』\"]")
_BRACKET = re.compile(r"\(([^()]*)\)")
_HAN_ONLY = re.compile(r"[\u3400-\u9fff]+")
_COUNTED = re.compile(
    r"([一二两三四五六七八九十百千万][^\W\d一二两三四五六七八九十百千万多]{1,3})(?=[一二两三四五六七八九十百千万多])"
)
_COUNTED_RUN = re.compile(rf"(?:{_COUNTED.pattern}){{1,}}[一二两三四五六七八九十百千万多][^\W\d一二两三四五六七八九十百千万]")
_PAIRED = re.compile(r"一[^\W一]一[^\W一]|[百千万][^\W]进[百千万][^\W]")
_AT_OR_ABOVE = re.compile(r"(?P<level>国家|省|市|县|区|乡镇)级(?:及)?以上(?P<rest>.{2,})")
_LEVELS = {"国家": "national", "省": "provincial", "市": "municipal", "县": "county", "区": "district", "乡镇": "township"}
_LAWS = ("法", "条例", "办法", "规定", "决定", "细则", "规则", "规章")
_OF_CHINA = (
    "品牌", "工匠", "企业", "特色", "市场", "制造", "经济", "文化", "产品", "标准", "智慧", "方案", "模式", "经验", "道路", "公民", "国情", "元素",
    "科技", "科学家", "人才", "产业", "行动", "技术", "装备", "芯片", "汽车", "城市", "实践", "理论", "话语", "力量", "精神", "创新", "创造", "质量",
)  # fmt: skip
_SAYING = re.compile(r"[一二两三四五六七八九十百千万亿\d办化性型式化最更不无非免零就一跨走建促改增减上下进出来去做干]")
_LONGEST_NAME = 6
_MOST_TOKENS = 16
_SHORTEST_COINED = 4
_SURE = 0.95  # what a row of the glossary costs, and a coinage not
_ABOUT = re.compile(r"(.*?)关于(.+)的([^的]{2,8})")
_DEAREST_STEP = 0.75  # on average; beyond that it is word salad
_BEST, _WORST = 6, 2
_GUESSED, _BEST_OF_GUESSES = 0.3, 3  # a name in pinyin may have an English of its own


@dataclass(frozen=True)
class Rules:
    """Everything that composition knows."""

    lexicon: Lexicon
    bodies: Bodies = field(default_factory=lambda: Bodies((), {}))

    @classmethod
    def from_tables(cls, tables: Tables, glossary: Glossary, dictionary: Dictionary | None = None) -> Rules:
        """Compile the tables of composition, with the rows of `glossary` as ready parts; `dictionary` knows rarer words."""
        return cls(Lexicon.from_tables(tables, glossary, dictionary), Bodies.from_tables(tables))


def compose(term: str, words: Sequence[Word], rules: Rules) -> list[Proposal]:
    """English for `term` put together from its parts; empty where a part is unknown or the analysis too doubtful.

    `words` are the segmenter's words of the term: they tell which unknown stretch is a place.

    >>> from termbuilder import tables
    >>> from termbuilder.equivalents import glossaries
    >>> rules = Rules.from_tables(tables.load(), glossaries.load_reference())
    >>> [one.english for one in compose("常州市现代物流示范区", [], rules)], compose("魑魅企业", [], rules)
    (['Changzhou modern logistics demonstration zone'], [])
    """
    text = folded(term)
    if text.endswith("+"):
        # “保税+”, 人工智能+: as official texts write AI Plus
        ready = rules.lexicon.ready.of(text[:-1])
        if ready:
            return [Proposal(f"{grammar.phrase(ready)} Plus", "composed", f"composed: {text}", _BEST)]
        return [replace(one, english=f"{one.english} Plus") for one in compose(text[:-1], words, rules)]
    body = rules.bodies.named(text, rules.lexicon.places) or rules.bodies.local(text) or rules.bodies.department(text)
    if body:
        return [Proposal(body, "composed", "composed: name of a government body", _BEST)]
    coined = _coined(folded(term), rules.lexicon)
    if coined:
        return [Proposal(coined, "composed", "composed: coinage in a fixed shape", _BEST - 1)]
    rank = _AT_OR_ABOVE.fullmatch(text)
    if rank and rank["rest"][0] not in "人地有各":  # 县级以上人民政府: an expression of law, with its own plural
        level = _LEVELS[rank["level"]]
        return [
            replace(one, english=f"{one.english} at or above the {level} level") for one in compose(rank["rest"], words, rules)
        ]
    about = _ABOUT.fullmatch(folded(term))
    if about:
        english = _titled(about, [word.text for word in words if word.tag.startswith("ns")], rules.lexicon)
        return [Proposal(english, "composed", "composed: title of a document", _BEST - 2)] if english else []
    places = [word.text for word in words if word.tag.startswith("ns")]

    def read(member: str) -> Part | None:
        return _read(member, places, rules.lexicon, acting=True)

    if not rules.lexicon.ready.of(text) and (acts := enumerated(text, read, acts_only=True)):
        return [Proposal(acts, "composed", "composed: enumeration of acts", _BEST - 2)]
    tokens, found = _analysed(term, words, rules.lexicon)
    if found is None or found.cost > _DEAREST_STEP * len(tokens):
        listed = summed_up(text, read) or enumerated(text, read)
        return [Proposal(listed, "composed", "composed: enumeration", _WORST + 1)] if listed else []
    reliability = _reliability(tokens, found.cost)
    if reliability is None:
        return []
    parts = " + ".join(token.text + token.cited for token in tokens)
    english = _capitalized(grammar.phrase(found), tokens)
    return [Proposal(english, "composed", f"composed: {parts}", reliability)]


def _titled(about: re.Match[str], places: Sequence[str], lexicon: Lexicon) -> str:
    """关于促进科技成果转化的实施意见: implementation opinions on promoting ...; who issued it stands before all."""
    issuer = _inside(about[1], places, lexicon) if about[1] else ""
    topic, kind = _inside(about[2], places, lexicon, acting=True), _inside(about[3], places, lexicon)
    return f"{issuer} {kind} on {topic}".strip() if issuer is not None and topic and kind else ""


def _analysed(term: str, words: Sequence[Word], lexicon: Lexicon) -> tuple[list[Token], Part | None]:
    """The better of two cuts and its analysis: the one with the longest part first, unless the other reads clearly better."""
    best: tuple[list[Token], Part | None] = ([], None)
    worth = float("inf")
    for tokens in _cuts(term, words, lexicon):
        if not tokens or len(tokens) > _MOST_TOKENS or tokens == best[0]:
            break
        found = grammar.analyse([token.parts for token in tokens], lexicon.english)
        cost = sum(token.cost for token in tokens) + found.cost if found else worth
        if cost < worth - 0.1:
            best, worth = (tokens, found), cost
    return best


def _capitalized(english: str, tokens: Sequence[Token]) -> str:
    """The name of a law or regulation of a state or place is a title; what is of China is Chinese, but for bodies and events.

    >>> token = [Token(0, 2, (Part("N", "China", proper=True, placed=True),), 1.0, 1.0, "中国"), Token(2, 4, (), 1.0, 1.0, "品牌")]
    >>> _capitalized("China brand", token)
    'Chinese brand'
    """
    if len(tokens) > 1 and any(part.placed for part in tokens[0].parts) and tokens[-1].text.endswith(_LAWS):
        return title(english)
    if english.startswith("China (") and english.endswith("zone"):
        return title(english)
    if tokens[0].text == "中国" and english.startswith("China ") and tokens[-1].text.endswith(_OF_CHINA):
        return f"Chinese{english.removeprefix('China')}"
    return english


Cuts = tuple[list[Token], list[Token]]  # with the longest part first, with the longest part last


def _cuts(term: str, words: Sequence[Word], lexicon: Lexicon) -> Cuts:
    """The tokens of a term: brackets are read for themselves; a quoted name that is made of nothing known is romanized."""
    places = [word.text for word in words if word.tag.startswith("ns")]
    quoted = [folded(name) for name in _QUOTED.findall(term) if _nameable(folded(name), words)]
    text = _enumerated(_paralleled(folded(term), lexicon))
    early: list[Token] = []
    late: list[Token] = []
    at = 0
    for bracket in [*_BRACKET.finditer(text), None]:
        stretch = text[at : bracket.start() if bracket else len(text)]
        cut = _cut_stretch(stretch, places, quoted, lexicon)
        if cut is None:
            return [], []
        early += cut[0]
        late += cut[1]
        if bracket:
            at = bracket.end()
            inside = _inside(bracket[1], places, lexicon)
            if inside is None:
                return [], []
            token = Token(bracket.start(), at, (Part("B", f"({inside})"),), 0.5, 0.9, bracket[0])
            early.append(token)
            late.append(token)
    return early, late


def _cut_stretch(text: str, places: Sequence[str], quoted: Sequence[str], lexicon: Lexicon) -> Cuts | None:
    cuts = lexicon.cuts(text, places)
    if cuts is not None:
        return cuts
    for name in quoted:
        before, found, after = text.partition(name)
        if not found:
            continue
        # 霞客杯: the longest known end is read, what stands before it is a name
        for size in range(2, min(len(name), _LONGEST_NAME) + 1):
            left = lexicon.cut(before, places) if before else []
            rest = name[size:] + after
            right = lexicon.cut(rest, places, whole=True) if rest else None
            if left is not None and right and _HAN_ONLY.fullmatch(name[:size]) and not _holds_word(name[:size], lexicon):
                part = Part("N", romanized(name[:size]), proper=True, placed=True)
                row = [*left, Token(len(before), len(before) + size, (part,), 1.4, 0.3, name[:size]), *right]
                return row, row
    return None


def _holds_word(name: str, lexicon: Lexicon) -> bool:
    """标准海: what holds a known word is no name of unknown parts."""
    return len(name) > 2 and any(name[start : start + 2] in lexicon.words for start in range(len(name) - 1))


def _nameable(name: str, words: Sequence[Word]) -> bool:
    """May a quoted stretch start with a name? One with numbers, verbs or particles in it says something: 掌上办, 万名英才."""
    if _SAYING.search(name):
        return False
    return all(word.tag[:1] in "nxjgi" for word in words if name.startswith(word.text) and len(word.text) > 1)


def _inside(text: str, places: Sequence[str], lexicon: Lexicon, acting: bool = False) -> str | None:
    found = _read(text, places, lexicon, acting)
    return grammar.phrase(found) if found else None


def _read(text: str, places: Sequence[str], lexicon: Lexicon, acting: bool = False) -> Part | None:
    cut = lexicon.cut(text, places, whole=True)
    return grammar.analyse([token.parts for token in cut], lexicon.english, acting) if cut else None


def _coined(text: str, lexicon: Lexicon) -> str:
    """English for a coinage that is the whole term; what begins with a known one of four is that and a noun: 以奖代补|政策."""
    if not text or lexicon.ready.of(text):
        return ""
    end, coined = lexicon.coinages.part(text, 0, lexicon.english)
    if coined and end == len(text):
        return coined
    known = any(
        _SHORTEST_COINED <= token.end < len(text) and (token.end < len(text) - 1 or token.cost < _SURE)
        for token in lexicon.tokens(text, 0)
    )
    return "" if known else lexicon.coinages.whole(text, lambda role, inner: _said(role, inner, lexicon), lexicon.english)


def _said(role: str, text: str, lexicon: Lexicon) -> str:
    """What fills a slot of a coinage: the base form of a verb, what is hard to do, or a noun."""
    if role == "act":
        return next((part.text for part in lexicon.words.get(text, ()) if part.kind in ("V", "W")), "")
    return _inside(text, (), lexicon, acting=role == "need") or ""


def _paralleled(text: str, lexicon: Lexicon) -> str:
    """痛点堵点卡点: known words of two that end alike are an enumeration; 林业产业 is none, so two of them must be points."""
    pairs = [text[at : at + 2] for at in range(0, len(text), 2)]
    alike = len({pair[-1] for pair in pairs}) == 1 and len(set(pairs)) == len(pairs)
    if not alike or len(pairs) < 2 or (len(pairs) == 2 and not text.endswith("点")):
        return text
    return "、".join(pairs) if all(pair in lexicon.words or lexicon.ready.of(pair) for pair in pairs) else text


def _enumerated(text: str) -> str:
    """一核一园两室: counted things side by side are an enumeration.

    >>> _enumerated("一核一园两室三中心"), _enumerated("三年行动计划"), _enumerated("三区三州")
    ('一核、一园、两室、三中心', '三年行动计划', '三区、三州')
    """
    run = _COUNTED_RUN.match(text)
    if run is None or _PAIRED.fullmatch(run[0]):  # 一企一策 is a coinage of its own
        return text
    return _COUNTED.sub(r"\1、", run[0][:-1]) + run[0][-1] + text[run.end() :]


def _reliability(tokens: Sequence[Token], cost: float) -> int | None:
    """From 2 to 6 by what is attested; None where so little is that the English is not worth reading."""
    size = sum(len(token.text) for token in tokens)
    attested = sum(len(token.text) * token.share for token in tokens) / size
    guessed = any(token.share <= _GUESSED for token in tokens)
    worth = round(1 + 5 * attested - cost)
    return None if worth <= _WORST and not guessed else max(_WORST, min(_BEST_OF_GUESSES if guessed else _BEST, worth))
