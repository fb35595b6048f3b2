"""Bilingual files: the Chinese side is the text, the other side stands beside it."""

from __future__ import annotations

from pathlib import Path

from termbuilder.model import Document, SegmentPair
from termbuilder.read import Input, read


def document(name: str, content: str) -> Document:
    (one,) = read(Input(name, Path(name), content.encode()))
    return one


def xliff(units: str, source: str = "zh-CN", target: str = "en-US", extra: str = "") -> str:
    return (
        f'<?xml version="1.0"?><xliff version="1.2" xmlns="urn:oasis:names:tc:xliff:document:1.2" {extra}>'
        f'<file original="a.docx" source-language="{source}" target-language="{target}"><body>{units}</body></file></xliff>'
    )


def test_segments_of_studio_are_paired_by_their_numbers() -> None:
    unit = (
        '<trans-unit id="3f2a"><source>培育瞪羚企业。建设中试基地。</source>'
        '<seg-source><g id="1"><mrk mtype="seg" mid="11">培育<x id="2"/>瞪羚企业。</mrk> <mrk mtype="seg" mid="12">建设中试基地。</mrk></g></seg-source>'
        '<target><g id="1"><mrk mtype="seg" mid="11">Foster gazelle companies.</mrk><mrk mtype="seg" mid="12"/></g></target>'
        '<sdl:seg-defs><sdl:seg id="11" conf="Translated"/></sdl:seg-defs></trans-unit>'
    )
    one = document("公报.sdlxliff", xliff(unit, extra='xmlns:sdl="http://sdl.com/FileTypes/SdlXliff/1.0"'))
    assert one.text == "培育瞪羚企业。\n建设中试基地。"
    assert one.pairs == (SegmentPair("培育瞪羚企业。", "Foster gazelle companies.", "11"),)
    assert (one.format, [mark.label for mark in one.marks]) == ("sdlxliff", ["11", "12"])


def test_codes_of_memoq_and_proposals_of_its_memory_are_no_text() -> None:
    unit = (
        '<trans-unit id="5"><source>推行<bpt id="1">{}</bpt>揭榜挂帅<ept id="1">{}</ept>机制</source><target>the open competition mechanism</target>'
        "<alt-trans><source>旧句</source><target>old</target></alt-trans></trans-unit>"
    )
    one = document("公报.mqxliff", xliff(unit))
    assert (one.text, one.pairs) == (
        "推行揭榜挂帅机制",
        (SegmentPair("推行揭榜挂帅机制", "the open competition mechanism", "5"),),
    )


def test_a_translation_into_chinese_gives_its_target_side() -> None:
    unit = '<trans-unit id="1"><source>gazelle company</source><target>瞪羚企业</target></trans-unit>'
    one = document("a.xlf", xliff(unit, "en-US", "zh-CN"))
    assert (one.text, one.pairs) == ("瞪羚企业", (SegmentPair("瞪羚企业", "gazelle company", "1"),))


def test_segments_of_xliff_2_are_read_with_their_inline_marks() -> None:
    content = (
        '<xliff version="2.0" xmlns="urn:oasis:names:tc:xliff:document:2.0" srcLang="zh-Hans" trgLang="en"><file id="f1"><unit id="u1">'
        '<originalData><data id="d1">&lt;b&gt;</data></originalData>'
        '<segment id="s1"><source>实行<pc id="1">创新积分制</pc>。</source><target>Introduce <pc id="1">innovation points</pc>.</target></segment>'
        '<ignorable><source> </source></ignorable><segment id="s2"><source>推广<mrk id="m1">创新券</mrk><ph id="2"/>。</source></segment></unit></file></xliff>'
    )
    one = document("a.xliff", content)
    assert one.text == "实行创新积分制。\n推广创新券。"
    assert one.pairs == (SegmentPair("实行创新积分制。", "Introduce innovation points.", "u1/s1"),)


def test_a_memory_in_any_direction_and_with_several_languages_gives_chinese_and_english() -> None:
    unit = (
        "<tu><tuv xml:lang='fr'><seg>entreprise gazelle</seg></tuv><tuv xml:lang='EN-GB'><seg>gazelle company</seg></tuv>"
        "<tuv lang='ZH_CN'><seg>瞪羚<hi>企业</hi><ph>{1}<sub>注</sub></ph></seg></tuv></tu>"
    )
    content = f"<!DOCTYPE tmx SYSTEM 'tmx14.dtd'><tmx version='1.4'><header srclang='en'/><body>{unit}</body></tmx>"
    one = document("库.tmx", content)
    assert one.pairs == (SegmentPair("瞪羚企业注", "gazelle company", "1"),)


def test_a_memory_in_utf_16_is_read() -> None:
    content = (
        "<?xml version='1.0' encoding='UTF-16'?><tmx><body><tu><tuv xml:lang='zh'><seg>中试基地</seg></tuv></tu></body></tmx>"
    )
    (one,) = read(Input("库.tmx", Path("库.tmx"), content.encode("utf-16")))
    assert one.text == "中试基地"


def test_the_original_file_that_studio_packs_in_is_no_obstacle() -> None:
    packed = "<header><reference><internal-file form='base64'>" + "QUJD" * 3_000_000 + "</internal-file></reference></header>"
    unit = '<trans-unit id="1"><source>中试基地</source><target>pilot-scale base</target></trans-unit>'
    one = document("公报.sdlxliff", xliff(unit).replace("<body>", f"{packed}<body>"))
    assert (one.text, one.warnings) == ("中试基地", ())
