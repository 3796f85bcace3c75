"""The council's logo: one picture, looked at before it is kept. Kept, not rebuilt from the log.

A picture is PNG or JPEG by its bytes, whatever its name says. A drawing (SVG) may hold a script,
so none is taken. On the cover of a report it is drawn anew, small and without what a camera or
a program wrote into it: that picture is archived with the report's other inputs.
"""

from base64 import b64encode
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from io import BytesIO

from sqlalchemy import Column, Connection, LargeBinary, Table, Text, delete, insert, select

from eventlog.database import metadata

#: Bytes, and pixels of a side. A page may weigh 200 KB on first load, the logo included.
LARGEST, LONGEST_SIDE = 60_000, 2_000
#: The longest side on a cover, in pixels: 300 to the inch at the size at which it stands there.
PRINTED_SIDE = 600
_PNG, _JPEG = b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff"

logos = Table(
    "council_logo",
    metadata,
    Column("sha256", Text, primary_key=True),
    Column("media_type", Text, nullable=False),
    Column("content", LargeBinary, nullable=False),
    Column("kept_at", Text, nullable=False),
)


class NoLogo(ValueError):
    """The file cannot be the logo. ``str()`` says what to do."""


@dataclass(frozen=True, slots=True)
class Logo:
    """A picture that was looked at."""

    media_type: str
    content: bytes

    @property
    def sha256(self) -> str:
        return sha256(self.content).hexdigest()


def looked_at(content: bytes) -> Logo:
    """The picture, if it is one that may stand on every page. Raises ``NoLogo``."""
    if not content:
        raise NoLogo("Choose a picture.")
    if len(content) > LARGEST:
        raise NoLogo(
            f"The picture has {len(content) // 1000:,} KB. Save it smaller: at most "
            f"{LARGEST // 1000} KB, because every page carries it."
        )
    if content.startswith(_PNG) and content[12:16] == b"IHDR" and len(content) > 33:
        sides = (int.from_bytes(content[16:20]), int.from_bytes(content[20:24]))
        if not all(0 < side <= LONGEST_SIDE for side in sides):
            raise NoLogo(f"Save the picture with at most {LONGEST_SIDE:,} pixels on each side.")
        return Logo("image/png", content)
    if content.startswith(_JPEG) and content.rstrip(b"\0").endswith(b"\xff\xd9"):
        return Logo("image/jpeg", content)
    raise NoLogo("This is not a PNG or JPEG picture. Save the logo as PNG and choose that.")


def keep(connection: Connection, logo: Logo, at: datetime) -> None:
    """Make this the council's logo, in place of the one before."""
    remove(connection)
    row = {"sha256": logo.sha256, "media_type": logo.media_type, "content": logo.content}
    connection.execute(insert(logos).values(**row, kept_at=at.isoformat()))


def remove(connection: Connection) -> None:
    """The council has no logo any more."""
    connection.execute(delete(logos))


def current(connection: Connection) -> str:
    """The SHA-256 of the council's logo; empty when there is none."""
    return connection.execute(select(logos.c.sha256)).scalar() or ""


def fetch(connection: Connection) -> Logo | None:
    """The council's logo."""
    row = connection.execute(select(logos.c.media_type, logos.c.content)).first()
    return Logo(row.media_type, row.content) if row else None


def for_print(connection: Connection) -> str:
    """The logo for the cover of a report, as a ``data:`` address; empty when there is none.

    A picture that cannot be read, though it begins as one, holds no report up: it is left out.
    """
    found = fetch(connection)
    if found is None:
        return ""
    from PIL import Image  # what draws the report brings it

    drawn, jpeg = BytesIO(), found.media_type == "image/jpeg"
    try:
        with Image.open(BytesIO(found.content), formats=("PNG", "JPEG")) as picture:
            eight = picture.convert("L") if picture.mode.startswith("I") else picture  # of 16 bits
            plain = eight.convert("RGB" if jpeg else "RGBA")
    except (OSError, SyntaxError, ValueError):
        return ""
    plain.thumbnail((PRINTED_SIDE, PRINTED_SIDE))
    plain.info.clear()
    plain.save(drawn, "JPEG" if jpeg else "PNG", **({"quality": 90} if jpeg else {}))
    return f"data:{found.media_type};base64,{b64encode(drawn.getvalue()).decode()}"
