"""Invented published decisions in any number, always the same ones, loaded by COPY: what the public benches search.

Row n depends on n alone, so a smaller load is the beginning of a larger one. Rows come in the order they were
published, as they would over the years. The texts are sentences of our own about invented shops.
"""

from __future__ import annotations

import hashlib
import os
import random
import threading
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from datetime import date, datetime, timedelta, timezone
from typing import Any, Final, NamedTuple

import psycopg
from django.db import connection
from psycopg import sql

from disclosure.public.folding import searchable

TABLE: Final = "publiczone_publisheddecision"
BEGUN: Final = datetime(2020, 1, 2, 10, tzinfo=timezone(timedelta(hours=8)))
DAYS: Final = 2500
PART: Final = 5_000


class Trade(NamedTuple):
    """A field of enforcement with its words."""

    department: str
    prefix: str
    field: str
    places: tuple[str, ...]
    things: tuple[str, ...]
    faults: tuple[str, ...]
    law: str


_MARKET: Final = Trade(
    "区市场监督管理局", "白市监", "市场监管",
    ("食品店", "超市", "餐饮店", "早餐铺", "蔬果行", "药房", "副食商行", "烘焙坊", "火锅店", "便利店"),
    ("牛奶", "面粉", "酱油", "饼干", "蜂蜜", "卤肉", "鲜牛肉", "食用油", "矿泉水", "葡萄干", "冷冻虾仁", "婴幼儿配方奶粉", "电子秤", "压力表"),
    ("未按规定建立进货查验记录", "经营超过保质期的食品", "使用未经检定的计量器具", "未明码标价", "未取得食品经营许可从事餐饮服务",
     "经营标签不符合规定的预包装食品", "从业人员未持有效健康证明"),
    "食品安全法",
)  # fmt: skip
_CITY: Final = Trade(
    "区城市管理局", "白城管", "城市管理",
    ("烧烤店", "水果摊", "建材行", "洗车行", "广告部", "装饰公司", "物业公司", "渣土清运队"),
    ("遮阳棚", "广告牌", "砂石", "建筑垃圾", "餐厨废弃物", "流动餐车", "彩钢房", "共享电动车"),
    ("占用人行道经营", "擅自设置户外广告", "随意倾倒建筑垃圾", "运输散装物料未采取防尘措施", "擅自改变房屋用途", "未按规定分类投放生活垃圾"),
    "市容和环境卫生管理办法",
)  # fmt: skip
_SAFETY: Final = Trade(
    "区应急管理局", "白应急", "安全生产",
    ("化工有限公司", "油田技术服务有限公司", "机械加工厂", "液化气站", "加油站", "仓储有限公司", "烟花爆竹零售点"),
    ("氧气瓶", "乙炔瓶", "润滑油", "甲醇", "可燃气体报警器", "配电箱", "安全阀", "灭火器"),
    ("未定期组织应急演练", "特种作业人员未持证上岗", "危险化学品未按规定储存", "未如实记录安全生产教育培训情况", "安全出口堆放杂物"),
    "安全生产法",
)  # fmt: skip
_ROADS: Final = Trade(
    "区交通运输局", "白交运", "交通运输",
    ("运输队", "物流有限公司", "汽车维修厂", "驾驶培训学校", "出租汽车服务部"),
    ("重型半挂牵引车", "厢式货车", "自卸车", "小型客车", "水泥罐车", "集装箱"),
    ("未取得许可从事道路货物运输", "超过核定载质量装载", "未按规定维护和检测运输车辆", "擅自改装已取得营运证的车辆", "未使用卫星定位装置"),
    "道路运输条例",
)  # fmt: skip
_HEALTH: Final = Trade(
    "区卫生健康委员会", "白卫", "卫生健康",
    ("诊所", "口腔门诊部", "美容院", "宾馆", "浴池", "幼儿园", "游泳馆"),
    ("一次性注射器", "毛巾", "床单", "医疗废物", "消毒液", "紫外线灯", "拖鞋"),
    ("未按规定对公共用品用具清洗消毒", "未建立医疗废物登记制度", "使用未变更执业地点的人员从事诊疗活动", "未公示卫生许可证"),
    "公共场所卫生管理条例",
)  # fmt: skip
_ECOLOGY: Final = Trade(
    "区生态环境分局", "白环", "生态环境",
    ("石油化工有限公司", "环保科技有限公司", "混凝土搅拌站", "养殖场", "喷漆房", "印刷厂"),
    ("废矿物油", "粉尘", "含油污泥", "切削液", "喷漆废气", "锅炉烟气"),
    ("未按规定贮存危险废物", "未采取措施控制扬尘", "未如实记录危险废物台账", "超过排放标准排放大气污染物", "未依法取得排污许可证排放污染物"),
    "固体废物污染环境防治法",
)  # fmt: skip
_HOUSING: Final = Trade(
    "区住房和城乡建设局", "白住建", "住房建设",
    ("建筑工程有限公司", "监理有限公司", "房地产开发有限公司", "房屋中介服务部", "防水工程队"),
    ("脚手架", "塔式起重机", "预拌混凝土", "外墙保温板", "深基坑", "安全网"),
    ("未取得施工许可证擅自施工", "未按工程设计图纸施工", "未对作业人员进行安全技术交底", "将未经验收的工程交付使用"),
    "建设工程质量管理条例",
)  # fmt: skip
_WATER: Final = Trade(
    "区农业农村和水利局", "白农水", "农业水利",
    ("种植专业合作社", "农资经营部", "牧业有限公司", "灌溉服务队", "兽药店"),
    ("棉种", "除草剂", "尿素", "疫苗", "滴灌带", "机井", "活羊"),
    ("经营未附具标签的农药", "未经批准擅自取水", "未按规定建立种子经营档案", "屠宰未经检疫的动物"),
    "农药管理条例",
)  # fmt: skip
TRADES: Final = (_MARKET, _MARKET, _MARKET, _CITY, _CITY, _SAFETY, _ROADS, _ROADS, _HEALTH, _ECOLOGY, _HOUSING, _WATER)
_NAMED: Final = ("示例", "虚构", "样例", "假想", "模拟")
_SIGNS: Final = "安宝昌诚达德东发丰福富港光广海浩和恒宏华辉惠吉佳嘉建金京晶景凯康乐立利隆茂美民明鹏庆荣瑞润森盛顺泰天通旺万伟祥欣新兴鑫星旭亚扬洋益银永友裕源远月悦云泽正志中众卓"
_RARE: Final = tuple(chr(code) for code in range(0x9A00, 0x9F00))
_STREETS: Final = (
    "中兴路",
    "永红路",
    "三平路",
    "跃进路",
    "平安路",
    "门户路",
    "振兴街",
    "九公里工业区",
    "金龙镇",
    "石化大道",
)
_FOUND: Final = (
    "执法人员依法出示执法证件后，对位于{street}{house}号的{party}进行检查。",
    "根据群众举报，执法人员到{street}{house}号核查，{party}的经营者在场配合。",
    "在“双随机、一公开”抽查中，执法人员对{party}（{street}{house}号）开展现场检查。",
    "区级专项整治期间，执法人员在{street}发现{party}存在违法线索。",
)
_SEEN: Final = (
    "现场发现当事人{fault}，涉及{thing}{count}{unit}，货值金额{value}元。",
    "经查，当事人自{month}月起{fault}，至检查时仍未改正，现场清点{thing}{count}{unit}。",
    "当事人{fault}，现场存放{thing}{count}{unit}，未能提供{thing}的合法来源证明。",
    "检查发现{thing}{count}{unit}不符合要求，当事人承认{fault}。",
)
_THEN: Final = (
    "执法人员当场制作现场检查笔录并拍摄照片，当事人对上述事实无异议。",
    "本机关于当日立案调查，先后询问经营者和证人，调取票据、合同和监控录像。",
    "执法人员下达责令改正通知书，要求五日内改正；复查时已改正。",
    "逾期复查时当事人仍未改正，违法行为处于持续状态。",
    "当事人主动配合调查，如实陈述违法事实并主动提供证据材料，具有从轻处罚情节。",
    "案发后当事人及时下架并封存，未造成危害后果。",
)
_LAST: Final = (
    "在规定期限内当事人未提出陈述、申辩，也未要求听证。",
    "当事人提出陈述申辩，本机关复核后认为理由不成立，不予采纳。",
    "以上事实有现场笔录、询问笔录、照片和营业执照复印件为证。",
    "当事人的身份证号码［已隐去］，联系电话［已隐去］。",
)
_UNITS: Final = ("件", "箱", "袋", "瓶", "台", "公斤", "份")
_PENALTIES: Final = (
    ("警告",),
    ("罚款",),
    ("警告", "罚款"),
    ("罚款", "没收非法财物"),
    ("罚款", "没收违法所得"),
    ("责令停产停业",),
    ("吊销许可证件",),
)
_LIKELY: Final = (14, 46, 20, 9, 8, 2, 1)
COLUMNS: Final = (
    "key", "act_kind", "department_code", "department_name", "department_short", "number", "title", "party_name",
    "party_kind", "credit_code", "item_code", "item_name", "penalty_kinds", "outcome", "facts", "basis", "discretion",
    "performance", "content", "officers", "fine", "confiscation", "decided_on", "served_on", "published_at",
    "display_until", "published_within", "allowed_days", "late", "remedies", "remedies_note", "history",
    "hidden_count", "hidden_kinds", "snapshot_hash", "hash_name", "verification_code", "updated_at", "search_text",
    "bigrams",
)  # fmt: skip


def departments() -> list[tuple[str, str]]:
    """Code and short name of every department that occurs."""
    names = list(dict.fromkeys(trade.department for trade in TRADES))
    return [(f"BJT{at:02}", name) for at, name in enumerate(names, start=1)]


def made(number: int, of: int) -> tuple[Any, ...]:
    """Row `number` of `of`, its values in the order of COLUMNS, as COPY writes them."""
    pick = random.Random(number)
    trade = TRADES[pick.randrange(len(TRADES))]
    place, fault, thing = pick.choice(trade.places), pick.choice(trade.faults), pick.choice(trade.things)
    own = "".join(pick.choices(_SIGNS, k=2)) + (pick.choice(_RARE) if pick.random() < 0.3 else pick.choice(_SIGNS))
    party = f"{pick.choice(_NAMED)}{own}{place}"
    published = BEGUN + timedelta(days=number * DAYS // of, seconds=number % 28_000)
    within = min(12, 1 + int(pick.expovariate(0.4)))
    decided = published.date() - timedelta(days=within + within // 5 * 2)
    document = f"{trade.prefix}罚〔{decided.year}〕{number % 100_000}号"
    words = {
        "street": pick.choice(_STREETS), "house": pick.randint(1, 380), "party": party, "fault": fault,
        "thing": thing, "count": pick.randint(1, 90), "unit": pick.choice(_UNITS), "value": pick.randint(20, 9_000),
        "month": pick.randint(1, 12),
    }  # fmt: skip
    sentences = [pick.choice(_FOUND), pick.choice(_SEEN), *pick.sample(_THEN, pick.randint(1, 3)), pick.choice(_LAST)]
    facts = f"{decided.year}年{decided.month}月{decided.day}日，" + "".join(sentences).format_map(words)
    licence = pick.random() < 0.08
    kinds = () if licence else pick.choices(_PENALTIES, _LIKELY)[0]
    fine = int(pick.paretovariate(0.8) * 200) // 50 * 50 % 500_000 if "罚款" in kinds else 0
    outcome = "准予许可" if licence else "；".join(f"罚款 {fine:,} 元" if kind == "罚款" else kind for kind in kinds)
    company = "公司" in place
    item = trade.faults.index(fault) + 1
    digest = hashlib.md5(str(number).encode(), usedforsecurity=False).hexdigest()
    title, item_name = f"{party}{fault}案", f"对{fault}的{'许可' if licence else '处罚'}"
    code = f"91650204MA{number:08}"[:18] if company else ""
    text = searchable(document, title, party, code, item_name, facts)
    name = f"克拉玛依市白碱滩{trade.department}"
    return (
        digest, "licence" if licence else "penalty", _CODES[trade.department], name, trade.department, document, title,
        party, "company" if company else pick.choice(("business", "business", "natural")), code,
        f"{_CODES[trade.department]}-{item:02}", item_name, "{" + ",".join(kinds) + "}", outcome, facts,
        f"《{trade.law}》第{pick.randint(20, 90)}条第{pick.randint(1, 3)}款", "违法情节一般，按裁量基准从轻处罚。",
        "已履行", "", "[]", fine, 0, decided, None, published,
        None if pick.random() < 0.5 else date(2027, 1, 1) + timedelta(days=number % 900), within, 7, within > 7,
        "[]", "", "[]", 2, "{}", digest + digest, "SM3", "", published, text, pairs(text),
    )  # fmt: skip


_CODES: Final = {name: code for code, name in departments()}


def pairs(text: str) -> str:
    """The pairs of a searchable text as an array for COPY; `fill` compares them with what the database makes."""
    found = {text[at : at + 2] for at in range(len(text) - 1)}
    return "{" + ",".join(f'"{pair}"' if pair.isalnum() else _quoted(pair) for pair in found if "\n" not in pair) + "}"


def _quoted(pair: str) -> str:
    return '"' + pair.replace("\\", "\\\\").replace('"', '\\"') + '"'


def lines(first: int, last: int, of: int) -> bytes:
    """Rows first to last (excluded) in COPY's own format."""
    return "".join(map(_line, (made(number, of) for number in range(first, last)))).encode()


def _line(values: tuple[Any, ...]) -> str:
    cells = (
        "\\N" if value is None
        else value.replace("\\", "\\\\").replace("\n", "\\n").replace("\t", "\\t") if isinstance(value, str)
        else str(value)
        for value in values
    )  # fmt: skip
    return "\t".join(cells) + "\n"


def owner() -> psycopg.Connection[Any]:
    """A connection as the owner of the tables, who may switch a trigger off and rebuild indexes."""
    address = os.environ.get("PORTAL_OWNER_DATABASE_URL", "")
    if address:
        return psycopg.connect(address, autocommit=True)
    given = connection.get_connection_params()
    names = ("dbname", "user", "password", "host", "port")
    return psycopg.connect(**{name: given[name] for name in names if given.get(name)}, autocommit=True)


def fill(rows: int) -> None:
    """Exactly this many rows, and statistics as after a night's autovacuum.

    The indexes of words are built afterwards, two at a time, as a restore would: row by row takes ten times as long.
    """
    with owner() as link:
        counted = "SELECT (SELECT count(*) FROM {}), (SELECT count(*) FROM publiczone_publisheddepartment)"
        if link.execute(sql.SQL(counted).format(sql.Identifier(TABLE))).fetchone() == (rows, len(departments())):
            return
        indexes = link.execute(
            "SELECT indexname, indexdef FROM pg_indexes WHERE tablename = %s AND indexname NOT LIKE '%%pkey'", [TABLE]
        ).fetchall()
        link.execute(f"TRUNCATE {TABLE}")
        link.execute("TRUNCATE publiczone_publisheddepartment")
        for name, _definition in indexes:
            link.execute(sql.SQL("DROP INDEX {}").format(sql.Identifier(name)))
        try:
            link.execute(f"ALTER TABLE {TABLE} DISABLE TRIGGER publiczone_pairs")
            _copy(link, rows)
            _compare(link)
        finally:
            link.execute(f"ALTER TABLE {TABLE} ENABLE TRIGGER publiczone_pairs")
            _build([definition for _name, definition in indexes])
        link.execute(f"VACUUM (ANALYZE) {TABLE}")
        link.execute("UPDATE publiczone_generation SET number = number + 1, raised_at = now()")
        for code, name in departments():  # last: they say that the rest is done
            link.execute(
                "INSERT INTO publiczone_publisheddepartment (code, name, short_name, duties, address, phone, place,"
                " active) VALUES (%s, %s, %s, '', '', '', 100, true)",
                [code, f"克拉玛依市白碱滩{name}", name],
            )


def _copy(link: psycopg.Connection[Any], rows: int) -> None:
    """Two processes write the lines while the database takes them."""
    starts = range(1, rows + 1, PART)
    statement = f"COPY {TABLE} ({', '.join(COLUMNS)}) FROM STDIN"
    with ProcessPoolExecutor(2) as pool, link.cursor() as cursor, cursor.copy(statement) as copy:
        for part in _in_order(pool, starts, rows):
            copy.write(part)


def _in_order(pool: ProcessPoolExecutor, starts: range, rows: int) -> Iterator[bytes]:
    """Parts in order, a few ahead of the reader, so that memory stays flat."""
    waiting = [pool.submit(lines, first, min(first + PART, rows + 1), rows) for first in starts[:4]]
    for at in range(len(starts)):
        yield waiting.pop(0).result()
        if at + 4 < len(starts):
            first = starts[at + 4]
            waiting.append(pool.submit(lines, first, min(first + PART, rows + 1), rows))


def _compare(link: psycopg.Connection[Any]) -> None:
    """The pairs written here are those the database's own trigger would have filled in."""
    different = link.execute(
        f"SELECT count(*) FROM (SELECT search_text, bigrams FROM {TABLE} LIMIT 300) AS sample"  # noqa: S608 - names of our own
        " WHERE NOT (bigrams @> publiczone_pairs(search_text) AND publiczone_pairs(search_text) @> bigrams)"
    ).fetchone()
    assert different == (0,), different


def _build(definitions: list[str]) -> None:
    """Two indexes at a time, the large ones first."""
    waiting = sorted(definitions, key=lambda definition: "USING gin" not in definition)
    lock = threading.Lock()

    def work() -> None:
        with owner() as link:
            link.execute("SET maintenance_work_mem = '768MB'")
            while True:
                with lock:
                    if not waiting:
                        return
                    definition = waiting.pop(0)
                link.execute(definition)

    builders = [threading.Thread(target=work) for _turn in range(2)]
    for builder in builders:
        builder.start()
    for builder in builders:
        builder.join()
