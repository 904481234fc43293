import pytest


@pytest.fixture
def broken_fixture():
    raise AttributeError("'Session' object has no attribute 'begin_nested'")


@pytest.fixture
def server_of_the_fixture():
    raise ConnectionRefusedError(111, "Connection refused")


@pytest.fixture
def broken_teardown():
    yield
    raise KeyError("the leftovers")
