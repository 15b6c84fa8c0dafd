"""Any form fits a modal, and what does not fit is named and left alone.

The figures are Discord's, as the loopback server has them apart from the program's own limits.
"""

import asyncio
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from bot.adapters.discord.interactions.modal_submit import read_values
from bot.adapters.discord.rendering.custom_ids import parse_custom_id
from bot.adapters.discord.rendering.modals import (
    FilledForm,
    fix_button,
    modal_sheet,
    parse_filled_form,
)
from bot.adapters.discord.rendering.views import modal
from commands.kit.parser import write_line
from commands.kit.reply import Choice, Field, Form
from tests.discord.given_replies import given_texts, labels
from tests.discord.loopback.rules import At
from tests.discord.loopback.rules_modal import check_modal
from tests.discord.markdown_reader import VOICE, inlines

LABEL, INPUT, TEXT_DISPLAY = 18, 4, 10

names = st.lists(st.from_regex(r"[a-z][a-z_]{0,8}", fullmatch=True), max_size=7, unique=True)
values = st.text(max_size=10) | st.builds(
    str.__mul__, st.text(min_size=1, max_size=5), st.just(999)
)
choices = st.lists(
    st.builds(Choice, labels, st.sampled_from(["", "a", "b" * 101, *map(str, range(30))])),
    max_size=27,
).map(tuple)
fields = st.builds(
    Field, st.just(""), labels, values, st.booleans(), st.booleans(), choices=choices
) | choices.filter(bool).flatmap(
    lambda some: st.builds(
        Field,
        st.just(""),
        labels,
        st.sampled_from([option.value for option in some]),
        st.booleans(),
        choices=st.just(some),
    )
)
forms = st.builds(
    lambda title, given, some, named: Form(
        title,
        "add claim",
        given,
        tuple(replace(f, name=n) for n, f in zip(named, some, strict=False)),
    ),
    inlines | st.text(max_size=99),
    st.dictionaries(st.sampled_from(["draft", "text"]), given_texts, max_size=2),
    st.lists(fields, min_size=1, max_size=7),
    names.filter(bool),
)


def form_payload(form: Form) -> dict[str, Any]:
    """Return what the library sends for a form."""

    async def components() -> dict[str, Any]:
        return modal(modal_sheet(form, VOICE)).to_dict()

    return asyncio.run(components())


def check(shown: dict[str, Any]) -> None:
    """Hold a modal to Discord's rules."""
    at = At()
    check_modal(shown, at)
    assert at.problems == []


def inputs(shown: dict[str, Any]) -> dict[str, str]:
    components = [
        component["component"] for component in shown["components"] if component["type"] == LABEL
    ]
    return {
        component["custom_id"]: component.get("value") or default_value(component)
        for component in components
    }


def default_value(component: dict[str, Any]) -> str:
    return "".join(each["value"] for each in component.get("options", ()) if each.get("default"))


def notes(shown: dict[str, Any]) -> list[str]:
    return [
        component["content"]
        for component in shown["components"]
        if component["type"] == TEXT_DISPLAY
    ]


@settings(max_examples=60)
@given(forms)
def test_any_form_fits_a_modal_and_no_value_is_cut(form: Form) -> None:
    shown = form_payload(form)
    check(shown)
    values, known = inputs(shown), {field.name: field.value for field in form.fields}
    assert values == {name: known[name] for name in values}
    assert list(values) == [name for name in known if name in values]
    assert bool(notes(shown)) == (len(values) < len(known))


@settings(max_examples=30)
@given(forms)
def test_the_id_of_a_form_is_the_line_that_it_completes(form: Form) -> None:
    sheet = modal_sheet(form, VOICE)
    asked = parse_custom_id(sheet.target.custom_id)
    assert asked is not None
    assert asked.verb == "form"
    kept = {sheet.target.key: sheet.target.kept}
    assert (asked.line or kept[asked.key]) == write_line(form.command, form.given)


def of(*some: Field) -> dict[str, Any]:
    return form_payload(Form("A form", "add claim", {}, some))


def test_a_value_that_is_too_long_for_a_form_is_left_out_and_named() -> None:
    """Cut to fit, its end would be lost as soon as somebody corrects another field."""
    shown = of(Field("text", "What was said", "x" * 4001), Field("day", "Which day", "2025-11-07"))
    assert inputs(shown) == {"day": "2025-11-07"}
    assert notes(shown) == ["Too long for this form, left unchanged: What was said."]


def test_a_sixth_field_is_named_and_not_dropped_without_a_word() -> None:
    shown = of(*(Field(f"f{n}", f"Field {n}") for n in range(6)))
    assert list(inputs(shown)) == ["f0", "f1", "f2", "f3"]
    assert notes(shown) == ["Too long for this form, left unchanged: Field 4, Field 5."]


@pytest.mark.parametrize(
    ("title", "shown"),
    [
        ("File a claim: who said what, and where it was read", "File a claim"),
        ("File a claim: who", "File a claim: who"),
        ("x" * 50, "x" * 44 + "…"),
        (": " + "x" * 50, ": " + "x" * 42 + "…"),
        (" ", "/add claim"),
    ],
)
def test_a_long_title_ends_before_its_colon_or_where_it_is_cut(title: str, shown: str) -> None:
    form = Form(title, "add claim", {}, (Field("text", "Text"),))
    assert form_payload(form)["title"] == shown


def test_a_label_that_has_to_be_cut_is_there_in_full_below() -> None:
    label = "Where it was read: its name, its address, or a reference"
    (shown,) = of(Field("source", label))["components"]
    assert shown["label"] == "Where it was read: its name, its address, or…"
    assert shown["description"] == label


def test_a_value_of_several_lines_gets_a_box_that_keeps_them() -> None:
    shown = of(Field("a", "A", "x"), Field("b", "B", "x", long=True), Field("c", "C", "x\ny"))
    assert [component["component"]["style"] for component in shown["components"]] == [1, 2, 2]


def test_an_empty_field_comes_back_empty_and_notes_do_not_come_back() -> None:
    data = {
        "components": [
            {"type": LABEL, "component": {"type": INPUT, "custom_id": "by", "value": ""}},
            {"type": 1, "components": [{"type": INPUT, "custom_id": "day", "value": "today"}]},
            {"type": TEXT_DISPLAY, "id": 3},
        ]
    }
    assert read_values(data) == {"by": "", "day": "today"}


@pytest.mark.parametrize("data", [{}, {"components": None}, {"components": [7, {"component": 7}]}])
def test_a_form_that_is_none_has_no_values(data: dict[str, Any]) -> None:
    assert read_values(data) == {}


@given(st.text(), st.dictionaries(st.text(max_size=9), st.text(), max_size=5))
def test_what_was_typed_is_kept_to_the_letter(line: str, values: dict[str, str]) -> None:
    """A line of text would turn “quotes” and «quotes» into plain ones."""
    kept = fix_button("Fix", FilledForm(line, values)).target
    assert parse_filled_form(kept.kept) == FilledForm(line, values)
    assert parse_custom_id(kept.custom_id) is not None


@pytest.mark.parametrize(
    ("count", "required", "kind"),
    [
        (2, True, 21),
        (10, True, 21),
        (11, True, 3),
        (25, True, 3),
        (26, True, INPUT),
        (1, True, 3),
        (2, False, 3),
        (25, False, 3),
    ],
)
def test_a_few_choices_are_radios_and_more_a_menu(count: int, *, required: bool, kind: int) -> None:
    """A radio group cannot be emptied again, so what may stay empty is a menu."""
    some = tuple(Choice(f"Kind {n}", f"k{n}") for n in range(count))
    shown = of(Field("kind", "Kind", "k0", required=required, choices=some))
    check(shown)
    (held,) = [component["component"] for component in shown["components"]]
    assert (held["type"], inputs(shown)) == (kind, {"kind": "k0"})
    assert held["required"] is required


def test_a_value_that_is_none_of_the_choices_can_be_put_right_by_hand() -> None:
    some = (Choice("A strike", "strike"), Choice("Shelling", "shelling"))
    (shown,) = of(Field("type", "Kind", "strik", choices=some))["components"]
    assert (shown["component"]["type"], shown["component"]["value"]) == (INPUT, "strik")


@pytest.mark.parametrize(("values", "read"), [(["strike"], "strike"), ([], "")])
def test_what_is_chosen_comes_back_as_text(values: list[str], read: str) -> None:
    menu = {"type": 3, "custom_id": "type", "values": values}
    radios = {"type": 21, "custom_id": "by", "value": read or None}
    rows = [{"type": LABEL, "component": component} for component in (menu, radios)]
    assert read_values({"components": rows}) == {"type": read, "by": read}
