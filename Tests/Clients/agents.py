"""The real clients behind one face: what an agent does with a server, whichever library it uses."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any, Protocol

import fastmcp
import mcp
import mcp_types
from mcp.client.streamable_http import streamable_http_client
from mcp.shared._httpx_utils import create_mcp_http_client

from wire import MODERN


@dataclass
class Outcome:
    text: str
    structured: Any
    is_error: bool


class Agent(Protocol):
    protocol_version: str

    async def tools(self) -> list[mcp_types.Tool]: ...
    async def call(self, tool: str, **arguments: Any) -> Outcome: ...
    async def read(self, uri: str) -> Any: ...


class SDKAgent:
    def __init__(self, client: mcp.Client) -> None:
        self.client = client
        self.protocol_version = client.protocol_version

    async def tools(self) -> list[mcp_types.Tool]:
        return (await self.client.list_tools()).tools

    async def call(self, tool: str, **arguments: Any) -> Outcome:
        return outcome(await self.client.call_tool(tool, arguments))

    async def read(self, uri: str) -> Any:
        return json.loads((await self.client.read_resource(uri)).contents[0].text)


class FastMCPAgent:
    def __init__(self, client: fastmcp.Client) -> None:
        self.client = client
        self.protocol_version = MODERN

    async def tools(self) -> list[mcp_types.Tool]:
        return await self.client.list_tools()

    async def call(self, tool: str, **arguments: Any) -> Outcome:
        return outcome(await self.client.call_tool_mcp(tool, arguments))

    async def read(self, uri: str) -> Any:
        return json.loads((await self.client.read_resource(uri))[0].text)


def outcome(result: mcp_types.CallToolResult) -> Outcome:
    return Outcome("\n".join(block.text for block in result.content), result.structured_content, result.is_error)


@asynccontextmanager
async def sdk(url: str, key: str, mode: str) -> AsyncIterator[SDKAgent]:
    async with create_mcp_http_client(headers={"Authorization": f"Bearer {key}"}) as http:
        async with mcp.Client(streamable_http_client(url, http_client=http), mode=mode) as client:
            yield SDKAgent(client)


@asynccontextmanager
async def fast(url: str, key: str) -> AsyncIterator[FastMCPAgent]:
    async with fastmcp.Client(url, auth=key) as client:
        yield FastMCPAgent(client)


CLIENTS = ("mcp modern", "mcp legacy", "fastmcp")


def connect(client: str, url: str, key: str) -> Any:
    """An async context manager that gives an `Agent`."""
    match client:
        case "mcp modern":
            return sdk(url, key, MODERN)
        case "mcp legacy":
            return sdk(url, key, "legacy")
        case "fastmcp":
            return fast(url, key)
        case _:
            raise ValueError(client)
