"""Applications for a certificate: staffing, examination, first examination, the issuer, the certificate."""
