"""Neutral addresses of the log: what anyone needs to check it without this portal."""

from django.urls import path

from agreements.opendata.log import views

log_urlpatterns = [
    path("log/checkpoint.txt", views.checkpoint, name="log_checkpoint"),
    path("log/key.txt", views.key, name="log_key"),
    path("log/verify_moc.py", views.script, name="log_script"),
    path("log/verify-it-yourself.md", views.guide, name="log_guide"),
]
