"""What can be done with an entry: put forward by an officer, in force after a head has approved it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.utils.translation import gettext_lazy as _

from enforcement.catalogue import batches, benchmark_form, forms, writing
from enforcement.catalogue.models import Batch, Entry
from portal.accounts.roles import Role
from portal.workflow import registry
from portal.workflow.actions import Action, Attempt, Gate

KEPT = frozenset({Entry.State.KEPT.value})
PROPOSERS = frozenset({Role.OFFICER.value, Role.LEGAL.value, Role.DEPT_ADMIN.value})
HEADS = frozenset({Role.HEAD.value, Role.DEPUTY.value})
Write = Callable[[Entry, Any], None]


def _is(kind: str) -> Gate:
    return Gate(
        "catalogue_kind",
        _("这一步不用于这一种目录。"),
        ("处罚法38条",),
        lambda attempt: attempt.subject is None or attempt.subject.kind == kind,
    )


def _add(kind: str, write: Write) -> Callable[[Attempt[Any, Any]], None]:
    def body(attempt: Attempt[Any, Any]) -> None:
        write(writing.create(attempt, kind), attempt.data)
        attempt.fact(writing.CHANGED)
        attempt.label(code=attempt.subject.code, version=1)

    return body


def _revise(write: Write) -> Callable[[Attempt[Any, Any]], None]:
    def body(attempt: Attempt[Any, Any]) -> None:
        write(attempt.subject, attempt.data)
        attempt.fact(writing.CHANGED)
        attempt.label(code=attempt.subject.code, since=attempt.data.effective_from.isoformat())

    return body


def _end(attempt: Attempt[Entry, forms.End]) -> None:
    writing.end_versions(attempt.subject, attempt.data.last_day)
    attempt.matter.closed_at = attempt.now
    attempt.matter.save(update_fields=["closed_at"])
    attempt.fact(writing.CHANGED)
    attempt.label(code=attempt.subject.code, last_day=attempt.data.last_day.isoformat())


def newest_of(entry: Entry) -> Any:
    """The newest version of an entry, whatever it is."""
    if entry.kind == Entry.Kind.ITEM:
        return entry.items.first()
    names = {"review": "reviewrule", "leniency": "leniency", "hearing": "hearingthreshold"}
    return getattr(entry, f"{names[entry.kind]}_versions").order_by("-version").first()


def _initial(entry: Entry, _actor: Any) -> dict[str, Any]:
    newest = newest_of(entry)
    if newest is None:
        return {}
    values = {field.name: getattr(newest, field.name) for field in newest._meta.fields}
    values |= {"name": entry.title, "act_kind": values.get("kind"), "list_name": values.get("list")}
    return {
        name: value for name, value in values.items() if name not in {"effective_from", "effective_to", "id", "kind"}
    }


def _pair(kind: str, add: Any, revise: Any, write: Write, titles: tuple[Any, Any], law: tuple[str, ...]) -> Any:
    common: dict[str, Any] = {
        "model": Entry, "target": None, "roles": HEADS, "proposes": PROPOSERS, "facts": (writing.CHANGED,), "law": law,
    }  # fmt: skip
    return (
        Action(
            key=f"enforcement.catalogue.add_{kind}",
            label=titles[0],
            source=frozenset(),
            data=add,
            body=_add(kind, write),
            **common,
        ),
        Action(
            key=f"enforcement.catalogue.revise_{kind}",
            label=titles[1],
            source=KEPT,
            data=revise,
            body=_revise(write),
            gates=(_is(kind),),
            initial=_initial,
            **common,
        ),
    )


K = Entry.Kind
PAIRS = (
    *_pair(K.ITEM.value, forms.AddItem, forms.ReviseItem, writing.write_item, (_("新增执法事项"), _("提出事项的新版本")), ("处罚法38条",)),
    *_pair(K.REVIEW.value, forms.AddReview, forms.ReviseReview, writing.write_review, (_("新增法制审核目录条目"), _("提出审核目录条目的新版本")), ("SX-10",)),
    *_pair(K.LENIENCY.value, forms.AddLeniency, forms.ReviseLeniency, writing.write_leniency, (_("新增减免责清单条目"), _("提出减免责条目的新版本")), ("CF-30",)),
    *_pair(K.HEARING.value, forms.AddHearing, forms.ReviseHearing, writing.write_hearing, (_("新增听证标准"), _("提出听证标准的新版本")), ("CF-08",)),
)  # fmt: skip
BENCHMARK: Action[Entry, Any] = Action(
    key="enforcement.catalogue.set_benchmark",
    label=_("编制裁量基准"),
    model=Entry,
    source=KEPT,
    target=None,
    roles=HEADS,
    proposes=PROPOSERS,
    data=benchmark_form.SetBenchmark,
    gates=(
        _is(K.ITEM.value),
        Gate("enough_tiers", _("阶次太少。"), ("CL-01",), benchmark_form.enough_tiers, needs_data=True),
    ),
    initial=benchmark_form.initial,
    body=_revise(writing.write_benchmark),
    facts=(writing.CHANGED,),
    law=("处罚法34条", "CL-01"),
)
END: Action[Entry, forms.End] = Action(
    key="enforcement.catalogue.end",
    label=_("废止"),
    model=Entry,
    source=KEPT,
    target=Entry.State.ENDED.value,
    roles=HEADS,
    proposes=PROPOSERS,
    data=forms.End,
    body=_end,
    facts=(writing.CHANGED,),
    rare=True,
)
ADOPT: Action[Batch, batches.Adopt] = Action(
    key="enforcement.catalogue.adopt",
    label=_("采用这份文件"),
    model=Batch,
    source=frozenset({Batch.State.READ.value}),
    target=Batch.State.ADOPTED.value,
    roles=HEADS,
    proposes=PROPOSERS,
    data=batches.Adopt,
    gates=(
        Gate(
            "batch_has_rows", _("文件里没有可以采用的行。"), ("处罚法38条",), lambda attempt: bool(attempt.subject.rows)
        ),
    ),
    body=batches.adopt,
    facts=(writing.CHANGED,),
    primary=True,
)
(ADD_ITEM, REVISE_ITEM, ADD_REVIEW, REVISE_REVIEW, ADD_LENIENCY, REVISE_LENIENCY, ADD_HEARING, REVISE_HEARING) = PAIRS
ALL = (*PAIRS, BENCHMARK, END, ADOPT)
# Which steps on an entry are for which catalogue alone.
OF_KIND: dict[str, tuple[Action[Any, Any], ...]] = {
    K.ITEM.value: (REVISE_ITEM, BENCHMARK),
    K.REVIEW.value: (REVISE_REVIEW,),
    K.LENIENCY.value: (REVISE_LENIENCY,),
    K.HEARING.value: (REVISE_HEARING,),
}


def register() -> None:
    """Put the actions on the register."""
    registry.register(*ALL)
