"""The command line: help everywhere, exit statuses, and messages that say what to do."""

from __future__ import annotations

import json
import re
import subprocess
from pathlib import Path

import pytest

from stack import Stack, clean_environment
from wire import call, request, rpc

NEEDED = {"run", "key create", "key list", "key revoke", "token", "status", "audit tail", "audit query", "audit verify",
          "audit export", "config", "stdio"}  # fmt: skip


def run(binaries, *arguments: str, cwd=None, **settings: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [binaries / "discord-mcp", *arguments], cwd=cwd, env=clean_environment(**settings), capture_output=True,
        text=True, timeout=60,
    )  # fmt: skip


def commands_below(binaries, *path: str) -> list[tuple[str, ...]]:
    result = run(binaries, *path, "--help")
    assert result.returncode == 0, result.stderr
    assert "USAGE" in result.stdout
    _, _, listing = result.stdout.partition("SUBCOMMANDS:")
    names = re.findall(r"^  ([a-z][a-z-]*)\b", listing, re.MULTILINE)
    if not names:
        assert "xample" in result.stdout, f"{' '.join(path)} --help shows no example"
        return [path]
    return [leaf for name in names if name != "help" for leaf in commands_below(binaries, *path, name)]


def test_every_command_has_help_with_examples(binaries):
    assert NEEDED <= {" ".join(path) for path in commands_below(binaries)}


@pytest.mark.parametrize(
    "arguments",
    [("fly",), ("run", "--sideways"), ("key", "create"), ("key", "create", "--name", "n", "--level", "godlike"),
     ("key", "create", "--name", "n", "--level", "admin", "--toolset", "mesages"),
     ("run", "--port", "70000"), ("audit", "export", "--format", "parchment")],
)  # fmt: skip
def test_wrong_usage_exits_with_2(binaries, arguments, tmp_path):
    result = run(binaries, *arguments, cwd=tmp_path)
    assert result.returncode == 2, result.stderr
    assert "Usage:" in result.stderr or "USAGE" in result.stderr


@pytest.mark.parametrize(
    ("settings", "words"),
    [
        ({"JWT_SECRET_KEY": "your-secret-key-change-in-production"}, ["JWT_SECRET_KEY"]),
        ({"JWT_SECRET_KEY": "short"}, ["JWT_SECRET_KEY", "32"]),
        ({"DISCORD_MCP_DATADIR": "/tmp/x"}, ["DISCORD_MCP_DATADIR", "DISCORD_MCP_DATA_DIR"]),
        ({"LOG_LEVEL": "loud"}, ["LOG_LEVEL", "debug"]),
        ({"RATE_LIMIT_REQUESTS": "many"}, ["RATE_LIMIT_REQUESTS"]),
        ({"DISCORD_MCP_TOOLSETS": "messages,moderatoin"}, ["DISCORD_MCP_TOOLSETS", "messages, moderation"]),
        ({"REDIS_URL": "http://localhost"}, ["REDIS_URL", "redis://"]),
        ({"JWT_SECRET_KEY_FILE": "/nowhere/jwt"}, ["JWT_SECRET_KEY_FILE", "/nowhere/jwt"]),
    ],
)
def test_wrong_configuration_exits_with_78_and_a_hint(binaries, settings, words):
    stack = Stack(binaries, **settings)
    try:
        result = stack.run_command("run", "--sandbox", "--port", "0")
        assert result.returncode == 78, result.stderr
        assert all(word in result.stderr for word in words), result.stderr
        assert not stack.survivors()
    finally:
        stack.discard()


def test_without_a_stack_the_commands_say_how_to_start_one(binaries, tmp_path):
    result = run(binaries, "status", "--data-dir", str(tmp_path / "d"))
    assert result.returncode == 1
    assert "discord-mcp run" in result.stderr


def test_config_shows_origins_and_masks_secrets(stack):
    secret = "0123456789abcdef0123456789abcdef0123456789abcdef"
    result = stack.run_command("config", "--json", JWT_SECRET_KEY=secret, LOG_LEVEL="debug")
    assert result.returncode == 0, result.stderr
    assert secret not in result.stdout and "LOG_LEVEL" in result.stdout and "environment" in result.stdout
    json.loads(result.stdout)


def test_a_damaged_audit_log_is_found(fresh_stack):
    stack = fresh_stack()
    key = stack.create_key("admin")["key"]
    for number in range(3):
        call(stack.url, key, "send_message",
             {"channel_id": stack.sandbox.channels["general"], "content": f"message {number}"})  # fmt: skip
    assert stack.run_command("audit", "verify").returncode == 0
    assert stack.stop() == 0
    segment = max((stack.data_dir / "audit" / "segments").iterdir(), key=lambda path: path.stat().st_size)
    content = bytearray(segment.read_bytes())
    content[content.index(b"send_message")] ^= 1
    segment.write_bytes(content)
    result = stack.run_command("audit", "verify")
    assert result.returncode == 1
    assert re.search(r"record \d+", result.stdout + result.stderr), result.stdout + result.stderr


@pytest.mark.parametrize("form", ["jsonl", "csv", "ocsf"])
def test_the_audit_log_is_exported(stack, key, form):
    lines = stack.command("audit", "export", "--format", form).splitlines()
    assert lines
    if form != "csv":
        assert all(isinstance(json.loads(line), dict) for line in lines)


@pytest.mark.parametrize(("overlap", "former"), [("0s", 401), ("1h", 200)])
def test_a_rotated_key_has_a_new_secret(stack, overlap, former):
    made = stack.create_key("read_only")
    old = [made["key"], token_for(stack, made["key"])]
    rotated = json.loads(stack.command("key", "rotate", made["id"], "--overlap", overlap, "--json"))
    assert rotated["id"] == made["id"] and rotated["key"] != made["key"]
    new = [rotated["key"], token_for(stack, rotated["key"])]
    assert [rpc(stack.url, bearer, "tools/list").status for bearer in old] == [former] * 2
    assert [rpc(stack.url, bearer, "tools/list").status for bearer in new] == [200] * 2


def token_for(stack, key: str) -> str:
    return request("POST", f"{stack.rest_url}/auth/token", key).json["access_token"]


def make_env(file: Path, **settings: str) -> dict[str, str]:
    script = Path(__file__).parents[2] / "deploy" / "make-env"
    subprocess.run([script, file], check=True, env=clean_environment(**settings), stdout=subprocess.DEVNULL)
    assert file.stat().st_mode & 0o777 == 0o600
    return dict(line.split("=", 1) for line in file.read_text().splitlines())


def test_the_composed_stack_knows_the_token_of_the_sandbox(stack):
    compose = (Path(__file__).parents[2] / "docker-compose.yml").read_text()
    assert f"${{DISCORD_BOT_TOKEN:-{stack.sandbox.bot_token}}}" in compose


def test_the_composed_stack_gets_fresh_secrets_and_make_run_no_other_discord(tmp_path):
    settings = make_env(tmp_path / "env")
    assert len(settings["JWT_SECRET_KEY"]) == 64 and settings["JWT_SECRET_KEY"] != settings["REDIS_PASSWORD"]
    assert settings["COMPOSE_PROFILES"] == "sandbox"
    # The file is read by `make run` too, which brings a sandbox of its own.
    assert not [name for name in settings if name.startswith("DISCORD_")]
    assert make_env(tmp_path / "env") == settings


def test_the_composed_stack_keeps_what_env_has(tmp_path):
    (tmp_path / "env").write_text("DISCORD_BOT_TOKEN=mine\nRATE_LIMIT_REQUESTS=7")
    settings = make_env(tmp_path / "env")
    assert settings["DISCORD_BOT_TOKEN"] == "mine" and settings["RATE_LIMIT_REQUESTS"] == "7"
    assert "JWT_SECRET_KEY" in settings and "COMPOSE_PROFILES" not in settings
    assert make_env(tmp_path / "other", DISCORD_BOT_TOKEN="theirs")["DISCORD_BOT_TOKEN"] == "theirs"
