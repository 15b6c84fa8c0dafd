"""What a person can ask, written once, knowing no platform."""

from commands.about import about
from commands.claims import claims
from commands.entry import entry
from commands.events import events
from commands.help import help_
from commands.kit.spec import Command
from commands.lookup import lookup
from commands.room import room
from commands.search import search
from commands.sources import sources
from commands.status import status

COMMANDS: tuple[Command, ...] = (
    status,
    claims,
    events,
    search,
    entry,
    sources,
    lookup,
    room,
    help_,
    about,
)
"""Every command, in the order in which /help shows them."""
