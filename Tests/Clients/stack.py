"""A whole running stack: started, watched, disturbed and stopped as an operator would."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

from sandbox import Sandbox

Value = TypeVar("Value")

# Generous: debug binaries on a busy machine.
PATIENCE = 60.0

# What the names of the program's settings begin with.
SETTINGS = ("DISCORD_", "JWT_", "REDIS_", "MCP_SERVER_", "LOG_", "RATE_LIMIT_", "ALLOWED_ORIGINS", "CORS_", "NOTIFY_")


def until(
    condition: Callable[[], Value | None], what: str, within: float = PATIENCE, every: float = 0.02
) -> Value:
    """Calls `condition` until it gives something true."""
    end = time.monotonic() + within
    while True:
        value = condition()
        if value:
            return value
        if time.monotonic() > end:
            raise AssertionError(f"within {within:g} s it did not come true: {what}")
        time.sleep(every)


def is_alive(pid: int) -> bool:
    """Neither gone nor a zombie."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(") ")[2][0] not in "ZX"
    except (FileNotFoundError, ProcessLookupError):
        return False


def processes_mentioning(text: str) -> list[int]:
    """Processes whose command line or environment has the text."""
    needle = text.encode()
    found = []
    for entry in Path("/proc").iterdir():
        if not entry.name.isdigit() or int(entry.name) == os.getpid():
            continue
        try:
            content = (entry / "cmdline").read_bytes() + (entry / "environ").read_bytes()
        except OSError:
            continue
        if needle in content and is_alive(int(entry.name)):
            found.append(int(entry.name))
    return found


def clean_environment(**settings: str) -> dict[str, str]:
    """This environment without any setting of the program, then the given ones."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(SETTINGS)}
    return kept | settings


class Stack:
    """`discord-mcp run --sandbox` on a data directory of its own."""

    def __init__(self, binaries: Path, **settings: str) -> None:
        self.program = str(binaries / "discord-mcp")
        # Unix sockets want short paths, whatever TMPDIR says.
        self.home = Path(tempfile.mkdtemp(prefix="dmcp-", dir="/tmp"))
        self.data_dir = self.home / "d"
        self.log_path = self.home / "stack.log"
        # The limits have tests of their own; here they would only be in the way.
        self.environment = clean_environment(**{"RATE_LIMIT_REQUESTS": "100000"} | settings)
        self.process: subprocess.Popen[bytes] | None = None
        self.ready: dict[str, Any] = {}
        self.admin_key = ""
        self.start_seconds = 0.0

    # Life

    def start(self, *arguments: str, within: float = PATIENCE) -> Stack:
        ready_file = self.home / "ready.json"
        ready_file.unlink(missing_ok=True)
        began = time.monotonic()
        with self.log_path.open("ab") as log:
            self.process = subprocess.Popen(
                [self.program, "run", "--sandbox", "--port", "0", "--data-dir", str(self.data_dir),
                 "--ready-file", str(ready_file), *arguments],
                cwd=self.home, env=self.environment, stdin=subprocess.DEVNULL, stdout=log, stderr=log,
            )  # fmt: skip

        def is_ready() -> bool:
            assert self.process is not None
            if self.process.poll() is not None:
                raise AssertionError(f"the stack ended with {self.process.returncode} before it was ready\n{self.log}")
            return ready_file.exists()

        until(is_ready, "the ready file is there", within)
        self.start_seconds = time.monotonic() - began
        self.ready = json.loads(ready_file.read_text())
        self.admin_key = self.ready.get("admin_key", self.admin_key)
        return self

    def stop(self, signal_number: int = signal.SIGTERM) -> int:
        """Asks it to end, and makes sure that nothing of it is left; gives the exit status."""
        assert self.process is not None
        self.process.send_signal(signal_number)
        try:
            status = self.process.wait(PATIENCE)
        except subprocess.TimeoutExpired:
            raise AssertionError(f"the stack does not end\n{self.log}") from None
        until(lambda: not self.survivors(), "no process of the stack is left", within=2)
        return status

    def discard(self) -> None:
        """Ends whatever is left, and removes the files."""
        if self.process is not None and self.process.poll() is None:
            self.process.terminate()
            try:
                self.process.wait(20)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()
        for pid in self.survivors():
            os.kill(pid, signal.SIGKILL)
        shutil.rmtree(self.home, ignore_errors=True)

    def survivors(self) -> list[int]:
        return processes_mentioning(str(self.data_dir))

    @property
    def log(self) -> str:
        return self.log_path.read_text(errors="replace")[-12_000:]

    # Where it is

    @property
    def url(self) -> str:
        return self.ready["mcp_url"]

    @property
    def rest_url(self) -> str:
        return self.ready["rest_url"].rstrip("/")

    @property
    def sandbox(self) -> Sandbox:
        return Sandbox(self.ready["sandbox"])

    # Commands

    def run_command(self, *arguments: str, **settings: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [self.program, *arguments, "--data-dir", str(self.data_dir)],
            cwd=self.home, env=self.environment | settings, capture_output=True, text=True, timeout=PATIENCE,
        )  # fmt: skip

    def command(self, *arguments: str) -> str:
        """The output of a command that must succeed."""
        result = self.run_command(*arguments)
        assert result.returncode == 0, f"{arguments}: exit {result.returncode}\n{result.stdout}{result.stderr}"
        return result.stdout

    def create_key(self, level: str, *options: str, name: str = "test") -> dict[str, Any]:
        return json.loads(self.command("key", "create", "--name", name, "--level", level, *options, "--json"))

    def audit(self, *filters: str) -> list[dict[str, Any]]:
        return [json.loads(line) for line in self.command("audit", "query", *filters, "--json").splitlines() if line]

    def processes(self) -> list[dict[str, Any]]:
        return json.loads(self.command("status", "--json"))["processes"]

    def process_of(self, role: str) -> dict[str, Any]:
        return next(process for process in self.processes() if process["role"] == role)

    # Bad luck

    def pid_of(self, role: str) -> int:
        return self.process_of(role)["pid"]

    def kill_child(self, role: str) -> int:
        """Kills the process of that role; gives the id it had."""
        pid = self.pid_of(role)
        os.kill(pid, signal.SIGKILL)
        return pid

    def await_restart(self, role: str, former_pid: int) -> dict[str, Any]:
        def restarted() -> dict[str, Any] | None:
            process = self.process_of(role)
            return process if process["state"] == "ready" and process.get("pid") != former_pid else None

        return until(restarted, f"{role} is ready again", every=0.05)
