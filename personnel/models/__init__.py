"""The tables of the personnel room; import them from here."""

from personnel.models.certificates import Certificate, CertificateQuerySet, Suspension, SuspensionQuerySet
from personnel.models.imports import OfficerImport
from personnel.models.officers import Officer, OfficerQuerySet
from personnel.models.pictures import OfficerPicture
from personnel.models.postings import Posting

__all__ = [
    "Certificate",
    "CertificateQuerySet",
    "Officer",
    "OfficerImport",
    "OfficerPicture",
    "OfficerQuerySet",
    "Posting",
    "Suspension",
    "SuspensionQuerySet",
]
