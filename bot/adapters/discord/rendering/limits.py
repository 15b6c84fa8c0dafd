"""Discord's limits, each from its reference. Characters are code points."""

COMPONENTS = 40
"""Components of one message, those inside others among them.

https://discord.com/developers/docs/components/reference#component-reference
"""
TEXT = 4000
"""Characters of all the text displays of one message.

https://discord.com/developers/docs/components/reference#text-display
"""
CARD = TEXT - 200
"""Characters after which a card is cut, with a way to the rest: room is left for what frames it."""
ROW = 5
"""Buttons of one row.

https://discord.com/developers/docs/components/reference#action-row
"""
CUSTOM_ID = 100
"""https://discord.com/developers/docs/components/reference#anatomy-of-a-component-custom-id"""
LABEL = 80
"""Characters on a button.

https://discord.com/developers/docs/components/reference#button-button-structure
"""
MENU = 25
"""Options of one select menu.

https://discord.com/developers/docs/components/reference#string-select
"""
OPTION = 100
"""Characters of an option's label and of its value.

https://discord.com/developers/docs/components/reference#string-select-select-option-structure
"""
PLACEHOLDER = 150
"""Characters that a select menu shows while nothing is chosen.

https://discord.com/developers/docs/components/reference#string-select-string-select-structure
"""
OPTIONS = 25
"""Suggestions at a time.

https://discord.com/developers/docs/interactions/receiving-and-responding#interaction-response-object-autocomplete
"""
CHOICE = 100
"""Characters of a suggestion's name and of its value.

https://discord.com/developers/docs/interactions/application-commands#application-command-object-application-command-option-choice-structure
"""
DESCRIPTION = 100
"""Characters that describe a command or a parameter.

https://discord.com/developers/docs/interactions/application-commands#application-command-object-application-command-structure
"""
OPTION_TEXT = 6000
"""Characters that a text option of a slash command may be declared to take.

https://discord.com/developers/docs/interactions/application-commands#application-command-object-application-command-option-structure
"""
MODAL_TITLE = 45
MODAL_INPUTS = 5
"""https://discord.com/developers/docs/interactions/receiving-and-responding#interaction-response-object-modal"""
INPUT = 4000
"""Characters of a text input, typed or filled in.

https://discord.com/developers/docs/components/reference#text-input-text-input-structure
"""
RADIOS_LEAST, RADIOS = 2, 10
"""Options of a radio group.

https://discord.com/developers/docs/components/reference#radio-group-radio-group-structure
"""
INPUT_LABEL, INPUT_HINT = 45, 100
"""Characters of the label above an input, and of what it may say below.

https://discord.com/developers/docs/components/reference#label-label-structure
"""
THREAD = 100
"""Characters of a thread's name.

https://discord.com/developers/docs/resources/channel#start-thread-from-message-json-params
"""


def cut(text: str, most: int) -> str:
    """Return text of at most so many characters, an ellipsis showing where it was cut."""
    return text if len(text) <= most else text[: most - 1].rstrip() + "…"
