"""To be forgotten: first what it means, then the deed."""

from commands.kit.context import Context
from commands.kit.inlines import Strong, T
from commands.kit.reply import Action, Audience, Reply, Text


async def offer_to_forget(ctx: Context) -> Reply:
    """Say what to be forgotten means, and offer it."""
    kept = await ctx.store.people.data_about(ctx.person)
    acts = T("{n} act", "{n} acts", n=kept.revisions)
    drafts = T("{n} draft", "{n} drafts", n=kept.drafts)
    what = T(
        "A random pseudonym replaces your name and id on {acts} and {drafts}.",
        acts=acts,
        drafts=drafts,
    )
    stays = T("What you filed stays on record. This cannot be undone.")
    yes = Action(T("Forget me"), "me", {"forget": "yes"}, confirms=True)
    return Reply(
        (Strong(T("Forget you?")),), (Text((what, " ", stays)),), (yes,), audience=Audience.ASKER
    )


async def forget_caller(ctx: Context) -> Reply:
    """Forget who asks."""
    done = await ctx.store.people.forget(ctx.act("forget", "Asked for by the person."))
    name = done.after["forgotten"] if isinstance(done.after, dict) else ""
    rule = T(
        "Everything you did here is now signed “{name}”. Nobody can tell that it was you.",
        name=str(name),
    )
    again = T("If you come back, your limits still apply.")
    return Reply(
        (Strong(T("You are forgotten.")),), (Text((rule, " ", again)),), audience=Audience.ASKER
    )
