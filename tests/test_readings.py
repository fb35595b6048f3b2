"""What pypinyin's dictionary says, read without its code."""

from __future__ import annotations

from termbuilder import readings


def test_words_and_characters_are_those_of_the_dictionary() -> None:
    from pypinyin.constants import PHRASES_DICT, PINYIN_DICT

    assert {word: spoken.split() for word, spoken in readings.of_words().items()} == {
        word: [usual for usual, *_ in syllables] for word, syllables in PHRASES_DICT.items()
    }
    assert {ord(character): spoken for character, spoken in readings.of_characters().items()} == PINYIN_DICT


def test_names_are_read_by_their_longest_words() -> None:
    assert readings.usual("重庆长江路") == ["chóng", "qìng", "cháng", "jiāng", "lù"]
    assert readings.usual("重重") == ["chóng", "chóng"]
    assert readings.usual("") == []


def test_a_syllable_loses_its_tone_and_keeps_its_dots() -> None:
    assert [readings.without_tone(syllable) for syllable in ("nǚ", "ér", "ń", "de")] == ["nü", "er", "n", "de"]
