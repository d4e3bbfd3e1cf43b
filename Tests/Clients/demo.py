"""A scripted session: what an agent does with the server, shown step by step.

    demo.py --bin .build/release

Starts a stack with the sandbox Discord, works with it through the official `mcp` client, and stops it again.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import sys
from pathlib import Path
from typing import Any

from agents import Outcome, SDKAgent, sdk
from stack import Stack
from wire import MODERN, call

WIDTH = 100


class Stage:
    """What the audience sees."""

    def __init__(self) -> None:
        self.colours = sys.stdout.isatty() and "NO_COLOR" not in os.environ
        self.number = 0

    def paint(self, code: str, text: str) -> str:
        return f"\033[{code}m{text}\033[0m" if self.colours else text

    def step(self, title: str) -> None:
        self.number += 1
        print(f"\n{self.paint('1', f'{self.number:>2}. {title}')}", flush=True)

    def asks(self, text: str) -> None:
        self._lines("34", "→", text)

    def answers(self, text: str, good: bool = True) -> None:
        self._lines("32" if good else "33", "←", text)

    def _lines(self, code: str, mark: str, text: str) -> None:
        for index, line in enumerate(text.splitlines()):
            shown = line if len(line) <= WIDTH - 6 else line[: WIDTH - 7] + "…"
            print(f"    {self.paint(code, mark) if index == 0 else ' '} {shown}".rstrip(), flush=True)


class Session:
    """An agent on the stage: every call is shown with what came of it."""

    def __init__(self, agent: SDKAgent, stage: Stage) -> None:
        self.agent = agent
        self.stage = stage

    async def call(self, tool: str, shown: int = 3, **arguments: Any) -> Outcome:
        """A call that must succeed."""
        outcome = await self._call(tool, arguments, shown)
        expect(not outcome.is_error, outcome.text)
        return outcome

    async def refused(self, tool: str, code: str, **arguments: Any) -> None:
        """A call that must be refused for that reason."""
        outcome = await self._call(tool, arguments, 3)
        expect(outcome.is_error and outcome.text.startswith(code), outcome.text)

    async def _call(self, tool: str, arguments: dict[str, Any], shown: int) -> Outcome:
        self.stage.asks(f"{tool} {compact(arguments)}")
        outcome = await self.agent.call(tool, **arguments)
        lines = outcome.text.splitlines()
        more = [f"… {len(lines) - shown} more lines"] if len(lines) > shown else []
        self.stage.answers("\n".join(lines[:shown] + more), good=not outcome.is_error)
        return outcome


def expect(holds: bool, complaint: str) -> None:
    if not holds:
        raise AssertionError(complaint)


def compact(arguments: dict[str, Any]) -> str:
    return " ".join(f"{name}={json.dumps(value, ensure_ascii=False)}" for name, value in arguments.items())


async def play(stack: Stack, stage: Stage) -> None:
    sandbox = stack.sandbox
    guild, general = sandbox.guild_id, sandbox.channels["general"]
    spam = [sandbox.say("quinn", "general", f"FREE ANCHORS!!! Only today, part {number}") for number in (1, 2, 3)]

    stage.step("An operator makes a key for a moderating agent")
    stage.asks("discord-mcp key create --name harbor-agent --level moderate")
    made = stack.create_key("moderate", name="harbor-agent")
    stage.answers(f"key {made['id']}; its secret is shown once, only its hash is kept")

    async with sdk(stack.url, made["key"], MODERN) as client:
        agent = Session(client, stage)

        stage.step("The agent connects and sees its tools")
        stage.asks(f"tools/list  (MCP {client.protocol_version}, {stack.url})")
        tools = await client.tools()
        expect(len(tools) == 5, f"{len(tools)} tools")
        stage.answers("\n".join(f"{tool.name:<18}{tool.title}" for tool in tools))

        stage.step("It reads #general")
        await agent.call("get_messages", channel_id=general, limit=6, shown=9)

        stage.step("It searches for what looks like spam")
        found = await agent.call("search_messages", query='"free anchors"', shown=7)
        messages = found.structured["messages"]
        expect({message["id"] for message in messages} == set(spam), "the spam was not found")
        spammer = messages[0]["author"]["id"]

        stage.step("It answers, and reads its own message back")
        sent = await agent.call(
            "send_message", channel_id=general, content="Good morning! I am the harbor's new agent.",
            idempotency_key="hello-harbor")  # fmt: skip
        read = await agent.call("get_messages", channel_id=general, limit=1, shown=4)
        expect(read.structured["messages"][0]["id"] == sent.structured["message_id"], "another message was read")

        stage.step("A lost answer makes it ask again: the same key, no second message")
        again = await agent.call(
            "send_message", channel_id=general, content="Good morning! I am the harbor's new agent.",
            idempotency_key="hello-harbor")  # fmt: skip
        expect(again.structured["replayed"] and len(sandbox.bot_effects()) == 1, "it was sent twice")

        stage.step("It clears away spam and times the spammer out")
        await agent.call(
            "moderate_content", action="delete_messages_bulk", reason="spam", channel_id=general, guild_id=guild,
            target_id=",".join(message["id"] for message in messages))  # fmt: skip
        await agent.call(
            "moderate_content", action="timeout_user", timeout_duration=3600, reason="spam", guild_id=guild,
            target_id=spammer)  # fmt: skip
        expect(sandbox.member("quinn")["communication_disabled_until"] is not None, "nobody was timed out")

        stage.step("It tries to ban an admin, who stands above the bot")
        await agent.refused(
            "moderate_content", "hierarchy", action="ban_user", target_id=sandbox.users["grace"], guild_id=guild)
        expect(sandbox.ban("grace") is None, "the admin was banned")

    stage.step("A read-only key reads, and may do no more")
    reader = stack.create_key("read_only", name="dashboard")
    async with sdk(stack.url, reader["key"], MODERN) as client:
        stage.asks("tools/list")
        stage.answers(", ".join(tool.name for tool in await client.tools()))
    stage.asks(f"send_message {compact({'channel_id': general, 'content': 'Hello'})}")
    refusal = await asyncio.to_thread(call, stack.url, reader["key"], "send_message",
                                      {"channel_id": general, "content": "Hello"})  # fmt: skip
    expect(refusal.status == 403, f"{refusal.status}: a read-only key could write")
    stage.answers(f"403 {refusal.headers['www-authenticate']}\n{refusal.json['error']['message']}", good=False)

    stage.step("The audit log has it all, and proves that no record of it was changed")
    stage.asks("discord-mcp audit query --key " + made["id"])
    trail = [entry for entry in stack.audit("--key", made["id"]) if entry["kind"] in ("intent", "outcome")]
    expect(len(trail) >= 6, f"{len(trail)} records")
    stage.answers("\n".join(record_line(entry) for entry in trail))
    stage.asks("discord-mcp audit verify")
    stage.answers(stack.command("audit", "verify").strip())


def record_line(entry: dict[str, Any]) -> str:
    what = entry.get("action") or entry.get("tool", "")
    return f"{entry['sequence']:>3}  {entry['time'][11:23]}  {entry['kind']:<8}{what:<22}{entry.get('outcome', '')}"


def main() -> int:
    parser = argparse.ArgumentParser(description="Shows one scripted session.")
    parser.add_argument("--bin", type=Path, default=Path(".build/release"), help="directory of the programs")
    stage = Stage()
    stack = Stack(parser.parse_args().bin.resolve())
    try:
        stage.step("Start: supervisor, Redis, audit writer, executor, gateway, front door, sandbox Discord")
        stage.asks("discord-mcp run --sandbox")
        stack.start()
        stage.answers(f"ready after {stack.start_seconds:.1f} s at {stack.url}")
        asyncio.run(play(stack, stage))
        stage.step("Stop: everything drains and ends")
        expect(stack.stop() == 0, stack.log)
        stage.answers("ended with 0, no process is left")
    except Exception as error:
        while isinstance(error, ExceptionGroup):
            error = error.exceptions[0]
        print(f"\nThe demo failed: {error}\n\nThe end of the stack's log:\n{stack.log[-3000:]}", file=sys.stderr)
        return 1
    finally:
        stack.discard()
    return 0


if __name__ == "__main__":
    sys.exit(main())
