"""Plain HTTP, for what a well-behaved client never sends and what it hides: statuses, headers, codes."""

from __future__ import annotations

import base64
import http.client
import json
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

MODERN = "2026-07-28"
LEGACY = "2025-11-25"


@dataclass
class Answer:
    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def json(self) -> Any:
        return json.loads(self.body)

    @property
    def error_code(self) -> int | None:
        return self.json.get("error", {}).get("code")

    @property
    def result(self) -> dict[str, Any]:
        assert self.status == 200, f"{self.status} {self.body[:500]!r}"
        assert "result" in self.json, self.json
        return self.json["result"]

    @property
    def text(self) -> str:
        """What a tool said."""
        return "\n".join(block["text"] for block in self.result["content"])


def request(
    method: str, url: str, key: str | None = None, body: bytes | None = None, headers: dict[str, str] | None = None,
    timeout: float = 60,
) -> Answer:  # fmt: skip
    parts = urlsplit(url)
    connection = http.client.HTTPConnection(parts.hostname or "", parts.port, timeout=timeout)
    try:
        sent = {"Authorization": f"Bearer {key}"} if key else {}
        connection.request(method, parts.path or "/", body, sent | (headers or {}))
        response = connection.getresponse()
        return Answer(response.status, {name.lower(): value for name, value in response.getheaders()}, response.read())
    finally:
        connection.close()


def envelope(method: str, params: dict[str, Any] | None = None) -> tuple[dict[str, Any], dict[str, str]]:
    """Body and headers of a request of the modern protocol."""
    params = dict(params or {})
    params["_meta"] = {
        "io.modelcontextprotocol/protocolVersion": MODERN,
        "io.modelcontextprotocol/clientCapabilities": {},
        "io.modelcontextprotocol/clientInfo": {"name": "wire", "version": "1"},
    }
    headers = {
        "Accept": "application/json, text/event-stream", "Content-Type": "application/json",
        "MCP-Protocol-Version": MODERN, "Mcp-Method": method,
    }  # fmt: skip
    name = params.get("name") or params.get("uri")
    if name is not None:
        headers["Mcp-Name"] = name if name.isascii() else f"=?base64?{base64.b64encode(name.encode()).decode()}?="
    return {"jsonrpc": "2.0", "id": 1, "method": method, "params": params}, headers


def rpc(url: str, key: str | None, method: str, params: dict[str, Any] | None = None, **changed: str) -> Answer:
    body, headers = envelope(method, params)
    return request("POST", url, key, json.dumps(body).encode(), headers | changed)


def begin_session(url: str, key: str | None) -> dict[str, str]:
    """Begins a session of the older protocol; gives the headers of the requests in it."""
    headers = {"Accept": "application/json, text/event-stream", "Content-Type": "application/json"}
    begun = request("POST", url, key, json.dumps({
        "jsonrpc": "2.0", "id": 1, "method": "initialize",
        "params": {"protocolVersion": LEGACY, "capabilities": {}, "clientInfo": {"name": "wire", "version": "1"}},
    }).encode(), headers)  # fmt: skip
    assert begun.status == 200, begun.body
    return headers | {"Mcp-Session-Id": begun.headers["mcp-session-id"], "MCP-Protocol-Version": LEGACY}


def legacy_rpc(
    url: str, key: str | None, session: dict[str, str], method: str, params: dict[str, Any] | None = None
) -> Answer:
    body = {"jsonrpc": "2.0", "id": 2, "method": method, "params": params or {}}
    answer = request("POST", url, key, json.dumps(body).encode(), session)
    if answer.headers.get("content-type", "").startswith("text/event-stream"):
        # One answer at the end of a stream that says nothing else of interest here.
        last = answer.body.decode().rpartition("data: ")[2]
        answer.body = last.encode()
    return answer


def call(url: str, key: str | None, tool: str, arguments: dict[str, Any]) -> Answer:
    return rpc(url, key, "tools/call", {"name": tool, "arguments": arguments})
