"""Checks of files given as bytes; S3-compatible storage on this machine."""

from __future__ import annotations

import time

import boto3
import pytest
from moto.server import ThreadedMotoServer

from onewindow.kernel.dossiers.checks.inspecting import inspect
from onewindow.kernel.dossiers.checks.verdict import Limits, Unfit

LIMITS = Limits()


@pytest.fixture
def check(tmp_path):
    """`check(content)`: the kind of file that it is, or the code of why it is refused."""

    def checked(content: bytes, limits: Limits = LIMITS) -> str:
        path = tmp_path / "file"
        path.write_bytes(content)
        try:
            return inspect(path, limits).kind
        except Unfit as unfit:
            refused = unfit
        assert "请" in refused.message or "可以上传" in refused.message, "every refusal says how to mend it"
        return refused.code

    return checked


@pytest.fixture(scope="session")
def s3_server():
    """S3-compatible storage on a socket of this machine."""
    server = ThreadedMotoServer(port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    yield f"http://{host}:{port}"
    server.stop()


@pytest.fixture
def bucket(s3_server, monkeypatch):
    """An empty bucket: its address for ONEWINDOW_STORAGE, and a client of its own."""
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "test")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "test")
    client = boto3.client("s3", endpoint_url=s3_server, region_name="us-east-1")
    name = f"b{time.time_ns()}"
    client.create_bucket(Bucket=name)
    return f"s3://{name}/documents?endpoint={s3_server}", client, name
