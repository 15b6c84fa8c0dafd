"""From a text to drafts: each statement that could be checked, each field resting on its words.

`extract` is the way in. `rules` says what a rule is, `english`, `ukrainian` and `russian` have
them; `layout` takes a text apart into lines that state something and lines that do not, `sentences`
into sentences; `place_roles`, `speakers`, `when` and `control` each read one field.
"""
