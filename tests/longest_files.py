"""The test files that take longest, the longest first: begun last, one keeps a worker alone.

Measured by `pytest --durations=400`; a file that is not named comes after them.
"""

from __future__ import annotations

from typing import Final

LONGEST: Final = """
    test_apex_sweep
    test_apex_execution
    test_sweep
    test_signals
    test_init_hosts
    test_chats_in_place
    test_planted_secrets
    test_crowd
    test_tools
    test_planted
    test_preview_in_lws
    test_aura_container
    test_broken_scripts
    test_demo
    test_browser_trace
    test_init
    test_browser_bridge
    test_first_steps
    test_widget_states
    test_failures_shown
    test_setup_page
    test_package_equals_sf
    test_lws_check
    test_login_round_trip
    test_another_pusher
    test_generated_project
    test_channel_kinds
    test_side_panel
    test_caches
    test_external_store
""".split()
