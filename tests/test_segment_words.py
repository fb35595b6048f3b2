"""Words join back to the passage, whatever stands in it."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from termbuilder.segment import words

# what stands in documents of the genre, and what has no business there
TEXTS = st.text(st.sampled_from("云溪市揭榜挂帅瞪羚企业的在“”《》（），。、532+％一核两园 \t\u3000AIGC-éаα\U00020bb7😀\u200b\ufffd"), max_size=40) | st.text(
    max_size=30
)  # fmt: skip


@given(TEXTS)
def test_words_join_back_to_the_passage(text: str) -> None:
    found = words(text)
    assert "".join(word.text for word in found) == text
    assert [(word.start, word.end) for word in found] == [
        (start, start + len(word.text))
        for start, word in zip((sum(len(w.text) for w in found[:n]) for n in range(len(found))), found, strict=True)
    ]
    assert all(text[word.start : word.end] == word.text for word in found)
