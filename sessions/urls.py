
app_name = "training_sessions"

urlpatterns = []
