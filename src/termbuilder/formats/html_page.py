"""The frame of the HTML glossary: style for screen and paper, and the few lines of script that search."""

HEAD = """<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'">
<title>{title}</title>
<style>
:root { --ink: #1c2430; --soft: #5b6675; --line: #dfe4ec; --paper: #fff; --back: #f5f7fa; --deep: #1f3864; --mark: #ffe9a8;
  --yes: #2e6b34; --yes-back: #e2f0d9; --maybe: #7f6000; --maybe-back: #fff2cc; --no: #6b6b6b; --no-back: #e7e6e6; }
* { box-sizing: border-box; }
body { margin: 0; background: var(--back); color: var(--ink); line-height: 1.55;
  font: 16px/1.55 "Segoe UI", "Helvetica Neue", "Noto Sans", Arial, "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", sans-serif; }
[lang|="zh"] { font-family: "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", "Source Han Sans SC", sans-serif; }
.top { background: var(--deep); color: #fff; padding: 1.6rem 1rem 1.2rem; }
.top div { max-width: 56rem; margin: 0 auto; }
main, footer { max-width: 58rem; margin: 0 auto; }
h1 { margin: 0 0 .2rem; font-size: 1.7rem; font-weight: 600; overflow-wrap: anywhere; }
.top p { margin: 0; opacity: .85; }
.find { position: sticky; top: 0; z-index: 1; background: var(--back); border-bottom: 1px solid var(--line); padding: .7rem 1rem; }
.find form { max-width: 56rem; margin: 0 auto; display: flex; gap: .7rem; flex-wrap: wrap; align-items: center; }
.find input[type=search] { flex: 1 1 16rem; min-width: 0; padding: .55rem .8rem; font: inherit; border: 1px solid #b8c2d0; border-radius: .4rem; background: #fff; color: inherit; }
.find label { color: var(--soft); white-space: nowrap; }
.find nav { max-width: 56rem; margin: .35rem auto 0; display: flex; flex-wrap: wrap; gap: .1rem .7rem; font-size: .9rem; }
.find nav a { text-decoration: none; }
.find output { color: var(--soft); min-width: 6rem; }
main { padding: .5rem 1rem 2rem; }
.letter { margin: 1.4rem 0 .5rem; color: var(--deep); font-size: 1.2rem; border-bottom: 2px solid var(--deep); scroll-margin-top: 6rem; }
article { background: var(--paper); border: 1px solid var(--line); border-radius: .5rem; padding: .8rem 1.1rem; margin: .6rem 0; scroll-margin-top: 6.5rem;
  content-visibility: auto; contain-intrinsic-size: auto 11rem; }
article:target { border-color: var(--deep); box-shadow: 0 0 0 2px var(--deep); }
article header { display: flex; justify-content: space-between; gap: 1rem; align-items: baseline; }
h3 { margin: 0; font-size: 1.25rem; overflow-wrap: anywhere; }
.pinyin { font-weight: 400; font-size: 1rem; color: var(--soft); margin-left: .4rem; }
.tag { font-size: .75rem; padding: .1rem .55rem; border-radius: 1rem; white-space: nowrap; }
.tag.approved { background: var(--yes-back); color: var(--yes); }
.tag.suggested { background: var(--maybe-back); color: var(--maybe); }
.tag.rejected { background: var(--no-back); color: var(--no); }
p { margin: .3rem 0; overflow-wrap: anywhere; }
.english { font-size: 1.08rem; }
.english .approved { font-weight: 600; color: var(--deep); }
.english .suggested { font-style: italic; }
.none, .small, cite { color: var(--soft); }
s { text-decoration-color: #c00; color: var(--no); }
.definition { border-left: 3px solid var(--deep); padding-left: .7rem; }
.contexts { margin: .4rem 0; padding-left: 1.2rem; }
.contexts li { margin: .2rem 0; overflow-wrap: anywhere; }
mark { background: var(--mark); color: inherit; font-weight: 600; padding: 0 .1em; border-radius: .15em; }
cite, .small { font-size: .82rem; font-style: normal; }
cite::before { content: "— "; }
.note { background: #f3f6fb; padding: .3rem .6rem; border-radius: .3rem; }
a { color: #1a5fb4; }
footer { padding: 1rem; border-top: 1px solid var(--line); color: var(--soft); }
footer h2 { font-size: 1rem; }
[hidden] { display: none !important; }
@media print {
  body { background: #fff; font-size: 9pt; line-height: 1.4; }
  h3 { font-size: 11.5pt; }
  .english { font-size: 10pt; }
  .pinyin, .contexts, .definition { font-size: 9pt; }
  p { margin: .15rem 0; }
  .top { background: none; color: #000; padding: 0 0 .4rem; border-bottom: 1pt solid #000; }
  .find { display: none; }
  main, footer { max-width: none; padding: 0; }
  article { border: 0; border-bottom: .5pt solid #999; border-radius: 0; padding: .35rem 0; margin: 0; break-inside: avoid; content-visibility: visible; }
  .letter { break-after: avoid; }
  a { color: inherit; text-decoration: none; }
  mark { background: none; text-decoration: underline; }
  @page { margin: 16mm 14mm; }
}
</style>
</head>
<body>
<div class="top"><div><h1>{title}</h1><p>{about}</p></div></div>
<div class="find"><form role="search" onsubmit="return false"><input type="search" id="q" placeholder="Search: 中文, pinyin, English" aria-label="Search" autocomplete="off">
<label><input type="checkbox" id="only"> approved only</label><output id="n" aria-live="polite"></output></form>
<nav aria-label="Letters">{letters}</nav></div>
<main>
"""

# Search folds case and tone marks, so that "jiebang" finds jiēbǎng; every word must occur.
FOOT = """<p id="empty" hidden>Nothing found. Try fewer words, or pinyin without tones.</p>
</main>
<footer>{sources}</footer>
<script>
(function () {
  var fold = function (s) { return s.normalize("NFD").replace(/[\\u0300-\\u036f]/g, "").toLowerCase(); };
  var articles = Array.prototype.slice.call(document.querySelectorAll("article"));
  var texts = null, q = document.getElementById("q"), only = document.getElementById("only"), timer;
  function show() {
    texts = texts || articles.map(function (a) {
      var t = fold(a.textContent), p = a.querySelector(".pinyin");
      return t + " " + (p ? fold(p.textContent).replace(/[^a-z0-9]/g, "") : "");
    });
    var words = fold(q.value).split(/\\s+/).filter(Boolean), n = 0;
    articles.forEach(function (a, i) {
      var yes = words.every(function (w) { return texts[i].indexOf(w) >= 0; }) && (!only.checked || a.classList.contains("approved"));
      a.hidden = !yes;
      if (yes) n++;
    });
    document.querySelectorAll(".letter").forEach(function (h) {
      var e = h.nextElementSibling;
      while (e && e.tagName === "ARTICLE" && e.hidden) e = e.nextElementSibling;
      h.hidden = !(e && e.tagName === "ARTICLE");
    });
    document.getElementById("n").textContent = words.length || only.checked ? n + " of " + articles.length : "";
    document.getElementById("empty").hidden = n > 0;
  }
  function soon() { clearTimeout(timer); timer = setTimeout(show, 120); }
  q.addEventListener("input", soon);
  only.addEventListener("change", show);
  addEventListener("hashchange", function () {
    var a = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (a && a.hidden) { q.value = ""; only.checked = false; show(); a.scrollIntoView(); }
  });
})();
</script>
</body>
</html>
"""
