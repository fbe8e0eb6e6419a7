from django.db import connection
from django.test import Client


class TestHealth:
    def test_lives_without_asking_the_database(self, client: Client) -> None:
        assert client.get("/health/live").json() == {"status": "live"}

    def test_is_ready_when_every_migration_is_applied(self, client: Client, db: None) -> None:
        response = client.get("/health/ready")

        assert response.status_code == 200

    def test_is_not_ready_while_a_migration_is_pending(self, client: Client, db: None) -> None:
        with connection.cursor() as cursor:
            cursor.execute("DELETE FROM django_migrations WHERE app = 'agreements'")

        response = client.get("/health/ready")

        assert response.status_code == 503
        assert response.json() == {"status": "migrations pending"}

    def test_is_not_ready_without_a_database_and_tells_no_detail(self, client: Client, committed_db: str) -> None:
        connection.close()
        connection.settings_dict["PORT"], port = "9", connection.settings_dict["PORT"]
        try:
            response = client.get("/health/ready")
        finally:
            connection.settings_dict["PORT"] = port

        assert response.status_code == 503
        assert response.json() == {"status": "no database"}
