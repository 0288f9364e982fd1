"""Whether a web process of the portal is well: `health.py http://127.0.0.1:8000/desk/healthz`.

Asks under the first name of PORTAL_ALLOWED_HOSTS, as a visitor's browser would.
"""

from __future__ import annotations

import os
import sys
import urllib.request


def main(address: str) -> int:
    """0 when the address answers with success within five seconds, else 1 and why."""
    name = os.environ.get("PORTAL_ALLOWED_HOSTS", "localhost").split(",")[0].strip().lstrip(".")
    request = urllib.request.Request(address, headers={"Host": name, "X-Forwarded-Proto": "https"})  # noqa: S310 - given by us
    try:
        with urllib.request.urlopen(request, timeout=5):  # noqa: S310 - given by us
            return 0
    except OSError as error:
        print(f"{address}: {error}", file=sys.stderr)
        return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
