"""The public leaves of a seal: the snapshots published since the last one, and the proofs the public gets of them."""

from __future__ import annotations

from collections.abc import Iterator

from django.db import connection
from django.db.models import QuerySet

from disclosure.models import Disclosure, Snapshot
from disclosure.proofs.models import SealedSnapshot
from disclosure.public import publishing
from disclosure.public.publishing import ProofData, SealData
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
        """Put them under the seal, and give the public the seal and a proof of whatever is still shown."""
        snapshots = list(self._unsealed()[: seal.public_leaves]) if seal.public_leaves else []
        SealedSnapshot.objects.bulk_create(
            [
                SealedSnapshot(snapshot=snapshot, seal=seal, position=position)
                for position, snapshot in enumerate(snapshots)
            ],
            batch_size=5000,
        )
        publishing.publish_seals(self._unpublished(seal))
        publishing.publish_proofs(self._proofs(seal, snapshots))

    def under(self, seal: Seal) -> list[str]:
        """What the texts under the seal hash to today."""
        with connection.cursor() as cursor:
            cursor.execute(UNDER, [seal.pk])
            return [row[0] for row in cursor.fetchall()]

    def _unsealed(self) -> QuerySet[Snapshot]:
        return Snapshot.objects.filter(sealed=None).select_related("disclosure").order_by("pk")

    def _unpublished(self, seal: Seal) -> Iterator[SealData]:
        """The seal, and those made before the public could see any."""
        for one in Seal.objects.filter(number__gt=publishing.newest_seal(), number__lte=seal.number).order_by("number"):
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

    def _proofs(self, seal: Seal, snapshots: list[Snapshot]) -> Iterator[ProofData]:
        levels = merkle_levels([snapshot.sha256 for snapshot in snapshots])
        newest: dict[int, int] = {snapshot.disclosure_id: snapshot.number for snapshot in snapshots}
        # The public finds a corrected decision where it found the first text.
        addresses = dict(Snapshot.objects.filter(disclosure__in=newest, number=1).values_list("disclosure_id", "key"))
        for position, snapshot in enumerate(snapshots):
            shown = snapshot.disclosure.state == Disclosure.State.PUBLISHED
            if shown and newest[snapshot.disclosure_id] == snapshot.number:
                yield ProofData(
                    decision=addresses[snapshot.disclosure_id],
                    text=snapshot.content,
                    sha256=snapshot.sha256,
                    seal=seal.number,
                    position=position,
                    path=merkle_path(levels, position),
                )
