"""What officials are asked for to show that it is them: a code or the password."""

from collections.abc import Iterator
from contextlib import contextmanager

from allauth.account.adapter import get_adapter as get_account_adapter
from allauth.account.forms import ReauthenticateForm as PasswordForm
from allauth.mfa.adapter import get_adapter
from allauth.mfa.base.forms import AuthenticateForm, ReauthenticateForm
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.webauthn.forms import (
    AddWebAuthnForm,
    AuthenticateWebAuthnForm,
    EditWebAuthnForm,
    ReauthenticateWebAuthnForm,
)
from django import forms
from django.core.exceptions import ValidationError

# What django-allauth calls a limit that is reached, in its forms of codes and passkeys.
_TOO_OFTEN = {"too_many_login_attempts", "rate_limited"}
CODE, CODE_HINT = "Kode pengaman", "6 angka dari aplikasi kode, atau salah satu kode cadangan Anda."


def _ask_for_code(form: forms.Form, *, label: str, hint: str = "") -> None:
    field = form.fields["code"]
    field.label, field.help_text = label, hint
    field.widget = forms.TextInput(
        attrs={"autocomplete": "one-time-code", "inputmode": "numeric", "autocapitalize": "none", "maxlength": 20}
    )
    field.max_length = 20


@contextmanager
def _says_how_long_to_wait(form: forms.Form) -> Iterator[None]:
    """django-allauth counts the guesses of each account and address, but knows one sentence for all of them."""
    try:
        yield
    except ValidationError as error:
        if getattr(error, "code", None) not in _TOO_OFTEN:
            raise
        raise get_account_adapter().too_many_codes(form.user) from error


class SignInCodeForm(AuthenticateForm):
    """The code of the second step of signing in."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        _ask_for_code(self, label=CODE, hint=CODE_HINT)

    def clean_code(self) -> str:
        with _says_how_long_to_wait(self):
            return super().clean_code()


class ProofCodeForm(ReauthenticateForm):
    """The code before what needs a fresh proof."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        _ask_for_code(self, label=CODE, hint=CODE_HINT)

    def clean_code(self) -> str:
        with _says_how_long_to_wait(self):
            return super().clean_code()


class SignInPasskeyForm(AuthenticateWebAuthnForm):
    """The passkey as the second step of signing in."""

    def clean_credential(self) -> Authenticator:
        with _says_how_long_to_wait(self):
            return super().clean_credential()


class ProofPasskeyForm(ReauthenticateWebAuthnForm):
    """The passkey before what needs a fresh proof."""

    def clean_credential(self) -> Authenticator:
        with _says_how_long_to_wait(self):
            return super().clean_credential()


class ProofPasswordForm(PasswordForm):
    """The password before what needs a fresh proof, of somebody without a second factor."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["password"] = forms.CharField(
            label="Kata sandi",
            max_length=200,
            strip=False,
            widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
        )


def _name_of_passkey(is_required: bool) -> forms.CharField:
    return forms.CharField(label="Nama kunci ini", max_length=60, required=is_required)


class PasskeyNameForm(EditWebAuthnForm):
    """Another name for a passkey."""

    name = _name_of_passkey(is_required=True)


class NewPasskeyForm(AddWebAuthnForm):
    """A passkey to be added; what is none at all is refused like one that does not fit."""

    name = _name_of_passkey(is_required=False)

    def clean(self) -> dict:
        try:
            return super().clean()
        except (ValueError, KeyError) as error:
            # What the library raises where the parts of a credential contradict each other.
            raise get_adapter().validation_error("incorrect_code") from error


class FirstCodeForm(ActivateTOTPForm):
    """The first code of a new authenticator app."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        _ask_for_code(self, label="Kode 6 angka yang tampil di aplikasi")

    def clean_code(self) -> str:
        with _says_how_long_to_wait(self):
            return super().clean_code()
