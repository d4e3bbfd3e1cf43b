#!/usr/bin/env python3
"""Four processes share one bot token at full load against the sandbox: no 429, and nothing of the limits left over.

usage: shared_token.py [--seconds 60] [--kill-every 5] [--kill-redis] [--bin .build/debug] [--processes 4]

--kill-every ends one process with SIGKILL each so many seconds and starts it again at once. --kill-redis ends Redis in
the middle: each process then keeps to its share. Only the sandbox is asked what happened. Exit 1 when a 429 that is not
shared was answered or, with Redis, less than 95 % of the allowed requests were used.
"""
import argparse, json, os, pathlib, shutil, subprocess, sys, tempfile, time, urllib.request

GLOBAL_PER_SECOND = 50
# Of the sandbox: limit and seconds of the bucket of each route, times the channels that are used.
BUCKETS = {"POST /channels/{channel_id}/messages": (5, 5.0, 4), "PATCH /guilds/{guild_id}/members/{user_id}": (10, 10.0, 1)}


def get(world, path):
    with urllib.request.urlopen(world["rest_url"].rsplit("/api", 1)[0] + path, timeout=10) as answer:
        return json.load(answer)


def counts(world):
    stats = get(world, "/sandbox/stats")
    return stats, sum(n for status, n in stats["answers"].items() if status != "429")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--kill-every", type=float, default=0)
    parser.add_argument("--kill-redis", action="store_true")
    parser.add_argument("--processes", type=int, default=4)
    parser.add_argument("--bin", default=str(pathlib.Path(__file__).resolve().parents[2] / ".build/debug"))
    args = parser.parse_args()
    started = []

    def start(*command, **kwargs):
        process = subprocess.Popen(command, stdout=subprocess.DEVNULL, **kwargs)
        started.append(process)
        return process

    directory = tempfile.mkdtemp(prefix="shared-token-")
    try:
        return judge(args, directory, start)
    finally:
        for process in started:
            process.kill()
        for process in started:
            process.wait()
        shutil.rmtree(directory)


def wait_for(condition, seconds=30):
    end = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > end:
            sys.exit("not ready in time")
        time.sleep(0.05)


def judge(args, directory, start):
    ready, socket = f"{directory}/world.json", f"{directory}/redis.sock"
    redis = start("redis-server", "--port", "0", "--unixsocket", socket, "--save", "", "--dir", directory)
    start(f"{args.bin}/discord-mcp-sandbox", "--port", "0", "--ready-file", ready, "--data-dir", directory)
    wait_for(lambda: os.path.exists(ready) and os.path.exists(socket))
    world = json.load(open(ready))
    driver = [f"{args.bin}/SharedTokenDriver", "--world", ready, "--redis", f"unix://{socket}",
              "--share", str(1 / args.processes)]
    subprocess.run(driver + ["--learn-only"], check=True, timeout=60)
    processes = [start(*driver) for _ in range(args.processes)]

    # The windows of all buckets are in full use by then.
    time.sleep(12)
    before, served_before = counts(world)
    begin = time.monotonic()
    next_kill, kills, turn = begin + (args.kill_every or 1e9), 0, 0
    while (now := time.monotonic()) < begin + args.seconds:
        if args.kill_redis and now > begin + args.seconds / 2:
            redis.kill()
            args.kill_redis = False
        if now >= next_kill:
            processes[turn].kill()
            processes[turn] = start(*driver)
            turn, kills, next_kill = (turn + 1) % len(processes), kills + 1, next_kill + args.kill_every
        dead = [p for p in processes if p.poll() is not None]
        if dead:
            sys.exit(f"a driver ended by itself: {dead[0].returncode}")
        time.sleep(min(0.05, max(0, begin + args.seconds - now)))
    after, served_after = counts(world)
    elapsed = time.monotonic() - begin

    limited = {scope: n - before["limited"].get(scope, 0) for scope, n in after["limited"].items()}
    served = served_after - served_before
    share = served / (GLOBAL_PER_SECOND * elapsed)
    failed = sum(limited.values()) - limited.get("shared", 0)
    print(f"{args.processes} processes, {elapsed:.1f} s, {kills} killed: {served} answered, "
          f"{share:.1%} of the global limit; 429: {limited or 'none'}")
    for route, (limit, period, places) in BUCKETS.items():
        used = after["requests"].get(route, 0) - before["requests"].get(route, 0)
        print(f"  {route}: {used}, {used / (limit * places * elapsed / period):.1%} of its buckets")
    return 1 if failed or (share < 0.95 and redis.poll() is None) else 0


if __name__ == "__main__":
    sys.exit(main())
