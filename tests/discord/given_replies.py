"""Replies of any shape, for property tests."""

from hypothesis import strategies as st

from tests.discord.markdown_reader import inlines, line_words, texts

given_texts = st.one_of(texts, st.text(max_size=20), st.text(min_size=90, max_size=200))


labels = st.one_of(
    inlines.filter(lambda inline: line_words((inline,)) != ""),
    st.text(min_size=81, max_size=200),
    st.just(""),
)
