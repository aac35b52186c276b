"""Every address of the portal."""

from django.urls import include, path

handler500 = "rtportal.web.views.errors.server_error"

urlpatterns = [
    path("", include("participants.urls")),
    path("akun/", include("rtportal.trust.account_urls")),
    path("", include("rtportal.web.urls")),
    path("", include("rtportal.trust.urls")),
    path("", include("rtportal.privacy.urls")),
    path("", include("rtportal.operations.urls")),
    path("", include("rtportal.messaging.urls")),
    path("", include("rtportal.documents.urls")),
    path("", include("programs.urls")),
    path("", include("sessions.urls")),
]
