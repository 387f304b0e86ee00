"""The comparison of Pusher with polling counts both ways alike."""

from __future__ import annotations

import time

from sfgen.preview.panel import comparison as polling
from sfgen.preview.panel.comparison import QUIET_SECONDS, TransportComparison
from sfgen.preview.traffic import Traffic


class Clock:
    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


def make() -> tuple[TransportComparison, Traffic, Clock]:
    clock, traffic = Clock(), Traffic()
    return TransportComparison(traffic, clock), traffic, clock


def ask(traffic: Traffic, kind: str = "apex") -> None:
    traffic.record(kind, "a request", 200, time.perf_counter())


def test_what_a_text_costs_is_counted_for_neither_way() -> None:
    comparison, traffic, clock = make()
    traffic.listen()
    comparison.disturb()
    for _ in range(5):
        ask(traffic)
    clock.now += QUIET_SECONDS
    ask(traffic)
    clock.now += 10
    found = comparison.describe()["pusher"]
    assert (found["requests"], found["seconds"]) == (1, 10.0)


def test_nothing_is_counted_while_no_page_is_open() -> None:
    comparison, traffic, clock = make()
    clock.now += 60
    assert comparison.describe()["pusher"]["seconds"] == 0
    queue = traffic.listen()
    clock.now += 10
    assert comparison.describe()["pusher"]["seconds"] == 10
    traffic.leave(queue)
    clock.now += 60
    assert comparison.describe()["pusher"]["seconds"] == 10


def test_the_clients_own_requests_and_callouts_cost_the_same_either_way() -> None:
    comparison, traffic, clock = make()
    traffic.listen()
    for kind in ("rest", "callout", "apex", "remoting", "external"):
        ask(traffic, kind)
    clock.now += 10
    assert comparison.describe()["pusher"]["requests"] == len(polling.ASKED_BY_BROWSERS)


def test_a_text_belongs_to_the_way_that_was_in_use_when_it_was_sent() -> None:
    comparison, _, _ = make()
    comparison.note_arrival(20, polling=False)
    comparison.note_arrival(40, polling=False)
    comparison.note_arrival(2_500, polling=True)
    found = comparison.describe()
    assert (found["pusher"]["mean"], found["polling"]["mean"]) == (30, 2_500)
    assert (found["pusher"]["last"], found["polling"]["last"]) == (40, 2_500)


def test_a_disturbance_within_a_disturbance_lengthens_it() -> None:
    comparison, traffic, clock = make()
    traffic.listen()
    comparison.disturb()
    clock.now += QUIET_SECONDS / 2
    comparison.disturb()
    clock.now += QUIET_SECONDS / 2
    ask(traffic)
    clock.now += QUIET_SECONDS / 2 + 4
    found = comparison.describe()["pusher"]
    assert (found["requests"], round(found["seconds"], 3)) == (0, 4)
