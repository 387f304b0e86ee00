"""sfgen: real-time messaging over Pusher Channels for Salesforce."""

__version__ = "0.1.0"
