"""From a text to drafts: each statement that could be checked, each field resting on its words.

`extract` is the way in. `wording` has the rules of each language; `text_layout` takes a text apart
into lines that state something and lines that do not, `sentences` into sentences; `speakers`,
`days_in_text`, and the rooms `places` and `states` each read one field; `draft_fields` puts what
they read into a draft.
"""
