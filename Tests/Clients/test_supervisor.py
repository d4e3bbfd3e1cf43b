"""The stack as a whole: it heals, it ends, and it leaves nothing behind."""

from __future__ import annotations

import json
import os
import shutil
import signal
import threading

import pytest

from stack import until
from wire import call, request, rpc

CHILDREN = ("redis", "audit", "sandbox", "gateway", "executor", "front-door")


def test_status_shows_every_process(stack):
    processes = {process["role"]: process for process in stack.processes()}
    assert set(processes) == {"supervisor", *CHILDREN}
    assert all(process["state"] == "ready" for process in processes.values())
    pids = stack.ready["pids"]
    assert {processes[role]["pid"] for role in CHILDREN if role != "front-door"} == {
        pids[role] for role in CHILDREN if role != "front-door"
    }
    assert [processes["front-door"]["pid"]] == pids["front_doors"]
    assert processes["supervisor"]["pid"] == pids["supervisor"] == stack.process.pid


@pytest.mark.parametrize("role", CHILDREN)
def test_a_killed_child_is_back_and_works(fresh_stack, role):
    stack = fresh_stack()
    key = stack.create_key("admin")["key"]
    process = stack.await_restart(role, stack.kill_child(role))
    assert process["restarts"] == 1
    channel = stack.sandbox.channels["general"]

    def works() -> bool:
        try:
            answer = call(stack.url, key, "send_message", {"channel_id": channel, "content": "here again"})
        except OSError:
            return False
        return answer.status == 200 and answer.json["result"]["isError"] is False

    until(works, "a message is sent", every=0.1)
    assert stack.stop() == 0


def test_nothing_survives_a_killed_supervisor(fresh_stack):
    stack = fresh_stack()
    os.kill(stack.process.pid, signal.SIGKILL)
    stack.process.wait()
    until(lambda: not stack.survivors(), "no process of the stack is left", within=2)


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_stop_drains_and_ends_with_0(fresh_stack, number):
    assert fresh_stack().stop(number) == 0


def test_a_second_stack_on_one_data_directory_refuses(stack):
    result = stack.run_command("run", "--sandbox", "--port", "0")
    assert result.returncode != 0
    assert str(stack.process.pid) in result.stderr, result.stderr


def test_the_second_start_is_quick_and_keeps_everything(fresh_stack):
    stack = fresh_stack()
    assert stack.admin_key
    assert [record["outcome"] for record in stack.audit("--kind", "lifecycle") if record["action"] == "create_key"] == [
        "ok"
    ]
    made = stack.create_key("admin")
    channel = stack.sandbox.channels["general"]
    sent = call(stack.url, made["key"], "send_message", {"channel_id": channel, "content": "before the night"}).result
    assert stack.stop() == 0
    stack.start()
    assert "admin_key" not in stack.ready
    assert stack.start_seconds < 10, "1.5 s is the aim of the release build on a quiet machine"
    assert rpc(stack.url, stack.admin_key, "tools/list").status == 200
    assert rpc(stack.url, made["key"], "tools/list").status == 200
    assert stack.audit("--command", sent["structuredContent"]["command_id"])
    assert stack.run_command("audit", "verify").returncode == 0
    assert stack.stop() == 0


def test_a_redis_that_lost_its_keys_gives_nobody_a_new_one(fresh_stack):
    stack = fresh_stack()
    assert stack.admin_key
    assert stack.stop() == 0
    shutil.rmtree(stack.data_dir / "redis")
    (stack.data_dir / "redis").mkdir(mode=0o700)
    stack.start()
    assert "admin_key" not in stack.ready
    assert json.loads(stack.command("key", "list", "--json"))["keys"] == []


def test_two_front_doors_share_one_listener(fresh_stack):
    stack = fresh_stack("--front-doors", "2")

    def ready_doors() -> set[int]:
        return {
            process["pid"]
            for process in stack.processes()
            if process["role"] == "front-door" and process["state"] == "ready"
        }

    first, second = ready_doors()
    key = stack.create_key("read_only")["key"]
    os.kill(first, signal.SIGKILL)
    until(lambda: len(ready_doors() - {first}) == 2, "it is replaced", every=0.05)
    assert second in ready_doors()
    assert rpc(stack.url, key, "tools/list").status == 200


def test_front_doors_are_rolled_without_a_failed_request(fresh_stack):
    stack = fresh_stack("--front-doors", "2")
    key = stack.create_key("read_only")["key"]
    rolling = threading.Thread(target=stack.command, args=("roll",))
    before = {process["pid"] for process in stack.processes() if process["role"] == "front-door"}
    rolling.start()
    statuses = set()
    while rolling.is_alive():
        statuses.add(rpc(stack.url, key, "tools/list").status)
    after = {process["pid"] for process in stack.processes() if process["role"] == "front-door"}
    assert statuses == {200} and not before & after


def test_a_front_door_never_sees_the_bot_token(stack):
    token = stack.sandbox.bot_token.encode()

    def environment(role: str) -> bytes:
        with open(f"/proc/{stack.pid_of(role)}/environ", "rb") as file:
            return file.read()

    assert token in environment("executor") and token in environment("gateway")
    assert token not in environment("front-door") and token not in environment("audit")


def test_secrets_are_not_in_the_log(fresh_stack):
    stack = fresh_stack(LOG_LEVEL="trace")
    made = stack.create_key("admin")
    call(stack.url, made["key"], "send_message",
         {"channel_id": stack.sandbox.channels["general"], "content": "between-you-and-me"})  # fmt: skip
    token = request("POST", f"{stack.rest_url}/auth/token", made["key"]).json["access_token"]
    assert rpc(stack.url, token, "tools/list").status == 200
    jwt_secret = (stack.data_dir / "keys" / "jwt_secret").read_text().strip()
    redis_password = (stack.data_dir / "redis" / "password").read_text().strip()
    assert len(jwt_secret) >= 32 and len(redis_password) >= 16
    assert stack.stop() == 0
    log = stack.log_path.read_text(errors="replace")
    assert "trace" in log.lower()
    for secret in (made["key"], token, jwt_secret, redis_password, stack.sandbox.bot_token, "between-you-and-me"):
        assert secret not in log
