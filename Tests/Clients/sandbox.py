"""The sandbox Discord from outside the project: its REST API as a person, and its controls."""

from __future__ import annotations

import base64
import json
import time
import urllib.error
import urllib.request
from collections.abc import Mapping
from typing import Any


class Sandbox:
    def __init__(self, description: Mapping[str, Any]) -> None:
        self.guild_id: str = description["guild_id"]
        self.channels: dict[str, str] = description["channel_ids"]
        self.users: dict[str, str] = description["user_ids"]
        self.roles: dict[str, str] = description["role_ids"]
        self.rest_url: str = description["rest_url"]
        self.owner_token: str = description["owner_token"]
        self.bot_token: str = description["token"]
        # The first part of a Discord token is its user's id.
        self.bot_id = base64.urlsafe_b64decode(self.bot_token.partition(".")[0] + "==").decode()
        self.root = self.rest_url.removesuffix("/api/v10")

    # As the guild's owner

    def ask(self, method: str, path: str, body: Any = None) -> Any:
        return self._send(method, self.rest_url + path, body, {"Authorization": self.owner_token})

    def message(self, channel: str, message_id: str) -> dict[str, Any] | None:
        return self._found("GET", f"/channels/{self.channels[channel]}/messages/{message_id}")

    def member(self, user: str) -> dict[str, Any] | None:
        return self._found("GET", f"/guilds/{self.guild_id}/members/{self.users[user]}")

    def ban(self, user: str) -> dict[str, Any] | None:
        return self._found("GET", f"/guilds/{self.guild_id}/bans/{self.users[user]}")

    def _found(self, method: str, path: str) -> dict[str, Any] | None:
        try:
            return self.ask(method, path)
        except urllib.error.HTTPError as error:
            if error.code == 404:
                return None
            raise

    # Controls

    def control(self, method: str, path: str, body: Any = None) -> Any:
        return self._send(method, f"{self.root}/sandbox/{path}", body, {})

    def say(self, user: str, channel: str, content: str) -> str:
        """Someone posts; gives the message's id."""
        return self.control("POST", "messages", {"user": user, "channel": channel, "content": content})["id"]

    def effects(self, kind: str | None = None) -> list[dict[str, Any]]:
        effects = self.control("GET", "effects")["effects"]
        return [effect for effect in effects if kind is None or effect["kind"] == kind]

    def bot_effects(self) -> list[dict[str, Any]]:
        """What the bot did, and not what people did."""
        return [effect for effect in self.effects() if effect["actor_id"] == self.bot_id]

    def stats(self) -> dict[str, Any]:
        return self.control("GET", "stats")

    def fail(self, match: str, do: str, **details: Any) -> None:
        """The next calls of that route go wrong: `POST /channels/{channel_id}/messages`, `status`, ..."""
        self.control("POST", "faults", {"rest": [{"match": match, "do": do} | details]})

    def faults_left(self) -> int:
        return self.control("GET", "faults")["rules_left"]

    def heal(self) -> None:
        self.control("DELETE", "faults")

    @staticmethod
    def _send(method: str, url: str, body: Any, headers: dict[str, str]) -> Any:
        data = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(url, data, {"Content-Type": "application/json"} | headers, method=method)
        while True:
            try:
                with urllib.request.urlopen(request, timeout=20) as response:
                    content = response.read()
                return json.loads(content) if content else None
            except urllib.error.HTTPError as error:
                if error.code != 429:
                    raise
                time.sleep(json.load(error)["retry_after"])
