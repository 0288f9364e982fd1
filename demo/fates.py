"""Every way a case of the demo can go; each fate writes its lines into a story."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from demo.stories import Story

PUBLIC_NOTICE = 24  # working days in which thirty days have surely passed
DISCLOSE_WITHIN, SERVE_WITHIN, FILE_WITHIN = 7, 7, 15


def registered(story: Story) -> None:
    """A lead."""
    story.then("register")
    for place in range(1, len(story.case.parties)):
        story.then("add_party", party=place)


def filed(story: Story, check: int = 0) -> None:
    """Filed, after so many working days of checking."""
    registered(story)
    story.then("request_filing", check or story.some(1, 7)).then("approve", story.some(0, 2), of="file")


def investigated(story: Story, check: int = 0, conclude: int = 0) -> None:
    """The investigation is over."""
    filed(story, check)
    for number in range(story.some(1, 2)):
        story.then("add_evidence", story.some(0, 4), number=number)
    story.then("conclude", conclude or story.some(2, 13))


def notified(story: Story, conclude: int = 0) -> None:
    """The notice is issued."""
    investigated(story, conclude=conclude)
    story.then("request_notice", story.some(0, 2)).then("approve", story.some(0, 1), of="notify")


def notice_served(story: Story, method: str = "direct", conclude: int = 0) -> None:
    """The notice has reached every party."""
    notified(story, conclude=conclude)
    serve(story, "serve_notice", story.some(0, 2), method)


def serve(story: Story, act: str, gap: int, method: str) -> None:
    """One paper to every party, until it has taken effect."""
    for place in range(len(story.case.parties)):
        story.then(act, gap if place == 0 else 0, party=place, method=method)
        if method == "mail":
            story.then("confirm_service", story.some(2, 4), party=place)
        elif method == "public":
            story.then("confirm_service", PUBLIC_NOTICE, party=place, public=True)


def decided(story: Story, method: str = "direct", conclude: int = 0, statement: str = "") -> None:
    """The decision is made, when the periods of the notice are over or waived."""
    notice_served(story, method, conclude=conclude)
    wait = story.some(6, 11)
    if statement == "waived" and len(story.case.parties) == 1:
        story.then("waive", story.some(0, 1))
        wait = story.some(1, 2)
    elif statement == "made":
        story.then("state", story.some(1, 4))
        wait = story.some(6, 9)
    elif statement == "accepted":
        story.then("state", story.some(1, 4), accepted=True)
        wait = story.some(6, 9)
    story.then("request_decision", wait, lighter=statement == "accepted").then("approve", story.some(0, 1), of="decide")


def served(story: Story, gap: int = -1, method: str = "direct", conclude: int = 0, statement: str = "") -> None:
    """The decision has reached every party."""
    decided(story, conclude=conclude, statement=statement)
    serve(story, "serve_decision", story.some(0, 3) if gap < 0 else gap, method)


def published(story: Story, within: int = 0, months: str = "", conclude: int = 0, statement: str = "") -> None:
    """Served and shown to the public, so many working days after the decision."""
    within = within or story.some(3, DISCLOSE_WITHIN)
    months = months or story.rng.choice(("12", "12", "36"))
    served(story, gap=min(story.some(0, 2), within - 1), conclude=conclude, statement=statement)
    left = within - (story.until("serve_decision") - story.until("approve"))
    masked = story.some(0, left)
    story.then("mask", masked).then("approve_disclosure", story.some(0, left - masked), months=months)
    story.then("publish", within - (story.until("approve_disclosure") - story.until("approve")))


def paid(story: Story) -> None:
    """The money has come, or there was none to come."""
    if story.case.fine:
        story.then("pay", story.some(1, 8))


def closed(story: Story, within: int = 0, months: str = "", conclude: int = 0, statement: str = "") -> None:
    """Performed and closed."""
    published(story, within, months, conclude, statement)
    paid(story)
    story.then("request_closing", story.some(0, 8)).then("approve", story.some(0, 2), of="close")


# ── what is over ────────────────────────────────────────────────────────────────────────────────────────────────────


def _plain(story: Story) -> None:
    closed(story, statement=story.rng.choices(("", "waived", "made", "accepted"), (60, 18, 16, 6))[0])


def _late(story: Story) -> None:
    closed(story, within=story.some(9, 24))


def _slow(story: Story) -> None:
    closed(story, conclude=story.some(52, 60))


def _filed_late(story: Story) -> None:
    investigated(story, check=story.some(17, 24))
    story.then("request_notice", 1).then("approve", 0, of="notify")
    serve(story, "serve_notice", 1, "direct")
    story.then("request_decision", 7).then("approve", 0, of="decide")
    serve(story, "serve_decision", 1, "direct")
    story.then("mask", 1).then("approve_disclosure", 1, months="12").then("publish", 1)
    paid(story)


def _served_late(story: Story) -> None:
    served(story, gap=story.some(9, 14))
    story.then("mask", 1).then("approve_disclosure", 1, months="12").then("publish", 0)
    paid(story)


def _by_public_notice(story: Story) -> None:
    decided(story, method="public", conclude=3)
    serve(story, "serve_decision", 1, "public")
    story.then("mask", 1).then("approve_disclosure", 0, months="12").then("publish", 1)
    paid(story)


def _by_mail(story: Story) -> None:
    served(story, gap=1, method="mail")
    story.then("mask", 0).then("approve_disclosure", 0, months="12").then("publish", 0)
    paid(story)


def _left(story: Story) -> None:
    decided(story, method="left")
    serve(story, "serve_decision", 2, "left")
    story.then("mask", 1).then("approve_disclosure", 1, months="12").then("publish", 0)
    paid(story)


def _electronic(story: Story) -> None:
    decided(story, method="electronic")
    serve(story, "serve_decision", 0, "electronic")
    story.then("mask", 1).then("approve_disclosure", 0, months="12").then("publish", 2)
    paid(story)


def _expired(story: Story) -> None:
    closed(story, months="3")


def _withdrawn(story: Story) -> None:
    published(story)
    paid(story)
    story.then("annul", story.some(25, 80), outcome=story.rng.choice(("revoked", "changed", "unlawful")))
    story.then("withdraw", story.some(0, 3))


def _withdrawn_late(story: Story) -> None:
    published(story)
    paid(story)
    story.then("annul", story.some(25, 60), outcome="revoked").then("withdraw", story.some(6, 9))


def _void_before_publishing(story: Story) -> None:
    served(story, gap=1)
    story.then("annul", 3, outcome="void")


def _exempt(story: Story) -> None:
    served(story, gap=1)
    ground = story.rng.choice(("secret", "related", "no_impact", "crime"))
    story.then("request_exemption", story.some(1, 3), ground=ground).then("approve", story.some(0, 1), of="exempt")
    paid(story)


def _exemption_ended(story: Story) -> None:
    served(story, gap=1)
    story.then("request_exemption", 1, ground="related").then("approve", 0, of="exempt")
    paid(story)
    story.then("end_exemption", story.some(20, 40))
    story.then("mask", 1).then("approve_disclosure", 1, months="12").then("publish", 1)


def _not_filed(story: Story) -> None:
    registered(story)
    story.then("decline", story.some(2, 12))


def _masking_returned(story: Story) -> None:
    served(story, gap=0)
    story.then("mask", 1).then("send_back_disclosure", 1).then("mask", 0)
    story.then("approve_disclosure", 1, months="36").then("publish", 1)
    paid(story)


# ── what is under way; each is anchored so many working days before today ─────────────────────────────────────────────


def _decision_proposed(story: Story) -> None:
    notice_served(story)
    story.then("request_decision", 7)


def _hearing_asked(story: Story) -> None:
    notice_served(story)
    story.then("ask_for_hearing", 2)


def _hearing_held(story: Story) -> None:
    """Asked for, arranged, told a working day later, held on the eighth after that, entered the day after."""
    _hearing_asked(story)
    story.then("request_hearing", 1).then("approve", 0, of="hearing").then("serve_summons", 1)
    story.then("hold_hearing", 9).then("report_hearing", 1)


def _no_penalty(story: Story) -> None:
    """Not punished: slight, for the first time, put right at once."""
    investigated(story)
    story.then("request_no_penalty", 1).then("approve", 1, of="no_penalty")
    serve(story, "serve_decision", 1, "direct")


def _mail_under_way(story: Story) -> None:
    decided(story)
    story.then("serve_decision", 1, party=0, method="mail")


def _public_under_way(story: Story) -> None:
    decided(story)
    story.then("serve_decision", 1, party=0, method="public")


def _approved_while_under_way(story: Story) -> None:
    _mail_under_way(story)
    story.then("mask", 1).then("approve_disclosure", 0, months="12")


def _held(story: Story) -> None:
    _approved_while_under_way(story)
    story.then("hold", 0)


def _head_publishes_early(story: Story) -> None:
    _approved_while_under_way(story)
    story.then("publish_early", 1)


def _masked(story: Story) -> None:
    served(story, gap=1)
    story.then("mask", 1)


def _approved(story: Story) -> None:
    _masked(story)
    story.then("approve_disclosure", 1, months="12")


def _masking_begun(story: Story) -> None:
    served(story, gap=1)
    story.then("begin_masking", 1)


def _one_of_two_served(story: Story) -> None:
    decided(story)
    story.then("serve_decision", 1, party=0, method="direct")


def _annulled_still_shown(story: Story) -> None:
    published(story)
    paid(story)
    story.then("annul", 30, outcome="revoked")


def _filing_returned(story: Story) -> None:
    registered(story)
    story.then("request_filing", 2).then("send_back", 1)


def _filing_proposed(story: Story) -> None:
    registered(story)
    story.then("request_filing", 2)


def _filing_drafted(story: Story) -> None:
    registered(story)
    story.then("draft_filing", 1)


def _notice_returned(story: Story) -> None:
    investigated(story)
    story.then("request_notice", 1).then("send_back", 1)


def _notice_proposed(story: Story) -> None:
    investigated(story)
    story.then("request_notice", 1)


def _evidence_so_far(story: Story) -> None:
    filed(story)
    story.then("add_evidence", 2, number=0).then("add_evidence", 2, number=1)


def _unpaid(story: Story) -> None:
    published(story)


def _court(story: Story) -> None:
    """Neither paid nor contested for half a year: urged, then the court is asked."""
    published(story)
    story.then("request_urging", 100).then("approve", 1, of="urge").then("serve_urging", 1)
    story.then("request_court", 45).then("approve", 2, of="court")


@dataclass(frozen=True)
class Fate:
    """A way to go. `small`: how many of these in the small demo. `anchor`: the act whose day is set by `ago`.

    `ago`: a range of working days before today; without an anchor the story begins anywhere in two years.
    `over`: a finished story ends at least so many working days before today.
    `needs`: the case must have a fine, offer a hearing, or be handled by an officer whose certificate has since gone.
    """

    key: str
    tell: Callable[[Story], None]
    count: int
    small: int = 0
    anchor: str = ""
    ago: tuple[int, int] = (1, 1)
    several: bool = False
    needs: str = ""
    over: int = 12


FATES = (
    Fate("closed", _plain, 48, 1),
    Fate("closed_two_parties", _plain, 3, several=True),
    Fate("late", _late, 10, 1),
    Fate("slow", _slow, 3),
    Fate("filed_late", _filed_late, 4),
    Fate("served_late", _served_late, 3),
    Fate("public_notice", _by_public_notice, 2),
    Fate("mail", _by_mail, 5),
    Fate("left", _left, 3),
    Fate("electronic", _electronic, 4),
    Fate("expired", _expired, 9, 1, over=75),
    Fate("withdrawn", _withdrawn, 4, 1),
    Fate("withdrawn_late", _withdrawn_late, 1),
    Fate("void", _void_before_publishing, 2, 1),
    Fate("exempt", _exempt, 6, 1),
    Fate("exemption_ended", _exemption_ended, 1),
    Fate("not_filed", _not_filed, 11, 1),
    Fate("masking_returned", _masking_returned, 2),
    # under way
    Fate("lead", registered, 8, 1, "register", (1, 9)),
    Fate("lead_late", registered, 3, 0, "register", (18, 26)),
    Fate("lead_due_today", registered, 1, 0, "register", (15, 15)),
    Fate("filing_proposed", _filing_proposed, 3, 1, "request_filing", (1, 4)),
    Fate("filing_returned", _filing_returned, 2, 1, "send_back", (1, 3)),
    Fate("filing_drafted", _filing_drafted, 3, 0, "draft_filing", (1, 4)),
    Fate("filed", _evidence_so_far, 10, 1, "add_evidence", (1, 25)),
    Fate("filed_late_decision", _evidence_so_far, 3, 0, "add_evidence", (70, 80)),
    Fate("filed_near_decision", _evidence_so_far, 2, 0, "add_evidence", (52, 54)),
    Fate("certificate_gone", _evidence_so_far, 3, 1, "add_evidence", (32, 45), needs="certificate_gone"),
    Fate("investigated", investigated, 4, 1, "conclude", (1, 6)),
    Fate("notice_proposed", _notice_proposed, 2, 0, "request_notice", (1, 3)),
    Fate("notice_returned", _notice_returned, 1, 0, "send_back", (1, 2)),
    Fate("notified", notified, 3, 1, "approve", (1, 2)),
    Fate("notice_served", notice_served, 6, 1, "serve_notice", (1, 5)),
    Fate("ready_to_decide", notice_served, 3, 0, "serve_notice", (7, 10)),
    Fate("hearing_asked", _hearing_asked, 2, 0, "ask_for_hearing", (1, 9), needs="hearing"),
    Fate("decision_proposed", _decision_proposed, 3, 0, "request_decision", (1, 3)),
    Fate("decided", decided, 3, 1, "approve", (1, 5)),
    Fate("not_served_late", decided, 3, 0, "approve", (9, 16)),
    Fate("mail_under_way", _mail_under_way, 3, 0, "serve_decision", (1, 3)),
    Fate("public_under_way", _public_under_way, 2, 1, "serve_decision", (4, 12)),
    Fate("approved_under_way", _approved_while_under_way, 2, 0, "approve_disclosure", (1, 3)),
    Fate("held", _held, 1, 0, "hold", (2, 5)),
    Fate("published_early", _head_publishes_early, 1, 0, "publish_early", (1, 4)),
    Fate("one_of_two_served", _one_of_two_served, 2, 0, "serve_decision", (1, 3), several=True),
    Fate("served", served, 4, 1, "approve", (3, 5)),
    Fate("disclosure_late", served, 5, 1, "approve", (10, 25)),
    Fate("disclosure_due_today", served, 3, 0, "approve", (7, 7)),
    Fate("disclosure_due_tomorrow", served, 3, 0, "approve", (6, 6)),
    Fate("masking_begun", _masking_begun, 2, 0, "begin_masking", (1, 3)),
    Fate("masked", _masked, 4, 1, "mask", (1, 4)),
    Fate("approved", _approved, 4, 1, "approve_disclosure", (1, 3)),
    Fate("annulled_still_shown", _annulled_still_shown, 2, 0, "annul", (5, 9)),
    Fate("unpaid", _unpaid, 6, 0, "publish", (1, 5), needs="fine"),
    Fate("unpaid_late", _unpaid, 4, 0, "publish", (14, 25), needs="fine"),
    Fate("hearing_held", _hearing_held, 1, 0, "report_hearing", (1, 4), needs="hearing"),
    Fate("no_penalty", _no_penalty, 1, 0, "serve_decision", (1, 4)),
    Fate("court", _court, 2, 0, "request_court", (3, 8), needs="fine"),
)
