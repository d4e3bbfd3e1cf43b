from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from sandbox import Sandbox
from stack import Stack

# Ordinary members of the seeded guild: nobody's role stands in the way of moderating them.
ORDINARY = (
    "ada", "linus", "grete", "haruto", "lucia", "jonas", "sakura", "diego", "maeve", "otto", "ren", "valentina",
    "priya", "theo", "kenji", "sofia", "bruno", "hana", "pablo", "lotte", "iris", "takumi", "elena", "karl", "wren",
    "mio", "rosa", "anton", "quinn",
)  # fmt: skip

STACKS = pytest.StashKey[list[Stack]]()


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--bin", default=".build/debug", help="directory of the programs")
    parser.addoption("--rewrite-access-matrix", action="store_true", help="write access_matrix.txt anew")


def pytest_configure(config: pytest.Config) -> None:
    config.stash[STACKS] = []


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo[None]) -> Iterator[None]:
    """Shows the logs of the running stacks beside a failure."""
    report = yield
    if report.failed:
        for stack in item.config.stash[STACKS]:
            report.sections.append((f"log of {stack.home}", stack.log))
    return report


@pytest.fixture(scope="session")
def anyio_backend() -> str:
    return "asyncio"


@pytest.fixture(scope="session")
def binaries(pytestconfig: pytest.Config) -> Path:
    path = Path(pytestconfig.getoption("--bin"))
    path = path if path.is_absolute() else pytestconfig.invocation_params.dir / path
    assert (path / "discord-mcp").exists(), f"{path}/discord-mcp is not there: build first, or give --bin"
    return path.resolve()


@pytest.fixture(scope="session")
def stack(pytestconfig: pytest.Config, binaries: Path) -> Iterator[Stack]:
    """One stack for all tests that leave it as it was; ends as an operator would end it."""
    stack = Stack(binaries)
    pytestconfig.stash[STACKS].append(stack)
    try:
        yield stack.start()
        assert stack.stop() == 0, stack.log
    finally:
        pytestconfig.stash[STACKS].remove(stack)
        stack.discard()


@pytest.fixture
def fresh_stack(pytestconfig: pytest.Config, binaries: Path) -> Iterator[Callable[..., Stack]]:
    """Makes stacks of their own for tests that break something: `fresh_stack(NAME=value)`, started."""
    made: list[Stack] = []

    def make(*arguments: str, **settings: str) -> Stack:
        stack = Stack(binaries, **settings)
        made.append(stack)
        pytestconfig.stash[STACKS].append(stack)
        return stack.start(*arguments)

    yield make
    for stack in made:
        pytestconfig.stash[STACKS].remove(stack)
        stack.discard()


@pytest.fixture
def sandbox(stack: Stack) -> Iterator[Sandbox]:
    yield stack.sandbox
    stack.sandbox.heal()


@pytest.fixture(scope="session")
def key(stack: Stack) -> str:
    """May do everything."""
    return stack.create_key("admin", name="everything")["key"]


@pytest.fixture(scope="session")
def people() -> Iterator[str]:
    """Names of ordinary members, each given out once."""
    return iter(ORDINARY)


@pytest.fixture(scope="session")
def unique() -> Callable[[str], str]:
    """Makes words that occur nowhere else."""
    numbers = itertools.count(1)
    return lambda word: f"{word}{next(numbers)}"
