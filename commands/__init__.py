"""What a person can ask, written once, knowing no platform."""

from commands import digests, watch
from commands.about import about
from commands.add.assessment import assessment
from commands.add.claim import claim
from commands.add.event import event
from commands.changes import changes
from commands.check import check
from commands.claims import claims
from commands.columns import columns
from commands.desk.actor import actor
from commands.desk.area import area
from commands.desk.control_status import status as desk_status
from commands.desk.event_type import type_ as desk_type
from commands.desk.member import member
from commands.desk.place import place
from commands.desk.source import source
from commands.digest import digest
from commands.draft.create import create
from commands.draft.drop import drop
from commands.draft.file import file
from commands.draft.fill import fill
from commands.draft.from_ import from_
from commands.draft.rebase import rebase
from commands.draft.reject import reject
from commands.draft.show import show
from commands.edit import edit
from commands.entry import entry
from commands.events import events
from commands.export import export
from commands.freeze import freeze
from commands.gaps import gaps
from commands.help import help_
from commands.import_ import import_
from commands.kit.command import Command
from commands.link import link
from commands.log import log
from commands.lookup import lookup
from commands.map import map_
from commands.me import me
from commands.redact import redact
from commands.restore import restore
from commands.retract import retract
from commands.review import review
from commands.room import room
from commands.search import search
from commands.sources import sources
from commands.status import status
from commands.submit import submit
from commands.tell import tell
from commands.timeline import timeline
from commands.undo import undo
from commands.verdict import verdict

COMMANDS: tuple[Command, ...] = (
    status,
    claims,
    events,
    search,
    entry,
    sources,
    map_,
    timeline,
    changes,
    digest,
    digests.add,
    digests.list_,
    digests.remove,
    watch.add,
    watch.list_,
    watch.remove,
    check,
    lookup,
    tell,
    submit,
    me,
    event,
    claim,
    assessment,
    from_,
    edit,
    show,
    fill,
    create,
    file,
    drop,
    rebase,
    review,
    reject,
    retract,
    restore,
    link,
    verdict,
    undo,
    log,
    gaps,
    source,
    desk_status,
    desk_type,
    actor,
    place,
    area,
    member,
    redact,
    freeze,
    export,
    import_,
    columns,
    room,
    help_,
    about,
)
"""Every command, in the order in which /help shows them."""
