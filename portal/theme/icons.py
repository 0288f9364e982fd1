"""Line icons of the portal, drawn on 24 units, and the eight shapes of a status, drawn on 16."""

from __future__ import annotations

from typing import Final

# Path data of each icon; every path is stroked with the colour of the text around it.
ICONS: Final[dict[str, str]] = {
    "alert": "M12 3.5 2.5 20h19zM12 10v4.5M12 17v.5",
    "arrow-right": "M4.5 12h15M13.5 6l6 6-6 6",
    "bell": "M6 16.5V11a6 6 0 0 1 12 0v5.5l1.5 1.5h-15zM10 21h4M12 5V3",
    "calendar": "M4 6h16v14H4zM4 10.5h16M8.5 3.5V8M15.5 3.5V8",
    "check": "m5 12.5 4.5 4.5L19.5 7",
    "chevron-down": "m6 9.5 6 6 6-6",
    "chevron-left": "m14.5 6-6 6 6 6",
    "chevron-right": "m9.5 6 6 6-6 6",
    "clock": "M12 3.5a8.5 8.5 0 1 0 0 17 8.5 8.5 0 0 0 0-17zM12 7.5V12l3 2",
    "download": "M12 4v11M7 10.5l5 5 5-5M4.5 16.5v3.5h15v-3.5",
    "edit": "m4.5 19.5.8-4L15.5 5.3l3.2 3.2L8.5 18.7zM13.5 7.5l3 3",
    "eye": "M2.5 12S6 5.5 12 5.5 21.5 12 21.5 12 18 18.5 12 18.5 2.5 12 2.5 12zM12 9.2a2.8 2.8 0 1 0 0 5.6 2.8 2.8 0 0 0 0-5.6z",
    "file": "M6 3.5h8l4.5 4.5v12.5H6zM13.5 3.5v5h5M9 13h6M9 16.5h6",
    "filter": "M4 5h16l-6.2 7.5v6.5l-3.6-2v-4.5z",
    "history": "M4.2 10a8.3 8.3 0 1 1 .3 4.8M4 4.8V10h5M12 7.8V12l3 2",
    "home": "m3.5 11.5 8.5-8 8.5 8M6 9.5v11h12v-11M10 20.5v-6h4v6",
    "link": "m9.5 14.5 5-5M11 6.5l1.6-1.6a4.6 4.6 0 0 1 6.5 6.5L17.5 13M13 17.5l-1.6 1.6a4.6 4.6 0 0 1-6.5-6.5L6.5 11",
    "list": "M8.5 6h12M8.5 12h12M8.5 18h12M4 6h.5M4 12h.5M4 18h.5",
    "lock": "M5.5 11h13v9.5h-13zM8.5 11V7.5a3.5 3.5 0 0 1 7 0V11M12 15v2",
    "menu": "M4 6.5h16M4 12h16M4 17.5h16",
    "message": "M4 5h16v11.5h-8.5L7 20.5v-4H4z",
    "minus": "M5 12h14",
    "plus": "M12 5v14M5 12h14",
    "printer": "M7 9V3.5h10V9M7 17H4V9h16v8h-3M7 14h10v6.5H7z",
    "rss": "M5 11a8.5 8.5 0 0 1 8.5 8.5M5 5a14.5 14.5 0 0 1 14.5 14.5M5.8 18.2v.1",
    "saved": "M4 4h12.5L20 7.5V20H4zM8 4v5h7V4M8 15l2.8 2.5L16 12.8",
    "search": "M10.5 4a6.5 6.5 0 1 0 0 13 6.5 6.5 0 0 0 0-13zM15.3 15.3l5.2 5.2",
    "settings": "M4 7h9M19 7h1M4 17h1M11 17h9M16 4.5v5M8 14.5v5",
    "stamp": "M9.5 4h5l-.8 7.5H18V16H6v-4.5h4.3zM5 20h14",
    "trash": "M4.5 6.5h15M9.5 6.5V4h5v2.5M6.5 6.5l.8 14h9.4l.8-14M10.2 10.5v6M13.8 10.5v6",
    "upload": "M12 15.5v-11M7 9.5l5-5 5 5M4.5 16.5v3.5h15v-3.5",
    "user": "M12 4a4 4 0 1 0 0 8 4 4 0 0 0 0-8zM4.5 20.5c.6-4 3.4-6 7.5-6s6.9 2 7.5 6",
    "users": "M9 4.5a3.5 3.5 0 1 0 0 7 3.5 3.5 0 0 0 0-7zM2.5 19.5c.5-3.6 2.9-5.4 6.5-5.4s6 1.8 6.5 5.4M15.5 5a3.3 3.3 0 0 1 0 6.2M18 14.8c2 .8 3.2 2.4 3.5 4.7",
    "x": "m6 6 12 12M18 6 6 18",
}

# Shape of a status → its colour class. The shape, not the colour, carries the meaning.
SHAPES: Final[dict[str, str]] = {
    "red": "red",
    "amber": "amber",
    "green": "green",
    "grey": "grey",
    "pause": "grey",
    "provisional": "grey",
    "open": "grey",
    "withdrawn": "grey",
}
