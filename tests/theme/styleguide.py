"""Every component in every state, as pages a browser can be shown. All content is invented."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.contrib.messages import constants
from django.contrib.messages.storage.base import Message
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template import engines
from django.views import defaults

from portal.theme import components as c

PAGES = Path(__file__).parent / "pages"
SHANGHAI = ZoneInfo("Asia/Shanghai")
LAW = "处罚法第44条、第62条"


class FilingForm(forms.Form):
    """The controls a paper form of the portal may ask for."""

    token = forms.CharField(widget=forms.HiddenInput, initial="t")
    party_kind = forms.ChoiceField(
        label="当事人类型",
        choices=[("company", "企业"), ("business", "个体工商户"), ("person", "个人")],
        widget=forms.RadioSelect,
    )
    name = forms.CharField(label="名称", help_text="与营业执照一致。")
    code = forms.CharField(label="统一社会信用代码", max_length=18, help_text="18 位，字母用大写。")
    phone = forms.CharField(label="联系电话", required=False, widget=forms.TextInput(attrs={"type": "tel"}))
    item = forms.ChoiceField(label="执法事项", choices=[("4.17", "4.17 对未按规定建立进货查验记录的处罚（2026 年版）")])
    fact = forms.CharField(label="违法事实", widget=forms.Textarea(attrs={"rows": 4}), help_text="写事实，不写评价。")
    found_on = forms.DateField(label="发现日期", widget=forms.DateInput(attrs={"type": "date"}))
    fine = forms.DecimalField(label="拟罚款（元）", required=False)
    heard_at = forms.SplitDateTimeField(label="听证时间", required=False)
    kinds = forms.MultipleChoiceField(
        label="拟处罚种类", choices=[("warning", "警告"), ("fine", "罚款")], widget=forms.CheckboxSelectMultiple
    )
    proof = forms.FileField(label="附件", required=False)
    checked = forms.BooleanField(label="两名承办人都已核对回避情形")

    def clean_code(self) -> str:
        """Refuse every code, so that the guide shows an error."""
        raise forms.ValidationError("第 18 位应为 R。请对照营业执照再填一次。")

    def clean(self) -> dict[str, Any] | None:
        """Add a fault of the form as a whole."""
        raise forms.ValidationError("承办人不足两人。请先在“执法人员”一栏添加。")


PLAN = [
    ("一、当事人", ["party_kind", "name", "code", "phone"]),
    ("二、事实与时间", ["item", "fact", "found_on", "fine", "heard_at", "kinds"]),
    ("三、意见与附件", ["proof", "checked"]),
]


def chrome(request: HttpRequest) -> dict[str, Any]:
    """What the desk's context processor gives to every page."""
    return {
        "easy": "easy" in request.GET,
        "easy_url": "/easy/",
        "language_url": "/language/",
        "navigation": [
            {"label": label, "url": f"#{number}", "current": number == 1}
            for number, label in enumerate(
                ["工作台", "案件", "公示", "移送与协调", "案卷评查", "监督", "人员与学时", "统计"]
            )
        ],
        "search_url": "/search/",
        "inbox_url": "/inbox/",
        "unread": 3,
        "user_label": "陈示例（区市场监管局）",
        "user_menu": [{"label": "我的信息", "url": "/me/"}],
        "logout_url": "/logout/",
        "csrf_token": "token-of-the-test",
        "footer_links": [{"label": "快捷键", "url": "/keys/"}],
        "crumbs": [{"label": "案件", "url": "/cases/"}, {"label": "白市监立〔2026〕142号", "url": ""}],
    }


def clocks() -> list[c.Clock]:
    """Deadlines: near, computed in full, in hours, provisional, paused, without a date."""
    trace = [
        c.TraceStep("2026-09-08 立案，当日不计"),
        c.TraceStep("2026-09-09 起数 90 个自然日 → 12-07"),
        c.TraceStep("10-12 至 10-21 检验，扣除 10 日 → 12-17", "市监处罚程序规定第64条"),
    ]
    return [
        c.Clock("陈述申辩期", "amber", "剩 1 个工作日", due_on=date(2026, 11, 25)),
        c.Clock(
            "作出决定", "green", "剩 23 日", due_on=date(2026, 12, 17), title="90 日内作出决定", trace=trace,
            article="处罚法第60条、第85条", calendar_version="2026-3 版", computed_on=date(2026, 11, 18),
            changes=1, changes_url="/changes/",
        ),
        c.Clock(
            "登记保存", "red", "逾期 5 小时", due_at=datetime(2026, 11, 24, 9, 30, tzinfo=SHANGHAI),
            trace=[{"text": "自采取之时起 7 日", "article": "处罚法第56条"}],
        ),
        c.Clock("归档", "provisional", "暂定", due_on=date(2027, 1, 6), provisional=True),
        c.Clock("检验期间", "pause", "已扣除 10 日"),
    ]  # fmt: skip


def unmet() -> list[c.Unmet | dict[str, Any]]:
    """Gates with one article, several, and a local one."""
    return [
        c.Unmet("陈述申辩期未满，到 2026年11月25日，或由当事人书面放弃", LAW),
        {"sentence": "听证申请期未满，到 2026年11月25日", "citation": ("处罚法第64条第1项", "处罚法第63条")},
        c.Unmet("法制审核未通过：罚款 3 万元以上须审核", ("处罚法第58条", "本局目录第4项"), local=True),
    ]


def table(*, wide: bool = False, full: bool = True) -> c.Table:
    """A table of documents; empty on demand."""
    rows: list[list[c.Cell | dict[str, Any] | str | int | None]] = [
        [
            c.Cell("行政处罚事先告知书", "/d/1/"),
            "白市监罚告〔2026〕96号",
            c.Cell("已送达", shape="green"),
            3,
            "2026-11-18",
        ],
        [
            c.Cell("立案审批表", "/d/2/", small="第 2 稿", tag="本地"),
            "",
            c.Cell("未开始", shape="open"),
            12,
            "2026-09-08",
        ],
    ]
    return c.Table(
        "文书",
        [
            c.Column("文书", sort_url="?sort=name", sort="asc"),
            c.Column("文号"),
            c.Column("状态"),
            c.Column("页数", numeric=True),
            c.Column("日期"),
        ],
        rows if full else [],
        wide=wide,
        empty=c.Empty("还没有文书", "作出第一份文书后，会出现在这里。", "/new/", "起草文书"),
    )


def facets() -> list[c.Facet]:
    """Boxes, radios, an amount and a pair of dates."""
    return [
        c.Facet(
            "执法部门",
            "department",
            [c.Option("1", "区市场监督管理局", 31, checked=True), c.Option("2", "区城市管理局", 0)],
        ),
        c.Facet("当事人", "party", [c.Option("", "不限", checked=True), c.Option("company", "企业", 22)], kind="radio"),
        c.Facet("罚款（元）", "fine", kind="range", start="1,000"),
        c.Facet("决定日期", "decided", kind="dates", start="2026-01-01", end="2026-11-24"),
    ]


def components(request: HttpRequest) -> HttpResponse:
    """Components of the desk."""
    duties = [
        c.Duty("red", "逾期 1 个工作日", date(2026, 11, 23), "公示处罚决定", "白市监处罚〔2026〕119号 示例水站（虚构）", "/c/1/",
               "国办发〔2018〕118号（六）", "去公示", "/c/1/publish/", primary=True),
        c.Duty("amber", "今天到期", date(2026, 11, 24), "移交登记保存的物品，或者退还", "白市监立〔2026〕140号 示例化妆品店（虚构）",
               "/c/2/", "处罚法第56条", "选择处理", "/c/2/keep/"),
        c.Duty("provisional", "暂定", None, "作出决定（检验期间已扣除）", "白市监立〔2026〕128号 示例五金店（虚构）", "/c/3/"),
    ]  # fmt: skip
    context = chrome(request) | {
        "messages": [
            Message(constants.SUCCESS, "已登记送达。", ""),
            Message(constants.ERROR, "没有保存：附件超过 200 MB。", ""),
            Message(constants.WARNING, "文书还在生成。", ""),
            Message(constants.INFO, "草稿保留 30 日。", ""),
        ],
        "lights": [
            c.Light("red", "已逾期"), c.Light("amber", "临近"), c.Light("green", "正常"), c.Light("grey", "等待别人"),
            c.Light("pause", "暂停"), c.Light("provisional", "暂定"), c.Light("open", "未开始"), c.Light("withdrawn", "已撤回"),
        ],
        "steps": [
            c.Step("登记", "09-03", "done"), c.Step("立案", "09-08", "done"), c.Step("听证", "", "skipped"),
            c.Step("事先告知", "11-18 送达", "now"), {"label": "法制审核", "date": "必须", "state": "ahead"}, c.Step("决定", "12-17 前"),
            c.Step("送达、公示", "7 个工作日"), c.Step("履行"), c.Step("结案归档"),
        ],
        "finished": [c.Step("登记", "09-03", "done"), c.Step("结案归档", "11-18", "done")],
        "next_steps": [
            c.NextStep("登记陈述申辩", "/a/1/", primary=True), c.NextStep("送法制审核", "/a/2/"),
            c.NextStep("作出处罚决定", unmet=unmet(), met=9), c.NextStep("不予处罚", blocked="只有负责人可以作出决定。"),
        ],
        "others": [c.NextStep("移送公安机关", "/a/4/"), c.NextStep("结案", unmet=unmet()[:1], met=2)],
        "clocks": clocks(),
        "unmet": unmet(),
        "pairs": [
            c.Pair("当事人", "示例便利店（虚构），个体工商户", "信用代码 92650204MA0000001T"), ("事项", "对未建立查验记录的处罚", "", "2026 年版"), ("拟处罚", None),
        ],
        "entries": [
            c.Entry(datetime(2026, 11, 18, 10, 20, tzinfo=SHANGHAI), "直接送达事先告知书，当事人签收", "陈示例登记"),
            c.Entry(date(2026, 11, 13), "调查终结", url="/e/2/"), c.Entry("10-12 至 10-21", "检验期间，办案期限暂停 10 日"),
        ],
        "documents": table(), "wide": table(wide=True), "none": table(full=False),
        "page": c.Page("?after=1", "?before=2", "第 21–40 件"), "first_page": c.Page("", "?before=2", "第 1–20 件"),
        "duties": duties,
        "tiles": [
            c.Tile("区市场监督管理局", "/t/1/", "amber", "3 个预警", [c.Bar("按期公示", "99.4 %", 99.4), c.Bar("人均学时", "48 / 60", 48, 60)],
                   ["评查 91.2", "证件将到期 2", "投诉 5"]),
            c.Tile("示例街道（虚构）", "/t/2/", "green", "无预警", [c.Bar("按期公示", "不足 10 件")], ["评查 —"]),
        ],
        "figures": [c.Figure("已公示 / 应公示", "1,286 / 1,288", "2 件逾期未公示", shape="red"), c.Figure("未关闭预警", "14", "其中 4 个超过 10 日")],
        "paper": c.Paper("行政处罚事先告知书", "克拉玛依市白碱滩区市场监督管理局", "白市监罚告〔2026〕96号",
                         ["示例便利店（虚构）：", "本局拟对你作出如下处罚。"], "2026年11月18日", "草稿，未取号"),
        "facets": facets(), "chosen": [c.Chosen("区市场监督管理局", "?"), c.Chosen("行政处罚", "?")],
        "amount": "32000.00", "identity": "650204198001010016",
    }  # fmt: skip
    return _page(request, "components.html", context)


def public(request: HttpRequest) -> HttpResponse:
    """A list page of the public zone, which has neither user nor session."""
    context = chrome(request) | {
        "easy_url": "?easy=1", "language_url": "?language=en", "user_label": "", "csrf_token": "",
        "crumbs": [{"label": "首页", "url": "/"}, {"label": "执法公示", "url": ""}],
        "facets": facets(), "chosen": [c.Chosen("行政处罚", "?")], "query": "查验记录",
        "results": [
            c.Result("示例食品店（虚构）未按规定建立进货查验记录案", "/p/1/", "警告；罚款 8,000 元",
                     ["区市场监督管理局", "白市监处罚〔2026〕121号", "2026-11-20 公示"]),
            c.Result("<b>示例</b>", "/p/2/"),
        ],
        "figures": [c.Figure("2026 年已公示", "1,286 件", "应公示 1,288 件"), c.Figure("已撤回", "4 件", "看撤回理由", url="/w/")],
        "page": c.Page("", "?before=2", "第 1–20 件"), "shortcuts": [{"label": "食品安全", "url": "?q=a"}, {"label": "近 30 日", "url": "?q=b"}],
        "updated_at": datetime(2026, 11, 24, 9, 30, tzinfo=SHANGHAI),
    }  # fmt: skip
    return _page(request, "public.html", context)


def form(request: HttpRequest) -> HttpResponse:
    """An untouched form."""
    return _form(request, FilingForm())


def bad_form(request: HttpRequest) -> HttpResponse:
    """A form sent with faults."""
    return _form(
        request, FilingForm({"name": "示例奶茶店（虚构）", "code": "92650204MA0000003Q", "found_on": "2026-11-17"})
    )


def progress(request: HttpRequest, state: str) -> HttpResponse:
    """The page of long work in one of its states."""
    numbers = {"waiting": (0, 0), "running": (120, 400), "finished": (400, 400), "failed": (37, 400)}
    done, total = numbers[state]
    job = c.Job(
        "导入 2026 年事项目录", done, total, datetime(2026, 11, 24, 9, 30, tzinfo=SHANGHAI), state,  # type: ignore[arg-type]
        words="第 38 行：事项编码重复。前 37 行没有保存。请改好后重新上传。" if state == "failed" else "",
        result_url="/result/" if state == "finished" else "",
    )  # fmt: skip
    return render(request, "theme/progress.html", chrome(request) | {"job": job, "poll_url": request.path})


def sheet(request: HttpRequest) -> HttpResponse:
    """A page for the printer."""
    return _page(
        request,
        "print.html",
        {
            "entries": [c.Entry(date(2026, 11, 13), "调查终结")],
            "printed_at": datetime(2026, 11, 24, 9, 30, tzinfo=SHANGHAI),
            "printed_by": "陈示例",
        },
    )


def error(request: HttpRequest, code: str) -> HttpResponse:
    """An error page, inside the desk with `?desk`."""
    if code == "500":
        return defaults.server_error(request)
    context = (chrome(request) | {"error_layout": "theme/desk.html"}) if "desk" in request.GET else {}
    if code == "403":
        context["exception"] = "法制审核由没有承办本案的人办理。"
    return render(request, f"{code}.html", context, status=int(code[:3]))


def _form(request: HttpRequest, filing: FilingForm) -> HttpResponse:
    context = chrome(request) | {
        "form": filing,
        "parts": c.sections(filing, PLAN),
        "autosave_url": "/autosave/",
        "saved_words": "草稿已自动保存，10:42",
        "submit_label": "提交负责人审批",
        "draft_label": "存草稿，离开",
        "cancel_url": "/cases/",
    }
    return _page(request, "form.html", context)


def _page(request: HttpRequest, name: str, context: dict[str, Any]) -> HttpResponse:
    template = engines["django"].from_string((PAGES / name).read_text())
    return HttpResponse(template.render(context, request))
