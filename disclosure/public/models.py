"""Everything the public process can read; no row points to another, so that nothing leads back to the desk."""

from __future__ import annotations

import uuid

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models
from django.utils import timezone

from .kinds import ActKind, CardState, DocumentState, EndKind, PartyKind


class PublishedDecision(models.Model):
    """The masked projection of one snapshot; written by `publishing`, deleted on withdrawal and expiry."""

    key = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    act_kind = models.CharField(max_length=24, choices=ActKind)
    department_code = models.CharField(max_length=32)
    department_name = models.CharField(max_length=120)
    department_short = models.CharField(max_length=60)
    number = models.CharField(max_length=120)
    title = models.CharField(max_length=400)
    party_name = models.CharField(max_length=400)
    party_kind = models.CharField(max_length=16, choices=PartyKind)
    credit_code = models.CharField(max_length=18, blank=True)
    item_code = models.CharField(max_length=64, blank=True)
    item_name = models.CharField(max_length=400, blank=True)
    penalty_kinds = ArrayField(models.CharField(max_length=32), default=list, blank=True)
    outcome = models.TextField()
    facts = models.TextField(blank=True)
    basis = models.TextField(blank=True)
    discretion = models.TextField(blank=True)
    performance = models.TextField(blank=True)
    content = models.TextField(blank=True)
    officers = models.JSONField(default=list, blank=True)
    # Yuan; 0 when there is none, so that sorting and keyset pages know no missing values.
    fine = models.DecimalField(max_digits=18, decimal_places=2, default=0)
    confiscation = models.DecimalField(max_digits=18, decimal_places=2, default=0)
    decided_on = models.DateField()
    served_on = models.DateField(null=True, blank=True)
    published_at = models.DateTimeField()
    display_until = models.DateField(null=True, blank=True)
    # Working days from the decision to the first publication, and how many the law allows (SX-01, SX-02).
    published_within = models.PositiveSmallIntegerField(null=True, blank=True)
    allowed_days = models.PositiveSmallIntegerField(null=True, blank=True)
    late = models.BooleanField(default=False)
    remedies = models.JSONField(default=list, blank=True)
    remedies_note = models.TextField(blank=True)
    history = models.JSONField(default=list, blank=True)
    hidden_count = models.PositiveSmallIntegerField(default=0)
    hidden_kinds = ArrayField(models.CharField(max_length=32), default=list, blank=True)
    snapshot_hash = models.CharField(max_length=128)
    hash_name = models.CharField(max_length=16, default="SM3")
    verification_code = models.CharField(max_length=24, blank=True)
    updated_at = models.DateTimeField()
    # Folded text of what can be searched, a line each (see `folding`); its pairs are filled in by a trigger.
    search_text = models.TextField(editable=False)
    bigrams = ArrayField(models.TextField(), default=list, editable=False)

    class Meta:
        # display_until goes along where capped counts are taken, so that they need not visit the rows.
        indexes = [
            models.Index(fields=["-published_at", "-key"], name="publiczone_published"),
            models.Index(fields=["-decided_on", "-key"], name="publiczone_decided"),
            models.Index(fields=["-fine", "-key"], name="publiczone_fine"),
            models.Index(
                fields=["department_code", "-published_at", "-key"],
                include=["display_until"],
                name="publiczone_department",
            ),
            models.Index(
                fields=["act_kind", "-published_at", "-key"], include=["display_until"], name="publiczone_act_kind"
            ),
            models.Index(
                fields=["party_kind", "-published_at", "-key"], include=["display_until"], name="publiczone_party_kind"
            ),
            models.Index(fields=["item_code", "-published_at", "-key"], name="publiczone_item"),
            models.Index(fields=["verification_code"], name="publiczone_code"),
            GinIndex(fields=["penalty_kinds"], name="publiczone_penalties"),
            GinIndex(OpClass("search_text", name="gin_trgm_ops"), name="publiczone_trigrams"),
            GinIndex(fields=["bigrams"], name="publiczone_bigrams"),
        ]
        constraints = [
            models.CheckConstraint(condition=models.Q(fine__gte=0, confiscation__gte=0), name="publiczone_amounts"),
        ]

    def __str__(self) -> str:
        return self.number


class Tombstone(models.Model):
    """What stays of a decision that is no longer published: number, agency, dates, reason; no party, no text."""

    key = models.UUIDField(primary_key=True, editable=False)
    kind = models.CharField(max_length=16, choices=EndKind, default=EndKind.WITHDRAWN)
    act_kind = models.CharField(max_length=24, choices=ActKind)
    number = models.CharField(max_length=120)
    department_code = models.CharField(max_length=32)
    department_name = models.CharField(max_length=120)
    decided_on = models.DateField()
    published_on = models.DateField()
    withdrawn_on = models.DateField()
    reason = models.TextField()
    basis = models.CharField(max_length=200, blank=True)
    timeliness = models.CharField(max_length=200, blank=True)

    class Meta:
        indexes = [models.Index(fields=["-withdrawn_on", "-key"], name="publiczone_tomb_withdrawn")]

    def __str__(self) -> str:
        return self.number


class PublishedDepartment(models.Model):
    """A department as the public may know it (SX-06)."""

    code = models.CharField(max_length=32, primary_key=True)
    name = models.CharField(max_length=120)
    short_name = models.CharField(max_length=60)
    duties = models.TextField(blank=True)
    address = models.CharField(max_length=200, blank=True)
    phone = models.CharField(max_length=60, blank=True)
    place = models.PositiveSmallIntegerField(default=100)
    active = models.BooleanField(default=True)

    class Meta:
        ordering = ["place", "code"]

    def __str__(self) -> str:
        return self.name


class PublishedFigures(models.Model):
    """Counts of one year, of one department or («» as its code) of the district, as the desk worked them out."""

    year = models.PositiveSmallIntegerField()
    department_code = models.CharField(max_length=32, blank=True)
    due = models.PositiveIntegerField()
    published = models.PositiveIntegerField()
    on_time = models.PositiveIntegerField()
    overdue = models.PositiveIntegerField()
    exempt = models.PositiveIntegerField()
    counted_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["year", "department_code"], name="publiczone_one_count_a_year"),
            models.CheckConstraint(
                condition=models.Q(published__lte=models.F("due"), on_time__lte=models.F("published")),
                name="publiczone_parts_of_a_whole",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.year} {self.department_code}".strip()


class PublishedItem(models.Model):
    """An enforcement item of a department's catalogue (SX-06)."""

    department_code = models.CharField(max_length=32)
    code = models.CharField(max_length=64)
    name = models.CharField(max_length=400)
    act_kind = models.CharField(max_length=24, choices=ActKind)
    field = models.CharField(max_length=60, blank=True)
    basis = models.TextField(blank=True)
    effective_from = models.DateField(null=True, blank=True)
    effective_to = models.DateField(null=True, blank=True)
    # The discretion benchmark in force (CL-02): source, since, range, and its tiers in words; nothing without one.
    benchmark = models.JSONField(default=dict, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["department_code", "code"], name="publiczone_one_item")]

    def __str__(self) -> str:
        return self.name


class PublishedOfficer(models.Model):
    """The public fields of an officer's certificate."""

    certificate = models.CharField(max_length=64, primary_key=True)
    name = models.CharField(max_length=60)
    department_code = models.CharField(max_length=32)
    department_name = models.CharField(max_length=120)
    issuer = models.CharField(max_length=120, blank=True)
    fields = ArrayField(models.CharField(max_length=60), default=list, blank=True)
    area = models.CharField(max_length=120, blank=True)
    valid_from = models.DateField(null=True, blank=True)
    valid_to = models.DateField(null=True, blank=True)
    state = models.CharField(max_length=24)

    class Meta:
        indexes = [models.Index(fields=["department_code"], name="publiczone_officer_dept")]

    def __str__(self) -> str:
        return f"{self.name} {self.certificate}"


class PublishedCertificate(models.Model):
    """What the QR of an officer's card shows: these fields and nothing more; found by its code alone."""

    code = models.CharField(max_length=16, primary_key=True)
    name = models.CharField(max_length=60)
    department_name = models.CharField(max_length=120)
    fields = ArrayField(models.CharField(max_length=60), default=list)
    valid_from = models.DateField()
    valid_to = models.DateField()
    state = models.CharField(max_length=12, choices=CardState)
    # A data: address; empty without a photograph, and once the certificate has ended.
    photo = models.TextField(blank=True)
    photo_sha256 = models.CharField(max_length=64, blank=True)
    updated_at = models.DateTimeField(auto_now=True)

    def __str__(self) -> str:
        return self.name


class PublishedSubject(models.Model):
    """A department's qualification as an enforcement subject, as announced (SX-06); a withdrawn one says since when."""

    department_code = models.CharField(max_length=32, primary_key=True)
    name = models.CharField(max_length=120)
    kind = models.CharField(max_length=60)
    acting_name = models.CharField(max_length=120)
    basis = models.TextField()
    duties = models.TextField()
    area = models.CharField(max_length=200)
    number = models.CharField(max_length=120, blank=True)
    confirmed_on = models.DateField()
    published_on = models.DateField()
    withdrawn_on = models.DateField(null=True, blank=True)
    withdrawn_ground = models.TextField(blank=True)

    def __str__(self) -> str:
        return self.name


class PublishedAuthority(models.Model):
    """A mandate of an entrusted body or an empowerment decision of a street that has force now or soon."""

    key = models.CharField(max_length=200, primary_key=True)
    is_mandate = models.BooleanField()
    holder_code = models.CharField(max_length=32)
    holder_name = models.CharField(max_length=120)
    giver_code = models.CharField(max_length=32, blank=True)
    giver_name = models.CharField(max_length=120)
    title = models.CharField(max_length=240)
    number = models.CharField(max_length=120)
    basis = models.TextField(blank=True)
    powers = models.TextField(blank=True)
    announced_in = models.CharField(max_length=240, blank=True)
    items = models.JSONField(default=list)
    valid_from = models.DateField()
    last_day = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["-valid_from", "key"]
        indexes = [
            models.Index(fields=["holder_code"], name="publiczone_authority_holder"),
            models.Index(fields=["giver_code"], name="publiczone_authority_giver"),
        ]

    def __str__(self) -> str:
        return self.number


class PublishedReport(models.Model):
    """A yearly statistic or other report (SX-05); body is a list of titled tables."""

    key = models.SlugField(max_length=80, primary_key=True)
    year = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=200)
    department_code = models.CharField(max_length=32, blank=True)
    body = models.JSONField(default=list)
    published_on = models.DateField()

    def __str__(self) -> str:
        return self.title


class VerifiedDocument(models.Model):
    """What tells a true document from a false one; names nobody."""

    code = models.CharField(max_length=24, primary_key=True)
    sha256 = models.CharField(max_length=64, blank=True)
    kind = models.CharField(max_length=60)
    number = models.CharField(max_length=120)
    department_name = models.CharField(max_length=120)
    issued_on = models.DateField()
    state = models.CharField(max_length=16, choices=DocumentState, default=DocumentState.VALID)
    # The decision's key on this site, once it is published.
    decision = models.UUIDField(null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["sha256"], name="publiczone_file_hash")]

    def __str__(self) -> str:
        return self.number


class PublishedSeal(models.Model):
    """A daily root of the ledger; whoever keeps a copy notices when the past is written anew."""

    number = models.PositiveIntegerField(primary_key=True)
    day = models.DateField()
    events = models.PositiveIntegerField()
    root = models.CharField(max_length=64)
    public_leaves = models.PositiveIntegerField()
    public_root = models.CharField(max_length=64, blank=True)
    previous = models.CharField(max_length=64)
    chained = models.CharField(max_length=64)

    def __str__(self) -> str:
        return f"{self.number} {self.day}"


class PublishedProof(models.Model):
    """That a shown text lies under a daily root; gone with the decision."""

    decision = models.UUIDField(primary_key=True)
    text = models.TextField()
    sha256 = models.CharField(max_length=64)
    seal = models.PositiveIntegerField()  # the number of a PublishedSeal, which is never taken off
    position = models.PositiveIntegerField()
    path = models.JSONField(default=list)

    def __str__(self) -> str:
        return str(self.decision)


class Submission(models.Model):
    """What a visitor sends in; the public process may add rows and never read them."""

    key = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kind = models.CharField(max_length=24)
    about = models.CharField(max_length=120, blank=True)
    body = models.JSONField(default=dict)
    received_at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return str(self.key)


class Generation(models.Model):
    """One row whose number rises with every change, in the transaction of the change: cached pages carry it."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    number = models.PositiveBigIntegerField(default=1)
    raised_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(id=1), name="publiczone_one_generation")]

    def __str__(self) -> str:
        return str(self.number)
