"""What the database role of the public zone may do: read published rows, and add submissions it cannot read."""

from __future__ import annotations

from typing import Final

GRANTS: Final[dict[str, dict[str, set[str]]]] = {
    "portal_public": {
        "publiczone_generation": {"SELECT"},
        "publiczone_publishedcertificate": {"SELECT"},
        "publiczone_publisheddecision": {"SELECT"},
        "publiczone_publisheddepartment": {"SELECT"},
        "publiczone_publishedfigures": {"SELECT"},
        "publiczone_publisheditem": {"SELECT"},
        "publiczone_publishedofficer": {"SELECT"},
        "publiczone_publishedproof": {"SELECT"},
        "publiczone_publishedreport": {"SELECT"},
        "publiczone_publishedseal": {"SELECT"},
        "publiczone_publishedsubject": {"SELECT"},
        "publiczone_publishedauthority": {"SELECT"},
        "publiczone_tombstone": {"SELECT"},
        "publiczone_verifieddocument": {"SELECT"},
        # Insert only: what one visitor sends in, no other visitor can get out, whatever goes wrong here.
        "publiczone_submission": {"INSERT"},
    }
}
