"""XML read as a stream: elements as they pass, no tree, no entities of the file's own."""

from __future__ import annotations

from collections.abc import Callable
from typing import IO
from xml.parsers import expat

from django.utils.translation import gettext as _

from portal.tabular.tables import UnreadableError

CHUNK = 1 << 16


def stream_parser(
    start: Callable[[str, dict[str, str]], None], end: Callable[[str], None], text: Callable[[str], None]
) -> expat.XMLParserType:
    """A parser that calls back with element names as written, prefix included.

    A document type is refused: with it a small file could name itself a huge one.
    """
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.CharacterDataHandler = text
    parser.StartDoctypeDeclHandler = _refuse
    return parser


def _refuse(*_declaration: object) -> None:
    raise UnreadableError("broken", _("工作簿含有不允许的文档声明，不予读取。请重新导出后再上传。"))


def feed(parser: expat.XMLParserType, stream: IO[bytes]) -> bool:
    """Give the parser the next piece; false when the stream has ended. Raises expat.ExpatError."""
    chunk = stream.read(CHUNK)
    parser.Parse(chunk, not chunk)
    return bool(chunk)
