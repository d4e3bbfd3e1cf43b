"""A client session against the composed stack, through its balancer; deploy/e2e-compose calls it.

    compose_session.py URL
"""

from __future__ import annotations

import argparse
import asyncio
import csv
import io
import json
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import uuid4

import anyio

from agents import CLIENTS, connect
from stack import until

COMPOSE = str(Path(__file__).parents[2] / "deploy" / "compose")
FRONT_DOORS = 3
READERS = 4


def output(*command: str) -> str:
    result = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=120)
    if result.returncode != 0:
        raise AssertionError(f"{' '.join(command)}: {result.stderr or result.stdout}")
    return result.stdout


def within(service: str, *command: str) -> str:
    return output(COMPOSE, "exec", "-T", service, *command)


def containers(service: str) -> list[str]:
    return output(COMPOSE, "ps", "-q", service).split()


def create_key(level: str) -> str:
    made = within("front-door", "discord-mcp", "key", "create", "--name", "e2e", "--level", level,
                  "--rate", "100000/60", "--json")  # fmt: skip
    return json.loads(made)["key"]


def requests_by_front_door() -> dict[str, int]:
    """How many requests HAProxy has sent to each front door that is up."""
    page = within("haproxy", "bash", "-c",
                  r"exec 3<>/dev/tcp/127.0.0.1/8404; printf 'GET /;csv HTTP/1.0\r\n\r\n' >&3; cat <&3")  # fmt: skip
    rows = csv.DictReader(io.StringIO(page[page.index("# pxname") + 2 :]))
    return {
        row["svname"]: int(row["stot"])
        for row in rows
        if row["pxname"] == "front_doors" and row["svname"] != "BACKEND" and row["status"].startswith("UP")
    }


async def session(client: str, url: str, key: str, world: dict[str, Any]) -> str:
    """Sends, reads back, finds, deletes; gives the id of the deletion's command."""
    word = f"buoy{uuid4().hex[:12]}"
    channel = world["channel_ids"]["general"]
    async with connect(client, url, key) as agent:

        async def done(tool: str, **arguments: Any) -> Any:
            outcome = await agent.call(tool, **arguments)
            assert not outcome.is_error, f"{tool}: {outcome.text}"
            return outcome.structured

        assert len(await agent.tools()) == 5
        sent = await done("send_message", channel_id=channel, content=f"The {word} is at its place.")
        read = await done("get_messages", channel_id=channel, limit=50)
        assert sent["message_id"] in [message["id"] for message in read["messages"]]
        with anyio.fail_after(20):
            while not (await done("search_messages", query=word))["count"]:
                await anyio.sleep(0.1)
        deleted = await done(
            "moderate_content", action="delete_message", target_id=sent["message_id"], guild_id=world["guild_id"],
            channel_id=channel, reason="only a test")  # fmt: skip
        assert deleted["result"] == "done"
        return deleted["command_id"]


@dataclass
class Load:
    """What came of calls that were made without a pause."""

    done: int = 0
    failed: int = 0


async def keep_reading(url: str, key: str, channel: str, load: Load, stop: asyncio.Event) -> None:
    while not stop.is_set():
        try:
            async with connect("mcp modern", url, key) as agent:
                while not stop.is_set():
                    outcome = await agent.call("get_channel_info", channel_id=channel)
                    assert not outcome.is_error, outcome.text
                    load.done += 1
        except Exception:
            load.failed += 1


async def while_reading(url: str, key: str, channel: str, *disturbance: str) -> Load:
    """Does something to the stack under load."""
    load, stop = Load(), asyncio.Event()
    async with asyncio.TaskGroup() as group:
        for _ in range(READERS):
            group.create_task(keep_reading(url, key, channel, load, stop))
        await asyncio.sleep(1)
        await asyncio.to_thread(output, *disturbance)
        await asyncio.sleep(3)
        stop.set()
    return load


def trail(command_id: str) -> list[str]:
    lines = within("audit", "discord-mcp", "audit", "query", "--command", command_id, "--json").splitlines()
    return [json.loads(line)["kind"] for line in lines if line]


def main() -> int:
    parser = argparse.ArgumentParser(description="A client session against the composed stack.")
    parser.add_argument("url", help="of the MCP endpoint")
    url = parser.parse_args().url

    # The sandbox's controls answer only inside its container, so its description is read there.
    world = json.loads(within("sandbox", "cat", "/tmp/sandbox.json"))
    channel = world["channel_ids"]["general"]
    key = create_key("admin")
    until(lambda: len(requests_by_front_door()) == FRONT_DOORS, f"{FRONT_DOORS} front doors are up", every=0.5)

    for client in CLIENTS:
        command_id = asyncio.run(session(client, url, key, world))
        assert trail(command_id) == ["intent", "outcome"]
        print(f"  {client}: sent, read back, found, deleted, recorded")
    print(f"  {within('audit', 'discord-mcp', 'audit', 'verify').strip()}")

    before = requests_by_front_door()
    doors = containers("front-door")
    load = asyncio.run(while_reading(url, key, channel, "docker", "stop", doors[0]))
    after = requests_by_front_door()
    assert len(after) == FRONT_DOORS - 1, after
    assert all(after[name] > before[name] for name in after), (before, after)
    assert load.failed == 0, load
    print(f"  {load.done} calls over {FRONT_DOORS} front doors while one was stopped: none failed")
    load = asyncio.run(while_reading(url, key, channel, "docker", "kill", doors[1]))
    # HAProxy asks again where an answer ends early, but cannot when the dead process had not read the request.
    assert load.failed <= READERS < load.done, load
    print(f"  {load.done} calls while one more was killed: {load.failed} of those in flight failed")
    return 0


if __name__ == "__main__":
    sys.exit(main())
