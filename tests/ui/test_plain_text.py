from ui.plain_text import plain


def test_ordinary_sentences_stay_readable() -> None:
    said = "training.batch_size must be at least 2 (one - or two?), 1,000 points; received 'x'."
    assert plain(said) == said


def test_what_could_be_more_than_letters_is_escaped() -> None:
    # CommonMark: a backslash before a sign of punctuation makes it a letter
    assert plain("![x](http://evil.example/x.png)") == r"!\[x\](http\://evil.example/x.png)"
    assert plain("__class__ **bold** `code` ~no~") == r"\_\_class\_\_ \*\*bold\*\* \`code\` \~no\~"
    assert plain("<b> $x$ :red[y] www.evil.example a@b") == r"\<b\> \$x\$ \:red\[y\] www\.evil.example a\@b"
    assert plain("\\[x]") == r"\\\[x\]"
