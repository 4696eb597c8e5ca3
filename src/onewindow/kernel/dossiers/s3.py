"""The store in a bucket of S3-compatible storage: `s3://bucket/prefix?endpoint=https://…&region=…`.

Keys come from the environment as boto3 reads them (AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, or its files). An
object appears whole or not at all: that is what S3 promises of a PUT and of a completed multipart upload.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, BinaryIO, cast
from urllib.parse import parse_qs, urlsplit

import boto3
from boto3.exceptions import Boto3Error
from boto3.s3.transfer import TransferConfig
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError

from onewindow.kernel.dossiers.store import DIGEST, Blob, Missing, StoreError, incoming, verified

_KNOWN = ("endpoint", "region")
_ABSENT = ("404", "NoSuchKey", "NotFound")
_PLAIN = TransferConfig(use_threads=False, multipart_threshold=16 << 20, multipart_chunksize=16 << 20)


class Bucket:
    """A store in a bucket. `Store` says what its methods do."""

    def __init__(self, where: str) -> None:
        """Raises StoreError for an address that cannot be."""
        parts = urlsplit(where)
        asked = parse_qs(parts.query)
        strange = sorted(asked.keys() - set(_KNOWN))
        if not parts.netloc or strange:
            told = f"，不认识 {'、'.join(strange)}" if strange else ""
            raise StoreError(f"存储地址应写作 s3://桶名/前缀?endpoint=地址&region=区域{told}。")
        self._bucket, prefix = parts.netloc, parts.path.strip("/")
        self._prefix = f"{prefix}/" if prefix else ""
        endpoint = asked.get("endpoint", [""])[0]
        self._client: Any = boto3.client(
            "s3",
            endpoint_url=endpoint or None,
            region_name=asked.get("region", ["us-east-1"])[0],
            config=Config(
                connect_timeout=5,
                read_timeout=60,
                retries={"max_attempts": 4, "mode": "standard"},
                s3={"addressing_style": "path"} if endpoint else {},
                # SM3 says whether the content is right; not every storage knows Amazon's newer checksums
                request_checksum_calculation="when_required",
                response_checksum_validation="when_required",
            ),
        )

    def keep(self, path: Path, digest: str) -> None:
        with self._told():
            self._client.upload_file(str(path), self._bucket, self._key(digest), Config=_PLAIN)

    def has(self, digest: str) -> bool:
        try:
            self.blob(digest)
        except Missing:
            return False
        return True

    def open(self, digest: str) -> BinaryIO:
        file = cast("BinaryIO", tempfile.TemporaryFile(dir=incoming()))  # noqa: SIM115 - the caller closes it
        try:
            with self._told(digest):
                self._client.download_fileobj(self._bucket, self._key(digest), file, Config=_PLAIN)
            return verified(file, digest)
        except BaseException:
            file.close()
            raise

    def blob(self, digest: str) -> Blob:
        with self._told(digest):
            head = self._client.head_object(Bucket=self._bucket, Key=self._key(digest))
            return Blob(digest, head["ContentLength"], head["LastModified"].timestamp())

    def blobs(self) -> Iterator[Blob]:
        for name, one in self._objects():
            if DIGEST.fullmatch(name):
                yield Blob(name, one["Size"], one["LastModified"].timestamp())

    def strange(self) -> Iterator[str]:
        return (name for name, _one in self._objects() if not DIGEST.fullmatch(name))

    def remove(self, digest: str) -> None:
        with self._told():
            self._client.delete_object(Bucket=self._bucket, Key=self._key(digest))

    def _objects(self) -> Iterator[tuple[str, dict[str, Any]]]:
        """Objects under the prefix, in the order of their names, which is S3's."""
        with self._told():
            pages = self._client.get_paginator("list_objects_v2")
            for page in pages.paginate(Bucket=self._bucket, Prefix=self._prefix):
                for one in page.get("Contents", ()):
                    yield one["Key"].removeprefix(self._prefix), one

    def _key(self, digest: str) -> str:
        assert DIGEST.fullmatch(digest), digest
        return self._prefix + digest

    @contextmanager
    def _told(self, digest: str = "") -> Iterator[None]:
        """What the storage refuses, as a StoreError."""
        try:
            yield
        except (ClientError, Boto3Error) as error:
            code = _code(error)
            if digest and code in _ABSENT:
                raise Missing(f"存储中缺少材料 {digest}，请从备份恢复。") from None
            raise StoreError(f"对象存储拒绝了请求（{code}）。请检查桶 {self._bucket} 和访问密钥。") from error
        except (BotoCoreError, OSError) as error:
            told = type(error).__name__
            raise StoreError(f"连不上对象存储（{told}）。请检查 ONEWINDOW_STORAGE 和网络。") from error


def _code(error: BaseException | None) -> str:
    """The storage's own code for what it refused; an upload that failed carries it as its context."""
    if isinstance(error, ClientError):
        return str(error.response.get("Error", {}).get("Code", ""))
    return type(error).__name__ if error is None or error.__context__ is None else _code(error.__context__)
