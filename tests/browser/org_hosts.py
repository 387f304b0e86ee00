"""The two origins of an org: Lightning with the widgets, Visualforce with the bridge page."""

from __future__ import annotations

import json
import re
import subprocess
from typing import TYPE_CHECKING, Any

from aiohttp import web
from texting_org import ApexError

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from texting_org import Org

LIGHTNING, VISUALFORCE = "demo.lightning.force.localhost", "demo--c.vf.force.localhost"

SHELL = """<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Lightning</title></head>
<body><main></main><script type="module">
window.callApex = async (name, parameters = {}) => {
    const response = await fetch(`/apex-call/${name}`, { method: 'POST', body: JSON.stringify(parameters) });
    const answer = await response.json();
    if (!response.ok) { throw { body: { message: answer } }; }
    return answer;
};
const widgets = await import('/widgets.js');
window.channels = widgets.channels;
window.states = [];
window.heard = [];
window.addEventListener('message', ({ data }) => window.heard.push(JSON.stringify(data)));
widgets.channels.watch(({ state, reason }) => window.states.push(reason ? `${state}:${reason}` : state));
const query = new URLSearchParams(location.search);
for (const name of query.get('show').split(',')) {
    const element = widgets.createElement(`c-${name}`, { is: widgets[`pusher${name.replace(/(^|-)./g, (start) => start.at(-1).toUpperCase())}`] });
    if (name === 'chat') { element.recordId = query.get('recordId'); }
    document.querySelector('main').append(element);
}
</script></body></html>"""

REMOTING = """<script>window.Visualforce = { remoting: { Manager: { invokeAction(action, ...rest) {
    const callback = rest[rest.length - 2];
    fetch('/apexremote', { method: 'POST', body: JSON.stringify({ action, data: rest.slice(0, -2) }) })
        .then((response) => response.json())
        .then((event) => callback(event.result, event));
} } } };</script>"""


def bundle_widgets(source: Path, output: Path) -> None:
    """Compile the project's components, unmodified, for the browser."""
    script = __file__.replace("org_hosts.py", "bundle_widgets.mjs")
    subprocess.run(["node", script, str(source), str(output)], check=True, timeout=600)


class Hosts:
    """Serves a rendered project's page, static resources and widgets on two origins."""

    def __init__(self, org: Org, source: Path, bundle: Path) -> None:
        self.org, self.source, self.bundle = org, source, bundle
        self.requests: list[str] = []
        self.lightning_policy = self.page_policy = ""
        self.session_over = False
        #: Where the settings say that the application is; '' where it is.
        self.application_origin = ""
        #: What the application's endpoint answers to a bearer, whichever channel asks first.
        self.judge: Callable[[str], int] = lambda bearer: 200
        self.bearers: list[str] = []
        self._runners: list[web.AppRunner] = []
        self.lightning = self.visualforce = ""

    async def start(self) -> None:
        routes = [
            web.get("/", self._show_shell),
            web.get("/widgets.js", self._send_widgets),
            web.post("/apex-call/{name}", self._call_apex),
            web.get("/resource/{path:.*}", self._send_resource),
            web.get("/blank", self._show_blank),
        ]
        self.lightning = f"http://{LIGHTNING}:{await self._serve(routes)}"
        routes = [
            web.get("/apex/{name}", self._show_page),
            web.get("/resource/{path:.*}", self._send_resource),
            web.post("/apexremote", self._call_remotely),
            web.post("/pusher/auth", self._authorize),
            web.get("/blank", self._show_blank),
        ]
        self.visualforce = f"http://{VISUALFORCE}:{await self._serve(routes)}"

    async def stop(self) -> None:
        for runner in self._runners:
            await runner.cleanup()

    async def _serve(self, routes: list[web.RouteDef]) -> int:
        application = web.Application()
        application.add_routes(routes)
        runner = web.AppRunner(application, access_log=None, shutdown_timeout=0.5)
        await runner.setup()
        self._runners.append(runner)
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        return int(runner.addresses[0][1])

    async def _show_shell(self, request: web.Request) -> web.Response:
        return _html(SHELL, self.lightning_policy)

    async def _show_blank(self, request: web.Request) -> web.Response:
        return _html("<!doctype html><title>blank</title>", "")

    async def _send_widgets(self, request: web.Request) -> web.Response:
        return web.Response(body=self.bundle.read_bytes(), content_type="text/javascript")

    async def _call_apex(self, request: web.Request) -> web.Response:
        name = request.match_info["name"]
        self.requests.append(name)
        try:
            return web.json_response(await self._answer(name, await request.json()))
        except ApexError as error:
            return web.json_response(str(error), status=500)

    async def _answer(self, name: str, parameters: dict[str, Any]) -> Any:
        if name.endswith(".getBridge"):
            return {
                "pageUrl": f"{self.visualforce}/apex/PusherBridgePage",
                "pageOrigin": self.visualforce,
                "configuration": await self.org.call(name, {}),
            }
        return await self.org.call(name, parameters)

    async def _show_page(self, request: web.Request) -> web.Response:
        text = (self.source / "pages" / f"{request.match_info['name']}.page").read_text()
        markup = re.search(r"<html.*</html>", text, re.DOTALL)
        assert markup
        values = {"parentOrigins": json.dumps([self.lightning]).replace('"', "&quot;")}
        html = re.sub(r"\{!(\w+)\}", lambda m: values[m[1]], markup[0])
        html = re.sub(r"\{!URLFOR\(\$Resource\.(\w+), '([^']+)'\)\}", r"/resource/\1/\2", html)
        html = re.sub(r"\{!\$RemoteAction\.([\w.]+)\}", r"\1", html)
        return _html(
            f"<!doctype html>{html.replace('</title>', '</title>' + REMOTING)}", self.page_policy
        )

    async def _send_resource(self, request: web.Request) -> web.Response:
        path = self.source / "staticresources" / request.match_info["path"]
        return web.Response(body=path.read_bytes(), content_type="text/javascript")

    async def _call_remotely(self, request: web.Request) -> web.Response:
        told = await request.json()
        self.requests.append(told["action"])
        if self.session_over:
            return web.json_response({"status": False, "type": "exception", "message": "expired"})
        names = {"getAccessToken": ["renew"]}
        method = told["action"].rpartition(".")[2]
        parameters = dict(zip(names.get(method, []), told["data"], strict=True))
        if method == "getAccessToken":
            result: Any = self._issue_token(**parameters)
        else:
            result = await self.org.call(told["action"], parameters)
        return web.json_response({"status": True, "type": "rpc", "result": result})

    def _issue_token(self, *, renew: bool) -> dict[str, Any]:
        self.org.calls["getAccessToken"] += 1
        number = len(self.bearers) + 1 if renew else 1
        return {
            "status": "authorized",
            "authEndpoint": f"{self.visualforce}/pusher/auth",
            "applicationOrigin": self.application_origin or self.visualforce,
            "token": f"token-{number}",
            "expiresAt": 4_102_444_800_000,
        }

    async def _authorize(self, request: web.Request) -> web.Response:
        """Answer as the article's external application does."""
        self.bearers.append(request.headers["Authorization"])
        if (status := self.judge(self.bearers[-1])) != 200:
            return web.Response(status=status)
        form = await request.post()
        from texting_org import sign

        grant = sign(str(form["socket_id"]), str(form["channel_name"]))
        return web.json_response({"auth": grant["auth"]})


def _html(text: str, policy: str) -> web.Response:
    headers = {"Content-Security-Policy": policy} if policy else {}
    return web.Response(text=text, content_type="text/html", headers=headers)
