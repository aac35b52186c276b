"""Refusals of the use cases about officials."""

from rtportal.lib.errors import InputError


class OfficialRefused(InputError):
    """The wish cannot be fulfilled. `field` names the input it hangs on, empty if it is about the whole."""

    def __init__(self, sentence: str, *, field: str = ""):
        super().__init__(sentence)
        self.field = field
