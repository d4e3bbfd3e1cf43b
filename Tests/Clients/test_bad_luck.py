"""Processes die, hang and come back: nothing happens without its record, and nothing happens twice."""

from __future__ import annotations

import json
import os
import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from stack import until
from wire import Answer, begin_session, call, legacy_rpc, rpc

SEND = "POST /channels/{channel_id}/messages"


@pytest.fixture
def stack(fresh_stack):
    return fresh_stack()


@pytest.fixture
def key(stack) -> str:
    return stack.create_key("admin")["key"]


@pytest.fixture
def sandbox(stack):
    return stack.sandbox


def send(stack, key: str, content: str, **more) -> Answer:
    return call(stack.url, key, "send_message",
                {"channel_id": stack.sandbox.channels["general"], "content": content} | more)  # fmt: skip


def read(stack, key: str) -> Answer:
    return call(stack.url, key, "get_messages", {"channel_id": stack.sandbox.channels["general"], "limit": 3})


def search(stack, key: str, query: str) -> list[dict]:
    return call(stack.url, key, "search_messages", {"query": query}).result["structuredContent"]["messages"]


def succeeded(answer: Answer) -> bool:
    return answer.status == 200 and answer.json["result"]["isError"] is False


def refused_as(answer: Answer) -> str:
    """The code of a refusal, as a tool's failure or as a 503."""
    if answer.status == 503:
        assert int(answer.headers["retry-after"]) >= 1
        return "unavailable"
    assert answer.result["isError"] is True, answer.json
    return answer.text.partition(":")[0]


@contextmanager
def hung(stack, role: str) -> Iterator[None]:
    """A process that is there and does nothing, and a supervisor that does not see to it."""
    pids = [stack.pid_of("supervisor"), stack.pid_of(role)]
    for pid in pids:
        os.kill(pid, signal.SIGSTOP)
    try:
        yield
    finally:
        for pid in pids:
            os.kill(pid, signal.SIGCONT)


@pytest.mark.parametrize("era", ["modern", "legacy"])
def test_while_redis_hangs_known_readers_go_on_and_changes_are_refused(stack, key, sandbox, era):
    session = begin_session(stack.url, key) if era == "legacy" else {}
    channel = sandbox.channels["general"]

    def tool(name: str, **arguments) -> Answer:
        if era == "legacy":
            return legacy_rpc(stack.url, key, session, "tools/call", {"name": name, "arguments": arguments})
        return call(stack.url, key, name, arguments)

    assert succeeded(tool("get_messages", channel_id=channel))
    stranger = stack.create_key("admin")["key"]
    with hung(stack, "redis"):
        assert succeeded(tool("get_messages", channel_id=channel))
        assert refused_as(tool("send_message", channel_id=channel, content="unproved")) == "unavailable"
        assert rpc(stack.url, stranger, "tools/list").status == 503
        assert not sandbox.bot_effects()
    until(
        lambda: succeeded(tool("send_message", channel_id=channel, content="proved")),
        "changes are allowed again", every=0.1,
    )  # fmt: skip
    assert len(sandbox.bot_effects()) == 1


def test_keys_survive_the_death_of_redis(stack, key):
    stack.await_restart("redis", stack.kill_child("redis"))
    until(lambda: succeeded(send(stack, key, "still me")), "the key is known again", every=0.1)


def test_while_the_audit_writer_hangs_changes_are_refused_and_reads_go_on(stack, key, sandbox):
    with hung(stack, "audit"):
        assert refused_as(send(stack, key, "unrecorded")) == "audit_unavailable"
        assert succeeded(read(stack, key))
        assert not sandbox.bot_effects()
    until(lambda: succeeded(send(stack, key, "recorded")), "changes are allowed again", every=0.1)
    assert len(sandbox.bot_effects()) == 1
    assert stack.run_command("audit", "verify").returncode == 0


def test_while_the_audit_writer_hangs_keys_are_only_taken_away(stack):
    made = stack.create_key("read_only")
    with hung(stack, "audit"):
        for change in (["create", "--name", "n", "--level", "admin"], ["rotate", made["id"], "--overlap", "0s"]):
            refused = stack.run_command("key", *change)
            assert refused.returncode == 1 and "audit" in refused.stderr and "dmcp_" not in refused.stdout
        assert rpc(stack.url, made["key"], "tools/list").status == 200, "it was not rotated"
        assert "warning: not in the audit log" in stack.run_command("key", "revoke", made["id"]).stderr
    assert rpc(stack.url, made["key"], "tools/list").status == 401
    assert not [key for key in json.loads(stack.command("key", "list", "--json"))["keys"] if key["name"] == "n"
                and key["state"] == "active"]  # fmt: skip


def test_a_hanging_audit_writer_is_replaced(stack, key):
    former = stack.pid_of("audit")
    os.kill(former, signal.SIGSTOP)
    stack.await_restart("audit", former)
    until(lambda: succeeded(send(stack, key, "after")), "changes are allowed again", every=0.1)
    assert stack.run_command("audit", "verify").returncode == 0


def test_the_audit_log_survives_the_death_of_its_writer(stack, key):
    assert succeeded(send(stack, key, "before"))
    stack.await_restart("audit", stack.kill_child("audit"))
    until(lambda: succeeded(send(stack, key, "after")), "changes are allowed again", every=0.1)
    assert stack.run_command("audit", "verify").returncode == 0
    kinds = [entry["kind"] for entry in stack.audit("--tool", "send_message")]
    assert kinds.count("intent") >= kinds.count("outcome") >= 2


def test_a_call_while_the_executor_is_away_has_at_most_one_effect(stack, key, sandbox):
    former = stack.kill_child("executor")
    answer = send(stack, key, "who is there?", idempotency_key="away")
    if not succeeded(answer):
        assert refused_as(answer) in ("unavailable", "expired")
        assert not sandbox.bot_effects()
    stack.await_restart("executor", former)
    until(lambda: succeeded(send(stack, key, "who is there?", idempotency_key="away")), "it is sent", every=0.1)
    assert len(sandbox.bot_effects()) == 1


@pytest.mark.parametrize("fault", ["delay", "delay_after"])
def test_an_executor_that_dies_in_the_middle_sends_once(stack, key, sandbox, fault):
    """Killed before or after Discord has acted: repeating the call with its key ends with exactly one message."""
    assert succeeded(send(stack, key, "all is well"))
    sandbox.fail(SEND, fault, seconds=3, times=1)
    caller = threading.Thread(target=send, args=(stack, key, "exactly once"), kwargs={"idempotency_key": "slow"})
    caller.start()
    until(lambda: sandbox.faults_left() == 0, "Discord works on the call")
    former = stack.kill_child("executor")
    stack.await_restart("executor", former)
    answer = until(
        lambda: (answer := send(stack, key, "exactly once", idempotency_key="slow")) and succeeded(answer) and answer,
        "the call is done", every=0.2,
    )  # fmt: skip
    caller.join()
    until(lambda: len(sandbox.bot_effects()) >= 2, "the message is there")
    assert [effect["kind"] for effect in sandbox.bot_effects()] == ["message.create"] * 2
    trail = stack.audit("--command", answer.result["structuredContent"]["command_id"])
    assert [entry["kind"] for entry in trail][0] == "intent" and trail[-1]["kind"] == "outcome"
    assert trail[-1]["outcome"] == "ok"
    assert stack.run_command("audit", "verify").returncode == 0


def test_a_gateway_that_dies_resumes_and_misses_nothing(stack, key, sandbox):
    identifies = sandbox.stats()["gateway"]["identifies"]
    assert succeeded(read(stack, key))
    former = stack.kill_child("gateway")
    missed = sandbox.say("emil", "general", "Did anyone hear me?")
    stack.await_restart("gateway", former)

    def heard() -> bool:
        answer = read(stack, key)
        return succeeded(answer) and missed in [
            message["id"] for message in answer.result["structuredContent"]["messages"]
        ]

    until(heard, "the message that came meanwhile is read", every=0.1)
    found = until(lambda: search(stack, key, "anyone hear"), "the message that came meanwhile is found", every=0.1)
    assert missed in [message["id"] for message in found]
    assert sandbox.stats()["gateway"]["identifies"] == identifies, "it resumed and did not identify anew"


@pytest.mark.parametrize("disturbance", [{"do": "cut"}, {"do": "reconnect"}, {"do": "close", "code": 4000}])
def test_a_lost_gateway_connection_resumes(stack, key, sandbox, disturbance):
    identifies = sandbox.stats()["gateway"]["identifies"]
    sandbox.control("POST", "faults", {"gateway": [disturbance]})
    message = sandbox.say("emil", "help", "still there?")
    until(
        lambda: message in call(stack.url, key, "get_messages", {"channel_id": sandbox.channels["help"]}).body.decode(),
        "the message is read", every=0.1,
    )  # fmt: skip
    until(lambda: search(stack, key, "still there"), "the message is archived", every=0.1)
    assert sandbox.stats()["gateway"]["identifies"] == identifies


def test_a_hanging_gateway_is_replaced(stack, key):
    former = stack.pid_of("gateway")
    os.kill(former, signal.SIGSTOP)
    answer = read(stack, key)
    assert succeeded(answer) or refused_as(answer) in ("unavailable", "expired")
    stack.await_restart("gateway", former)
    until(lambda: succeeded(read(stack, key)), "reads work again", every=0.1)
