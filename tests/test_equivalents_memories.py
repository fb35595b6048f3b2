from __future__ import annotations

import random
import tracemalloc
import zipfile
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from termbuilder import aligning, tables
from termbuilder.equivalents import align, bitexts, memories, memories_kept, sentences
from termbuilder.equivalents.lexical import FunctionWords
from termbuilder.errors import FormatError, InputRefused, UsageError
from termbuilder.model import Document, Mark, SegmentPair
from termbuilder.pipeline.english import remembered
from termbuilder.pipeline.pairs import of_files, of_memories
from termbuilder.termbase import Termbase

TABLES = tables.load()
RULES = memories.Rules.from_tables(TABLES)
WORDS = FunctionWords.from_tables(TABLES)

PAIRS = [
    ("港口要推行岸电。", "Ports should promote shore power."),
    ("新建三个港口。", "Three new ports will be built."),
    ("建设岸电设施。", "We will build shore power facilities."),
    ("码头完成改造。", "The wharves were renovated."),
    ("发展近海养殖。", "We will develop offshore aquaculture."),
    ("近海环境改善。", "The offshore environment improved."),
    ("支持渔民转产。", "We will help fishermen change their line of work."),
    ("渔民收入增加。", "The incomes of fishermen rose."),
    ("推进养殖绿色发展。", "We will promote the green development of aquaculture."),
    ("港口吞吐量增长6.5%。", "Port throughput grew by 6.5%."),
]


def cut(text: str) -> Sequence[str]:
    import rjieba

    found: list[str] = rjieba.cut(text)
    return found


def pairs(*some: tuple[str, str]) -> list[SegmentPair]:
    return [
        SegmentPair(chinese, english, f"港口.tmx, unit {number}") for number, (chinese, english) in enumerate(some or PAIRS, 1)
    ]


def test_ten_pairs_are_enough_to_find_a_term_with_its_paired_sentence() -> None:
    found = memories.learn(pairs(), cut, RULES).find("岸电")
    assert found[0].english == "shore power"
    assert found[0].source == "港口.tmx, unit 1 (2 of 2 pairs)"
    assert found[0].evidence is not None
    text = found[0].evidence.text
    assert text == "港口要推行岸电。 = Ports should promote shore power."
    assert [text[start:end] for start, end in found[0].evidence.term_spans] == ["shore power"]


def test_a_single_occurrence_is_found_because_its_neighbours_are_explained() -> None:
    memory = memories.learn(pairs(*PAIRS, ("渔民改造灯塔。", "The fishermen renovated the lighthouse.")), cut, RULES)
    assert memory.find("灯塔")[0].english == "lighthouse"


def test_several_renderings_are_kept_each_with_its_count() -> None:
    memory = memories.learn(
        pairs(
            *PAIRS,
            ("扩大岸电使用。", "We will expand the use of cold ironing."),
            ("岸电全覆盖。", "Cold ironing is available everywhere."),
        ),
        cut,
        RULES,
    )
    found = {one.english.lower(): one.source.rpartition(" (")[2] for one in memory.find("岸电")}
    assert found["shore power"] == "2 of 4 pairs)"
    assert found["cold ironing"] == "2 of 4 pairs)"


def test_a_term_that_no_pair_holds_has_no_english() -> None:
    memory = memories.learn(pairs(), cut, RULES)
    assert (memory.find("海水淡化"), memory.find(""), memories.learn([], cut, RULES).find("岸电")) == ([], [], [])


def test_quotation_marks_in_the_memory_do_not_hide_a_term() -> None:
    memory = memories.learn(pairs(*PAIRS, ("实施“蓝海”行动。", "The Blue Sea campaign was launched.")), cut, RULES)
    assert memory.find("蓝海行动") != []


def test_the_order_of_the_pairs_changes_nothing() -> None:
    shuffled = pairs()
    random.Random(3).shuffle(shuffled)
    first = [(one.english, one.reliability) for one in memories.learn(pairs(), cut, RULES).find("养殖")]
    assert [(one.english, one.reliability) for one in memories.learn(shuffled, cut, RULES).find("养殖")] == first


def test_only_pairs_of_the_terms_asked_for_are_kept_and_repeats_count_once() -> None:
    memory = memories.learn((pair for _ in range(50) for pair in pairs()), cut, RULES, terms=["岸电"])
    assert (len(memory.pairs), memory.pairs_read) == (2, 500)
    assert memory.find("岸电")[0].english == "shore power"


def test_expected_english_tips_the_scale_but_is_never_put_in() -> None:
    memory = memories.learn(pairs(), cut, RULES)
    plain, helped = memory.find("近海"), memory.find("近海", ["offshore"])
    assert helped[0].english == "offshore"
    assert helped[0].reliability >= plain[0].reliability
    assert "coastal waters" not in [one.english for one in memory.find("近海", ["coastal waters"])]


def test_paragraphs_are_aligned_sentence_by_sentence() -> None:
    chinese = ["港口吞吐量增长6.5%。", "渔民收入增加。", "新建三个港口，完成码头改造。"]
    english = [
        "Port throughput grew by 6.5%.",
        "The incomes of fishermen rose.",
        "Three new ports were built.",
        "The wharves were renovated.",
    ]
    assert [(bead.source, bead.target) for bead in align.align(chinese, english)] == [
        ((0, 1), (0, 1)),
        ((1, 2), (1, 2)),
        ((2, 3), (2, 4)),
    ]


def test_a_missing_translation_does_not_shift_what_follows() -> None:
    chinese = [
        "第一条 港口应当于2027年前建设岸电设施。",
        "第二条 违反本规定的，处以罚款。",
        "第三条 本办法自2026年5月1日起施行。",
    ]
    english = [
        "Article 1 Ports shall build shore power facilities before 2027.",
        "Article 3 These Measures take effect on May 1, 2026.",
    ]
    beads = [(bead.source, bead.target) for bead in align.align(chinese, english)]
    assert ((0, 1), (0, 1)) in beads
    assert ((2, 3), (1, 2)) in beads


@pytest.mark.parametrize(
    ("text", "cut_up"),
    [
        ("Work began. See No. 5; costs fell.", ["Work began.", "See No. 5;", "costs fell."]),
        ("The U.S. Congress met. Mr. Li spoke.", ["The U.S. Congress met.", "Mr. Li spoke."]),
        ("It grew 6.5 percent.", ["It grew 6.5 percent."]),
    ],
)
def test_abbreviations_and_decimals_end_no_english_sentence(text: str, cut_up: list[str]) -> None:
    assert sentences.english(text) == cut_up


def test_two_documents_become_pairs_that_say_their_lines() -> None:
    chinese = Document("办法.docx", "港口管理办法\n\n港口应当建设岸电设施。\n吞吐量达到6.5亿吨。\n")
    english = Document(
        "measures.docx",
        "Measures for Ports\nPorts shall build shore power facilities.\n\nThroughput reached 650 million tons (6.5).\n",
    )
    assert bitexts.of_documents(chinese, english, cut, WORDS) == [
        SegmentPair("港口管理办法", "Measures for Ports", "办法.docx, line 1 / measures.docx, line 1"),
        SegmentPair(
            "港口应当建设岸电设施。", "Ports shall build shore power facilities.", "办法.docx, line 3 / measures.docx, line 2"
        ),
        SegmentPair(
            "吞吐量达到6.5亿吨。", "Throughput reached 650 million tons (6.5).", "办法.docx, line 4 / measures.docx, line 4"
        ),
    ]


def test_documents_named_the_wrong_way_round_are_refused_with_the_next_step() -> None:
    chinese, english = Document("甲.txt", "港口"), Document("b.txt", "ports")
    with pytest.raises(UsageError, match=r"b\.txt holds no Chinese\. Name the Chinese document first"):
        bitexts.of_documents(english, chinese, cut, WORDS)
    with pytest.raises(UsageError, match="is Chinese too"):
        bitexts.of_documents(chinese, chinese, cut, WORDS)


def test_a_bilingual_table_is_read_row_by_row(tmp_path: Path) -> None:
    path = tmp_path / "对照.csv"
    path.write_text("No,English,中文\n1,shore power,岸电\n2,,空\n", encoding="utf-8")
    assert list(bitexts.of_table(path)) == [SegmentPair("岸电", "shore power", "对照.csv, row 2")]


def test_a_two_column_table_of_a_document_gives_pairs_and_a_document_without_english_is_refused() -> None:
    text = "岸电\nshore power\n码头\nwharf\n"
    marks = tuple(Mark(at, "cell", label) for at, label in ((0, "1.1"), (3, "1.2"), (15, "2.1"), (18, "2.2")))
    found = bitexts.of_document(Document("表.docx", text, marks))
    assert [(pair.source, pair.target) for pair in found] == [("岸电", "shore power"), ("码头", "wharf")]
    with pytest.raises(InputRefused, match=r"甲\.docx holds no Chinese beside English"):
        bitexts.of_document(Document("甲.docx", "只有中文"))


def test_a_unit_that_is_nothing_but_the_term_is_taken_whole() -> None:
    long = "use of shore power by ships at berth instead of their own engines"
    memory = memories.learn(pairs(*PAIRS, ("岸电", long.capitalize() + ".")), cut, RULES)
    assert [(one.english, one.reliability) for one in memory.find("岸电")][:1] == [(long, 8)]


def test_renderings_are_counted_in_all_pairs_that_were_kept_not_only_in_those_weighed() -> None:
    many = [(f"{place}推广岸电。", f"{name} promotes shore power.") for place, name in PLACES]
    memory = memories.learn(pairs(*PAIRS, *many), cut, RULES, ["岸电"])
    assert memory.find("岸电")[0].source.rpartition(" (")[2] == "22 of 22 pairs)"


PLACES = [(a + b, x + y) for a, x in zip("东西南北", ("East", "West", "South", "North")) for b, y in zip("港湾岛洲江", "abcde")]


def test_of_two_forms_of_one_concept_the_memory_is_asked_for_the_second_if_it_lacks_the_first() -> None:
    memory = memories.learn(pairs(*PAIRS * 6), cut, RULES)
    assert remembered(memory, ["岸基供电", "岸电"], [])[0].english == "shore power"
    assert remembered(memory, ["海水淡化"], []) == []


def test_the_guess_of_a_small_memory_needs_another_source_or_to_be_sure() -> None:
    memory = memories.learn(pairs(), cut, RULES)
    assert [one.english for one in remembered(memory, ["近海"], ["offshore waters"])] == ["offshore"]
    assert remembered(memory, ["近海"], ["coastal"]) == []
    assert [one.english for one in remembered(memory, ["岸电"], [])] == ["shore power"]


def test_what_is_kept_of_a_memory_does_not_depend_on_its_order_and_has_no_repeats(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(memories_kept, "_MOST_CELLS", 40)
    some = pairs()
    first = memories_kept.keep(some, ["岸电", "码头"])
    shuffled = [*some, *some]
    random.Random(5).shuffle(shuffled)
    second = memories_kept.keep(shuffled, ["岸电", "码头"])
    assert {pair.unit for pair in first.sample} == {pair.unit for pair in second.sample}
    assert 0 < len(first.sample) < len(some)
    assert (
        {pair.unit for pair in first.pairs}
        == {pair.unit for pair in second.pairs}
        == {f"港口.tmx, unit {n}" for n in (1, 3, 4)}
    )
    assert (first.read, second.read) == (10, 20)


def test_a_section_that_is_missing_in_the_translation_does_not_shift_what_follows_in_a_long_document() -> None:
    chinese = [f"第{n}条 港口第{n * 37 % 1000}号泊位应当建设岸电设施。" for n in range(1, 301)]
    english = [
        f"Article {n} Berth No. {n * 37 % 1000} of the port shall have shore power."
        for n in range(1, 301)
        if not 100 <= n < 125
    ]
    ones = [
        bead
        for bead in align.align(chinese, english)
        if bead.source[1] - bead.source[0] == bead.target[1] - bead.target[0] == 1
    ]
    right = sum(
        bead.target[0] == (bead.source[0] if bead.source[0] < 99 else bead.source[0] - 25) and not 99 <= bead.source[0] < 124
        for bead in ones
    )
    assert (right, len(ones)) == (275, 275)


def test_a_memory_without_chinese_is_refused_with_the_next_step(tmp_path: Path) -> None:
    path = tmp_path / "de.tmx"
    unit = '<tu><tuv xml:lang="en"><seg>port</seg></tuv><tuv xml:lang="de"><seg>Hafen</seg></tuv></tu>'
    path.write_text(f'<tmx version="1.4"><header/><body>{unit}</body></tmx>', encoding="utf-8")
    with pytest.raises(
        InputRefused, match=r"de\.tmx holds no Chinese segment with its translation\. Export a Chinese-English memory"
    ):
        list(of_memories([path]))


def test_what_is_no_memory_is_refused_and_a_damaged_one_is_read_as_far_as_it_goes(tmp_path: Path) -> None:
    wrong, damaged = tmp_path / "a.tmx", tmp_path / "b.tmx"
    wrong.write_text("<html><body>港口</body></html>", encoding="utf-8")
    unit = '<tu tuid="{}"><tuv xml:lang="zh"><seg>港口</seg></tuv><tuv xml:lang="en"><seg>port</seg></tuv></tu>'
    damaged.write_text(
        f'<tmx version="1.4"><header/><body>{unit.format(1)}{unit.format(2)}<tu><tuv xml:lang="zh"><seg>码', encoding="utf-8"
    )
    with pytest.raises(InputRefused, match=r"a\.tmx is not a TMX or XLIFF file"):
        list(of_memories([wrong]))
    told: list[str] = []
    assert [pair.unit for pair in of_memories([damaged], warn=told.append)] == ["b.tmx, unit 1", "b.tmx, unit 2"]
    assert told == ["b.tmx, line 1: not well-formed XML; what could be read was read. Export it again."]


def test_reading_memories_tells_how_far_it_is(tmp_path: Path) -> None:
    paths = [tmp_path / "a.tsv", tmp_path / "b.csv"]
    paths[0].write_text("岸电\tshore power\n", encoding="utf-8")
    paths[1].write_text("zh,en\n码头,wharf\n", encoding="utf-8")
    told: list[tuple[str, int, int]] = []
    assert len(list(of_memories(paths, watch=lambda stage, done, of: told.append((stage, done, of))))) == 2
    reading = [(done, of) for stage, done, of in told if stage == "memories"]
    assert reading == sorted(reading)
    assert (reading[-1], told[-1]) == ((38, 38), ("learning from memories", 0, 1))


@pytest.mark.parametrize("name", ["a.txt", "a.tab", "a.utf8", "a.tsv"])
def test_a_text_file_with_tabs_is_a_table_of_pairs(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.write_text("岸电\tshore power\n“蓝海”行动\tBlue Sea campaign\n", encoding="utf-8")
    assert [(pair.source, pair.target) for pair in of_memories([path])] == [
        ("岸电", "shore power"),
        ("“蓝海”行动", "Blue Sea campaign"),
    ]


def test_two_documents_are_paired_in_whichever_order_they_are_named(tmp_path: Path) -> None:
    chinese, english = tmp_path / "b.txt", tmp_path / "a.txt"
    chinese.write_text("港口管理办法\n建设岸电设施。\n", encoding="utf-8")
    english.write_text("Measures for Ports\nBuild shore power (岸电) facilities.\n", encoding="utf-8")
    expected = [("港口管理办法", "Measures for Ports"), ("建设岸电设施。", "Build shore power (岸电) facilities.")]
    for paths in ([chinese, english], [english, chinese]):
        assert [(pair.source, pair.target) for pair in of_files(paths)] == expected


def test_an_interrupted_alignment_leaves_output_and_termbase_as_they_were(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupted(*_: object) -> Iterator[SegmentPair]:
        yield SegmentPair("岸电", "shore power", "1")
        raise KeyboardInterrupt

    table, base = tmp_path / "pairs.tsv", tmp_path / "glossary.db"
    table.write_text("as it was", encoding="utf-8")
    with Termbase.open(base):
        pass
    monkeypatch.setattr(aligning, "of_files", interrupted)
    with pytest.raises(KeyboardInterrupt):
        aligning.align([tmp_path / "a.tmx"], table, base)
    assert table.read_text(encoding="utf-8") == "as it was"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["glossary.db", "pairs.tsv"]


def test_a_table_of_pairs_holds_quotation_marks_as_they_are_and_is_read_again(tmp_path: Path) -> None:
    first, second = tmp_path / "a.csv", tmp_path / "b.tsv"
    first.write_text('中文,英文\n“蓝海”行动,"the ""Blue Sea"" campaign,\na slogan"\n', encoding="utf-8")
    assert aligning.align([first], second, None).pairs == 1
    assert second.read_text(encoding="utf-8") == (
        'zh-CN\ten\tplace\n“蓝海”行动\tthe "Blue Sea" campaign, a slogan\ta.csv, row 2\n'
    )
    assert [(pair.source, pair.target) for pair in of_memories([second])] == [
        ("“蓝海”行动", 'the "Blue Sea" campaign, a slogan')
    ]


def workbook(path: Path, texts: Sequence[str], rows: int) -> Path:
    """A workbook whose cells number the texts of its shared part, as Excel writes it: Chinese in A, English in B."""
    main = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    package = "http://schemas.openxmlformats.org/package/2006"
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml"
    cells = "".join(
        f'<row r="{n + 1}"><c r="A{n + 1}" t="s"><v>{2 * n}</v></c><c r="B{n + 1}" t="s"><v>{2 * n + 1}</v></c></row>'
        for n in range(rows)
    )
    parts = {
        "[Content_Types].xml": f'<Types xmlns="{package}/content-types"><Default Extension="rels" ContentType='
        f'"application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{kind}.sheet.main+xml"/>'
        f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{kind}.worksheet+xml"/>'
        f'<Override PartName="/xl/sharedStrings.xml" ContentType="{kind}.sharedStrings+xml"/></Types>',
        "_rels/.rels": f'<Relationships xmlns="{package}/relationships"><Relationship Id="r1" Type="{office}/officeDocument" '
        f'Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook {main} xmlns:r="{office}"><sheets><sheet name="TM" sheetId="1" r:id="r1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{package}/relationships"><Relationship Id="r1" '
        f'Type="{office}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>',
        "xl/worksheets/sheet1.xml": f"<worksheet {main}><sheetData>{cells}</sheetData></worksheet>",
        "xl/sharedStrings.xml": f"<sst {main}>{''.join(f'<si>{text}</si>' for text in texts)}</sst>",
    }
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return path


def test_cells_of_a_memory_workbook_are_read_with_runs_and_escapes_and_without_the_phonetic_guide(tmp_path: Path) -> None:
    texts = [
        "<t>Chinese</t>", "<t>English</t>",
        "<r><t>推广</t></r><r><rPr><b/></rPr><t>岸电</t></r><rPh sb='0' eb='2'><t>あんでん</t></rPh>", "<t>shore_x0020_power</t>",
        "<t xml:space='preserve'> 码头 </t>", "<t>wharf &amp; quay</t>",
    ]  # fmt: skip
    assert list(of_files([workbook(tmp_path / "库.xlsx", texts, 3)])) == [
        SegmentPair("推广岸电", "shore power", "库.xlsx, sheet TM, row 2"),
        SegmentPair("码头", "wharf & quay", "库.xlsx, sheet TM, row 3"),
    ]


def test_a_memory_workbook_is_read_in_memory_that_does_not_grow_with_it(tmp_path: Path) -> None:
    def most(rows: int) -> int:
        long = ("推广岸电，" * 60, "shore power " * 60)
        texts = [f"<t>{text}{n}</t>" for n in range(1, rows) for text in long]
        texts = ["<t>Chinese</t>", "<t>English</t>", *texts]
        path = workbook(tmp_path / f"{rows}.xlsx", texts, rows)
        del texts
        tracemalloc.start()
        count = sum(1 for _ in of_files([path]))
        _, peak = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        assert count == rows - 1
        return peak

    most(100)
    assert most(6000) - most(2000) < 1_000_000  # the 8,000 texts more take 5 MB


def test_a_cell_that_numbers_a_text_that_is_not_there_is_told(tmp_path: Path) -> None:
    path = workbook(tmp_path / "库.xlsx", ["<t>Chinese</t>", "<t>English</t>"], 3)
    with pytest.raises(FormatError, match=r"^库.xlsx is a damaged workbook \(.*\)\. Save it again as .xlsx, then try again\.$"):
        list(of_files([path]))
