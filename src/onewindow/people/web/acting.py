"""Forms that carry out an act: what the act refuses is shown at the field it is about, with all that was typed."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms

from onewindow.kernel.api import FactsInvalid, NotAllowed, NotFound, NotPossible

INVALID = 422


class ActForm(forms.Form):
    """`result`: what the act gave, once it was carried out."""

    result: Any = None

    def carried_out(self, act: Callable[[dict[str, Any]], object]) -> bool:
        """Whether the form was sent, is complete, and the act was done with what it says."""
        if not self.is_bound or not self.is_valid():
            return False
        try:
            self.result = act(self.cleaned_data)
        except FactsInvalid as invalid:
            for fault in invalid.faults:
                self.add_error(fault.key if fault.key in self.fields else None, fault.message)
        except (NotAllowed, NotFound, NotPossible) as refused:
            self.add_error(None, refused.message)
        return not self.errors

    @property
    def status(self) -> int:
        """Of the answer that shows the form."""
        return INVALID if self.errors else 200


class Text(forms.CharField):
    """Text that the act itself judges: where it is missing, that is told with all else that is wrong."""

    def __init__(self, *, asked: bool = True, **kwargs: Any) -> None:
        super().__init__(required=False, **kwargs)
        self.asked = asked
        if asked:
            self.widget.attrs["aria-required"] = "true"


def day_field(label: Any, *, required: bool = True, hint: Any = "") -> forms.DateField:
    """A day."""
    widget = forms.DateInput(attrs={"type": "date", "class": "short"}, format="%Y-%m-%d")
    return forms.DateField(label=label, required=required, widget=widget, help_text=hint)
