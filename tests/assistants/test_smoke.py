"""The official Python client starts a job of each kind, follows it to its end, and reads its result."""

import asyncio
import contextlib
import json
import re
from pathlib import Path

import pytest
from mcp import Client, StdioServerParameters
from server import BINARY, Server

CRAFT = Path(__file__).parents[2] / "samples/craft"
ENDED = {"completed", "failed", "cancelled"}
# The protocol with a session, and without one (revision 2026-07-28).
MODES = ["legacy", "auto"]


@pytest.fixture
def server(tmp_path):
    one = Server(tmp_path)
    yield one
    one.stop()


def stdio(server: Server) -> StdioServerParameters:
    return StdioServerParameters(command=BINARY, args=["mcp"], env=server.environment)


async def call(client: Client, tool: str, arguments: dict) -> dict:
    """Calls a tool. The client validates the answer against the tool's schema."""
    result = await client.call_tool(tool, arguments)
    assert not result.is_error, result
    assert result.content[0].text
    return result.structured_content


async def read(client: Client, uri: str):
    return (await client.read_resource(uri)).contents[0]


async def first_scene(client: Client) -> str:
    return (await call(client, "list_scenes", {"limit": 1}))["scenes"][0]["id"]


async def inputs(client: Client) -> dict[str, dict]:
    """An input for each kind. A kind without one fails the test."""
    craft = {"text": next(CRAFT.glob("*.craft")).read_text()}
    return {
        "scene": {"sceneId": await first_scene(client), "seconds": 0.5, "width": 160, "height": 90, "fps": 8},
        "story": {"prompt": "A lighthouse keeper and a storm", "chapters": 2},
        "script": {"script": "greet.sh", "args": ["$(whoami) and spaces"]},
        "part_tree": craft,
        "stage_plan": craft,
    }


async def follow(client: Client, id: str) -> dict:
    """Polls until the job has ended, a little more often than the answers suggest."""
    while True:
        now = await call(client, "get_job_status", {"job_id": id})
        if now["state"] in ENDED:
            assert now["pollAfterSeconds"] is None
            return now
        await asyncio.sleep(min(now["pollAfterSeconds"], 0.2))


async def run_every_kind(client: Client):
    """Runs a job of each kind, and reads its status, log and result."""
    kinds = json.loads((await read(client, "jobs://types")).text)["types"]
    assert len(kinds) >= 5
    input_of = await inputs(client)
    tools = {tool.name for tool in (await client.list_tools()).tools}
    for kind in kinds:
        name = kind["type"]
        assert kind["tool"] in tools
        started = await call(client, kind["tool"], {"input": input_of[name]})
        assert started["state"] == "queued", name
        id = started["jobId"]
        done = await follow(client, id)
        assert done["state"] == "completed", done
        assert (await call(client, "get_job_logs", {"job_id": id}))["lines"], name
        result = await call(client, "get_job_result", {"job_id": id})
        assert result["bytes"] > 0, name
        contents = await read(client, result["uri"])
        if name == "script":
            assert "done: $(whoami) and spaces" in contents.text
        elif name in ("part_tree", "stage_plan"):
            assert json.loads(contents.text)
        elif name == "story":
            assert contents.text.startswith("---\ntitle: ")
        else:
            assert contents.blob


@pytest.mark.parametrize("mode", MODES)
def test_every_kind_over_http(server, mode):
    async def run():
        async with Client(f"{server.url}/mcp", mode=mode) as client:
            await run_every_kind(client)

    server.start()
    asyncio.run(run())


@pytest.mark.parametrize("mode", MODES)
def test_every_kind_over_stdio(server, mode):
    async def run():
        async with Client(stdio(server), mode=mode) as client:
            await run_every_kind(client)

    asyncio.run(run())


@pytest.mark.parametrize("mode", MODES)
def test_a_job_resumes_after_the_server_was_killed(server, mode):
    film = {"seconds": 20, "width": 320, "height": 180, "fps": 24}
    started = []

    async def start():
        async with Client(f"{server.url}/mcp", mode=mode) as client:
            input = {"sceneId": await first_scene(client), **film}
            id = (await call(client, "start_scene_job", {"input": input}))["jobId"]
            started.append(id)
            while not (await call(client, "get_job_status", {"job_id": id}))["progress"]:
                await asyncio.sleep(0.05)
            server.kill()

    async def finish(id: str):
        async with Client(f"{server.url}/mcp", mode=mode) as client:
            while (waited := await call(client, "wait_for_job", {"job_id": id}))["state"] not in ENDED:
                pass
            assert waited["state"] == "completed"
            assert (await read(client, waited["resultResource"])).mime_type == "video/mp4"

    server.start()
    # The client may fail because its server was killed.
    with contextlib.suppress(Exception):
        asyncio.run(start())
    server.start()
    asyncio.run(finish(*started))


def test_a_second_assistant_on_the_same_directory_sees_the_same_jobs(server):
    async def run():
        async with Client(stdio(server)) as one, Client(stdio(server)) as other:
            story = {"input": {"prompt": "Two who share", "chapters": 1}}
            id = (await call(other, "start_story_job", story))["jobId"]
            assert (await follow(one, id))["state"] == "completed"
            assert (await follow(other, id))["state"] == "completed"
            rejected = await other.call_tool("start_story_job", {"input": {"prompt": ""}})
            assert rejected.is_error and "input.prompt" in rejected.content[0].text
        # Both have disconnected, and their jobs are kept.
        async with Client(stdio(server), mode="legacy") as later:
            assert (await call(later, "get_job_status", {"job_id": id}))["state"] == "completed"

    asyncio.run(run())


def test_only_the_tool_for_scripts_has_the_open_world_hint(server):
    async def run():
        async with Client(f"{server.url}/mcp") as client:
            tools = (await client.list_tools()).tools
            for tool in tools:
                hints = tool.annotations
                runs_scripts = tool.name == "start_script_job"
                assert hints.open_world_hint == runs_scripts, tool.name
                destroys = runs_scripts or tool.name == "cancel_job"
                assert hints.destructive_hint == destroys, tool.name

    server.start()
    asyncio.run(run())


def test_dotted_names_are_listed_when_the_operator_enables_them(server):
    async def run():
        async with Client(f"{server.url}/mcp") as client:
            tools = (await client.list_tools()).tools
            names = {tool.name for tool in tools}
            assert {"jobs.getStatus", "jobs.startPartTree", "jobs.wait"} <= names
            assert "get_job_status" not in names
            await call(client, "list_jobs", {})
            # Descriptions, answers and the playbook mention the names that are listed.
            texts = [tool.description for tool in tools]
            arguments = {"input": {"prompt": "A quiet tale", "chapters": 1}}
            started = await client.call_tool("jobs.startStory", arguments)
            texts += [block.text for block in started.content if block.type == "text"]
            playbook = await client.read_resource("jobs://playbook")
            texts += [content.text for content in playbook.contents]
            for text in texts:
                assert not re.search(r"\b(get_job|wait_for_job|retry_job|list_jobs)", text), text
            assert any("jobs.getStatus" in text for text in texts)

    server.environment["JOBTRAY_MCP_DOTTED"] = "1"
    server.start()
    asyncio.run(run())
