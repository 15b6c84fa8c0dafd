"""A store in which somebody did one of everything."""

from store import Store
from store.model.entry import VerdictValue
from store.model.revision import Person
from tests.bulk.conftest import many, read
from tests.store.conftest import addition, an_act, an_entry

MEMBER = Person("chat", "77", "Member One")


async def leave_traces(store: Store) -> None:
    """Do one of everything that leaves a trace."""
    await read(store, many(3), create=True)
    await store.moderation.retract(an_act("r", "retract"), 9)
    await store.moderation.check(an_act("c", "check"), 8, VerdictValue.DISPUTED, 1)
    await store.history.write(an_act("m", by=MEMBER), addition(an_entry(text="A member's.")))
    await store.people.forget(an_act("f", "forget", by=MEMBER))
    await store.redaction.redact(an_act("x", "redact"), 7)
    await store.program_state.keep("of the program", "stays behind")
