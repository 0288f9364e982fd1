"""The tables of the personnel room; import them from here."""

from personnel.models.certificates import Certificate, CertificateQuerySet, Renewal, Suspension, SuspensionQuerySet
from personnel.models.imports import OfficerImport
from personnel.models.keeping import AnnualCheck, CheckSetting, ExpiryNotice, Provenance
from personnel.models.officers import Officer, OfficerQuerySet
from personnel.models.pictures import OfficerPicture
from personnel.models.postings import Posting

__all__ = [
    "AnnualCheck",
    "Certificate",
    "CertificateQuerySet",
    "CheckSetting",
    "ExpiryNotice",
    "Officer",
    "OfficerImport",
    "OfficerPicture",
    "OfficerQuerySet",
    "Posting",
    "Provenance",
    "Renewal",
    "Suspension",
    "SuspensionQuerySet",
]
