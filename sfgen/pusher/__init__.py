"""Pusher Channels: signatures, publishing, and the pusher-js files that sfgen ships."""
