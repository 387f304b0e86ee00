"""An advisor's day: server requests and sockets of sfgen's code beside 5 s polling.

The day's 200 texts are played in a real browser against the generated files, unmodified: three
widgets in one tab, half of the texts from clients. The hours between them cost no request, which
the run shows by watching an idle minute, shortened to some seconds; polling costs one request every
5 s whatever happens. Usage: python benchmarks/advisor_day.py [--texts 200]
"""

from __future__ import annotations

import argparse
import asyncio
import json
import shutil
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "tests" / "browser"))
sys.path.insert(0, str(ROOT))

from desk import CONVERSATION, sit_down, until  # noqa: E402 - found through the path above
from org_hosts import bundle_widgets  # noqa: E402 - same
from projects_of_answers import render_answers  # noqa: E402 - same

HOURS, POLL_SECONDS = 8, 5
IDLE_SECONDS = 10
SPARE = 30


async def play(project: tuple[Path, Path], texts: int) -> dict[str, int]:
    async with sit_down(project, quick=False) as desk:
        page = await desk.open_tab()
        await desk.wait_for_state(page, "connected", 30)
        for number in range(texts):
            if number % 2:
                await desk.send(page, f"answer {number}")
            else:
                desk.org.receive_text(CONVERSATION, f"question {number}")
            # Texts of a day come one by one: the next only when this one is on the screen.
            await desk.wait_for_rows(page)
        await until(lambda: not desk.org.count_unread(), 30, "all texts read")
        await asyncio.sleep(3)
        busy = len(desk.hosts.requests)
        await asyncio.sleep(IDLE_SECONDS)
        idle = len(desk.hosts.requests) - busy
        return {
            "texts": texts,
            "requests": busy,
            "idle_requests": idle,
            "sockets": desk.org.sockets_opened,
            "polling_requests": HOURS * 3600 // POLL_SECONDS,
        }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--texts", type=int, default=200)
    options = parser.parse_args()
    place = ROOT / ".cache" / "advisor-day"
    source = render_answers({}, place / "project")
    bundle = place / "widgets.js"
    bundle_widgets(source, bundle)
    try:
        day = asyncio.run(play((source, bundle), options.texts))
    finally:
        shutil.rmtree(place, ignore_errors=True)
    print(json.dumps(day))
    print(
        f"{day['texts']} texts: {day['requests']} server requests "
        f"(bar: {day['texts'] + SPARE}), {day['idle_requests']} in {IDLE_SECONDS} idle seconds, "
        f"{day['sockets']} socket; polling every {POLL_SECONDS} s for {HOURS} h: "
        f"{day['polling_requests']}, {day['polling_requests'] / day['requests']:.1f} x"
    )
    met = day["requests"] <= day["texts"] + SPARE and not day["idle_requests"]
    sys.exit(0 if met and day["sockets"] == 1 else 1)


if __name__ == "__main__":
    main()
