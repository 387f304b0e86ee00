"""The side panel: be the client, break the network, compare Pusher with polling."""
