"""Words by which names are recognised: surnames, cues, characters of transcribed names, parts of firms' names."""

from __future__ import annotations

import re
from typing import Final


def words(listed: str) -> frozenset[str]:
    """The words of a list parted by blanks."""
    return frozenset(listed.split())


COMPOUND: Final = words(
    "欧阳 上官 司马 司徒 诸葛 东方 皇甫 尉迟 公孙 慕容 令狐 宇文 长孙 夏侯 轩辕 端木 百里 呼延 南宫 独孤 "
    "澹台 濮阳 淳于 单于 太叔 申屠 公冶 仲孙 闻人 赫连 钟离 东郭 西门 拓跋 完颜 纳兰 第五 公羊 万俟 左丘"
)
# Surnames without a second life as an everyday word: safe to recognise after a cue without a colon.
COMMON: Final = (
    "王李张刘陈杨黄赵吴周徐孙朱胡郭何林罗郑梁谢宋唐许韩冯邓曹彭曾肖萧田董袁潘蒋蔡杜叶魏苏吕丁沈姚卢姜崔钟谭陆范汪廖石贾"
    "韦夏傅邹熊孟秦阎薛侯雷白龙段郝孔邵史毛贺顾赖武尹钱施牛洪龚汤陶黎莫樊兰殷庞邢翟倪严裴柯耿葛祁辛聂焦柴左甄骆喻褚娄"
    "程邱庄欧霍翁饶缪窦岑臧卞仇刁寇佘邝匡荆胥谌奚冼蔺仝郜阚狄扈晁芮邸邰嵇"
)
# Only behind a colon, where nothing but a name is expected.
RARE: Final = (
    "于方任江戴余高马常万覃金安易乔向文齐康伍尤时申鲁温关季路童盛单颜项鲍纪古成解管包艾谷甘车牟蓝凌岳华鄢符卜景詹束柳"
    "危苗郁麦储宁阮俞井费滕吉冉闵麻桂全佟米应明木冷卓兴车党都荣戚闫晏阳权计尚晋权屈池闻靳隋练辜栾亓冀涂游桑储瞿章巫"
    "祝舒梅毕曲蒙蒲房穆农司连芦宫席卫柏宗苟邬边姬师商沙郎丛仲虞敖巩查苑迟官封谈鞠惠班原栗燕楚劳皮粟楼盘满厉海花强帅屠豆朴盖廉禹祖漆丰支卿索宣相初云容敬普阙浦戈伏鹿薄雍羊裘修赫杭况宿鲜印逯隆茹战慕玉银湛宾戎茅揭冶元檀展昝智幸植衡富尧尉"
)
FILLER: Final = words(
    "许可 应当 任何 方可 成本 高度 严重 安全 安装 张贴 包装 包括 金额 金属 温度 时间 路段 水平 石料 汤料 毛重 车辆 车主 车间 "
    "牛肉 牛奶 羊肉 房屋 余额 习惯 万元 白天 白酒 黄金 陈述 陈列 申请 申辩 申诉 谢绝 罗列 顾客 顾问 龙头 常年 常用 乐园 解释 解除 "
    "经营 经济 管理 管辖 单位 单独 项目 计划 程序 程度 马上 林地 田间 江边 雷管 鲁莽 史料 何时 何地 何种 周边 周围 周期 周转 唐突 汪洋 "
    "严格 严禁 严肃 莫名 段落 白条 石油 石材 田地 林木 施工 施救 左右 左侧 武装 武器 金融 文书 文件 文明 明确 明知 全部 全体 都是 "
    "方式 方面 任务 任意 关系 关于 关闭 向其 于是 于此 高温 高空 常见 齐全 华人 成立 成员 应急 尚未 尚可 古籍 纪律 温馨 路上 江河 "
    "许诺 韦编 宋体 苏打 胡乱 胡椒 黄色 黄牛 朱红 曹操 孔隙 毛巾 毛利 洪水 蓝色 冷藏 冷冻 木材 木料 米面 麦子 桂花 麻辣 吉祥 "
    "计算 计量 兴建 费用 权利 权属 安排 安置 包庇 游客 游戏 练习 晋升 章程 涂改 阳光 党员 荣誉 池塘 井盖 储存 储物 尤其 康复"
)
CUES: Final = (
    "当事人|被处罚人|被检查人|被询问人|行政相对人|经营者|实际经营人|负责人|法定代表人|法人代表|代表人|委托代理人|代理人|受托人|证人|见证人|"
    "举报人|投诉人|申请人|消费者|受害人|被害人|被侵权人|伤者|死者|驾驶人|驾驶员|司机|店主|摊主|老板|业主|房东|租户|员工|职工|工人|店员|"
    "收银员|服务员|厨师|股东|联系人|收件人|签收人|受送达人|姓名|户主|邻居|妻子|丈夫|儿子|女儿|父亲|母亲|其妻|其夫|其子|其女|居民|村民|"
    "患者|病人|家属|家长|学生|保管人|仓库管理员|技术员|安全员|项目经理|班组长|在场人员|在场人|到场人员|参加人员|陪同人员|我叫|名叫|叫做|店长|货主|车主|船主|会计|出纳|财务|住户|户名|开户人|持卡人|归属人|所有人|登记人|收款人|付款人|汇款人|雇主|雇员|"
    "帮工|学徒|学员|乘客|教师|老师|护士|医生|医师|药师|保安|保洁员|门卫|教练|教练员|队长|组长|主任|经理|厂长|场长|站长|校长|园长|院长|"
    "村长|书记|董事长|监事|合伙人|承包人|发包人|工头|摊贩|商贩|电工|焊工|操作员|操作工|押运员|装卸工|调度员|牧民|农民|客户|用户|人员|"
    "配偶|哥哥|弟弟|姐姐|妹妹|岳父|岳母|其父|其母|其兄|其弟|其姐|其妹|叔叔|侄子|外甥|同事|朋友|合租人|承租人|出租人|转让人|受让人"
)

# Characters in which Uyghur and Kazakh names are usually written; a run of them ends where the name ends.
TRANSCRIBED: Final = (
    "阿艾买提吐尔逊依不都热合曼古丽木拉江苏克力孜江比扎努夏巴哈买麦玉素甫伊萨斯坎提帕那汗孜拜合塔依希尔艾力库万卡德牙库甫排祖拉沙达列克"
    "赛甫丁肉孜司马义亚森铁木纳扎提祖农穆罕默德图地里洪再乃米日迪丽热娜茹仙姑哈丽玛努尔加娜叶别汉胡安山丹帝代凯合江恰尔汉居马吾斯满"
    "鲁洪塔西图荪帕坦玉山莱来麦喀日亚杰恩波毕森留宝音其格敖登仁琴娃兰特里林比米普托齐色沁才布道吉"
)
# What makes the words behind a person's name the rest of a firm's name: trades, and the word a firm ends with.
TRADES: Final = re.compile(
    "商贸|贸易|建材|建筑|餐饮|食品|科技|物流|实业|农业|机械|汽车|汽修|五金|服装|百货|副食|粮油|水果|蔬菜|烧烤|火锅|拉面|抓饭|"
    "凉皮|包子|早餐|快餐|熟食|烟酒|茶叶|化妆品|日用品|石油|化工|劳务|电器|家电|家具|门窗|广告|文化|教育|口腔|中医|西医|便利|"
    "美容|美发|理发|废品|电子|通讯|手机|图文|药品|大药|牛羊肉|鲜肉|面粉|馕|工程|材料|设备|商务|旅游|园林|环保|能源|信息|网络"
)
# Trades that may as well be what the person does: with them only a formal end makes a firm.
DEEDS: Final = re.compile(
    "装饰|装修|运输|培训|综合|生活|养殖|种植|回收|租赁|服务|维修|打印|管理|咨询|配送|批发|零售|加工|制造|销售|经营"
)
FORMAL_END: Final = re.compile(
    "有限责任公司|有限公司|股份公司|分公司|商行|经营部|经销部|服务部|维修部|修理部|合作社|工作室"
)
# Words that end a firm's name also directly behind its owner's name; and signs that do so only behind a trade.
FIRM_END: Final = re.compile(
    "集团|公司|商店|门市部|超市|餐厅|饭店|饭馆|酒楼|家庭农场|事务所|诊所|门诊部|药店|药房|修理厂|加工厂|加油站|旅馆|宾馆|旅店|"
    "酒店|网吧|棋牌室|理发店|美容院|小吃店|小吃|快餐店|面馆|烧烤店|便利店|百货店|批发部|批发店|专卖店"
)
FIRM_END_BEHIND_TRADE: Final = re.compile("[店厂馆坊铺行]|门市")
_BRACKETED: Final = re.compile(r"\([\u4e00-\u9fff]{1,8}\)")
LONGEST: Final = 24


def ends_a_firm(text: str, at: int) -> bool:
    """Whether what follows position `at` makes the name before it the beginning of a firm's name.

    Only trades may stand between; with any other word the person is proposed, because a name shown that should
    have been hidden cannot be taken back. Firms known from the case are told apart by `KnownNames`.
    """
    rest = _BRACKETED.sub("", text[at : at + LONGEST])
    place, deed = 0, False
    while not FORMAL_END.match(rest, place):
        if not deed and (FIRM_END.match(rest, place) or (place and FIRM_END_BEHIND_TRADE.match(rest, place))):
            return True
        word = TRADES.match(rest, place)
        if word is None:
            word, deed = DEEDS.match(rest, place), True
        if word is None:
            return False
        place = word.end()
    return True
