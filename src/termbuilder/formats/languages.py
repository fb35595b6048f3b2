"""Language codes and names as different programs write them."""

from __future__ import annotations

import re

# Names that MultiTerm, workbooks and translators use; a code is tried first.
_NAMES = {
    "chinese": "zh-CN", "chinese (simplified)": "zh-CN", "chinese simplified": "zh-CN", "simplified chinese": "zh-CN",
    "chinese (prc)": "zh-CN", "chinese (china)": "zh-CN", "chinese (simplified, prc)": "zh-CN", "chinese (simplified, china)": "zh-CN",
    "chinese (simplified han, china)": "zh-CN", "chinese (traditional)": "zh-TW", "traditional chinese": "zh-TW",
    "chinese (taiwan)": "zh-TW", "chinese (traditional, taiwan)": "zh-TW", "chinese (hong kong)": "zh-HK", "mandarin": "zh-CN",
    "中文": "zh-CN", "汉语": "zh-CN", "简体中文": "zh-CN", "中文(简体)": "zh-CN", "繁体中文": "zh-TW", "英文": "en", "英语": "en",
    "english": "en", "english (united states)": "en-US", "english (us)": "en-US", "english (usa)": "en-US",
    "english (united kingdom)": "en-GB", "english (uk)": "en-GB", "german": "de", "french": "fr", "spanish": "es",
    "italian": "it", "russian": "ru", "japanese": "ja", "korean": "ko", "portuguese": "pt", "latvian": "lv",
}  # fmt: skip
_CODE = re.compile(r"(?P<primary>[A-Za-z]{2,3})(?:[-_](?P<script>[A-Za-z]{4}))?(?P<rest>(?:[-_][A-Za-z0-9]{2,8})*)")
# Words of two or three letters that head a column and are no language.
_NO_LANGUAGE = frozenset(["id", "no", "nr", "url", "pos", "tag", "tid", "cid", "key", "sub", "new", "old", "tbx", "ref", "use"])


def language_code(text: str) -> str:
    """The BCP 47 tag for a code or the name of a language, or nothing if it is none.

    >>> language_code("zh_cn"), language_code("EN"), language_code("Chinese (Simplified)"), language_code("Notiz")
    ('zh-CN', 'en', 'zh-CN', '')
    """
    text = text.strip().replace("（", "(").replace("）", ")")
    if text.lower() in _NAMES:
        return _NAMES[text.lower()]
    match = _CODE.fullmatch(text)
    if match is None or text.lower() in _NO_LANGUAGE:
        return ""
    primary = match["primary"].lower()
    primary = "zh" if primary in ("cmn", "zho", "chi") else "en" if primary == "eng" else primary
    script = [match["script"].title()] if match["script"] else []
    rest = [part.upper() if len(part) == 2 else part for part in re.split("[-_]", match["rest"])[1:]]
    return "-".join([primary, *script, *rest])


_HAN = re.compile("[㐀-䶿一-鿿豈-﫿𠀀-𳑏]")


def language_of(text: str) -> str:
    """`zh` for a text with Han characters, else `en`: for a definition that does not say what language it is in.

    >>> language_of("指面向社会公开征集能人"), language_of("an open call")
    ('zh', 'en')
    """
    return "zh" if _HAN.search(text) else "en"
