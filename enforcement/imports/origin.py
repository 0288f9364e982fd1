"""Where an imported case came from: file, line, the original text of its cells, and what was noted."""

from __future__ import annotations

from django.utils.translation import gettext as _

from enforcement.imports.layouts import Field
from enforcement.imports.models import ImportedRow
from enforcement.models import Case
from portal.theme.components import Pair


def origin_of(case: Case) -> list[Pair]:
    """What the case page shows of its row; nothing for a case of the desk's own."""
    if case.origin != Case.Origin.IMPORTED:
        return []
    row = ImportedRow.objects.select_related("run").filter(case=case).first()
    if row is None:
        return []
    words = {
        Field.PARTY: _("当事人原文"),
        Field.NUMBER: _("文号原文"),
        Field.FINE: _("罚款原文"),
        Field.CONFISCATED: _("没收原文"),
        Field.DOCUMENT_TITLE: _("文档标题"),
        Field.LINK: _("链接"),
        Field.REMARK: _("备注"),
    }
    where = _("第 %(line)d 行") % {"line": row.line}
    return [
        Pair(_("文件"), row.run.file_name, small=f"{row.sheet} {where}".strip()),
        *(Pair(label, text) for name, label in words.items() if (text := row.originals.get(name.value))),
        *([Pair(_("说明"), "".join(row.remarks))] if row.remarks else []),
    ]
