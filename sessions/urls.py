from django.urls import path

app_name = "training_sessions"

urlpatterns = []
