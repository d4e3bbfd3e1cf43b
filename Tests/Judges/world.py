"""A sandbox Discord for the outside judges, and the world file that they read."""

from __future__ import annotations

import contextlib
import json
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[1] / "Clients"))

from sandbox import Sandbox
from stack import clean_environment, until

ADMINISTRATOR = 1 << 3


@contextlib.contextmanager
def running_sandbox(binaries: Path, *options: str) -> Iterator[dict[str, Any]]:
    """`discord-mcp-sandbox` on a free port; gives its ready file."""
    home = Path(tempfile.mkdtemp(prefix="dmcp-judge-"))
    ready_file, log = home / "ready.json", (home / "sandbox.log").open("wb")
    process = subprocess.Popen(
        [str(binaries / "discord-mcp-sandbox"), "--port", "0", "--ready-file", str(ready_file),
         "--data-dir", str(home / "data"), *options],
        env=clean_environment(), stdin=subprocess.DEVNULL, stdout=log, stderr=log,
    )  # fmt: skip
    try:
        def ready() -> bool:
            if process.poll() is not None:
                raise SystemExit(f"the sandbox ended: {(home / 'sandbox.log').read_text()}")
            return ready_file.exists()

        until(ready, "the sandbox listens")
        yield json.loads(ready_file.read_text())
    finally:
        process.terminate()
        process.wait(20)
        log.close()
        shutil.rmtree(home, ignore_errors=True)


def write_world(description: dict[str, Any], file: Path, channels: tuple[str, str] = ("general", "off-topic")) -> Path:
    """The judges want a bot that may do everything: its role becomes an administrator's."""
    sandbox = Sandbox(description)
    guild = sandbox.guild_id
    member = sandbox.ask("GET", f"/guilds/{guild}/members/{sandbox.bot_id}")
    roles = {role["id"]: role for role in sandbox.ask("GET", f"/guilds/{guild}/roles")}
    role = roles[member["roles"][0]]
    sandbox.ask("PATCH", f"/guilds/{guild}/roles/{role['id']}", {"permissions": str(int(role["permissions"]) | ADMINISTRATOR)})
    # Nobody whose role is above the bot's.
    ordinary = [sandbox.users[name] for name in ("ada", "linus", "haruto", "lucia", "jonas", "sakura", "diego", "maeve")]
    file.write_text(json.dumps({
        "api": description["rest_url"], "gateway": description["gateway_url"], "token": description["token"],
        "owner_token": description["owner_token"], "guild_id": guild, "channel_id": sandbox.channels[channels[0]],
        "channel2_id": sandbox.channels[channels[1]], "members": [{"id": user} for user in ordinary],
        "role_id": sandbox.roles["Regular"],
    }))  # fmt: skip
    return file
