"""`discord-mcp stdio`: for clients that start their servers themselves."""

from __future__ import annotations

import mcp
import pytest
from mcp.client.stdio import StdioServerParameters

from agents import SDKAgent
from stack import clean_environment
from wire import MODERN

pytestmark = pytest.mark.anyio


@pytest.mark.parametrize("mode", [MODERN, "legacy", "auto"])
async def test_it_is_a_whole_server_for_the_sdk(stack, sandbox, key, mode):
    server = StdioServerParameters(
        command=stack.program, args=["stdio", "--url", stack.url], env=clean_environment(DISCORD_MCP_KEY=key),
        cwd=stack.home,
    )  # fmt: skip
    async with mcp.Client(server, mode=mode) as client:
        agent = SDKAgent(client)
        assert len(await agent.tools()) == 5
        sent = await agent.call("send_message", channel_id=sandbox.channels["off-topic"], content="by stdio")
        assert not sent.is_error, sent.text
        assert sandbox.message("off-topic", sent.structured["message_id"])["content"] == "by stdio"
        refused = await agent.call("get_channel_info", channel_id="1000000000000000001")
        assert refused.is_error and refused.text.startswith("not_found:")


async def test_it_finds_the_stack_by_its_data_directory(stack, key):
    server = StdioServerParameters(
        command=stack.program, args=["stdio", "--data-dir", str(stack.data_dir), "--key", key],
        env=clean_environment(), cwd=stack.home,
    )  # fmt: skip
    async with mcp.Client(server, mode="auto") as client:
        assert len((await client.list_tools()).tools) == 5
