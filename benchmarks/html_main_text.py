"""How well the article of a web page is told from what stands around it: ours, jusText and trafilatura on the same noisy pages.

    python benchmarks/html_main_text.py [FOLDER of .txt articles]

Articles are put into page templates as Chinese government and news sites use them (modern boxes, tables of the 2000s, class
names that say nothing, teasers with summaries, an article of <br> lines, Word's own export), with furniture we wrote. A
character of the article that is kept counts for recall, one of the furniture that is kept against precision.
jusText and trafilatura are only needed here: pip install justext trafilatura
"""

from __future__ import annotations

import random
import re
import sys
import time
from collections.abc import Callable
from html import escape
from pathlib import Path

from termbuilder.read import html as ours

PROJECT = Path(__file__).parent.parent
MENU = ["首页", "政务公开", "新闻动态", "政策法规", "办事指南", "互动交流", "数据开放", "专题专栏"]
TEASERS = [
    ("我市召开秋粮收购工作会议", "会议要求各地备足仓容资金，做好农民售粮服务，确保颗粒归仓、质量良好。"),
    ("滨河公园夜跑活动吸引千人参加", "活动由市体育总会主办，全程五公里，沿途设置补给点和医疗点，市民反响热烈。"),
    ("古城历史街区修缮工程完工", "修缮坚持修旧如旧，保留了青石板路和木构门楼，预计国庆假期向游客开放。"),
    ("首届葡萄采摘节本周六开幕", "采摘节期间，农户还将推出亲子体验、葡萄酒品鉴等项目，活动持续一个月。"),
    ("地铁三号线延长线试运行", "延长线共设七座车站，开通后从北站到机场只需四十分钟，票价按里程计算。"),
    ("全市中小学生足球联赛收官", "本届联赛共有八十六支队伍参赛，历时三个月，实验小学队获得小学组冠军。"),
]
FOOTER = (
    "主办：某市人民政府办公室　承办：某市大数据管理局　网站标识码：3200000000　备案号：苏ICP备00000000号，未经授权不得转载。"
)
INFO = "发布日期：2025-06-18 09:12　来源：某市日报　浏览次数：356　字体：【大 中 小】"


def links(words: list[str], between: str = "", tag: str = "li") -> str:
    return between.join(f"<{tag}><a href='/c/{number}.html'>{word}</a></{tag}>" for number, word in enumerate(words))


def summaries(rng: random.Random, count: int) -> str:
    chosen = rng.sample(TEASERS, count)
    return "".join(f"<div class='x'><a href='/n.html'>{title}</a><p>{text}</p></div>" for title, text in chosen)


def modern(title: str, lines: list[str], rng: random.Random) -> str:
    body = "".join(f"<p>{escape(line)}</p>\n" for line in lines)
    return f"""<!DOCTYPE html><html><head><title>{title}-某市人民政府门户网站</title><style>p{{}}</style></head><body>
<header class="site-header"><div class="logo">某市人民政府门户网站</div><nav><ul>{links(MENU)}</ul></nav></header>
<div class="breadcrumb">您的位置：<a href="/">首页</a> &gt; <a href="/x">新闻动态</a></div>
<main><article><h1>{title}</h1><div class="meta share">{INFO}</div><div class="article-body">{body}</div>
<div class="share-bar">分享到：<a>微信</a><a>微博</a><a>QQ空间</a></div></article>
<aside class="related"><h3>相关阅读</h3>{summaries(rng, 4)}</aside></main><footer>{FOOTER}</footer></body></html>"""


def tables(title: str, lines: list[str], rng: random.Random) -> str:
    body = "".join(f"<p>　　{escape(line)}</p>\n" for line in lines)
    side = "".join(f"<tr><td>·<a href='n.htm'>{title}</a></td></tr>" for title, _ in TEASERS)
    return f"""<html><head><title>{title}-某市人民政府门户网站</title></head><body><table width=1000 align=center><tr><td colspan=2>{links(MENU, " | ", "span")}</td></tr>
<tr><td width=220 valign=top><table><tr><td>最新新闻</td></tr>{side}</table></td>
<td><table><tr><td align=center><b>{title}</b></td></tr><tr><td>{INFO}</td></tr><tr><td>{body}</td></tr>
<tr><td>【<a href="javascript:print()">打印本页</a>】【<a href="javascript:close()">关闭窗口</a>】</td></tr></table></td></tr>
<tr><td colspan=2 align=center>{FOOTER}</td></tr></table></body></html>"""


def nameless(title: str, lines: list[str], rng: random.Random) -> str:
    body = "".join(f"<div><span>{escape(line)}</span></div>" for line in lines)
    return f"""<html><head><title>{title}-某市人民政府门户网站</title></head><body><div class="a1"><div class="a2">{links(MENU, "", "span")}</div></div><div class="b1"><div class="b2">
<div class="b3">{title}</div><div class="b4">{INFO}</div><div class="b5">{body}</div></div><div class="c1"><div>猜你喜欢</div>
{summaries(rng, 5)}</div></div><div class="d1">{FOOTER}</div></body></html>"""


def teasers_inside(title: str, lines: list[str], rng: random.Random) -> str:
    body = "".join(f"<p>{escape(line)}</p>" for line in lines)
    return f"""<html><head><title>{title}-某市人民政府门户网站</title></head><body><div id="top">{links(MENU, "", "span")}</div><div id="content"><h2>{title}</h2><p>{INFO}</p>{body}
<p>上一篇：<a href=1>{TEASERS[0][0]}</a></p><p>下一篇：<a href=2>{TEASERS[1][0]}</a></p><h4>热点推荐</h4>{summaries(rng, 4)}</div>
<div id="bottom">{FOOTER}</div></body></html>"""


def line_breaks(title: str, lines: list[str], rng: random.Random) -> str:
    body = "<br><br>\n".join(f"&nbsp;&nbsp;&nbsp;&nbsp;{escape(line)}" for line in lines)
    return f"""<html><head><title>{title}-某市人民政府门户网站</title></head><body><center>{links(MENU, " ", "b")}</center><table><tr><td class=title>{title}</td></tr><tr><td>
<font size=3>{body}</font></td></tr></table><hr><table><tr>{"".join(f"<td><a href=n>{title}</a></td>" for title, _ in TEASERS)}</tr></table>
<center>{FOOTER}</center></body></html>"""


def word(title: str, lines: list[str], rng: random.Random) -> str:
    body = "".join(
        f"<p class=MsoNormal style='text-indent:21.0pt'><span style='font-family:宋体;mso-ascii-font-family:\"Times New Roman\"'>{escape(line)}"
        "<span lang=EN-US><o:p></o:p></span></span></p>\n"
        for line in lines
    )
    return f"""<html xmlns:o="urn:schemas-microsoft-com:office:office"><head><meta name=Generator content="Microsoft Word 15"><style><!--
 p.MsoNormal {{mso-style-unhide:no;}} --></style><!--[if gte mso 9]><xml><o:OfficeDocumentSettings/></xml><![endif]--></head>
<body lang=ZH-CN><div class=WordSection1><p class=MsoTitle>{title}</p>{body}</div></body></html>"""


TEMPLATES = [modern, tables, nameless, teasers_inside, line_breaks, word]


def by_ours(page: str) -> str:
    document = ours.read("page.html", page.encode())
    kept, at = [], 0
    for start, end, _ in document.set_aside:
        kept.append(document.text[at:start])
        at = end
    return "\n".join([*kept, document.text[at:]])


def by_justext(page: str) -> str:
    import justext

    # without stop words (there are none for Chinese): by length and link density alone; lengths for Chinese
    found = justext.justext(
        page, frozenset(), length_low=20, length_high=50, stopwords_low=0, stopwords_high=0, max_heading_distance=150
    )
    return "\n".join(paragraph.text for paragraph in found if not paragraph.is_boilerplate)


def by_trafilatura(page: str) -> str:
    import trafilatura

    return trafilatura.extract(page, include_comments=False, deduplicate=False) or ""


def bare(text: str) -> str:
    return re.sub(r"\s+", "", text)


def measure(extract: Callable[[str], str], articles: list[list[str]]) -> dict[str, tuple[float, float, float]]:
    """Precision, recall and seconds a page, for each template."""
    results = {}
    furniture = [bare(text) for pair in TEASERS for text in pair] + [bare(FOOTER), *MENU]
    for template in TEMPLATES:
        rng = random.Random(7)
        kept_good = kept_bad = good = 0
        seconds = 0.0
        for lines in articles:
            page = template(lines[0], lines[1:], rng)
            start = time.perf_counter()
            kept = bare(extract(page))
            seconds += time.perf_counter() - start
            good += sum(len(bare(line)) for line in lines)
            kept_good += sum(len(bare(line)) for line in lines if bare(line) in kept)
            kept_bad += sum(len(text) for text in furniture if text in kept)
        results[template.__name__] = (kept_good / max(kept_good + kept_bad, 1), kept_good / good, seconds / len(articles))
    return results


def main() -> None:
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else PROJECT / "examples"
    articles = []
    for path in sorted(folder.glob("*.txt")):
        try:
            lines = [line.strip() for line in path.read_text(encoding="utf-8").split("\n") if line.strip()]
        except UnicodeDecodeError:
            continue
        articles.append([line for line in lines if "\u4e00" <= max(line) <= "\u9fff" or len(line) > 5][:60])
    print(f"{len(articles)} articles of {folder.name}, {len(TEMPLATES)} templates: precision / recall / ms a page")
    for name, extract in (("ours", by_ours), ("jusText", by_justext), ("trafilatura", by_trafilatura)):
        try:
            results = measure(extract, articles)
        except ImportError:
            print(f"{name:12} not installed")
            continue
        for template, (precision, recall, seconds) in results.items():
            print(f"{name:12} {template:16} {precision:.3f} / {recall:.3f} / {seconds * 1000:.1f}")
        means = [sum(values) / len(results) for values in zip(*results.values())]
        print(f"{name:12} {'mean':16} {means[0]:.3f} / {means[1]:.3f} / {means[2] * 1000:.1f}")


if __name__ == "__main__":
    main()
