"""The routes for answering interactions, and for what follows the answer."""

from tests.discord.loopback.api import Api, Call, Refused, Routes, unknown
from tests.discord.loopback.asked import (
    AUTOCOMPLETE,
    CHANGE,
    CHOICES,
    COMMAND,
    COMPONENT,
    FORM,
    SAY,
    SUBMIT,
    TOKEN_S,
    WAIT,
    WAIT_TO_CHANGE,
    Interaction,
)
from tests.discord.loopback.clock import Json
from tests.discord.loopback.routes_messages import change, remove, send
from tests.discord.loopback.rules import BAD, At
from tests.discord.loopback.rules_commands import check_choices
from tests.discord.loopback.rules_messages import EPHEMERAL, LOADING, check_message
from tests.discord.loopback.rules_modal import check_modal
from tests.discord.loopback.shapes import message_json, number_components, stamp_body, user_json
from tests.discord.loopback.world import VIEW, Message

routes = Routes()
WEBHOOK = "/webhooks/{app}/{token}"
MOST_FOLLOWUPS = 5
"""Where the bot is only on the member's own account."""
ALLOWED = {
    COMMAND: {SAY, WAIT, FORM},
    COMPONENT: {SAY, WAIT, WAIT_TO_CHANGE, CHANGE, FORM},
    AUTOCOMPLETE: {CHOICES},
    SUBMIT: {SAY, WAIT, WAIT_TO_CHANGE, CHANGE},
}


@routes("POST", "/interactions/{interaction}/{token}/callback")
async def callback(api: Api, call: Call, interaction: str, token: str) -> Json | None:
    asked = api.interactions.get(token)
    if asked is None or str(asked.id) != interaction:
        raise unknown("interaction")
    if asked.response:
        raise Refused(400, 40060, "Interaction has already been acknowledged.")
    if api.clock.now() - asked.asked_at > api.prompt_s:
        raise unknown("interaction")
    kind, data = call.body.get("type"), call.body.get("data") or {}
    _check(api, call, asked)
    asked.responded(kind, data | _number_form(data) if kind == FORM else data, call.arrived)
    if kind == SAY:
        asked.original = await _say(api, asked, data)
    elif kind == WAIT:
        flags = LOADING | (data.get("flags") or 0) & EPHEMERAL
        asked.original = await _say(api, asked, {"flags": flags})
    elif kind == CHANGE and asked.source is not None:
        await change(api, call, asked.source, data)
    if call.query.get("with_response") not in ("1", "true"):
        return None
    return _resource(asked)


def _number_form(modal: Json) -> Json:
    return {"components": number_components(modal["components"])}


def _check(api: Api, call: Call, asked: Interaction) -> None:
    at = At()
    kind, data = call.body.get("type"), call.body.get("data") or {}
    allowed = ALLOWED[asked.type] - (set() if asked.source else {WAIT_TO_CHANGE, CHANGE})
    if not (at / "type").one_of(kind, allowed):
        pass
    elif kind == SAY:
        check_message(data, at / "data", files=call.files)
    elif kind == CHANGE and asked.source is not None:
        check_message(data, at / "data", files=call.files, known=asked.source.payload)
    elif kind == WAIT:
        only = not (data.get("flags") or 0) & ~EPHEMERAL
        (at / "data" / "flags").need(only, BAD, "Only EPHEMERAL can be set.")
    elif kind == CHOICES:
        check_choices(data.get("choices"), asked.focused, at / "data" / "choices")
    elif kind == FORM:
        check_modal(data, at / "data")
    api.refuse_if_wrong(call, at)


async def _say(api: Api, asked: Interaction, body: Json, **more: str) -> Message:
    """Send a message for an interaction, to where it was asked."""
    payload = stamp_body(api.clock, body)
    if asked.hushed:
        payload["flags"] = (payload.get("flags") or 0) | EPHEMERAL
    kind = {COMMAND: 23 if asked.is_menu else 20}.get(asked.type, 0)
    payload |= {
        "type": kind,
        "webhook_id": str(api.world.app),
        "application_id": str(api.world.app),
        "interaction_metadata": _metadata(asked) | more,
    }
    told = bool(asked.channel.permissions(api.world.bot) & VIEW)
    return await send(api, asked.channel, payload, told=told)


def _metadata(asked: Interaction) -> Json:
    fields: Json = {
        "id": str(asked.id),
        "type": asked.type,
        "user": user_json(asked.user),
        "authorizing_integration_owners": dict(asked.owners),
    }
    if asked.type == COMMAND:
        fields["name"] = asked.data["name"]
        fields["command_type"] = asked.data["type"]
        if "target_id" in asked.data:
            kind = "target_message_id" if asked.data["type"] == 3 else "target_user_id"
            fields[kind] = asked.data["target_id"]
    if asked.source is not None and asked.type == COMPONENT:
        fields["interacted_message_id"] = str(asked.source.id)
    if asked.trigger is not None:
        fields["triggering_interaction_metadata"] = _metadata(asked.trigger)
    return fields


def _resource(asked: Interaction) -> Json:
    about: Json = {"id": str(asked.id), "type": asked.type, "channel_id": str(asked.channel.id)}
    resource: Json = {"type": asked.response}
    shown = asked.original
    if shown is not None:
        about |= {
            "response_message_id": str(shown.id),
            "response_message_loading": asked.loading,
            "response_message_ephemeral": shown.ephemeral,
        }
        if asked.response in (SAY, CHANGE):
            resource["message"] = message_json(shown)
    if asked.channel.guild is not None:
        about["guild_id"] = str(asked.channel.guild.id)
    return {"interaction": about, "resource": resource}


def _open(api: Api, app: str, token: str) -> Interaction:
    """Return an interaction that was answered, and may still be followed up."""
    asked = api.interactions.get(token)
    if asked is None or app != str(api.world.app) or asked.response in (0, CHOICES):
        raise unknown("webhook")
    if api.clock.now() - asked.asked_at > TOKEN_S:
        raise Refused(401, 50027, "Invalid Webhook Token")
    return asked


def _find_message(asked: Interaction, which: str) -> Message:
    known = [*asked.followups, *([asked.original] if asked.original else [])]
    for option in known:
        named = option is asked.original if which == "@original" else str(option.id) == which
        if named and not option.deleted:
            return option
    raise unknown("message")


async def _fill(api: Api, call: Call, asked: Interaction, shown: Message) -> Json:
    """Change a message; the wait for it is over."""
    body = dict(call.body)
    if shown is asked.original and asked.loading:
        shown.payload["flags"] &= ~LOADING
        body["flags"] = (body.get("flags") or 0) & ~EPHEMERAL
        await change(api, call, shown, body)
        asked.loading = False
    else:
        await change(api, call, shown, body)
    asked.filled(call.arrived)
    return message_json(shown)


@routes("POST", WEBHOOK)
async def follow(api: Api, call: Call, app: str, token: str) -> Json:
    asked = _open(api, app, token)
    first = asked.original
    if asked.loading and first is not None and not first.deleted:
        return await _fill(api, call, asked, first)
    if "0" not in asked.owners and len(asked.followups) >= MOST_FOLLOWUPS:
        text = "This interaction has reached the maximum number of follow-up messages"
        raise Refused(400, 40094, text)
    at = At()
    check_message(call.body, at, files=call.files)
    api.refuse_if_wrong(call, at)
    more = {"original_response_message_id": str(first.id)} if first is not None else {}
    message = await _say(api, asked, call.body, **more)
    asked.followups.append(message)
    asked.filled(call.arrived)
    return message_json(message)


@routes("GET", WEBHOOK + "/messages/{which}")
async def read(api: Api, _: Call, app: str, token: str, which: str) -> Json:
    return message_json(_find_message(_open(api, app, token), which))


@routes("PATCH", WEBHOOK + "/messages/{which}")
async def edit(api: Api, call: Call, app: str, token: str, which: str) -> Json:
    asked = _open(api, app, token)
    return await _fill(api, call, asked, _find_message(asked, which))


@routes("DELETE", WEBHOOK + "/messages/{which}")
async def delete(api: Api, _: Call, app: str, token: str, which: str) -> None:
    asked = _open(api, app, token)
    shown = _find_message(asked, which)
    if shown is asked.original:
        asked.loading = False
    await remove(api, shown)
