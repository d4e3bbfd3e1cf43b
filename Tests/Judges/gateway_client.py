#!/usr/bin/env python3
"""The real gateway process behind an outside judge (gateway_judge.py of --probes), which breaks things on purpose.

    gateway_client.py --bin .build/debug --probes DIR [--compress zstd-stream|zlib-stream|none]
                      [--faults FILE] [--seconds 75] [--python PYTHON] [-- more arguments of the judge]

PYTHON must have the probes' requirements. Exit 1: the judge found an error of the client, faults are left, or the
gateway ended by itself. What the judge says of the sandbox is printed and left to the sandbox's own checks.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from pathlib import Path

SETTINGS = ("DISCORD_", "REDIS_", "MCP_", "LOG_")


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def wait_for(condition, what: str, within: float = 30) -> None:
    end = time.monotonic() + within
    while not condition():
        if time.monotonic() > end:
            raise SystemExit(f"not within {within:g} s: {what}")
        time.sleep(0.05)


def listens(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--bin", type=Path, default=Path(".build/debug"))
    parser.add_argument("--probes", type=Path, required=True)
    parser.add_argument("--compress", default="zstd-stream")
    parser.add_argument("--faults", type=Path)
    parser.add_argument("--seconds", type=float, default=75)
    parser.add_argument("--python", default=sys.executable)
    parser.add_argument("more", nargs="*")
    options = parser.parse_args()
    programs = options.bin.resolve()
    home = Path(tempfile.mkdtemp(prefix="dmcp-judge-", dir="/tmp"))
    clean = {name: value for name, value in os.environ.items() if not name.startswith(SETTINGS)}
    running: list[subprocess.Popen[bytes]] = []

    def start(name: str, *arguments: object, **settings: str) -> subprocess.Popen[bytes]:
        with (home / f"{name}.log").open("wb") as log:
            process = subprocess.Popen(
                [str(argument) for argument in arguments], cwd=home, env=clean | settings,
                stdin=subprocess.DEVNULL, stdout=log, stderr=log,
            )  # fmt: skip
        running.append(process)
        return process

    try:
        ready, redis, summary, port = home / "world.json", home / "redis.sock", home / "summary.json", free_port()
        start("sandbox", programs / "discord-mcp-sandbox", "--ready-file", ready, "--trickle", "0.02",
              "--heartbeat-interval", "8", "--data-dir", home / "sandbox")  # fmt: skip
        start("redis", "redis-server", "--port", "0", "--unixsocket", redis, "--save", "", "--dir", home)
        wait_for(lambda: ready.exists() and redis.exists(), "sandbox and Redis")
        world = json.loads(ready.read_text())
        faults = ["--faults", options.faults.resolve()] if options.faults else []
        judge = start("judge", options.python, options.probes.resolve() / "gateway_judge.py", "--upstream",
                      world["gateway_url"], "--listen", f"127.0.0.1:{port}", "--log", home / "judge.jsonl",
                      "--summary", summary, *faults, *options.more)  # fmt: skip
        wait_for(lambda: listens(port), "the judge")
        gateway = start(
            "gateway", programs / "discord-mcp-gateway", DISCORD_BOT_TOKEN=world["token"],
            DISCORD_MCP_DISCORD_API_URL=world["rest_url"], REDIS_URL=f"unix://{redis}",
            DISCORD_MCP_DISCORD_GATEWAY_URL=f"ws://127.0.0.1:{port}", DISCORD_MCP_DATA_DIR=str(home / "data"),
            DISCORD_MCP_GATEWAY_COMPRESSION=options.compress,
        )  # fmt: skip
        try:
            gateway.wait(options.seconds)
        except subprocess.TimeoutExpired:
            pass
        ended = gateway.poll()
        judge.send_signal(signal.SIGTERM)
        judge.wait(10)
        verdict = json.loads(summary.read_text())
        print(json.dumps(verdict, indent=1))
        if ended is not None:
            print(f"the gateway ended by itself with {ended}\n" + (home / "gateway.log").read_text()[-3000:])
        failed = ended is not None or verdict["errors"]["client"] or verdict["faults_left"]
        if verdict["errors"]["client"]:
            print((home / "judge.jsonl").read_text()[-4000:])
        return 1 if failed else 0
    finally:
        for process in reversed(running):
            if process.poll() is None:
                process.terminate()
                process.wait(20)
        shutil.rmtree(home, ignore_errors=True)


sys.exit(main())
