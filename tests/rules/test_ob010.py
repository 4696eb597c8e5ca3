from openbook.api import check_file
from tests.books import random_book, shanxi


def findings(path, data):
    path.write_bytes(data)
    return [found for found in check_file(str(path)).findings if found.code == "OB010"]


def test_bytes_that_are_no_letters_are_said(tmp_path, rng):
    data = shanxi(random_book(rng)).encode()
    [found] = findings(tmp_path / "a.txt", data.replace("说明".encode(), b"\xff\xfe\xfd", 1) + b"\xff\n")
    assert found.severity.word == "warning"


def test_a_file_in_one_encoding_is_right(tmp_path, rng):
    assert findings(tmp_path / "a.txt", shanxi(random_book(rng)).encode()) == []
    assert findings(tmp_path / "b.txt", shanxi(random_book(rng)).encode("gb18030")) == []
