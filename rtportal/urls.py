"""Every address of the portal."""

from django.urls import include, path

urlpatterns = [
    path("", include("participants.urls")),
    path("akun/", include("rtportal.accounts.urls")),
    path("", include("rtportal.web.urls")),
    path("", include("rtportal.messaging.urls")),
    path("", include("rtportal.documents.urls")),
    path("", include("programs.urls")),
    path("", include("sessions.urls")),
]
