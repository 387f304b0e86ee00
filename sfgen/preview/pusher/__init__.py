"""The Pusher server that pages connect to: the local one, or another of the user's choice."""
