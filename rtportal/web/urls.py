from django.urls import path

from rtportal.web.views.health import alive, health
from rtportal.web.views.robots import robots

app_name = "web"

urlpatterns = [
    path("sehat/", health, name="health"),
    path("sehat/hidup/", alive, name="alive"),
    path("robots.txt", robots, name="robots"),
]
