"""Web pages: what a browser shows, in order, with what is not the article set aside."""

from __future__ import annotations

import pytest

from termbuilder.model import Document
from termbuilder.read import html

PARAGRAPHS = [
    "市科技局今年组织实施两批揭榜挂帅项目，凝练企业技术需求六十四项。",
    "瞪羚企业由去年的九十家增加到一百一十二家，梯度培育体系初步形成。",
    "下一步，全市将建设一批中试基地，推动科技成果从样品走向产品。",
]
ARTICLE = "".join(f"<p>{paragraph}</p>" for paragraph in PARAGRAPHS)


def page(body: str, head: str = "") -> Document:
    return html.read("页.html", f"<html><head>{head}</head><body>{body}</body></html>".encode())


def kept(document: Document) -> list[str]:
    pieces = []
    at = 0
    for start, end, _ in document.set_aside:
        pieces.append(document.text[at:start])
        at = end
    return [line for line in "".join([*pieces, document.text[at:]]).split("\n") if line.strip()]


def test_white_space_is_what_a_browser_shows() -> None:
    text = page("<p>推进  科技\n   成果\t转化</p><p>gazelle\n  company</p><pre>第一行\n  第二行</pre>").text
    assert text == "推进 科技成果 转化\ngazelle company\n第一行\n  第二行"


def test_a_line_of_the_source_that_ends_between_han_characters_leaves_no_gap() -> None:
    assert page("<p>实施揭榜\n        挂帅机制，\n培育瞪羚企业</p>").text == "实施揭榜挂帅机制，培育瞪羚企业"


def test_scripts_hidden_boxes_comments_and_deleted_text_are_not_shown() -> None:
    body = (
        "<script>var 变量 = '脚本';</script><!-- 注释 --><div style='display: none'>隐藏</div><p hidden>隐藏</p>"
        "<p>公开<del>旧稿</del><ins>新稿</ins></p><noscript>请启用脚本</noscript><textarea>输入</textarea>"
    )
    assert page(body).text == "公开新稿"


def test_pinyin_over_characters_is_not_shown_and_raised_digits_stay_raised() -> None:
    assert (
        page("<p><ruby>瞪<rp>(</rp><rt>dèng</rt><rp>)</rp></ruby>羚企业占地3000m<sup>2</sup></p>").text == "瞪羚企业占地3000m²"
    )


def test_line_breaks_are_lines_of_one_paragraph() -> None:
    document = page("<div>一、揭榜挂帅<br>二、赛马制</div>")
    assert (document.text, [mark.kind for mark in document.marks]) == ("一、揭榜挂帅\n二、赛马制", ["paragraph"])


def test_cells_of_a_data_table_are_marked_and_tables_that_lay_out_a_page_are_not() -> None:
    data = "<table><tr><th>任务<th>单位</tr><tr><td>中试基地<td><p>市科技局</p><p>市发改委</p></tr></table>"
    document = page(data)
    assert document.text == "任务\t单位\n中试基地\t市科技局\n市发改委"
    assert [mark.label for mark in document.marks] == ["A1 of table 1", "B1 of table 1", "A2 of table 1", "B2 of table 1"]
    layout = page(
        f"<table><tr><td>栏目</td><td>{ARTICLE}<table><tr><td>内</td></tr></table></td></tr><tr><td>页脚</td><td></td></tr></table>"
    )
    assert {mark.kind for mark in layout.marks} == {"paragraph"}


def test_what_a_page_calls_navigation_share_bar_and_footer_is_set_aside() -> None:
    body = f"<nav><a href=1>首页</a></nav><div class='content'>{ARTICLE}</div><div class='share-bar'>分享</div><footer>主办单位：市科技局</footer>"
    document = page(body)
    assert kept(document) == PARAGRAPHS
    assert [why for _, _, why in document.set_aside] == ["navigation", "share bar", "footer"]


def test_teasers_with_summaries_after_the_article_are_set_aside() -> None:
    teaser = "<div><a href='/n'>古城修缮工程完工迎客</a><p>修缮坚持修旧如旧，预计国庆假期向游客开放。</p></div>"
    body = f"<div><div>{ARTICLE}</div><h3>热点推荐</h3>{teaser * 4}</div>"
    assert kept(page(body)) == PARAGRAPHS


def test_a_link_in_a_sentence_and_a_linked_title_between_paragraphs_belong_to_the_article() -> None:
    law = "<p><a href='/law'>《云溪市科技创新促进条例》</a></p>"
    body = f"<div><p>{PARAGRAPHS[0]}<a href='/x'>详见</a></p>{law}<p>{PARAGRAPHS[1]}</p><p>{PARAGRAPHS[2]}</p></div><div><a href=1>首页</a></div>"
    assert kept(page(body)) == [PARAGRAPHS[0] + "详见", "《云溪市科技创新促进条例》", *PARAGRAPHS[1:]]


def test_the_headline_before_the_article_is_kept() -> None:
    menu = "".join(f"<span><a href='{n}'>栏目{n}</a></span>" for n in range(6))
    named = page(
        f"{menu}<div>揭榜挂帅项目进展</div><div>2025-06-18</div><div>{ARTICLE}</div>",
        "<title>揭榜挂帅项目进展_市政府网</title>",
    )
    assert kept(named) == ["揭榜挂帅项目进展", *PARAGRAPHS]
    headed = page(f"{menu}<h1>揭榜挂帅项目进展</h1><div>2025-06-18</div><div>{ARTICLE}</div>")
    assert kept(headed) == ["揭榜挂帅项目进展", *PARAGRAPHS]


def test_a_template_that_calls_its_article_by_a_furniture_name_loses_its_say() -> None:
    assert kept(page(f"<div class='tools'>{ARTICLE}</div><div>页脚</div>")) == PARAGRAPHS


def test_a_page_without_an_article_keeps_all_but_what_is_called_furniture() -> None:
    assert kept(page("<nav>首页</nav><ul><li>瞪羚企业</li><li>独角兽企业</li></ul>")) == ["瞪羚企业", "独角兽企业"]


def test_placeholders_of_template_engines_are_no_text() -> None:
    body = "<h1>{{ article.title }}</h1><p>{% if 发布 %}培育${name}瞪羚企业<%= 变量 %>{% endif %}</p><#if 条件>名单</#if><?php echo '值' ?>"
    assert page(body).text == "培育瞪羚企业\n名单"


def test_what_word_exports_is_text_without_its_machinery() -> None:
    body = (
        "<div class=WordSection1><p class=MsoNormal style='text-indent:21.0pt'><span style='font-family:宋体'>实施揭榜<o:p></o:p></span></p>"
        "<![if !supportLists]><p>一、<span lang=EN-US>R&amp;D</span>经费</p><![endif]><!--[if gte mso 9]><xml><w:WordDocument/></xml><![endif]--></div>"
    )
    assert page(body, "<style><!-- p.MsoNormal {mso-style-unhide:no;} --></style>").text == "实施揭榜\n一、R&D经费"


@pytest.mark.parametrize(
    ("declared", "codec"), [("utf-8", "gbk"), ("gb2312", "utf-8"), ("big5", "gb18030"), ("latin1", "utf-16")]
)
def test_a_page_that_declares_a_wrong_charset_is_read_all_the_same(declared: str, codec: str) -> None:
    data = f"<html><head><meta charset={declared}></head><body>{ARTICLE}</body></html>".encode(codec)
    assert html.read("页.html", data).text == "\n".join(PARAGRAPHS)


@pytest.mark.parametrize("depth", [300, 1500, 5000])
def test_boxes_nested_past_all_reason_lose_no_text(depth: int) -> None:
    assert page("<div>" * depth + ARTICLE + "</div>" * depth).text == "\n".join(PARAGRAPHS)


def test_xhtml_with_an_xml_declaration_is_read() -> None:
    data = f'<?xml version="1.0" encoding="UTF-8"?><html xmlns="http://www.w3.org/1999/xhtml"><body>{ARTICLE}</body></html>'
    assert html.read("页.xhtml", data.encode()).text == "\n".join(PARAGRAPHS)
