"""An application's authorization endpoint, as pusher-js and other clients call it."""

from __future__ import annotations

import json

from aiohttp import web
from pusher_peer import WHO

from sfgen.pusher.signature import (
    authenticate_user,
    authorize_encrypted,
    authorize_presence,
    authorize_private,
)

MASTER_KEY = b"kept by the application's server"
USERS = {
    "ann": {"id": "ann", "user_info": {"name": "Ann"}, "watchlist": ["bob"]},
    "bob": {"id": "bob", "user_info": {"name": "Bob"}},
    "cat": {"id": "cat"},
}
ANYWHERE = {"Access-Control-Allow-Origin": "*"}


async def authorize(request: web.Request) -> web.Response:
    form = await request.post()
    socket_id, channel = str(form["socket_id"]), str(form["channel_name"])
    user = USERS[str(form.get("user", "ann"))]
    answer: dict[str, str | None] = {}
    if channel.startswith("presence-"):
        member = json.dumps({"user_id": user["id"], "user_info": user.get("user_info")})
        signed = authorize_presence(WHO, socket_id, channel, member)
        answer["channel_data"] = signed.channel_data
    elif channel.startswith("private-encrypted-"):
        signed = authorize_encrypted(WHO, socket_id, channel, MASTER_KEY)
        answer["shared_secret"] = signed.shared_secret
    else:
        signed = authorize_private(WHO, socket_id, channel)
    return web.json_response({"auth": signed.auth, **answer}, headers=ANYWHERE)


async def authenticate(request: web.Request) -> web.Response:
    form = await request.post()
    data = json.dumps(USERS[str(form["user"])])
    auth = authenticate_user(WHO, str(form["socket_id"]), data)
    return web.json_response({"auth": auth, "user_data": data}, headers=ANYWHERE)


async def show_page(request: web.Request) -> web.Response:
    del request
    text = "<!doctype html><title>pusher-js</title>"
    return web.Response(text=text, content_type="text/html")


async def start_endpoint() -> tuple[web.AppRunner, str]:
    application = web.Application()
    application.router.add_post("/channel", authorize)
    application.router.add_post("/user", authenticate)
    application.router.add_get("/", show_page)
    application.router.add_get("/favicon.ico", show_page)
    runner = web.AppRunner(application)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    return runner, f"http://127.0.0.1:{runner.addresses[0][1]}"
