"""OAuth v2: the page where a person approves, how they get there in a browser, and the end of an installation."""

import html
import re
import secrets
from urllib.parse import urlencode

import aiohttp
from aiohttp import web
from yarl import URL

from tests.fakes.slack.core import Code, Core
from tests.fakes.slack.delivery import Delivery
from tests.fakes.slack.events import Event
from tests.fakes.slack.model import Team, User
from tests.fakes.slack.service import Service

_APPROVAL = re.compile(r'href="([^"]*/oauth/v2/authorize[^"]*)"')


async def installs(install_url: str, team: Team, user: User) -> aiohttp.ClientResponse:
    """Opens the app's install page, goes to Slack's, approves, follows the redirects back; the last page, read.

    A browser with cookies of its own, in which `user` is signed in to `team`.
    """
    origin = URL(install_url).origin()
    cookies = aiohttp.CookieJar(unsafe=True, treat_as_secure_origin=origin)
    async with aiohttp.ClientSession(cookie_jar=cookies) as browser:
        async with browser.get(install_url, allow_redirects=False) as page:
            link = page.headers.get("Location") or next(iter(_APPROVAL.findall(await page.text())), "")
        signed_in = URL(html.unescape(link)).update_query({"signed_in": f"{team.id}/{user.id}"})
        async with browser.get(signed_in) as last:
            await last.text()
            return last


def approve(core: Core, request: web.Request) -> web.Response:
    """Slack's page: redirects with a code, or with `access_denied` if nobody is signed in."""
    asked = request.query
    if asked.get("client_id") != core.client_id:
        return web.Response(status=400, text="Invalid client_id parameter")
    team_id, _, user_id = asked.get("signed_in", "").partition("/")
    team = core.teams.get(team_id)
    redirect = URL(asked.get("redirect_uri") or core.redirect_url)
    answer = {"state": asked.get("state", "")}
    if team is None or user_id not in team.users:
        answer["error"] = "access_denied"
    else:
        answer["code"] = secrets.token_hex(16)
        scopes = frozenset(filter(None, asked.get("scope", "").split(",")))
        core.codes[answer["code"]] = Code(team, team.users[user_id], scopes, asked.get("redirect_uri", ""))
    return web.Response(status=302, headers={"Location": str(redirect) + "?" + urlencode(answer)})


def revoke(service: Service, team: Team, refusal: str = "token_revoked") -> Delivery | None:
    """Makes the workspace's token good for nothing, and tells the app so."""
    if team.token is not None:
        team.token.refusal = refusal
        team.token = None
    body = {"type": "tokens_revoked", "tokens": {"oauth": [], "bot": [team.bot.id]}}
    return service.tell(Event(team, body, regardless=True))


def uninstall(service: Service, team: Team) -> list[Delivery | None]:
    """Takes the app out of the workspace; what the app is told of that."""
    return [
        revoke(service, team, "account_inactive"),
        service.tell(Event(team, {"type": "app_uninstalled"}, regardless=True)),
    ]
