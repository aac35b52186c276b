"""The baseline: Django with nothing in front of it, one view with one SELECT, one with one UPDATE."""

import os

import django
from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.db import connection
from django.http import HttpResponse
from django.urls import path

from rtportal.env import database

settings.configure(
    ROOT_URLCONF=__name__,
    ALLOWED_HOSTS=["*"],
    MIDDLEWARE=[],
    INSTALLED_APPS=[],
    DATABASES={"default": database(os.environ["DATABASE_URL"], None)},
    USE_TZ=True,
)
django.setup()


def show(request, pk: int) -> HttpResponse:
    with connection.cursor() as cursor:
        cursor.execute("SELECT word FROM bare_row WHERE id = %s", [pk])
        return HttpResponse(cursor.fetchone()[0])


def change(request, pk: int) -> HttpResponse:
    with connection.cursor() as cursor:
        cursor.execute("UPDATE bare_row SET word = %s WHERE id = %s", [request.POST["word"], pk])
    return HttpResponse("ok")


urlpatterns = [path("show/<int:pk>", show), path("change/<int:pk>", change)]
application = get_wsgi_application()
