"""The peer of `IngestDriver replay`: unmodified discord.py reads the same payloads from memory.

Each payload goes where the library puts what its socket received (`DiscordWebSocket.received_message`): JSON by orjson,
which it uses when it is installed, then its parsers, with its usual caches and no handlers of ours. It is handed text,
already decoded from UTF-8. Prints CPU seconds as JSON."""
import asyncio, json, logging, pathlib, resource, sys

import discord
from discord.gateway import DiscordWebSocket


class NoSocket:
    """Nothing is sent anywhere."""
    closed, close_code = False, None

    async def send_str(self, text):
        pass


def cpu():
    usage = resource.getrusage(resource.RUSAGE_SELF)
    return usage.ru_utime + usage.ru_stime


async def replay(payloads):
    client = discord.Client(intents=discord.Intents.all(), chunk_guilds_at_startup=False)
    client.loop = client.http.loop = client._connection.loop = asyncio.get_running_loop()
    socket = DiscordWebSocket(NoSocket(), loop=client.loop)
    state = client._connection
    socket.token, socket._connection, socket._discord_parsers = "t", state, state.parsers
    socket._dispatch, socket.call_hooks = client.dispatch, state.call_hooks
    socket.shard_id, socket.shard_count, socket.session_id, socket.sequence = None, 1, None, None
    socket._rate_limiter.shard_id, socket._max_heartbeat_timeout = None, 60.0
    state._update_references(socket)
    begun = cpu()
    for number, payload in enumerate(payloads):
        await socket.received_message(payload)
        # A real socket gives the loop its turn now and then.
        if number % 64 == 0:
            await asyncio.sleep(0)
    seconds = cpu() - begun
    print(json.dumps({"events": len(payloads), "sequence": socket.sequence, "cached_messages": len(state._messages),
                      "guilds": len(client.guilds), "cpu_seconds": round(seconds, 4),
                      "json": "orjson" if discord.utils.HAS_ORJSON else "json"}), flush=True)
    state.clear()


def main():
    logging.disable(logging.CRITICAL)
    folder = pathlib.Path(sys.argv[1])
    payloads = [line for name in ("ready.json", "guild_create.jsonl", "events.jsonl")
                for line in (folder / name).read_text(encoding="utf8").split("\n") if line]
    for _ in range(int(sys.argv[2]) if len(sys.argv) > 2 else 1):
        asyncio.run(replay(payloads))


main()
