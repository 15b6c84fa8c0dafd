"""Reply → data with stable names, for `ask --json`. docs/json.md describes them."""

from typing import Any

from bot.i18n.formatter import Voice
from commands.kit.parser import write_line
from commands.kit.reply import (
    Action,
    Block,
    Facts,
    Faint,
    Form,
    Heading,
    Items,
    Line,
    Link,
    Pick,
    Ref,
    Reply,
    Small,
    Strong,
    Text,
    When,
)

Data = dict[str, Any]


def as_data(reply: Reply, voice: Voice) -> Data:
    """Return an answer as JSON can hold it: nothing of it is left out."""
    more: Data = {}
    if reply.picks:
        more["picks"] = [_pick(pick, voice) for pick in reply.picks]
    if reply.form:
        more["form"] = _form(reply.form, voice)
    if reply.files:
        more["files"] = [{"name": one.name, "bytes": len(one.data)} for one in reply.files]
    return more | {
        "title": _line(reply.title, voice),
        "blocks": [_block(block, voice) for block in reply.blocks],
        "actions": [_action(action, voice) for action in reply.actions],
        "tone": reply.tone.value,
        "audience": reply.audience.value,
    }


def _block(block: Block, voice: Voice) -> Data:
    match block:
        case Heading():
            return {"type": "heading", **_line((block.inline,), voice)}
        case Text():
            return {"type": "text", **_line(block.line, voice)}
        case Small():
            return {"type": "small", **_line(block.line, voice)}
        case Items():
            items = [
                {
                    "lead": _line(one.lead, voice),
                    "under": [_line(line, voice) for line in one.under],
                }
                for one in block.items
            ]
            return {"type": "items", "items": items}
        case Facts():
            rows = [
                {"label": voice.plain(label), **_line(line, voice)} for label, line in block.rows
            ]
            return {"type": "facts", "rows": rows}


def _line(line: Line, voice: Voice) -> Data:
    """Return a line as text, with its references, days and addresses beside it."""
    found: Data = {"text": voice.plain(*line), "refs": [], "days": [], "links": []}
    _collect(line, voice, found)
    return {name: value for name, value in found.items() if value or name == "text"}


def _collect(line: Line, voice: Voice, found: Data) -> None:
    for leaf in voice.leaves(line):
        match leaf:
            case Ref():
                found["refs"].append(leaf.ref)
            case When():
                first = leaf.span.earliest
                found["days"].append(
                    {
                        "edtf": leaf.span.edtf,
                        "earliest": first.isoformat() if first else None,
                        "latest": leaf.span.latest.isoformat(),
                        "basis": leaf.span.basis.value,
                    }
                )
            case Link():
                found["links"].append(leaf.url)
            case Strong() | Faint():
                _collect((leaf.inline,), voice, found)
            case _:
                pass


def _action(action: Action, voice: Voice) -> Data:
    return {
        "label": voice.plain(action.label),
        "command": action.command,
        "given": dict(action.given),
        "line": write_line(action.command, action.given),
    }


def _pick(pick: Pick, voice: Voice) -> Data:
    return {
        "label": voice.plain(pick.label),
        "line": write_line(pick.command, pick.given),
        "param": pick.param,
        "chosen": pick.chosen,
        "choices": [{"label": voice.plain(one.label), "value": one.value} for one in pick.choices],
    }


def _form(form: Form, voice: Voice) -> Data:
    return {
        "title": voice.plain(form.title),
        "line": write_line(form.command, form.given),
        "fields": [
            {
                "name": one.name,
                "label": voice.plain(one.label),
                "value": one.value,
                "required": one.required,
            }
            for one in form.fields
        ],
    }
