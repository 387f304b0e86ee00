"""`Crypto`, `Security`, `UserInfo`, `Blob`."""
