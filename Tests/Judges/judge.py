"""Puts the sandbox and our Discord clients before the outside judges of a probes folder.

Each verdict is a line PASS or FAIL; the exit status is 1 if one failed. The judges' own reports go to --out.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

from world import running_sandbox, write_world

HERE = Path(__file__).parent


class Judges:
    def __init__(self, options: argparse.Namespace) -> None:
        self.probes: Path = options.probes.resolve()
        self.binaries: Path = options.bin.resolve()
        self.out: Path = options.out.resolve()
        self.failed: list[str] = []

    # What is judged

    def library(self) -> None:
        """An unmodified discord.py, and raw requests, against the sandbox."""
        for compression in ("zlib", "zstd"):
            with running_sandbox(self.binaries) as description:
                world = write_world(description, self.out / "world.json")
                self.run(
                    f"discord.py and the sandbox, {compression}", self.python(self.probes / "discordpy_probe.py"),
                    "--world", world, "--slow", "--compress", compression, counts="PASS ",
                )  # fmt: skip

    def chain(self) -> None:
        """Our REST and gateway clients, and discord.py beside them, with a judge on each wire."""
        quiet, hard, injected = "", self.probes / "faults-hard.json", self.probes / "inject-example.json"
        for name, faults, injections in (
            ("", quiet, quiet), (" with injected answers", quiet, injected),
            (" with faults", HERE / "faults-short.json", quiet), (" with hard faults", hard, injected),
        ):  # fmt: skip
            self.between_judges(f"our clients and the sandbox{name}", [str(self.binaries / "DiscordExercise"), "{}"], faults, injections)
        library = [*self.python(self.probes / "discordpy_probe.py"), "--only", "lib", "--world", "{}"]
        # What the library itself sends against the documentation is not ours to mend: only the server's side counts.
        self.between_judges("discord.py and the sandbox, judged on the wire", library, quiet, quiet, status_mask=2)

    def between_judges(
        self, name: str, command: list[str], faults: object, injections: object, status_mask: int = 0xFF
    ) -> None:
        out = self.out / name.replace(" ", "-").replace(",", "")
        with running_sandbox(self.binaries) as description:
            world = write_world(description, self.out / "world.json")
            self.run(
                name, [str(self.probes / "chain")], world, description["rest_url"].removesuffix("/api/v10"),
                description["gateway_url"], *command, status_mask=status_mask, PY=sys.executable, OUT=str(out),
                **({"FAULTS": str(faults)} if faults else {}), **({"INJECT": str(injections)} if injections else {}),
            )  # fmt: skip

    def gateway(self) -> None:
        """The real gateway process behind a judge that breaks things, with faults for which no session may be lost and others."""
        for faults, compression, chunk in (("resumable", "zstd-stream", 0), ("hard", "zlib-stream", 37)):
            self.run(
                f"gateway process with {faults} faults, {compression}", self.python(HERE / "gateway_client.py"),
                "--bin", self.binaries, "--probes", self.probes, "--python", sys.executable, "--compress", compression,
                "--faults", self.probes / f"faults-{faults}.json", "--", "--chunk", chunk)  # fmt: skip

    def ingest(self) -> None:
        """A generated stream of events through the real gateway process, compared with the right end state."""
        self.run("ingestion of a generated stream", self.python(HERE / "ingest.py"), self.probes, "--bin", self.binaries,
                 "--messages", 5000, counts="PASS ")  # fmt: skip

    def payloads(self) -> None:
        """Every example payload is read, and nothing that a tool shows is dropped."""
        self.run("example payloads", [str(self.binaries / "IngestDriver")], "payloads", self.probes / "payloads")

    def token(self) -> None:
        """Four processes that share one token at full load, then with one killed every five seconds."""
        for name, options in (("", ()), (", one killed every 5 s", ("--kill-every", 5))):
            self.run(
                f"four processes share one token{name}", self.python(HERE / "shared_token.py"), "--seconds", 15, *options,
                "--bin", self.binaries)  # fmt: skip

    # How

    def python(self, script: Path) -> list[str]:
        return [sys.executable, str(script)]

    def run(
        self, name: str, command: list[str], *arguments: object, counts: str = "", status_mask: int = 0xFF, **settings: str
    ) -> None:
        log = self.out / (name.replace(" ", "-").replace(",", "") + ".log")
        began = time.monotonic()
        with log.open("wb") as file:
            status = subprocess.run(
                [*command, *map(str, arguments)], stdin=subprocess.DEVNULL, stdout=file, stderr=file,
                env=os.environ | settings, cwd=self.out,
            ).returncode & status_mask  # fmt: skip
        lines = log.read_text(errors="replace").splitlines()
        passed = f", {sum(line.startswith(counts) for line in lines)} checks" if counts else ""
        print(f"{'PASS' if status == 0 else 'FAIL'} {name} ({time.monotonic() - began:.0f} s{passed})", flush=True)
        if status:
            self.failed.append(name)
            shown = [line for line in lines if line.startswith("FAIL")] or lines
            print("\n".join(f"    {line[:400]}" for line in shown[-25:]), flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--probes", type=Path, required=True)
    parser.add_argument("--bin", type=Path, required=True, help="directory of the programs")
    parser.add_argument("--out", type=Path, required=True, help="where the judges' reports go")
    parser.add_argument("--only", nargs="*", help="names of judges")
    options = parser.parse_args()
    options.out.mkdir(parents=True, exist_ok=True)
    judges = Judges(options)
    all_of_them: dict[str, Callable[[], None]] = {
        "payloads": judges.payloads, "ingest": judges.ingest, "token": judges.token, "gateway": judges.gateway,
        "chain": judges.chain,
        "library": judges.library,
    }  # fmt: skip
    for name, judge in all_of_them.items():
        if not options.only or name in options.only:
            judge()
    sys.exit(bool(judges.failed))


main()
