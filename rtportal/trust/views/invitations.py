"""Inviting officials, and the page on which they come in."""

from http import HTTPStatus

from allauth.account.utils import perform_login
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from rtportal.accounts.models import User
from rtportal.accounts.row_guard import beyond_scope
from rtportal.accounts.scope import Right
from rtportal.lib import clock, links
from rtportal.trust.errors import OfficialRefused
from rtportal.trust.forms.officials import AcceptForm, InviteForm
from rtportal.trust.invitation_links import invitation_url
from rtportal.trust.invitation_mail import mail_invitation
from rtportal.trust.models import OfficialInvitation
from rtportal.trust.use_cases.accept_invitation import accept_invitation
from rtportal.trust.use_cases.invite_official import invite_official
from rtportal.trust.use_cases.resend_invitation import resend_invitation
from rtportal.trust.use_cases.withdraw_invitation import withdraw_invitation
from rtportal.trust.views.officials import listed_places
from rtportal.web.access import fetch, require_anywhere
from rtportal.web.step_up import fresh_proof_required


@require_http_methods(["GET", "HEAD", "POST"])
@fresh_proof_required(when=lambda request: request.method == "POST")
def official_invite(request: HttpRequest) -> HttpResponse:
    require_anywhere(request, Right.MANAGE_OFFICIALS)
    form = InviteForm(request.POST if request.method == "POST" else None, actor=request.user)
    if form.is_bound and form.is_valid():
        try:
            invitation = invite_official(**form.cleaned_data, actor=request.user, now=clock.now())
        except OfficialRefused as refusal:
            form.refuse(refusal)
        else:
            return _sent(request, invitation)
    context = {"form": form, "places": listed_places(request.user)}
    return render(request, "trust/official_invite.html", context, status=422 if form.errors else 200)


@require_safe
def invitation_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """The link to copy while it opens, and what can be done about the invitation."""
    invitation = _invitation(request, pk)
    is_open = invitation.is_open(clock.now())
    context = {
        "invitation": invitation,
        "is_open": is_open,
        "url": invitation_url(invitation.link_id) if is_open else "",
        "is_waiting": not (invitation.accepted_at or invitation.withdrawn_at),
    }
    response = render(request, "trust/invitation_detail.html", context)
    response.headers["Cache-Control"] = "no-store"
    return response


@fresh_proof_required
@require_POST
def invitation_resend(request: HttpRequest, pk: int) -> HttpResponse:
    invitation = _invitation(request, pk)
    try:
        return _sent(request, resend_invitation(invitation=invitation, actor=request.user, now=clock.now()))
    except OfficialRefused as refusal:
        messages.error(request, refusal.sentence)
        return redirect("trust:invitation_detail", invitation.pk)


@require_POST
def invitation_withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    invitation = _invitation(request, pk)
    withdraw_invitation(invitation=invitation, actor=request.user, now=clock.now())
    messages.success(request, f"Undangan untuk {invitation.name} ditarik. Tautannya tidak berlaku lagi.")
    return redirect("trust:official_list")


def _invitation(request: HttpRequest, pk: int) -> OfficialInvitation:
    require_anywhere(request, Right.MANAGE_OFFICIALS)
    return fetch(request, OfficialInvitation.objects.select_related("region", "invited_by"), pk=pk)


def _sent(request: HttpRequest, invitation: OfficialInvitation) -> HttpResponse:
    """Mails the link, now that it is stored, and shows it for whoever sends it another way."""
    if mail_invitation(invitation):
        messages.success(request, f"Undangan dikirim ke {invitation.email}.")
    else:
        messages.warning(request, "E-mail tidak terkirim. Salin tautannya di bawah ini dan kirim sendiri.")
    return redirect("trust:invitation_detail", invitation.pk)


# The link that nobody can guess is the credential. Looking shows; only sending the form acts.
@login_not_required
@sensitive_post_parameters("password1", "password2")
@require_http_methods(["GET", "HEAD", "POST"])
@beyond_scope("whoever holds the link is not responsible anywhere yet")
def invitation_accept(request: HttpRequest, token: str) -> HttpResponse:
    """A new official chooses a password; whoever has an account signs in first and takes the role."""
    rows = OfficialInvitation.objects.open(clock.now()).select_related("region", "invited_by")
    known = links.looks_like_token(token)
    invitation = rows.filter(link_hash=links.hash_token(token)).first() if known else None
    if invitation is None:
        return _accept_page(request, {}, status=HTTPStatus.NOT_FOUND)
    account = request.user if request.user.is_authenticated else None
    has_account = User.objects.filter(email=invitation.email).exists()
    data = request.POST if request.method == "POST" else None
    form = AcceptForm(data, email=invitation.email, name=invitation.name)
    refusal = ""
    if data is not None and (account or form.is_valid()):
        password = "" if account else form.cleaned_data["password1"]
        try:
            user = accept_invitation(invitation=invitation, account=account, password=password, now=clock.now())
        except OfficialRefused as refused:
            refusal = refused.sentence
        else:
            messages.success(request, "Selamat datang. Peran Anda sudah berlaku.")
            return redirect("participants:home") if account else perform_login(request, user)
    context = {
        "invitation": invitation,
        "form": form,
        "account": account,
        "is_other": account is not None and account.email.lower() != invitation.email,
        "must_sign_in": account is None and has_account,
        "refusal": refusal,
    }
    return _accept_page(request, context, status=422 if refusal or form.errors else 200)


def _accept_page(request: HttpRequest, context: dict, status: int) -> HttpResponse:
    response = render(request, "trust/invitation_accept.html", context, status=status)
    # The address is the credential: it must not stay in a cache.
    response.headers["Cache-Control"] = "no-store"
    return response
