"""A Django form field as the `ui.field` component wants it: one flat description, whatever the widget."""

from dataclasses import dataclass, field
from typing import Any

from django.forms import BoundField
from django.forms.widgets import CheckboxInput, ChoiceWidget, FileInput, Select, Textarea

_KINDS = {"radio": "radio", "checkbox": "checkboxes"}


@dataclass
class Control:
    name: str
    label: str
    id: str
    kind: str
    """An input's type, or textarea, select, radio, checkboxes, checkbox, file."""
    value: Any = None
    hint: str = ""
    errors: list[str] = field(default_factory=list)
    required: bool = False
    disabled: bool = False
    options: list[tuple[str, str, bool]] = field(default_factory=list)
    """(value, words, chosen)."""
    attrs: dict[str, Any] = field(default_factory=dict)


def control(bound: BoundField) -> Control:
    """Describe a bound field; the errors are those of the form, in words."""
    widget = bound.field.widget
    return Control(
        name=bound.html_name,
        label=str(bound.label),
        id=bound.id_for_label or bound.auto_id or bound.html_name,
        kind=_kind(widget),
        value=_value(bound),
        hint=str(bound.help_text or ""),
        errors=[str(error) for error in bound.errors],
        required=bound.field.required,
        disabled=bound.field.disabled,
        options=_options(bound),
        attrs=_attributes(bound),
    )


def _attributes(bound: BoundField) -> dict[str, Any]:
    """What the widget adds (maxlength, rows, a chosen autocomplete); Django's default of 10 rows is taken for none."""
    widget = bound.field.widget
    given: dict[str, Any] = {
        **bound.build_widget_attrs(dict(widget.attrs), widget),
        "required": None,
        "disabled": None,
    }
    if isinstance(widget, Textarea):
        given |= {"cols": None, "rows": 5 if str(given.get("rows")) == "10" else given.get("rows")}
    if getattr(widget, "allow_multiple_selected", False):
        given["multiple"] = True
    return given


def _kind(widget: Any) -> str:
    if isinstance(widget, Textarea):
        return "textarea"
    if isinstance(widget, Select):
        return "select"
    if isinstance(widget, ChoiceWidget):
        return _KINDS.get(widget.input_type or "", "radio")
    if isinstance(widget, CheckboxInput):
        return "checkbox"
    if isinstance(widget, FileInput):
        return "file"
    return getattr(widget, "input_type", None) or "text"


def _value(bound: BoundField) -> Any:
    widget = bound.field.widget
    if isinstance(widget, CheckboxInput):
        return widget.check_test(bound.value())
    if isinstance(widget, FileInput) or getattr(widget, "input_type", "") == "password":
        return None
    return widget.format_value(bound.value())


def _options(bound: BoundField) -> list[tuple[str, str, bool]]:
    widget = bound.field.widget
    if not isinstance(widget, ChoiceWidget):
        return []
    chosen = widget.format_value(bound.value())
    return [
        (str(option["value"]), str(option["label"]), bool(option["selected"]))
        for _, options, _ in widget.optgroups(bound.html_name, chosen)
        for option in options
    ]
