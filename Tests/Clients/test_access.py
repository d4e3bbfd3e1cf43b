"""Who may do what, and what the others are told."""

from __future__ import annotations

import itertools
import json
import re
from pathlib import Path

import pytest

from stack import until
from wire import LEGACY, call, request, rpc

MATRIX = Path(__file__).with_name("access_matrix.txt")
LEVELS = ("read_only", "read_write", "moderate", "admin")
OTHER = "999999999999999999"


class Scopes:
    """The same key for anywhere, for here, and for somewhere else."""

    def __init__(self, sandbox) -> None:
        here, there = sandbox.channels["off-topic"], sandbox.channels["help"]
        self.options = {
            "any": (),
            "this guild": ("--guild", sandbox.guild_id),
            "other guild": ("--guild", OTHER),
            "this channel": ("--channel", here),
            "other channel": ("--channel", there),
            "messages only": ("--toolset", "messages"),
            "moderation only": ("--toolset", "moderation"),
        }


def attempts(sandbox, person: str):
    """Every tool, and both kinds of moderation: in a channel and on a member. Each gives arguments for one call."""
    channel, guild = sandbox.channels["off-topic"], sandbox.guild_id
    # Each time another end, since Discord does not count a time-out that changes nothing.
    seconds = itertools.count(3600, step=60)
    return {
        "get_channel_info": lambda: {"channel_id": channel},
        "get_messages": lambda: {"channel_id": channel, "limit": 1},
        "search_messages": lambda: {"channel_id": channel, "query": "harbor"},
        "send_message": lambda: {"channel_id": channel, "content": "allowed"},
        "moderate_content delete_message": lambda: {
            "action": "delete_message", "guild_id": guild, "channel_id": channel,
            "target_id": sandbox.say("emil", "off-topic", "to be deleted"),
        },
        "moderate_content timeout_user": lambda: {
            "action": "timeout_user", "guild_id": guild, "target_id": sandbox.users[person],
            "timeout_duration": next(seconds),
        },
    }  # fmt: skip


def verdict(answer) -> str:
    if answer.status == 403:
        challenge = answer.headers["www-authenticate"]
        assert 'error="insufficient_scope"' in challenge
        scope = re.search(r'scope="([^"]*)"', challenge)
        return f"403 {scope[1]}" if scope else "403"
    assert answer.status == 200, answer.body
    return "error" if answer.json["result"]["isError"] else "ok"


def test_every_tool_with_every_level_and_scope(stack, sandbox, people, pytestconfig):
    options = Scopes(sandbox).options
    keys = {
        (level, scope): stack.create_key(level, *limits)["key"]
        for level in LEVELS
        for scope, limits in options.items()
    }
    lines = [f"{'tool':33}{'level':12}" + "".join(f"{scope:22}" for scope in options)]
    allowed_changes, before = 0, len(sandbox.bot_effects())
    for tool, arguments in attempts(sandbox, next(people)).items():
        for level in LEVELS:
            verdicts = [
                verdict(call(stack.url, keys[level, scope], tool.split()[0], arguments())) for scope in options
            ]
            if tool.startswith(("send", "moderate")):
                allowed_changes += verdicts.count("ok")
            lines.append(f"{tool:33}{level:12}" + "".join(f"{verdict:22}" for verdict in verdicts))
    table = "".join(f"{line.rstrip()}\n" for line in lines)
    if pytestconfig.getoption("--rewrite-access-matrix"):
        MATRIX.write_text(table)
    assert table == MATRIX.read_text()
    assert len(sandbox.bot_effects()) - before == allowed_changes, "what was refused changed nothing"
    assert stack.audit("--kind", "denied")


@pytest.mark.parametrize(
    ("level", "count"), [("read_only", 3), ("read_write", 4), ("moderate", 5), ("admin", 5)]
)
def test_a_key_sees_only_its_tools(stack, level, count):
    key = stack.create_key(level)["key"]
    assert len(rpc(stack.url, key, "tools/list").result["tools"]) == count
    assert len(request("GET", f"{stack.rest_url}/mcp/tools", key).json["tools"]) == count


def refused_with_401(answer) -> str:
    assert answer.status == 401, answer.body
    challenge = answer.headers["www-authenticate"]
    assert challenge.startswith("Bearer ") and 'scope="discord.read"' in challenge
    metadata = re.search(r'resource_metadata="([^"]+)"', challenge)
    assert metadata and request("GET", metadata[1]).json["resource"].endswith("/mcp")
    return challenge


def test_without_a_key_the_challenge_names_no_error(stack):
    assert "error=" not in refused_with_401(rpc(stack.url, None, "tools/list"))


@pytest.mark.parametrize("wrong", ["nonsense", "dmcp_0000000000000000_" + "0" * 43, "a.b.c"])
def test_a_wrong_key_is_refused(stack, wrong):
    assert 'error="invalid_token"' in refused_with_401(rpc(stack.url, wrong, "tools/list"))


def test_a_changed_secret_is_refused(stack):
    key = stack.create_key("read_only")["key"]
    changed = key[:-1] + ("A" if key[-1] != "A" else "B")
    assert 'error="invalid_token"' in refused_with_401(rpc(stack.url, changed, "tools/list"))


def test_a_revoked_key_is_refused_at_once(stack):
    made = stack.create_key("read_only")
    assert rpc(stack.url, made["key"], "tools/list").status == 200
    stack.command("key", "revoke", made["id"])
    assert 'error="invalid_token"' in refused_with_401(rpc(stack.url, made["key"], "tools/list"))


def test_an_expired_key_is_refused(stack):
    key = stack.create_key("read_only", "--expires", "1s")["key"]
    until(lambda: rpc(stack.url, key, "tools/list").status == 401, "the key expires", within=10, every=0.1)


def test_keys_are_listed_without_secrets(stack):
    made = stack.create_key("read_only", name="listed")
    listing = stack.command("key", "list", "--json")
    assert made["id"] in [entry["id"] for entry in json.loads(listing)["keys"]]
    assert made["key"] not in listing and made["key"].rpartition("_")[2] not in listing


def test_too_many_requests_are_told_when_to_come_again(stack):
    key = stack.create_key("read_only", "--rate", "3/60")["key"]
    answers = [rpc(stack.url, key, "tools/list") for _ in range(4)]
    assert [answer.status for answer in answers] == [200, 200, 200, 429]
    for answer in answers:
        assert '"key";q=3;w=60' in answer.headers["ratelimit-policy"]
        assert '"key";r=' in answer.headers["ratelimit"]
    assert 1 <= int(answers[3].headers["retry-after"]) <= 60
    assert answers[3].headers["content-type"] == "application/json"


def test_a_token_works_until_its_key_is_revoked(stack):
    made = stack.create_key("read_write")
    granted = request("POST", f"{stack.rest_url}/auth/token", made["key"])
    assert granted.status == 200 and granted.headers["cache-control"] == "no-store"
    assert granted.json["token_type"] == "Bearer" and granted.json["scope"] == "discord.write"
    token = granted.json["access_token"]
    assert token.count(".") == 2
    assert len(rpc(stack.url, token, "tools/list").result["tools"]) == 4
    assert stack.audit("--kind", "authentication", "--key", made["id"])
    stack.command("key", "revoke", made["id"])
    refused_with_401(rpc(stack.url, token, "tools/list"))


def test_a_changed_token_is_refused(stack, key):
    token = request("POST", f"{stack.rest_url}/auth/token", key).json["access_token"]
    head, _, signature = token.rpartition(".")
    refused_with_401(rpc(stack.url, f"{head}.{signature[::-1]}", "tools/list"))


def test_the_command_line_exchanges_keys_too(stack, key):
    answer = json.loads(stack.command("token", key, "--json"))
    assert rpc(stack.url, answer["access_token"], "tools/list").status == 200


def test_a_token_is_not_exchanged_for_another(stack, key):
    token = request("POST", f"{stack.rest_url}/auth/token", key).json["access_token"]
    assert request("POST", f"{stack.rest_url}/auth/token", token).status == 401


def test_an_operator_can_make_the_server_read_only(fresh_stack):
    stack = fresh_stack(DISCORD_MCP_READ_ONLY="true")
    key, channel = stack.create_key("admin")["key"], stack.sandbox.channels["general"]
    assert call(stack.url, key, "get_messages", {"channel_id": channel}).result["isError"] is False
    refused = call(stack.url, key, "send_message", {"channel_id": channel, "content": "no"})
    assert refused.status == 403 and "DISCORD_MCP_READ_ONLY" in refused.body.decode()
    assert len(rpc(stack.url, key, "tools/list").result["tools"]) == 3
    assert not stack.sandbox.bot_effects()


def test_a_session_is_its_keys_own_and_ends(stack, key):
    headers = {"Accept": "application/json, text/event-stream", "Content-Type": "application/json"}
    begun = request("POST", stack.url, key, json.dumps({
        "jsonrpc": "2.0", "id": 1, "method": "initialize",
        "params": {"protocolVersion": LEGACY, "capabilities": {}, "clientInfo": {"name": "wire", "version": "1"}},
    }).encode(), headers)  # fmt: skip
    headers |= {"Mcp-Session-Id": begun.headers["mcp-session-id"], "MCP-Protocol-Version": LEGACY}
    listing = b'{"jsonrpc":"2.0","id":2,"method":"tools/list"}'

    def status(caller: str) -> int:
        return request("POST", stack.url, caller, listing, headers).status

    assert status(key) == 200
    assert status(stack.create_key("admin")["key"]) == 404
    assert request("DELETE", stack.url, key, None, headers).status in (200, 204)
    assert status(key) == 404
