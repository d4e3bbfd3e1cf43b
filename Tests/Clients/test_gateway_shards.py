"""The gateway process with several shards, and with intents that it may not have."""

from __future__ import annotations

import json
import shutil
import signal
import sqlite3
import subprocess
import tempfile
from contextlib import ExitStack, closing
from pathlib import Path

import pytest

from sandbox import Sandbox
from stack import clean_environment, until

GUILDS = 9


class World:
    """A sandbox, and gateway processes that no supervisor watches."""

    def __init__(self, binaries: Path, resources: ExitStack) -> None:
        self.binaries, self.resources = binaries, resources
        self.home = Path(tempfile.mkdtemp(prefix="dmcp-", dir="/tmp"))
        resources.callback(shutil.rmtree, self.home, ignore_errors=True)

    def start_sandbox(self, *options: str) -> Sandbox:
        ready = self.home / "sandbox.json"
        self._start("sandbox", "s", clean_environment(),
                    "--ready-file", str(ready), "--data-dir", str(self.home / "s"), *options)  # fmt: skip
        until(ready.exists, "the sandbox is there")
        self.description = json.loads(ready.read_text())
        return Sandbox(self.description)

    def start_gateway(self, data: str = "d", **settings: str) -> subprocess.Popen[bytes]:
        return self._start("gateway", data, clean_environment(
            DISCORD_BOT_TOKEN=self.description["token"], DISCORD_MCP_DISCORD_API_URL=self.description["rest_url"],
            DISCORD_MCP_DATA_DIR=str(self.home / data), LOG_FORMAT="json", **settings))  # fmt: skip

    def _start(self, name: str, data: str, environment: dict[str, str], *arguments: str) -> subprocess.Popen[bytes]:
        with (self.home / f"{data}.log").open("wb") as output:
            process = subprocess.Popen(
                [self.binaries / f"discord-mcp-{name}", *arguments], cwd=self.home, env=environment,
                stdin=subprocess.DEVNULL, stdout=output, stderr=output)  # fmt: skip
        self.resources.callback(process.wait, 20)
        self.resources.callback(process.kill)
        return process

    def log(self, data: str = "d") -> str:
        return (self.home / f"{data}.log").read_text(errors="replace")

    def rows(self, query: str, data: str = "d") -> list[tuple]:
        archive = self.home / data / "archive" / "archive.sqlite"
        if not archive.exists():
            return []
        with closing(sqlite3.connect(f"file:{archive}?mode=ro", uri=True)) as database:
            try:
                return database.execute(query).fetchall()
            except sqlite3.OperationalError:
                return []


@pytest.fixture
def world(binaries):
    with ExitStack() as resources:
        yield World(binaries, resources)


PORTAL_NAMES = {"members": "server members intent", "content": "message content intent"}


@pytest.mark.parametrize("missing", PORTAL_NAMES)
def test_a_missing_privileged_intent_is_named(world, missing):
    world.start_sandbox("--without-intent", missing)
    assert world.start_gateway().wait(60) == 78, world.log()
    # The last word: before it, the connection may have named all that were asked for.
    error = json.loads(world.log().splitlines()[-1])["error"]
    assert [name for name, title in PORTAL_NAMES.items() if title in error.lower()] == [missing], error
    assert "Privileged Gateway Intents" in error


def test_two_shards_fill_one_archive_and_resume(world):
    sandbox = world.start_sandbox("--guilds", str(GUILDS), "--identify-window", "1")
    process = world.start_gateway(DISCORD_MCP_SHARDS="2")
    until(lambda: len(world.rows("SELECT id FROM guilds")) == GUILDS + 1, "all guilds are stored")
    until(lambda: len(world.rows("SELECT shard FROM sessions")) == 2, "both sessions are stored")
    until(lambda: world.rows(
        f"SELECT 1 FROM guilds WHERE id = {sandbox.guild_id} AND member_count = "
        f"(SELECT count(*) FROM members WHERE guild_id = {sandbox.guild_id} AND left_at IS NULL)"),
        "all members are stored")  # fmt: skip
    sessions = world.rows("SELECT shard, session_id FROM sessions ORDER BY shard")
    process.send_signal(signal.SIGTERM)
    assert process.wait(20) == 0, world.log()
    process = world.start_gateway(DISCORD_MCP_SHARDS="2")
    message = sandbox.say("ada", "general", "after the restart")
    until(lambda: world.rows(f"SELECT 1 FROM messages WHERE id = {message}"), "the new message is stored")
    assert world.rows("SELECT shard, session_id FROM sessions ORDER BY shard") == sessions
    assert sandbox.stats()["gateway"]["identifies"] == 2
    process.send_signal(signal.SIGTERM)
    assert process.wait(20) == 0, world.log()


def test_two_processes_divide_the_guilds(world):
    sandbox = world.start_sandbox("--guilds", str(GUILDS), "--identify-window", "1")
    for shard in (0, 1):
        world.start_gateway(f"d{shard}", DISCORD_MCP_SHARDS=f"{shard}-{shard}/2")

    def guilds() -> list[int]:
        return sorted(row[0] for shard in (0, 1) for row in world.rows("SELECT id FROM guilds", f"d{shard}"))

    until(lambda: len(guilds()) >= GUILDS + 1, "all guilds are stored")
    assert len(guilds()) == len(set(guilds())) == GUILDS + 1
    for shard in (0, 1):
        stored = [row[0] for row in world.rows("SELECT id FROM guilds", f"d{shard}")]
        assert stored and {(guild >> 22) % 2 for guild in stored} == {shard}
    assert sandbox.stats()["gateway"]["identifies"] == 2


def test_another_number_of_shards_identifies_anew(world):
    sandbox = world.start_sandbox("--guilds", str(GUILDS), "--identify-window", "1")
    process = world.start_gateway(DISCORD_MCP_SHARDS="1")
    until(lambda: len(world.rows("SELECT id FROM guilds")) == GUILDS + 1, "all guilds are stored")
    until(lambda: len(world.rows("SELECT shard FROM sessions")) == 1, "the session is stored")
    former = world.rows("SELECT session_id FROM sessions")
    process.send_signal(signal.SIGTERM)
    assert process.wait(20) == 0, world.log()
    missed = sandbox.say("ada", "general", "between the two")
    process = world.start_gateway(DISCORD_MCP_SHARDS="2")
    until(lambda: len(world.rows("SELECT shard FROM sessions")) == 2
          and former[0] not in world.rows("SELECT session_id FROM sessions"), "two new sessions replace it")  # fmt: skip
    message = sandbox.say("ada", "general", "after the change")
    until(lambda: len(world.rows(f"SELECT 1 FROM messages WHERE id IN ({missed}, {message})")) == 2, "both are stored")
    assert len(world.rows("SELECT id FROM guilds")) == GUILDS + 1
    assert sandbox.stats()["gateway"]["identifies"] == 3
    process.send_signal(signal.SIGTERM)
    assert process.wait(20) == 0, world.log()
