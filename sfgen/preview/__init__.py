"""The local servers of ``sfgen preview``: pages, remoting and a Pusher server."""
