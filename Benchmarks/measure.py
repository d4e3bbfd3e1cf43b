"""Throughput of one front door beside a bare Hummingbird echo, memory at rest, and restart times after kill -9."""
import argparse, contextlib, json, os, pathlib, shutil, signal, socket, statistics, subprocess, sys, tempfile, time

ROUNDS, SECONDS, CONNECTIONS = 5, 4, 16


def free_port():
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]


def until(what, condition, limit=60.0):
    end = time.monotonic() + limit
    while time.monotonic() < end:
        if (value := condition()) is not None:
            return value
        time.sleep(0.002)
    sys.exit(f"{what}: not within {limit} s")


class Stack:
    """The supervised stack on a fresh data directory and the sandbox Discord."""

    def __init__(self, binaries):
        self.program = str(binaries / "discord-mcp")
        self.directory = tempfile.mkdtemp(prefix="dmb-")
        self.data, self.ready_file = f"{self.directory}/d", f"{self.directory}/ready.json"
        self.start()

    def start(self):
        begun = time.monotonic()
        pathlib.Path(self.ready_file).unlink(missing_ok=True)
        self.process = subprocess.Popen(
            [self.program, "run", "--sandbox", "--port", "0", "--data-dir", self.data, "--ready-file", self.ready_file],
            stdout=open(f"{self.directory}/out.log", "ab"), stderr=subprocess.STDOUT)

        def read():
            if self.process.poll() is not None:
                sys.exit(f"the stack ended: see {self.directory}/out.log")
            with contextlib.suppress(FileNotFoundError, json.JSONDecodeError):
                return json.loads(pathlib.Path(self.ready_file).read_text())

        self.ready = until("ready", read)
        self.ready_after = time.monotonic() - begun

    def stop(self):
        self.process.send_signal(signal.SIGTERM)
        self.process.wait(60)

    def command(self, *arguments):
        result = subprocess.run([self.program, *arguments, "--data-dir", self.data], capture_output=True, text=True, check=True)
        return json.loads(result.stdout)

    def processes(self):
        return self.command("status", "--json")["processes"]


def wrk(url, environment, cores):
    output = subprocess.run(
        ["taskset", "-c", cores, "wrk", "-t1", f"-c{CONNECTIONS}", f"-d{SECONDS}s", "-s", "Benchmarks/call.lua", url],
        capture_output=True, text=True, env=os.environ | environment, check=True).stdout
    line = next(line for line in output.splitlines() if line.startswith("RESULT"))
    rate, p50, p99, bad = line.split()[1:]
    if int(bad):
        sys.exit(f"{bad} failed requests at {url}")
    return float(rate), float(p50), float(p99)


def throughput(stack, echo):
    key = stack.command("key", "create", "--name", "bench", "--level", "read_only", "--rate", "1000000/1s", "--json")["key"]
    channel = stack.ready["sandbox"]["channel_ids"]["general"]
    body = json.dumps({"jsonrpc": "2.0", "id": 1, "method": "tools/call", "params": {
        "name": "get_channel_info", "arguments": {"channel_id": channel},
        "_meta": {"io.modelcontextprotocol/protocolVersion": "2026-07-28", "io.modelcontextprotocol/clientCapabilities": {}}}})
    port = free_port()
    ceiling = subprocess.Popen([echo, str(port)], stderr=subprocess.DEVNULL)
    try:
        until("echo", lambda: socket.socket().connect_ex(("127.0.0.1", port)) == 0 or None)
        environment, rows = {"BODY": body, "KEY": key}, {"echo": [], "front door": []}
        for _ in range(ROUNDS):
            rows["echo"].append(wrk(f"http://127.0.0.1:{port}/mcp", environment, "1"))
            rows["front door"].append(wrk(stack.ready["mcp_url"], environment, "1"))
    finally:
        ceiling.terminate()
        ceiling.wait()
    median = {name: [statistics.median(column) for column in zip(*values)] for name, values in rows.items()}
    print(f"\nget_channel_info, {CONNECTIONS} connections, medians of {ROUNDS} x {SECONDS} s, interleaved")
    print(f"{'':24}{'requests/s':>12}{'p50 ms':>10}{'p99 ms':>10}")
    for name, (rate, p50, p99) in median.items():
        print(f"{name:24}{rate:12.0f}{p50:10.2f}{p99:10.2f}")
    print(f"{'ratio':24}{median['front door'][0] / median['echo'][0]:12.2f}")


def memory(stack):
    print("\nmemory at rest (resident, MB)")
    for process in stack.processes():
        status = pathlib.Path(f"/proc/{process['pid']}/status").read_text()
        resident = next(int(line.split()[1]) for line in status.splitlines() if line.startswith("VmRSS"))
        print(f"  {process['role']:14}{resident / 1024:8.1f}")


def restarts(stack, times=5):
    print(f"\nfrom kill -9 to ready again, {times} times each (ms: median, worst)")
    for role in ["audit", "executor", "gateway", "front-door", "redis"]:
        taken = []
        for _ in range(times):
            before = next(p for p in stack.processes() if p["role"] == role)
            begun = time.monotonic()
            os.kill(before["pid"], signal.SIGKILL)
            until(role, lambda: next(
                (True for p in stack.processes() if p["role"] == role and p["pid"] != before["pid"] and p["state"] == "ready"), None))
            taken.append((time.monotonic() - begun) * 1000)
            # A child that dies soon after its start waits before the next one: each death here is a first one.
            until("settled", lambda: time.monotonic() - begun > 11 or None)
        print(f"  {role:14}{statistics.median(taken):8.0f}{max(taken):8.0f}")


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--bin", type=pathlib.Path, required=True)
    parser.add_argument("--echo", required=True)
    parser.add_argument("--skip", nargs="*", default=[], choices=["throughput", "memory", "restarts"])
    options = parser.parse_args()
    stack = Stack(options.bin)
    try:
        print(f"ready after {stack.ready_after:.2f} s (first start)")
        if "memory" not in options.skip:
            memory(stack)
        if "throughput" not in options.skip:
            throughput(stack, options.echo)
        if "restarts" not in options.skip:
            restarts(stack)
        stack.stop()
        stack.start()
        print(f"\nready after {stack.ready_after:.2f} s (second start)")
    finally:
        stack.stop()
        shutil.rmtree(stack.directory)


main()
