"""The public leaves of a seal: the snapshots published since the last one, and the proofs the public gets of them."""

from __future__ import annotations

from collections.abc import Iterator

from django.db import connection, transaction
from django.db.models import QuerySet

from disclosure.models import Snapshot
from disclosure.proofs.models import SealedSnapshot
from disclosure.public import sealing
from disclosure.public.sealing import ProofData, SealData
from portal.ledger.canonical import hashes
from portal.ledger.models import Seal
from portal.ledger.service import merkle_levels, merkle_path

# The hash is worked out from the text by the database, so that a text changed behind our back does not hide.
UNDER = """
SELECT encode(sha256(convert_to(s.content, 'UTF8')), 'hex')
FROM proofs_sealedsnapshot l JOIN disclosure_snapshot s ON s.id = l.snapshot_id
WHERE l.seal_id = %s ORDER BY l.position
"""


class SnapshotLeaves:
    """Snapshots in the order in which they were made."""

    def fresh(self) -> list[str]:
        """Hashes of the snapshots that lie under no seal yet."""
        return list(self._unsealed().values_list("sha256", flat=True))

    def bind(self, seal: Seal) -> None:
        """Put them under the seal."""
        snapshots = self._unsealed()[: seal.public_leaves] if seal.public_leaves else []
        SealedSnapshot.objects.bulk_create(
            [
                SealedSnapshot(snapshot=snapshot, seal=seal, position=position)
                for position, snapshot in enumerate(snapshots)
            ],
            batch_size=5000,
        )

    @transaction.atomic
    def show(self) -> None:
        """The public gets the seals it has not seen, and under them a proof of whatever is still shown."""
        seals = list(Seal.objects.filter(number__gt=sealing.newest_seal()).order_by("number"))
        if not seals:
            return
        sealing.publish_seals(self._told(seals))
        for seal in seals:
            sealing.publish_proofs(self._proofs(seal))

    def under(self, seal: Seal) -> list[str]:
        """What the texts under the seal hash to today."""
        with connection.cursor() as cursor:
            cursor.execute(UNDER, [seal.pk])
            return [row[0] for row in cursor.fetchall()]

    def _unsealed(self) -> QuerySet[Snapshot]:
        return Snapshot.objects.filter(sealed=None).order_by("pk")

    def _told(self, seals: list[Seal]) -> Iterator[SealData]:
        for one in seals:
            yield SealData(
                number=one.number,
                day=one.day,
                events=one.events,
                root=one.root,
                public_leaves=one.public_leaves,
                public_root=one.public_root,
                previous=one.previous,
                chained=one.chained,
            )

    def _proofs(self, seal: Seal) -> Iterator[ProofData]:
        """One of every text under the seal, at the address of its decision; the public zone takes what it shows."""
        snapshots = list(Snapshot.objects.filter(sealed__seal=seal).order_by("sealed__position"))
        levels = merkle_levels([snapshot.sha256 for snapshot in snapshots])
        # The public finds a corrected decision where it found the first text.
        disclosures = {snapshot.disclosure_id for snapshot in snapshots}
        first = Snapshot.objects.filter(disclosure__in=disclosures, number=1)
        addresses = dict(first.values_list("disclosure_id", "key"))
        for position, snapshot in enumerate(snapshots):
            yield ProofData(
                decision=addresses[snapshot.disclosure_id],
                text=snapshot.content,
                sha256=snapshot.sha256,
                sm3=hashes(snapshot.content)[1],
                seal=seal.number,
                position=position,
                path=merkle_path(levels, position),
            )
