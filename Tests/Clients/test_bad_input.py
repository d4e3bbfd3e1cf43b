"""What goes wrong in a call is told clearly, names the way out, and changes nothing that it should not."""

from __future__ import annotations

import http.client
import json
from urllib.parse import urlsplit

import mcp_types
import pytest
from mcp.shared.exceptions import MCPError

import agents
from wire import LEGACY, call, envelope, request, rpc

SEND = "POST /channels/{channel_id}/messages"
MISSING = "1000000000000000001"


@pytest.fixture
def changes(sandbox):
    """Gives what the bot has changed since the test began."""
    before = len(sandbox.bot_effects())
    return lambda: sandbox.bot_effects()[before:]


def failure(answer) -> str:
    """The text of a tool's failure."""
    assert answer.result["isError"] is True, answer.json
    return answer.text


# Arguments


@pytest.mark.parametrize(
    ("tool", "arguments", "words"),
    [
        ("send_message", {"channel_id": 7, "content": "x"}, ["channel_id", "string"]),
        ("send_message", {"channel_id": "general", "content": "x"}, ["channel_id"]),
        ("send_message", {"content": "x"}, ["channel_id", "required"]),
        ("send_message", {"channel_id": "1", "content": "x", "tts": True}, ["tts"]),
        ("send_message", {"channel_id": "1", "content": " "}, ["content", "empty"]),
        ("send_message", {"channel_id": "1", "content": "x", "idempotency_key": "k" * 65}, ["idempotency_key", "64"]),
        ("get_messages", {"channel_id": "1", "limit": 101}, ["limit", "100"]),
        ("get_messages", {"channel_id": "1", "before": "yesterday"}, ["before"]),
        ("search_messages", {}, ["query", "empty"]),
        ("moderate_content", {"action": "warn", "target_id": "1", "guild_id": "1"}, ["action", "ban_user"]),
        ("moderate_content", {"action": "timeout_user", "target_id": "1", "guild_id": "1"}, ["timeout_duration"]),
        ("moderate_content", {"action": "timeout_user", "target_id": "1", "guild_id": "1",
                              "timeout_duration": 2419201}, ["timeout_duration", "2419200"]),
        ("moderate_content", {"action": "delete_message", "target_id": "1", "guild_id": "1"}, ["channel_id"]),
        ("moderate_content", {"action": "delete_messages_bulk", "target_id": "1", "guild_id": "1",
                              "channel_id": "1"}, ["target_id", "2 to 100"]),
    ],
)  # fmt: skip
def test_a_wrong_argument_is_named(stack, key, changes, tool, arguments, words):
    text = failure(call(stack.url, key, tool, arguments))
    assert all(word in text for word in words), text
    assert not changes()


def test_2001_characters_are_refused_with_the_count(stack, sandbox, key, changes):
    text = failure(call(stack.url, key, "send_message",
                        {"channel_id": sandbox.channels["general"], "content": "ä" * 2001}))  # fmt: skip
    assert "2001" in text and "2000" in text
    assert not changes()


def test_2000_characters_are_sent(stack, sandbox, key, changes):
    answer = call(stack.url, key, "send_message", {"channel_id": sandbox.channels["general"], "content": "ä" * 2000})
    assert answer.result["isError"] is False, answer.text
    assert len(changes()) == 1


def test_an_embed_that_is_too_long_in_all_is_refused(stack, sandbox, key, changes):
    fields = [{"name": "n" * 200, "value": "v" * 1000} for _ in range(6)]
    text = failure(call(stack.url, key, "send_message", {
        "channel_id": sandbox.channels["general"], "content": "", "embed": {"fields": fields},
    }))  # fmt: skip
    assert "6000" in text and "7200" in text
    assert not changes()


# Things that are not there, or not allowed


@pytest.mark.parametrize("tool", ["get_channel_info", "get_messages", "send_message"])
def test_an_unknown_channel_is_told(stack, key, changes, tool):
    arguments = {"channel_id": MISSING} | ({"content": "hello"} if tool == "send_message" else {})
    text = failure(call(stack.url, key, tool, arguments))
    assert text.startswith("not_found:") and MISSING in text
    assert not changes()


def test_an_unknown_message_is_already_gone(stack, sandbox, key, changes):
    answer = call(stack.url, key, "moderate_content", {
        "action": "delete_message", "target_id": MISSING, "guild_id": sandbox.guild_id,
        "channel_id": sandbox.channels["general"],
    })  # fmt: skip
    assert answer.result["structuredContent"]["result"] == "already_done"
    assert not changes()


def test_a_user_who_is_not_there_cannot_be_kicked(stack, sandbox, key, changes):
    text = failure(call(stack.url, key, "moderate_content",
                        {"action": "kick_user", "target_id": MISSING, "guild_id": sandbox.guild_id}))  # fmt: skip
    assert text.startswith("not_found:") and MISSING in text
    assert not changes()


@pytest.mark.parametrize("tool", ["send_message", "get_messages"])
def test_a_missing_permission_is_named(stack, sandbox, key, changes, tool):
    arguments = {"channel_id": sandbox.channels["staff-lounge"]} | ({"content": "x"} if tool == "send_message" else {})
    text = failure(call(stack.url, key, tool, arguments))
    assert text.startswith("missing_permission:") and "VIEW_CHANNEL" in text
    assert not changes()


@pytest.mark.parametrize("user", ["grace", "noor"])
@pytest.mark.parametrize(
    ("action", "more"), [("ban_user", {}), ("kick_user", {}), ("timeout_user", {"timeout_duration": 60})]
)
def test_nobody_above_the_bot_is_moderated(stack, sandbox, key, changes, user, action, more):
    text = failure(call(stack.url, key, "moderate_content", {
        "action": action, "target_id": sandbox.users[user], "guild_id": sandbox.guild_id,
    } | more))  # fmt: skip
    assert text.startswith("hierarchy:")
    assert not changes()


# Discord has a bad day


def test_a_short_discord_outage_is_waited_for(stack, sandbox, key, changes):
    sandbox.fail(SEND, "status", status=502, times=1)
    answer = call(stack.url, key, "send_message", {"channel_id": sandbox.channels["help"], "content": "after a 502"})
    assert answer.result["isError"] is False, answer.text
    assert len(changes()) == 1


def test_a_long_discord_outage_is_told_and_recorded(stack, sandbox, key, changes):
    sandbox.fail(SEND, "status", status=500, times=1000)
    text = failure(call(stack.url, key, "send_message", {
        "channel_id": sandbox.channels["help"], "content": "into the storm", "idempotency_key": "storm",
    }))  # fmt: skip
    assert text.startswith(("discord_unavailable:", "in_doubt:")), text
    sandbox.heal()
    assert not changes()
    intent, outcome = stack.audit("--tool", "send_message")[-2:]
    assert (intent["kind"], outcome["kind"]) == ("intent", "outcome")
    assert intent["command_id"] == outcome["command_id"] and outcome["outcome"] in text


def test_an_answer_of_discord_that_is_lost_means_one_message(stack, sandbox, key, changes):
    sandbox.fail(SEND, "cut_after", times=1)
    answer = call(stack.url, key, "send_message", {"channel_id": sandbox.channels["help"], "content": "once"})
    assert answer.result["isError"] is False, answer.text
    assert len(changes()) == 1


def test_a_rate_limit_of_discord_is_waited_for(stack, sandbox, key, changes):
    sandbox.fail(SEND, "429", retry_after=0.3, times=1)
    answer = call(stack.url, key, "send_message", {"channel_id": sandbox.channels["deutsch"], "content": "later"})
    assert answer.result["isError"] is False, answer.text
    assert len(changes()) == 1


# The same call again


def test_the_same_idempotency_key_has_one_effect(stack, sandbox, key, changes):
    arguments = {"channel_id": sandbox.channels["help"], "content": "just once", "idempotency_key": "once-1"}
    first, second = (call(stack.url, key, "send_message", arguments).result["structuredContent"] for _ in range(2))
    assert first["replayed"] is False and second["replayed"] is True
    assert {**first, "replayed": None} == {**second, "replayed": None}
    assert len(changes()) == 1


def test_the_same_idempotency_key_for_something_else_is_a_conflict(stack, sandbox, key, changes):
    arguments = {"channel_id": sandbox.channels["off-topic"], "content": "first", "idempotency_key": "once-2"}
    assert call(stack.url, key, "send_message", arguments).result["isError"] is False
    text = failure(call(stack.url, key, "send_message", arguments | {"content": "second"}))
    assert text.startswith("idempotency_conflict:")
    assert len(changes()) == 1


def test_idempotency_keys_of_different_callers_are_different(stack, sandbox, key, changes):
    arguments = {"channel_id": sandbox.channels["mod-log"], "content": "mine", "idempotency_key": "once-3"}
    for caller in (key, stack.create_key("read_write")["key"]):
        assert call(stack.url, caller, "send_message", arguments).result["structuredContent"]["replayed"] is False
    assert len(changes()) == 2


# The protocol


@pytest.mark.anyio
@pytest.mark.parametrize("client", agents.CLIENTS)
async def test_an_unknown_tool_is_a_protocol_error(stack, key, client):
    async with agents.connect(client, stack.url, key) as agent:
        with pytest.raises(MCPError) as caught:
            await agent.call("delete_everything")
    assert caught.value.code == mcp_types.INVALID_PARAMS


def test_malformed_json_is_a_parse_error(stack, key):
    _, headers = envelope("tools/list")
    answer = request("POST", stack.url, key, b'{"jsonrpc":"2.0",', headers)
    assert (answer.status, answer.error_code) == (400, -32700)


def test_a_batch_is_refused(stack, key):
    body, headers = envelope("tools/list")
    answer = request("POST", stack.url, key, json.dumps([body]).encode(), headers)
    assert (answer.status, answer.error_code) == (400, -32600)


def test_an_unknown_method_is_not_found(stack, key):
    answer = rpc(stack.url, key, "tools/destroy")
    assert (answer.status, answer.error_code) == (404, -32601)


def test_headers_that_contradict_the_body_are_refused(stack, key):
    answer = rpc(stack.url, key, "tools/list", **{"Mcp-Method": "tools/call"})
    assert (answer.status, answer.error_code) == (400, -32020)


def test_a_version_of_the_future_is_refused(stack, key):
    body, headers = envelope("tools/list")
    body["params"]["_meta"]["io.modelcontextprotocol/protocolVersion"] = "2031-01-01"
    headers["MCP-Protocol-Version"] = "2031-01-01"
    answer = request("POST", stack.url, key, json.dumps(body).encode(), headers)
    assert (answer.status, answer.error_code) == (400, -32022)
    assert answer.json["error"]["data"]["supported"] == ["2026-07-28"]


def test_a_forged_session_is_not_found(stack, key):
    answer = request(
        "POST", stack.url, key, b'{"jsonrpc":"2.0","id":1,"method":"tools/list"}',
        {"Accept": "application/json, text/event-stream", "Content-Type": "application/json",
         "MCP-Protocol-Version": LEGACY, "Mcp-Session-Id": "forged"},
    )  # fmt: skip
    assert answer.status == 404


def test_only_post_is_served(stack, key):
    answer = request("PUT", stack.url, key, b"{}", {"Content-Type": "application/json"})
    assert answer.status == 405 and "POST" in answer.headers["allow"]


def test_a_client_that_wants_html_is_told(stack, key):
    assert rpc(stack.url, key, "tools/list", Accept="text/html").status == 406


# HTTP


def test_an_oversized_body_is_refused(stack, key):
    _, headers = envelope("tools/list")
    assert request("POST", stack.url, key, b" " * ((4 << 20) + 1), headers).status == 413


def test_an_announced_oversized_body_is_refused_before_it_is_read(stack, key):
    parts = urlsplit(stack.url)
    connection = http.client.HTTPConnection(parts.hostname, parts.port, timeout=10)
    connection.putrequest("POST", "/mcp")
    for name, value in envelope("tools/list")[1].items():
        connection.putheader(name, value)
    connection.putheader("Authorization", f"Bearer {key}")
    connection.putheader("Content-Length", str(1 << 30))
    connection.endheaders()
    assert connection.getresponse().status == 413
    connection.close()


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1.evil.example", "localhost.evil.example:80"])
def test_a_hostile_host_is_refused(stack, key, host):
    assert rpc(stack.url, key, "tools/list", Host=host).status == 421


@pytest.mark.parametrize("origin", ["https://evil.example", "http://localhost.evil.example", "null"])
def test_a_hostile_origin_is_refused(stack, key, origin):
    assert rpc(stack.url, key, "tools/list", Origin=origin).status == 403


def test_an_unknown_path_is_a_problem_document(stack):
    answer = request("GET", f"{stack.rest_url}/nowhere")
    assert answer.status == 404 and answer.headers["content-type"] == "application/problem+json"


def test_the_open_routes_answer_without_a_key(stack):
    about = request("GET", f"{stack.rest_url}/").json
    assert about["mcp"] == stack.url and about["version"]
    assert request("GET", f"{stack.rest_url}/health").json == {"status": "ok"}
    assert request("GET", f"{stack.rest_url}/ready").status == 200


def test_the_status_is_served_as_a_plain_resource(stack, key):
    assert request("GET", f"{stack.rest_url}/mcp/resources/discord://status", key).json["status"] == "connected"
    assert request("GET", f"{stack.rest_url}/mcp/resources/discord://status").status == 401
    assert request("GET", f"{stack.rest_url}/mcp/resources/discord://nothing", key).status == 404
