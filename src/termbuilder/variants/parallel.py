"""Forms made of parallel parts: 碳达峰碳中和, 强链补链."""

from __future__ import annotations


def parallel_parts(key: str) -> tuple[str, ...]:
    """The equally long parts of `key` that share a character in one place; empty if it is not made so.

    >>> parallel_parts("碳达峰碳中和"), parallel_parts("科技创新")
    (('碳达峰', '碳中和'), ())
    """
    if len(set(key)) == len(key):
        return ()
    for length in (2, 3, 4):
        if len(key) % length or len(key) == length:
            continue
        pieces = tuple(key[at : at + length] for at in range(0, len(key), length))
        if any(len(set(column)) == 1 for column in zip(*pieces)):
            return pieces
    return ()
