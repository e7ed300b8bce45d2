"""The store of files: a folder and a bucket behave alike."""

import hashlib
import io
from datetime import UTC, datetime, timedelta

import pytest
from tests.web.buckets import bucket

from duibiao.model.errors import UsageError
from duibiao.storage import blobs as module
from duibiao.storage.blobs import Blobs, StoreError

DATA = b"a package" * 300_000
DIGEST = hashlib.sha256(DATA).hexdigest()


@pytest.fixture(params=["folder", "bucket"])
def blobs(request, tmp_path):
    if request.param == "folder":
        yield Blobs(str(tmp_path / "files"))
        return
    with bucket() as url:
        yield Blobs(f"{url}/files")


def test_a_file_comes_back_as_it_was(blobs, tmp_path):
    assert blobs.put(io.BytesIO(DATA)) == DIGEST
    assert blobs.has(DIGEST)
    assert blobs.get(DIGEST) == DATA
    blobs.fetch(DIGEST, tmp_path / "copy")
    assert (tmp_path / "copy").read_bytes() == DATA


def test_a_file_that_comes_again_is_kept_once(blobs):
    assert blobs.put(io.BytesIO(DATA)) == blobs.put(io.BytesIO(DATA))
    assert list(blobs.older_than(datetime.now(UTC) + timedelta(days=1))) == [DIGEST]


def test_a_file_that_was_nearly_left_over_is_young_again_when_it_comes_again(blobs, monkeypatch):
    blobs.put(io.BytesIO(DATA))
    monkeypatch.setattr(module, "FRESH", timedelta(0))
    begun = datetime.now(UTC)
    blobs.put(io.BytesIO(DATA))
    assert list(blobs.older_than(begun - timedelta(seconds=2))) == []


def test_a_file_that_is_not_there_is_said(blobs, tmp_path):
    assert not blobs.has(DIGEST)
    with pytest.raises(StoreError, match=f"文件库里读不到 {DIGEST[:12]}"):
        blobs.get(DIGEST)
    blobs.put(io.BytesIO(DATA))
    blobs.delete(DIGEST)
    blobs.delete(DIGEST)
    assert not blobs.has(DIGEST)


@pytest.mark.parametrize("digest", ["", "../../etc/passwd", "A" * 64, "0" * 63])
def test_only_digests_are_names(blobs, digest):
    with pytest.raises(StoreError, match="不是文件的 SHA-256"):
        blobs.get(digest)


def test_an_address_of_another_kind_is_refused():
    with pytest.raises(UsageError, match="打不开文件库 ftp://somewhere"):
        Blobs("ftp://somewhere")


def test_a_store_that_does_not_answer_is_said(tmp_path):
    with bucket() as url:
        lost = Blobs(f"{url}-which-is-not-there")
        calls = (
            lambda: list(lost.older_than(datetime.now(UTC))),
            lambda: lost.put(io.BytesIO(b"")),
        )
        for call in calls:
            with pytest.raises(StoreError, match="告诉系统管理员检查"):
                call()
