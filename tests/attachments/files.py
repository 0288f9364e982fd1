"""Small real files of every accepted type, made here."""

from __future__ import annotations

import io
import zipfile

from django.core.files.uploadedfile import SimpleUploadedFile


def archive(*members: str) -> bytes:
    """A ZIP container with these members."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as container:
        for member in members:
            container.writestr(member, "<x/>")
    return out.getvalue()


PDF = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n<<>>\nendobj\n%%EOF\n"
PNG = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\1\0\0\0\1\x08\6\0\0\0\x1f\x15\xc4\x89"
JPG = b"\xff\xd8\xff\xe0\0\x10JFIF\0\1\1\0\0\1\0\1\0\0" + b"\0" * 64
MP4 = b"\0\0\0\x20ftypisom\0\0\2\0isomiso2avc1mp41" + bytes(range(256)) * 40
EXE = b"MZ\x90\0\3\0\0\0" + b"\0" * 120
CONTENT: dict[str, bytes] = {
    "决定书.pdf": PDF,
    "现场.png": PNG,
    "现场.jpg": JPG,
    "现场.JPEG": JPG,
    "执法记录.mp4": MP4,
    "执法记录.mov": b"\0\0\0\x14ftypqt  \0\0\0\0qt  " + b"\0" * 64,
    "录音.mp3": b"ID3\3\0\0\0\0\0\0" + b"\xff\xfb\x90\x64" + b"\0" * 400,
    "录音.wav": b"RIFF\x24\0\0\0WAVEfmt \x10\0\0\0\1\0\1\0",
    "报告.docx": archive("[Content_Types].xml", "word/document.xml"),
    "清单.xlsx": archive("[Content_Types].xml", "xl/workbook.xml"),
    "版式.ofd": archive("OFD.xml", "Doc_0/Document.xml"),
    "清单.csv": "序号,名称\r\n1,示例\r\n".encode("gb18030"),
    "说明.txt": "示例说明。\n".encode(),
}


def upload(name: str, content: bytes | None = None) -> SimpleUploadedFile:
    """An uploaded file; without content the small real one of that name."""
    return SimpleUploadedFile(
        name, CONTENT[name] if content is None else content, content_type="application/octet-stream"
    )
