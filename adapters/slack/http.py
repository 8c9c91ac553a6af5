"""Signed HTTP: Slack's news at an address of ours, and the pages that install the app."""

from collections.abc import Callable

from aiohttp import web
from slack_bolt.adapter.aiohttp import to_aiohttp_response, to_bolt_request
from slack_bolt.oauth.async_oauth_flow import AsyncOAuthFlow

from adapters.slack.app import SlackApp

EVENTS = "/slack/events"
"""Where events, commands and interactions go alike."""


def news(listening: Callable[[], SlackApp | None]) -> web.RouteDef:
    """Where Slack tells what happens. While nobody is `listening` it is asked to come again."""

    async def events(request: web.Request) -> web.Response:
        if (app := listening()) is None:
            raise web.HTTPServiceUnavailable
        return await to_aiohttp_response(await app.bolt.async_dispatch(await to_bolt_request(request)))

    return web.post(EVENTS, events)


def sign_in_pages(flow: AsyncOAuthFlow) -> list[web.RouteDef]:
    """Where people install the app."""

    async def install(request: web.Request) -> web.Response:
        return await to_aiohttp_response(await flow.handle_installation(await to_bolt_request(request)))

    async def installed(request: web.Request) -> web.Response:
        return await to_aiohttp_response(await flow.handle_callback(await to_bolt_request(request)))

    return [web.get(flow.install_path, install), web.get(flow.redirect_uri_path, installed)]
