"""The fields of enforcement printed on certificates, as offered in forms."""

from __future__ import annotations

ALL = "综合"

FIELDS = (
    ALL,
    "市场监管",
    "城市管理",
    "应急管理",
    "生态环境",
    "交通运输",
    "农业农村",
    "文化旅游",
    "卫生健康",
    "住房城乡建设",
    "自然资源",
    "水利",
    "林业草原",
    "人力资源社会保障",
    "教育",
    "民政",
    "消防救援",
    "医疗保障",
    "发展改革",
    "商务",
    "统计",
    "税务",
    "公安",
    "司法行政",
)
