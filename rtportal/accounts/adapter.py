"""How django-allauth behaves here."""

from allauth.account.adapter import DefaultAccountAdapter


class ClosedAccountAdapter(DefaultAccountAdapter):
    """Officials get their account from an admin; nobody signs up alone."""

    def is_open_for_signup(self, request) -> bool:
        return False
