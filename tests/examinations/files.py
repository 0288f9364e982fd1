"""Files of questions as tests write them: the layout in use, with everything that goes wrong in it."""

from __future__ import annotations

GOOD = (
    "3518\t坚持以（ ）的发展思想，深入推进“放管服”改革\t正确答案：A\tA.人民为中心\tB.社会为中心C.党中央为中心\tD.国家为中心",
    (
        "2903\t对两个以上行政机关以共同的名义作出的具体行政行为不服的，（）申请行政复议。\t正确答案：A"
        "\tA：向其共同上一级行政机关\tB：可任选其中一个行政机关C：向省、自治区、直辖市人民政府\tD：向主管部门"
    ),
    "3506\t加强与政务信息资源共享工作的衔接。（ ）\t正确答案：B\tA．错误\tB．正确",
    "2762\t近亲属可以代为申请行政复议。\t正确答案：B\tA：对\tB：错",
    "4001\t下列属于行政处罚的有（）\t正确答案：A、C\tA．警告\tB．劝告\tC．罚款\tD．提醒",
    '4002\t他说"不"，这句话里的"不"是（）\t正确答案：B\tA．名词\tB．"副词"\tC．量词',
)
BROKEN = (
    "1390\t（）以上人民政府法制工作机构负责本行政区域内",
    "行政处罚裁量基准工作的组织、指导、协调和监督。\t正确答案：B\tA：镇级\tB：县级C：市级\tD：省级",
    "1392\t可以裁量处罚种类的，应当（）的具体适",
    "用情形。\t正确答案：C\tA：规定是否处罚\tB：规定单处或者并处",
    "处罚C：规定不同处罚种类\tD：划分裁量阶次或者明确计算",
    "方法",
)


def content(*lines: str, encoding: str = "utf-8") -> bytes:
    """A file with the line ends of Windows."""
    return "".join(f"{line}\r\n" for line in lines).encode(encoding)


def bank_lines(singles: int = 12, judges: int = 8, multiples: int = 6) -> list[str]:
    """Invented questions whose right answer is told by their number."""
    lines = [
        f"{1000 + number}\t示例单选题第 {number} 题（虚构）\t正确答案：{'ABCD'[number % 4]}"
        f"\tA．选项甲{number}\tB．选项乙{number}\tC．选项丙{number}\tD．选项丁{number}"
        for number in range(singles)
    ]
    lines += [
        f"{2000 + number}\t示例判断题第 {number} 题（虚构）\t正确答案：{'AB'[number % 2]}\tA：对\tB：错"
        for number in range(judges)
    ]
    return lines + [
        f"{3000 + number}\t示例多选题第 {number} 题（虚构）\t正确答案：{'AC' if number % 2 else 'ABD'}"
        f"\tA．选项子{number}\tB．选项丑{number}\tC．选项寅{number}\tD．选项卯{number}"
        for number in range(multiples)
    ]
