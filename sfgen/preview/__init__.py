"""``sfgen preview``: a project's own files in a local browser, on three origins as in an org.

`site` makes all parts. The rooms, from the ground: ``project`` reads the files, ``modules`` makes
what pages import, ``origin`` is what the origins share, ``pusher`` and ``application`` stand in for
other servers, ``apex`` executes Apex, ``lightning`` and ``visualforce`` render pages, ``panel`` is
the side panel.
"""
