"""However often the gateway process is killed, it resumes: the day's session starts are not spent on restarts."""

from __future__ import annotations

import json
import os
import random
import shutil
import signal
import sqlite3
import subprocess
import tempfile
import time
from contextlib import closing
from pathlib import Path

import pytest

from sandbox import Sandbox
from stack import clean_environment, until

KILLS = 100
SEED = int(os.environ.get("KILL_SEED", "1"))


@pytest.fixture
def world(binaries):
    """A sandbox and a Redis for a gateway process that no supervisor watches."""
    home = Path(tempfile.mkdtemp(prefix="dmcp-", dir="/tmp"))
    ready = home / "sandbox.json"
    socket = home / "redis.sock"
    started = [
        subprocess.Popen(
            [binaries / "discord-mcp-sandbox", "--ready-file", ready, "--trickle", "0.05", "--data-dir", home / "s"],
            cwd=home, env=clean_environment(), stdin=subprocess.DEVNULL, stderr=subprocess.DEVNULL),
        subprocess.Popen(
            ["redis-server", "--port", "0", "--unixsocket", socket, "--save", "", "--dir", home],
            stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL),
    ]  # fmt: skip
    try:
        until(lambda: ready.exists() and socket.exists(), "sandbox and Redis are there")
        yield home, json.loads(ready.read_text()), socket
    finally:
        for process in started:
            process.terminate()
            process.wait(20)
        shutil.rmtree(home, ignore_errors=True)


def test_a_hundred_kills_cost_one_session_start(binaries, world):
    home, description, socket = world
    environment = clean_environment(
        DISCORD_BOT_TOKEN=description["token"], DISCORD_MCP_DISCORD_API_URL=description["rest_url"],
        REDIS_URL=f"unix://{socket}", DISCORD_MCP_DATA_DIR=str(home / "d"), LOG_FORMAT="json",
    )  # fmt: skip
    log = home / "gateway.log"

    def start() -> subprocess.Popen[bytes]:
        with log.open("wb") as output:
            return subprocess.Popen(
                [binaries / "discord-mcp-gateway"], cwd=home, env=environment, stdin=subprocess.DEVNULL,
                stdout=output, stderr=output)  # fmt: skip

    def is_connected() -> bool:
        return '"status":"ready"' in log.read_text(errors="replace").replace(" ", "")

    def is_stored() -> bool:
        """A session that was not stored before the kill cannot be resumed by anybody."""
        archive = home / "d" / "archive" / "archive.sqlite"
        if not archive.exists():
            return False
        with closing(sqlite3.connect(f"file:{archive}?mode=ro", uri=True)) as database:
            try:
                return database.execute("SELECT count(*) FROM sessions").fetchone()[0] == 1
            except sqlite3.OperationalError:
                return False

    sandbox = Sandbox(description)
    process = start()
    until(is_stored, "the first session is stored")
    chance = random.Random(SEED)
    print(f"KILL_SEED={SEED}")
    reached = 0
    for _ in range(KILLS):
        process.kill()
        process.wait()
        process = start()
        # Anywhere between its first instruction and the stored events of a resumed session.
        time.sleep(chance.uniform(0, 0.6))
        assert process.poll() is None, log.read_text(errors="replace")[-2000:]
        reached += is_connected()
    until(is_connected, "the last one resumed")
    process.send_signal(signal.SIGTERM)
    assert process.wait(20) == 0, log.read_text(errors="replace")[-3000:]
    assert sandbox.stats()["gateway"]["identifies"] == 1
    assert reached > KILLS // 10, "killed too early to have resumed"
