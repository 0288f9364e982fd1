"""The faces of an official document, in order of preference, and which of them a machine has.

仿宋, 小标宋, 楷体 and 黑体 are named first, for offices that own them; Noto CJK, which every
installation of the portal has, stands at the end of each chain.
"""

from __future__ import annotations

import subprocess
from collections.abc import Mapping, Sequence
from functools import lru_cache

STACKS: Mapping[str, tuple[str, ...]] = {
    "body": ("FangSong", "仿宋", "FangSong_GB2312", "仿宋_GB2312", "STFangsong", "FandolFang", "Noto Serif CJK SC"),
    "title": (
        "FZXiaoBiaoSong-B05S",
        "方正小标宋简体",
        "FZXiaoBiaoSong-B05",
        "方正小标宋_GBK",
        "STZhongsong",
        "Noto Serif CJK SC",
    ),
    "kai": ("KaiTi", "楷体", "KaiTi_GB2312", "楷体_GB2312", "STKaiti", "FandolKai", "Noto Serif CJK SC"),
    "hei": ("SimHei", "黑体", "STHeiti", "FandolHei", "Noto Sans CJK SC"),
    "song": ("SimSun", "宋体", "STSong", "FandolSong", "Noto Serif CJK SC"),
}
# The face of a heading is heavy by design; where only its stand-in is there, the bold cut replaces it.
_HEAVY_BY_DESIGN = ("title", "hei")


def css_family(families: Sequence[str]) -> str:
    """A font-family value for a style sheet."""
    return ", ".join(f'"{family}"' for family in families)


def svg_family(families: Sequence[str]) -> str:
    """A font-family value for an SVG attribute (no blanks: the renderer does not trim them)."""
    return ",".join(families)


@lru_cache(maxsize=1)
def installed_families() -> frozenset[str]:
    """Names of the font families of this machine, asked once per process from fontconfig."""
    listed = subprocess.run(["fc-list", ":", "family"], capture_output=True, text=True, check=True, timeout=30)  # noqa: S607 - found by PATH, as fontconfig is installed with Pango
    return frozenset(name.strip() for line in listed.stdout.splitlines() for name in line.split(","))


def heading_weight(stack: str, families: Sequence[str]) -> str:
    """«normal» when a heavy face is there itself, «bold» when its stand-in has to do."""
    if stack not in _HEAVY_BY_DESIGN:
        return "normal"
    return "normal" if installed_families().intersection(families[:-1]) else "bold"
