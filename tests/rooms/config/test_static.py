"""Styles and scripts are served straight from the rooms, without a folder that somebody must fill first."""

import warnings

import pytest
from django.test import Client
from whitenoise.middleware import WhiteNoiseMiddleware


def test_nothing_is_said_to_be_missing() -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        served = WhiteNoiseMiddleware(lambda request: None)
    assert "/static/ui/nabij.css" in served.files


@pytest.mark.parametrize("file", ["ui/nabij.css", "ui/nabij.js", "vendor/tabler/tabler.min.css"])
def test_a_file_is_there(client: Client, file: str) -> None:
    answer = client.get(f"/static/{file}")
    assert answer.status_code == 200
    assert b"".join(answer.streaming_content)
