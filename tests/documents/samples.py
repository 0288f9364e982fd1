"""One filled-in context per paper, with invented people and companies; used by the layout tests and the press tests."""

from __future__ import annotations

import dataclasses
from typing import Any

from enforcement import papers_context as enforcement
from portal.documents.blocks import Choice, Contact, Opinion, Signer
from supervision import papers_context as supervision

MARKET = "示例区市场监督管理局"
FACTS = (
    "2026年9月3日，本机关执法人员依法对当事人的经营场所进行监督检查，在货架上发现标称“示例牌”的酸奶12盒，"
    "生产日期2026年7月1日，保质期21天，至检查之日已经超过保质期。\n"
    "经查，当事人于2026年6月28日购进上述食品40盒，购进价5.00元/盒，销售价8.00元/盒，货值金额320.00元。"
)
OFFICERS = (Signer("陈示例", "65020400001"), Signer("李示例", "65020400002"))
CONTACT = Contact("示例区示例路1号", "陈示例、李示例", "0990-0000002", "834000")
PARTY = enforcement.PartyOnPaper(
    "示例区示例餐饮管理有限责任公司", False, "示例区示例路100号", credit_code="91650204MA00000000",
    legal_representative="示例甲",
)  # fmt: skip
PERSON = enforcement.PartyOnPaper(
    "示例丁", True, "示例区示例小区3栋201室", identity="650204********0016", sex="男", age="41岁"
)
NOTICE = enforcement.NoticeLetter(
    party=PARTY,
    cause="销售超过保质期的食品",
    facts=FACTS,
    evidence=("现场笔录1份，证明检查的时间、地点和现场情况", "现场照片4张，证明涉案食品的品种、数量和标签"),
    violated="《中华人民共和国食品安全法》第三十四条第十项",
    basis="《中华人民共和国食品安全法》第一百二十四条第一款第五项",
    discretion="当事人主动配合调查，涉案食品数量较少。",
    penalties=("没收超过保质期的食品9盒", "罚款人民币5,000.00元（大写：伍仟元整）"),
    contact=CONTACT,
)
HEARING = dataclasses.replace(NOTICE, hearing_ground="第一款第（一）项")
DECISION = enforcement.DecisionLetter(
    party=PARTY,
    cause="销售超过保质期的食品",
    filed_on="2026年9月4日",
    facts=FACTS,
    evidence=NOTICE.evidence,
    procedure="本机关于2026年10月20日向当事人送达《行政处罚告知书》（示市监罚告〔2026〕1号）。",
    defence="当事人在期限内没有提出陈述、申辩。",
    violated=NOTICE.violated,
    basis=NOTICE.basis,
    discretion=NOTICE.discretion,
    penalties=NOTICE.penalties,
    performance=("罚款应当自收到本决定书之日起十五日内到指定的银行或者通过电子支付系统缴纳。",),
    review_body="示例区人民政府",
    court="示例区人民法院",
    fined=True,
    correction="责令当事人立即改正上述违法行为。",
    copies=("示例区司法局",),
)
OPINION = Opinion("建议立案调查。", OFFICERS, "2026年9月4日")
FILING = enforcement.FilingForm(
    cause="涉嫌销售超过保质期的食品",
    source="监督检查",
    source_detail="日常监督检查中发现",
    found_on="2026年9月3日",
    party=PARTY,
    facts=FACTS,
    reasons="当事人的行为涉嫌违反《中华人民共和国食品安全法》第三十四条第十项的规定。",
    basis="《中华人民共和国行政处罚法》第五十四条第二款",
    item="对销售超过保质期食品的处罚",
    officers=OFFICERS,
    recusal="不需要回避",
    officer_opinion=OPINION,
    unit_opinion=Opinion("拟同意。", (Signer("王示例"),), "2026年9月4日"),
    head_opinion=Opinion(),
    filed_on="2026年9月4日",
    due_on="2026年12月3日",
)
RECEIPT = enforcement.ServiceReceipt(
    cause="销售超过保质期的食品",
    recipient=PARTY.name,
    papers=(enforcement.ServedPaper("行政处罚决定书", "示市监罚〔2026〕1号"),),
    methods=tuple(Choice(label, label == "直接送达") for label in ("直接送达", "留置送达", "邮寄送达", "公告送达")),
    place="示例区示例路100号",
    officers=OFFICERS,
)
MISSED = tuple(
    supervision.MissedDuty(
        f"示例商贸有限公司{number}案", f"示市监罚〔2026〕{number}号", "处罚决定信息公开", "国办发〔2018〕118号（六）",
        f"2026-10-{number:02d}", f"逾期{number}个工作日，未办理",
    )
    for number in range(1, 21)
)  # fmt: skip
URGING = supervision.UrgingLetter(
    recipient=MARKET,
    found_through="日常监督",
    facts="你单位2026年9月至10月作出的行政处罚决定中，有20件没有在期限内向社会公开。",
    duty_basis="国办发〔2018〕118号第二部分第（六）项：行政处罚的执法决定信息要在执法决定作出之日起7个工作日内公开。",
    requirements=("立即公开附件所列行政处罚决定的信息；", "查明逾期原因，完善公示流程。"),
    report_by="2026年12月24日",
    contact=Contact("示例区示例路2号", "陆示例", "0990-0000001"),
    missed=MISSED,
    copies=("示例区人民政府",),
)
DISPOSITION = supervision.DispositionNotice(
    recipient=MARKET,
    filed_on="2025年10月9日",
    cause="你单位行政处罚决定逾期公开一事",
    facts=URGING.facts,
    violated=URGING.duty_basis,
    basis="《示例规定》第一条",
    dispositions=("责令你单位限期公开。",),
    perform_by="2025年12月1日",
    report_by="2025年12月10日",
    objection="你单位对本决定有异议的，可以向本机关提出并说明理由。",
    contact=URGING.contact,
)
SUPERVISION_FILING = supervision.SupervisionFilingForm(
    cause="行政处罚决定逾期公开",
    sources=(Choice("日常监督", ticked=True), Choice("投诉举报")),
    department=MARKET,
    credit_code="11650204MA00000000",
    acts="示市监罚〔2026〕1号等20件",
    informant="无",
    grounds=supervision.ticked(supervision.GROUNDS, frozenset({2, 4})),
    mode="日常监督",
    facts=URGING.facts,
    remedy_check="没有进入行政复议、行政诉讼程序。",
    jurisdiction="属于本机关监督范围。",
    supervisors=(Signer("陆示例", "JD-001"), Signer("严示例", "JD-002")),
    recusal="不需要回避",
    officer_opinion=OPINION,
    review_opinion=Opinion(),
    head_opinion=Opinion(),
)
SUPERVISION_DISPOSITION = supervision.SupervisionDispositionForm(
    filing_number="示司执监立〔2026〕1号",
    cause="行政处罚决定逾期公开",
    department=MARKET,
    measures=supervision.ticked(supervision.MEASURES, frozenset({1, 4})),
    statement="该局说明系统切换期间数据没有及时推送。",
    facts=URGING.facts,
    evidence=("公示平台截图20张", "该局情况说明1份"),
    finding="属于应当履行而未履行行政执法职责。",
    instruments=(Choice("督办函", ticked=True), Choice("意见书")),
    requirements="立即公开并完善制度。",
    report_by="2026年12月24日",
    personnel="无",
    discipline="不移送",
    officer_opinion=OPINION,
    legal_opinion=Opinion(),
    head_opinion=Opinion(),
    government_opinion=Opinion(),
)
# Title, template, context: every paper that can be printed today.
PAPERS: dict[str, tuple[str, str, Any]] = {
    "filing": ("行政处罚立案审批表", "enforcement/papers/filing_form.html", FILING),
    "notice": ("行政处罚告知书", "enforcement/papers/notice_letter.html", NOTICE),
    "hearing": ("行政处罚听证告知书", "enforcement/papers/notice_letter.html", HEARING),
    "decision": ("行政处罚决定书", "enforcement/papers/decision_letter.html", DECISION),
    "receipt": ("送达回证", "enforcement/papers/service_receipt.html", RECEIPT),
    "urging": ("关于公开行政处罚决定信息的督办函", "supervision/papers/urging_letter.html", URGING),
    "disposition": ("行政执法监督处理决定通知书", "supervision/papers/disposition_notice.html", DISPOSITION),
    "supervision filing": ("行政执法监督立案审批表", "supervision/papers/filing_form.html", SUPERVISION_FILING),
    "supervision disposition": (
        "行政执法监督处理审批表", "supervision/papers/disposition_form.html", SUPERVISION_DISPOSITION,
    ),
}  # fmt: skip
