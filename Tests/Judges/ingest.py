"""Judges ingestion: a generated stream of gateway events goes through the real gateway process, and what its archive
holds in the end must be what the generator says is right.

    ingest.py PROBES --bin .build/debug [--seed N ...] [--messages N] [--compress zlib-stream|zstd-stream ...]

PROBES is the folder with gwgen.py; run it with a Python that has the folder's requirements. Exit code 0: all passed."""
import argparse, collections, hashlib, json, os, pathlib, re, socket, sqlite3, subprocess, sys, tempfile, time, unicodedata

FAILED = 0


def report(name, ok, text=""):
    global FAILED
    FAILED += not ok
    print(f"{'PASS' if ok else 'FAIL'} {name}{': ' + text if text else ''}", flush=True)


def free_port():
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]


def cpu_seconds(pid):
    fields = pathlib.Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


class Run:
    """One stream through one gateway process; `kill_at`: sequences at which it is killed and started again."""

    def __init__(self, options, stream, serve=(), kill_at=()):
        self.options, self.stream, self.kill_at = options, stream, list(kill_at)
        self.last = json.loads((stream / "manifest.json").read_text())["last_seq"]
        self.directory = pathlib.Path(tempfile.mkdtemp(prefix="dmi-"))
        port = free_port()
        self.address = f"127.0.0.1:{port}"
        self.served = open(self.directory / "serve.log", "wb")
        self.player = subprocess.Popen(
            [sys.executable, f"{options.probes}/gwgen.py", "serve", "--dir", str(stream), "--listen", self.address, *serve],
            stdout=subprocess.PIPE, stderr=self.served, text=True)
        self.seconds = self.cpu = 0.0
        self.start()

    def start(self):
        data = self.directory / "d"
        data.mkdir(mode=0o700, exist_ok=True)
        environment = {
            "PATH": os.environ["PATH"], "DISCORD_BOT_TOKEN": "judge.token.x", "DISCORD_MCP_DATA_DIR": str(data),
            "DISCORD_MCP_DISCORD_API_URL": f"http://{self.address}/api/v10", "DISCORD_MCP_DISCORD_GATEWAY_URL": f"ws://{self.address}",
            "LOG_LEVEL": "info"}
        self.log = open(self.directory / "gateway.log", "ab")
        self.gateway = subprocess.Popen(
            [f"{self.options.bin}/discord-mcp-gateway"], env=environment, stdout=self.log, stderr=self.log)

    def sequence(self):
        with sqlite3.connect(f"file:{self.archive}?mode=ro", uri=True, timeout=5) as database:
            row = database.execute("SELECT sequence FROM sessions").fetchone()
            return row[0] if row else 0

    @property
    def archive(self):
        return self.directory / "d/archive/archive.sqlite"

    def finish(self, limit=60):
        begun = time.monotonic()
        while time.monotonic() < begun + limit:
            if self.gateway.poll() is not None:
                tail = (self.directory / "gateway.log").read_text()[-1500:]
                raise SystemExit(f"the gateway ended by itself: {tail}")
            try:
                sequence = self.sequence() if self.archive.exists() else 0
            except sqlite3.OperationalError:
                sequence = 0
            if self.kill_at and sequence >= self.kill_at[0]:
                self.kill_at.pop(0)
                self.cpu += cpu_seconds(self.gateway.pid)
                self.gateway.kill()
                self.gateway.wait()
                self.start()
            if sequence >= self.last:
                break
            time.sleep(0.02)
        self.seconds = time.monotonic() - begun
        self.reached = sequence
        self.cpu += cpu_seconds(self.gateway.pid)
        self.gateway.terminate()
        self.gateway.wait(30)
        self.player.kill()
        lines = [json.loads(line) for line in self.player.stdout.read().splitlines() if line.startswith("{")]
        self.played = lines[-1] if lines else {}
        return self


def live_texts(stream):
    texts, channels = {}, {}
    for line in open(stream / "events.jsonl", encoding="utf8"):
        event = json.loads(line)
        kind, data = event["t"], event["d"]
        if kind in ("MESSAGE_CREATE", "MESSAGE_UPDATE"):
            texts[data["id"]] = data["content"]
            channels[data["id"]] = data["channel_id"]
        elif kind == "MESSAGE_DELETE":
            texts.pop(data["id"], None)
        elif kind == "MESSAGE_DELETE_BULK":
            for message in data["ids"]:
                texts.pop(message, None)
    return texts


def compare(run, stream, label):
    truth = json.loads((stream / "truth.json").read_text())
    database = sqlite3.connect(f"file:{run.archive}?mode=ro", uri=True)
    rows = lambda sql: database.execute(sql).fetchall()
    short = lambda text: hashlib.sha256(text.encode()).hexdigest()[:16]
    report(f"{label} last event", run.reached == run.last, f"{run.reached} of {run.last}")

    channels = collections.defaultdict(list)
    content = {}
    for message, channel, text in rows("SELECT id, channel_id, content FROM messages WHERE deleted_at IS NULL ORDER BY id"):
        channels[str(channel)].append(str(message))
        content[str(message)] = short(text)
    expected = {channel: sorted(ids, key=int) for channel, ids in truth["channels"].items() if ids}
    report(f"{label} live messages", channels == expected, f"{sum(map(len, channels.values()))} in {len(channels)} channels")
    report(f"{label} contents", content == truth["content"], f"{len(content)} hashes")
    deleted = {str(row[0]) for row in rows("SELECT id FROM messages WHERE deleted_at IS NOT NULL")}
    report(f"{label} deleted messages", deleted == set(truth["deleted"]), f"{len(deleted)}")
    emptied = rows("SELECT count(*) FROM messages WHERE deleted_at IS NOT NULL AND author_id = 0")[0][0]
    report(f"{label} deleted messages are remembered", emptied == 0, f"{emptied} without their author")

    reactions = collections.defaultdict(dict)
    for message, emoji, count in rows("SELECT message_id, emoji, count FROM reactions WHERE count > 0"):
        reactions[str(message)][emoji] = count
    report(f"{label} reactions", dict(reactions) == truth["reactions"], f"{sum(sum(r.values()) for r in reactions.values())}")
    named = rows("SELECT count(*) FROM reaction_users")[0][0]
    report(f"{label} who reacted", named == sum(sum(r.values()) for r in truth["reactions"].values()), f"{named}")
    members = {str(guild): count for guild, count in rows("SELECT id, member_count FROM guilds")}
    report(f"{label} member counts", members == truth["members"], str(list(members.values())))
    bans = collections.defaultdict(set)
    for guild, user in rows("SELECT guild_id, user_id FROM bans"):
        bans[str(guild)].add(str(user))
    report(f"{label} bans", bans == {g: set(u) for g, u in truth["bans"].items()}, f"{sum(map(len, bans.values()))}")
    threads = {guild: set() for guild in truth["threads"]}
    for guild, thread in rows("SELECT guild_id, id FROM channels WHERE type BETWEEN 10 AND 12"):
        threads[str(guild)].add(str(thread))
    report(f"{label} threads", threads == {g: set(t) for g, t in truth["threads"].items()}, f"{sum(map(len, threads.values()))}")
    database.close()


def without_spaces(text):
    """Scripts whose sentences are one run of letters: there a phrase is found inside a run as well."""
    return any(unicodedata.name(c, "").split()[0] in ("HIRAGANA", "KATAKANA", "CJK", "THAI") for c in (text[0], text[-1]))


def search(run, stream):
    truth = json.loads((stream / "truth.json").read_text())["terms"]
    texts = {message: text.lower() for message, text in live_texts(stream).items()}
    begun = time.monotonic()
    output = subprocess.run(
        [f"{run.options.bin}/IngestDriver", "search", str(run.directory / "d")], input="\n".join(truth) + "\n",
        capture_output=True, text=True, check=True).stdout
    seconds = time.monotonic() - begun
    exact, inside, wrong = 0, 0, []
    for line in output.splitlines():
        found = json.loads(line)
        term, ids = found["term"], found["ids"]
        if ids == truth[term]:
            exact += 1
        elif without_spaces(term) and ids == sorted((m for m, text in texts.items() if term in text), key=int):
            inside += 1
        else:
            wrong.append((term, len(truth[term]), len(ids)))
    text = f"{exact} of {len(truth)} terms with the hits of truth.json"
    if inside:
        text += f"; {inside} Chinese or Japanese ones found inside longer runs too, as a scan of the live messages does"
    report("search", not wrong and exact + inside == len(truth), f"{text}; {seconds:.2f} s for all" + (f"; wrong: {wrong[:5]}" if wrong else ""))


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("probes")
    parser.add_argument("--bin", required=True)
    parser.add_argument("--seed", type=int, nargs="*", default=[7])
    parser.add_argument("--messages", type=int, default=20000)
    parser.add_argument("--drop-every", type=int, default=6000)
    parser.add_argument("--op7-every", type=int, default=9000)
    parser.add_argument("--keep", action="store_true")
    options = parser.parse_args()
    generator = [sys.executable, f"{options.probes}/gwgen.py"]
    for seed in options.seed:
        with tempfile.TemporaryDirectory(prefix="dmi-stream-") as folder:
            stream = pathlib.Path(folder)
            subprocess.run(
                [*generator, "gen", "--out", folder, "--seed", str(seed), "--messages", str(options.messages)],
                check=True, stdout=subprocess.DEVNULL)
            bytes_in = json.loads((stream / "manifest.json").read_text())["bytes"]["json"]

            run = Run(options, stream).finish()
            compare(run, stream, f"seed {seed}, one connection,")
            search(run, stream)
            size = sum(f.stat().st_size for f in (run.directory / "d/archive").iterdir())
            print(f"     {run.last} events, {bytes_in / 1e6:.1f} MB JSON, in {run.seconds:.2f} s ({run.cpu:.2f} CPU s: "
                  f"{run.last / max(run.cpu, 0.01):.0f} events per CPU second), archive {size / 1e6:.1f} MB, "
                  f"compression {run.played.get('compress')}", flush=True)

            run = Run(options, stream, ["--drop-every", str(options.drop_every), "--op7-every", str(options.op7_every)]).finish()
            compare(run, stream, f"seed {seed}, broken connections,")
            report(f"seed {seed}, broken connections, one session", run.played.get("identify", 1) == 1,
                   f"{run.played.get('resumes')} resumes")

            kills = [run.last * part // 5 for part in range(1, 5)]
            run = Run(options, stream, ["--rate", "6000"], kill_at=kills).finish()
            compare(run, stream, f"seed {seed}, killed {len(kills)} times,")
    sys.exit(1 if FAILED else 0)


main()
