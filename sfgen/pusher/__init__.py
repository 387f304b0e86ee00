"""Pusher Channels: what is signed, and the JavaScript client that sfgen ships."""
