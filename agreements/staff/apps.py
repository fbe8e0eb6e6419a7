"""Makes the desk the site that the admin's classes register with."""

from django.contrib.admin.apps import AdminConfig


class DeskConfig(AdminConfig):
    default_site = "agreements.staff.desk.Desk"
