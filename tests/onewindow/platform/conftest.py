import pytest

from tests.onewindow.platform.installations import Installation, fresh_database


@pytest.fixture
def empty(tmp_path):
    """An installation in which nothing was done yet."""
    folder = tmp_path / "installation"
    folder.mkdir()
    with fresh_database() as database:
        yield Installation(folder, database)


@pytest.fixture
def installed(empty):
    """An installation after `onewindow init`; `.told`: what that printed."""
    empty.told = empty.run("init")
    return empty
