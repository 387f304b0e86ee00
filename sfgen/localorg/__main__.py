"""Run the local org until Ctrl-C.

    python -m sfgen.localorg [--port N] [--folder DIR] [--kind KIND]
        [--certificate FILE --key FILE]

With a certificate it speaks https, which CumulusCI and simple-salesforce insist on. The client id
and secret of the client-credentials flow are made up at each start and stand in server.json.
"""

from __future__ import annotations

import argparse
import contextlib
import ssl
import sys
import threading
from pathlib import Path

from sfgen.apex.host import KINDS
from sfgen.localorg.org_server import running


def main() -> None:
    """Run the server and print its address."""
    parser = argparse.ArgumentParser(prog="python -m sfgen.localorg")
    parser.add_argument("--port", type=int, default=0)
    parser.add_argument("--folder", type=Path, default=None)
    parser.add_argument("--certificate", type=Path, default=None, help="serve https with this PEM")
    parser.add_argument("--key", type=Path, default=None, help="the certificate's private key")
    parser.add_argument("--kind", choices=tuple(KINDS), help="what kind of org it is; developer")
    given = parser.parse_args()
    tls = None
    if given.certificate:
        tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        tls.load_cert_chain(given.certificate, given.key)
    kind = KINDS[given.kind] if given.kind else None
    with running(given.folder, given.port, tls, kind) as address:
        sys.stdout.write(f"local org: {address.url}\n")
        sys.stdout.flush()
        with contextlib.suppress(KeyboardInterrupt):
            threading.Event().wait()


if __name__ == "__main__":
    main()
