"""files.*: an upload in three steps. The bytes themselves are posted to an address of their own."""

from aiohttp import web

from tests.fakes.slack.methods.answering import ApiError, Method, joined, parsed
from tests.fakes.slack.model import File, Json, Team
from tests.fakes.slack.payloads import file_json
from tests.fakes.slack.service import Service


def upload_url(service: Service, team: Team, args: Json) -> Json:
    if not args.get("filename") or int(args.get("length") or 0) < 1:
        raise ApiError("invalid_arguments")
    file = File(service.new_id("F"), args["filename"], int(args["length"]), alt=args.get("alt_txt") or "")
    service.files[file.id] = file
    return {"file_id": file.id, "upload_url": f"{service.url}/upload/{file.id}"}


async def uploaded(service: Service, request: web.Request) -> web.Response:
    """The end of an upload address."""
    file = service.files.get(request.match_info["file_id"])
    content = await request.read()
    if file is None or len(content) != file.length:
        return web.Response(status=400, text="bad upload")
    file.content = content
    return web.Response(text=f"OK - {len(content)}")


def complete(service: Service, team: Team, args: Json) -> Json:
    files = []
    for told in parsed(args.get("files") or "[]"):
        file = service.files.get(told["id"])
        if file is None or not file.content:
            raise ApiError("file_not_found")
        file.title = told.get("title") or file.name
        files.append(file)
    if args.get("channel_id"):
        channel = joined(team, {"channel": args["channel_id"]})
        if channel.archived:
            raise ApiError("is_archived")
        comment = str(args.get("initial_comment") or "")
        service.post(team, channel, team.bot, comment, files=files, thread_ts=args.get("thread_ts"))
    return {"files": [file_json(file) for file in files]}


METHODS = {
    "files.getUploadURLExternal": Method(upload_url, "files:write"),
    "files.completeUploadExternal": Method(complete, "files:write"),
}
