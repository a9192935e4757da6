"""The page for load balancers."""

from __future__ import annotations

from apiflask import APIFlask
from flask.testing import FlaskClient
from sqlalchemy import text


def test_a_healthy_installation_says_ok(client: FlaskClient) -> None:
    answer = client.get("/healthz")
    assert answer.status_code == 200
    assert answer.json["status"] == "ok"


def test_without_its_tables_it_says_so_with_a_status_and_without_details(client: FlaskClient, app: APIFlask) -> None:
    with app.app_context(), app.extensions["sqlalchemy"].engine.begin() as connection:
        connection.execute(text("DROP TABLE db_user"))
    answer = client.get("/healthz")
    assert answer.status_code == 500
    assert "db_user" not in answer.text
