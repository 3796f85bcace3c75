"""The council's logo: one picture, looked at before it is kept. Kept, not rebuilt from the log.

A picture is PNG or JPEG by its bytes, whatever its name says. A drawing (SVG) may hold a script,
so none is taken. On the cover of a report it is drawn anew, small and without what a camera or
a program wrote into it: that picture is archived with the report's other inputs.
"""

from base64 import b64encode
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from io import BytesIO
from threading import Lock

from sqlalchemy import Column, Connection, LargeBinary, Table, Text, delete, insert, select

from eventlog.database import metadata

#: Bytes, and pixels of a side. A page may weigh 200 KB on first load, the logo included.
LARGEST, LONGEST_SIDE = 60_000, 2_000
#: The longest side on a cover, in pixels: 300 to the inch at the size at which it stands there.
PRINTED_SIDE = 600
#: How each kind of picture begins, and its media type.
_KINDS = {
    "PNG": (b"\x89PNG\r\n\x1a\n", "image/png"),
    "JPEG": (b"\xff\xd8\xff", "image/jpeg"),
}
_STRICT = Lock()

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
    for kind, (begins, media_type) in _KINDS.items():
        if content.startswith(begins):
            _look_whole(content, kind)
            return Logo(media_type, content)
    raise NoLogo("This is not a PNG or JPEG picture. Save the logo as PNG and choose that.")


def _look_whole(content: bytes, kind: str) -> None:
    """Raise ``NoLogo`` for a picture that is too large, cut off or damaged.

    The size is read first: a small file may say that it is a huge picture.
    """
    from PIL import Image  # what draws the report brings it

    try:
        with Image.open(BytesIO(content), formats=(kind,)) as picture:
            sides = picture.size
            if max(sides) <= LONGEST_SIDE:
                picture.verify()
                with whole_pictures(), Image.open(BytesIO(content), formats=(kind,)) as again:
                    again.load()
    except Image.DecompressionBombError:
        sides = (LONGEST_SIDE + 1, LONGEST_SIDE + 1)
    except (OSError, SyntaxError, ValueError) as fault:
        raise NoLogo(
            "The picture is damaged or cut off. Open it, save it again as PNG, and choose that."
        ) from fault
    if max(sides) > LONGEST_SIDE:
        raise NoLogo(f"Save the picture with at most {LONGEST_SIDE:,} pixels on each side.")


@contextmanager
def whole_pictures() -> Iterator[None]:
    """Within it a picture that is cut off cannot be read.

    WeasyPrint has every picture of the process drawn as far as it goes. What another thread draws
    meanwhile is a report, whose only picture is a logo that was read here.
    """
    from PIL import ImageFile

    with _STRICT:
        before = ImageFile.LOAD_TRUNCATED_IMAGES
        ImageFile.LOAD_TRUNCATED_IMAGES = False
        try:
            yield
        finally:
            ImageFile.LOAD_TRUNCATED_IMAGES = before


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
        with (
            whole_pictures(),
            Image.open(BytesIO(found.content), formats=("PNG", "JPEG")) as picture,
        ):
            eight = picture.convert("L") if picture.mode.startswith("I") else picture  # of 16 bits
            plain = eight.convert("RGB" if jpeg else "RGBA")
    except (OSError, SyntaxError, ValueError):
        return ""
    plain.thumbnail((PRINTED_SIDE, PRINTED_SIDE))
    plain.info.clear()
    plain.save(drawn, "JPEG" if jpeg else "PNG", **({"quality": 90} if jpeg else {}))
    return f"data:{found.media_type};base64,{b64encode(drawn.getvalue()).decode()}"
