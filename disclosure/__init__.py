"""The disclosure room: masking, approval and snapshots of decisions; `public` is what everybody may see."""
