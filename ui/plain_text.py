"""Sentences that repeat what strangers wrote, shown as they are."""

from __future__ import annotations

import re

# what may begin a link, a picture, a formula, an icon, or letters of another look; `_` within a word begins nothing
_SIGNS = re.compile(r"[\\`*\[\]<>$~|:#]|(?<![^\W_])_|_(?![^\W_])|(?<=www)\.|@", re.IGNORECASE)


def plain(sentence: str) -> str:
    """Markdown that shows the sentence letter by letter, for `st.info` and its like, which know nothing else."""
    return _SIGNS.sub(r"\\\g<0>", sentence)
