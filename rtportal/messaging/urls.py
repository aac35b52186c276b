from django.urls import path

from rtportal.messaging.views import inbox, messages

app_name = "messaging"

urlpatterns = [
    path("pesan/", messages.message_list, name="message_list"),
    path("pesan/<int:pk>/", messages.message_detail, name="message_detail"),
    path("pesan/<int:pk>/putuskan/", messages.message_resolve, name="message_resolve"),
    path("kotak-masuk/", inbox.inbox_list, name="inbox_list"),
    path("kotak-masuk/<int:pk>/", inbox.inbox_detail, name="inbox_detail"),
]
