"""Discord's limits, each from its reference.

Messages and components
    https://discord.com/developers/docs/resources/message#create-message
    https://discord.com/developers/docs/components/reference
Commands and their options
    https://discord.com/developers/docs/interactions/application-commands#application-command-object
Interactions
    https://discord.com/developers/docs/interactions/receiving-and-responding#interaction-callback
"""

COMPONENTS = 40
"""Components of one message, those inside others among them."""
TEXT = 4000
"""Characters of all the text displays of one message."""
CARD = 3500
"""Characters after which a card is cut, with a way to the rest: room is left for what frames it."""
ROW = 5
"""Buttons of one row."""
CUSTOM_ID = 100
LABEL = 80
OPTIONS = 25
"""Parameters of a command, choices of a parameter, suggestions at a time."""
CHOICE = 100
"""Characters of a suggestion's name and of its value."""
DESCRIPTION = 100
MODAL_TITLE = 45
MODAL_INPUTS = 5
INPUT = 4000
INPUT_LABEL = 45
FIRST_ANSWER_S = 3.0
"""Seconds in which an interaction has to be answered or deferred."""
TOKEN_S = 15 * 60
"""Seconds for which an interaction's token can be used."""
NONCE = 25


def cut(text: str, most: int) -> str:
    """Return text of at most so many characters, an ellipsis showing where it was cut."""
    return text if len(text) <= most else text[: most - 1].rstrip() + "…"
