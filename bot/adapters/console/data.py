"""Answer → data with stable names, for `ask --json`. docs/json.md describes them."""

from typing import Any

from bot.dispatch import Answer, Outcome
from bot.i18n.formatter import Voice
from commands.kit.inlines import Faint, Line, Reference, Strong, WebLink, When
from commands.kit.parser import write_line
from commands.kit.reply import Action, Block, Facts, Form, Heading, Items, Pick, Reply, Small, Text

Data = dict[str, Any]


def as_data(answer: Answer, voice: Voice) -> Data:
    """Return an answer as JSON can hold it: nothing of it is left out."""
    head: Data = {"outcome": answer.outcome.value}
    if answer.code:
        head["code"] = answer.code.value
    if answer.outcome is Outcome.ANSWERED:
        head["about"] = list(answer.about)
    if answer.understood:
        asked = answer.understood
        head["understood"] = {"command": asked.command, "given": dict(asked.given)}
    return head | _reply(answer.reply, voice)


def _reply(reply: Reply, voice: Voice) -> Data:
    more: Data = {}
    if reply.picks:
        more["picks"] = [_pick(pick, voice) for pick in reply.picks]
    if reply.form:
        more["form"] = _form(reply.form, voice)
    if reply.files:
        more["files"] = [{"name": file.name, "bytes": len(file.data)} for file in reply.files]
    return more | {
        "title": _line(reply.title, voice),
        "blocks": [_block(block, voice) for block in reply.blocks if voice.shows(block)],
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
                    "lead": _line(item.lead, voice),
                    "under": [_line(line, voice) for line in item.under],
                }
                for item in block.items
            ]
            return {"type": "items", "items": items}
        case Facts():
            rows = [
                {"label": voice.plain(label), **_line(line, voice)} for label, line in block.rows
            ]
            return {"type": "facts", "rows": rows}


def _line(line: Line, voice: Voice) -> Data:
    """Return a line as text, with its references, days and addresses beside it."""
    line_data: Data = {"text": voice.plain(*line), "refs": [], "days": [], "links": []}
    _collect(line, voice, line_data)
    return {name: value for name, value in line_data.items() if value or name == "text"}


def _collect(line: Line, voice: Voice, line_data: Data) -> None:
    for leaf in voice.leaves(line):
        match leaf:
            case Reference():
                line_data["refs"].append(leaf.ref)
            case When():
                first = leaf.span.earliest
                line_data["days"].append(
                    {
                        "edtf": leaf.span.edtf,
                        "earliest": first.isoformat() if first else None,
                        "latest": leaf.span.latest.isoformat(),
                        "basis": leaf.span.basis.value,
                    }
                )
            case WebLink():
                line_data["links"].append(leaf.url)
            case Strong() | Faint():
                _collect((leaf.inline,), voice, line_data)
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
        "choices": [
            {"label": voice.plain(choice.label), "value": choice.value} for choice in pick.choices
        ],
    }


def _form(form: Form, voice: Voice) -> Data:
    return {
        "title": voice.plain(form.title),
        "line": write_line(form.command, form.given),
        "fields": [
            {
                "name": field.name,
                "label": voice.plain(field.label),
                "value": field.value,
                "required": field.required,
            }
            for field in form.fields
        ],
    }
