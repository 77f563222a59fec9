"""Pictures of strangers, made safe: what is read is written anew, from a short list of what a picture may hold.

An SVG may hold shapes, groups and gradients; no text, links, pictures, styles
or scripts, and no entities.  A PNG may hold its pixels.  Whatever else there
is, or is larger than the bounds below, is refused with its place.
"""

from __future__ import annotations

import re
import struct
import zlib
from collections.abc import Callable
from dataclasses import dataclass, field
from xml.parsers import expat
from xml.sax.saxutils import quoteattr

from game.language.errors import PowerdanceError

LARGEST_SVG, LARGEST_PNG = 64 * 1024, 128 * 1024  # bytes
MOST_PIXELS = 256  # on a side of a PNG
MOST_SHAPES = 500  # elements of an SVG
DEEPEST = 12  # groups within groups
DEEPEST_TRANSFORMS = 3  # of them that move or turn what they hold
FARTHEST, LARGEST_FACTOR, WIDEST_STROKE = 10_000.0, 20.0, 1000.0

SVG = "http://www.w3.org/2000/svg"
SHAPES = ("path", "circle", "ellipse", "rect", "line", "polyline", "polygon")
ELEMENTS = ("svg", "g", "defs", "linearGradient", "radialGradient", "stop", *SHAPES)
SILENT = ("title", "desc", "metadata")  # what is left out, with all that it holds
LENGTHS = ("x", "y", "x1", "y1", "x2", "y2", "cx", "cy", "r", "rx", "ry", "fx", "fy", "width", "height", "offset",
           "stroke-miterlimit", "opacity", "fill-opacity", "stroke-opacity", "stop-opacity")  # fmt: skip
COLOURS = ("fill", "stroke", "stop-color", "color")
WORDS = ("fill-rule", "stroke-linecap", "stroke-linejoin", "gradientUnits", "spreadMethod", "display", "visibility")
DROPPED = ("id", "class", "version", "preserveAspectRatio", "baseProfile", "enable-background", "overflow", "role")
_NUMBER = r"[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?"
_LENGTH = re.compile(rf"\s*({_NUMBER})\s*(px|pt|mm|cm|in|%)?\s*")
_COLOUR = re.compile(r"\s*(#[0-9a-fA-F]{3,8}|[a-zA-Z]+|rgba?\([\d\s.,%/]+\)|url\(#[\w-]+\))\s*")
_POINTS = re.compile(rf"(?:[\s,]|{_NUMBER})*")
_PATH = re.compile(rf"(?:[\s,MmLlHhVvCcSsQqTtAaZz]|{_NUMBER})*")
_STEP = re.compile(rf"\s*(matrix|translate|scale|rotate|skewX|skewY)\s*\(((?:[\s,]|{_NUMBER})*)\)[\s,]*")
PNG_START = b"\x89PNG\r\n\x1a\n"
CHANNELS = {0: 1, 2: 3, 3: 1, 4: 2, 6: 4}  # by the kind of colour of a PNG


class PictureFault(PowerdanceError, ValueError):
    """Why a picture is refused, and where: line and column from 1."""

    def __init__(self, message: str, line: int = 1, column: int = 1) -> None:
        super().__init__(message)
        self.line, self.column = line, column


def safe_svg(raw: bytes) -> bytes:
    """Return an SVG written anew from what it may hold.  Raises PictureFault."""
    if len(raw) > LARGEST_SVG:
        raise PictureFault(f"has {len(raw)} bytes; an SVG may have {LARGEST_SVG}: save it as a simpler drawing")
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise PictureFault("is not UTF-8: save it as UTF-8") from None
    reading = _SvgReading()
    parser = expat.ParserCreate("UTF-8", " ")
    parser.buffer_text = True

    def placed(work: Callable[..., None]) -> Callable[..., None]:
        def done(*found: object) -> None:
            try:
                work(*found)
            except PictureFault as fault:
                fault.line, fault.column = parser.CurrentLineNumber, parser.CurrentColumnNumber + 1
                raise

        return done

    parser.StartElementHandler = placed(reading.begin)
    parser.EndElementHandler = placed(reading.end)
    parser.CharacterDataHandler = placed(reading.text)
    parser.StartDoctypeDeclHandler = placed(_no_doctype)
    parser.EntityDeclHandler = placed(_no_doctype)
    parser.ProcessingInstructionHandler = placed(_no_instruction)
    try:
        parser.Parse(text, True)
    except expat.ExpatError as error:
        told = expat.ErrorString(error.code)
        raise PictureFault(f"is no SVG ({told})", error.lineno, error.offset + 1) from None
    if not reading.shapes:
        raise PictureFault("shows nothing: it holds no shape")
    return "".join(reading.written).encode("utf-8")


def _no_doctype(*_: object) -> None:
    raise PictureFault("has a DOCTYPE or an entity; leave it out")


def _no_instruction(*_: object) -> None:
    raise PictureFault("has an instruction in <? ?>; leave it out")


@dataclass
class _SvgReading:
    """What has been read of an SVG, and what is written of it."""

    written: list[str] = field(default_factory=list)
    open: list[tuple[str, bool]] = field(default_factory=list)  # names of elements, and whether each is transformed
    silent: int = 0  # how deep within what is left out
    shapes: int = 0
    elements: int = 0

    def begin(self, name: str, attributes: dict[str, str]) -> None:
        space, _, tag = name.rpartition(" ")
        if self.silent or space not in (SVG, "") or tag in SILENT:
            self.silent += 1
            return
        if tag not in ELEMENTS:
            raise PictureFault(
                f"holds <{tag[:40]}>; a picture may hold {', '.join(SHAPES)}, g and gradients: turn all else into paths"
            )
        if not self.open and tag != "svg":
            raise PictureFault("does not begin with <svg>")
        self.elements += 1
        if self.elements > MOST_SHAPES or len(self.open) >= DEEPEST:
            raise PictureFault(f"holds more than {MOST_SHAPES} shapes, or groups more than {DEEPEST} deep")
        self.shapes += tag in SHAPES
        kept = _attributes(tag, attributes)
        moved = "transform" in kept
        if moved + sum(one for _, one in self.open) > DEEPEST_TRANSFORMS:
            raise PictureFault(f"moves groups within groups more than {DEEPEST_TRANSFORMS} deep: join them")
        if tag == "svg":
            if self.open:
                raise PictureFault("holds one <svg> within another")
            kept["xmlns"] = SVG
        self.open.append((tag, moved))
        self.written.append(f"<{tag}{''.join(f' {key}={quoteattr(value)}' for key, value in kept.items())}>")

    def end(self, name: str) -> None:
        if self.silent:
            self.silent -= 1
            return
        tag, _ = self.open.pop()
        self.written.append(f"</{tag}>")

    def text(self, text: str) -> None:
        if not self.silent and text.strip():
            raise PictureFault("holds words; a picture may hold none: turn them into paths")


def _attributes(tag: str, attributes: dict[str, str]) -> dict[str, str]:
    """Return the attributes of an element that are kept, each with a value that it may have.  Raises PictureFault."""
    kept: dict[str, str] = {}
    for whole, value in attributes.items():
        space, _, name = whole.rpartition(" ")
        if space:
            if name == "href":
                raise PictureFault("links to something else; a picture stands by itself")
            continue  # of a drawing program
        if name == "style":
            for part in value.split(";"):
                key, colon, one = part.partition(":")
                if colon:
                    _keep(kept, tag, key.strip(), one.strip(), styled=True)
        elif name == "id" and tag.endswith("Gradient") and re.fullmatch(r"[\w-]{1,60}", value):
            kept["id"] = value
        else:
            _keep(kept, tag, name, value)
    if tag == "svg" and "viewBox" not in kept and not {"width", "height"} <= kept.keys():
        raise PictureFault('has no size: write viewBox="0 0 64 64" into <svg>')
    return kept


def _keep(kept: dict[str, str], tag: str, name: str, value: str, styled: bool = False) -> None:
    """Keep an attribute if it is known and harmless.  Raises PictureFault where it could do harm."""
    if name == "href" or name.startswith("on"):
        raise PictureFault(f'has "{name[:40]}"; a picture has neither links nor scripts')
    if "url(" in value.replace(" ", "") and not _COLOUR.fullmatch(value):
        raise PictureFault(f'has "{name[:40]}", which leads to something else; a picture stands by itself')
    if name == "viewBox":
        numbers = _numbers(value)
        if len(numbers) != 4 or not all(1.0 <= side <= FARTHEST for side in numbers[2:]):
            raise PictureFault(f'has no four numbers as its viewBox, the last two from 1 to {FARTHEST:g}: "0 0 64 64"')
        kept[name] = " ".join(f"{one:g}" for one in numbers)
    elif name == "stroke-width":
        if not 0.0 <= _length(name, value) <= WIDEST_STROKE:
            raise PictureFault(f"has a stroke-width that does not lie from 0 to {WIDEST_STROKE:g}")
        kept[name] = value.strip()
    elif name in LENGTHS:
        size = _length(name, value)
        if tag == "svg" and name in ("width", "height"):
            if size >= 1.0 and "%" not in value:
                kept[name] = value.strip()
        else:
            kept[name] = value.strip()
    elif name in COLOURS:
        if not _COLOUR.fullmatch(value):
            raise PictureFault(f'has "{value[:40]}" for a colour: write # and six digits')
        kept[name] = value.strip()
    elif name in ("d", "points"):
        if not (_PATH if name == "d" else _POINTS).fullmatch(value):
            raise PictureFault(f'has something in "{name}" that is neither a number nor a command')
        _numbers(value)
        kept[name] = value
    elif name in ("transform", "gradientTransform"):
        kept[name] = _transform(value)
    elif name in WORDS and re.fullmatch(r"[a-zA-Z-]{1,30}", value.strip()):
        kept[name] = value.strip()
    elif not styled and name not in DROPPED and not name.startswith(("data-", "font-", "aria-", "stroke-dash")):
        if name in WORDS or len(name) > 40 or name not in _HARMLESS:
            raise PictureFault(f'has "{name[:40]}", which no picture may have: leave it out')


_HARMLESS = ("clip-rule", "stroke-dasharray", "paint-order", "mix-blend-mode", "isolation", "shape-rendering")


def _numbers(value: str) -> list[float]:
    found = [float(one) for one in re.findall(_NUMBER, value)]
    if any(not abs(one) <= FARTHEST for one in found):
        raise PictureFault(f"has a number beyond {FARTHEST:g}")
    return found


def _length(name: str, value: str) -> float:
    match = _LENGTH.fullmatch(value)
    if not match or not abs(float(match[1])) <= FARTHEST:
        raise PictureFault(f'has "{value[:40]}" for "{name}", which is no number up to {FARTHEST:g}')
    return float(match[1])


def _transform(value: str) -> str:
    place = 0
    found: list[str] = []
    while place < len(value):
        match = _STEP.match(value, place)
        if not match or len(found) >= 3:
            raise PictureFault(
                "has a transform other than up to three of matrix, translate, scale, rotate, skewX and skewY"
            )
        numbers = _numbers(match[2])
        turning = numbers[:4] if match[1] == "matrix" else numbers if match[1] == "scale" else []
        if any(abs(one) > LARGEST_FACTOR for one in turning):
            raise PictureFault(f"has a transform that makes something more than {LARGEST_FACTOR:g} times as large")
        found.append(f"{match[1]}({' '.join(f'{one:g}' for one in numbers)})")
        place = match.end()
    return " ".join(found)


def safe_png(raw: bytes) -> bytes:
    """Return a PNG written anew from its pixels alone.  Raises PictureFault."""
    if len(raw) > LARGEST_PNG:
        raise PictureFault(f"has {len(raw)} bytes; a PNG may have {LARGEST_PNG}: make it smaller")
    if not raw.startswith(PNG_START):
        raise PictureFault("is no PNG: save it as PNG, 8 bits a channel")
    head, palette, clear, pixels = b"", b"", b"", bytearray()
    for kind, content in _chunks(raw):
        if kind == b"IHDR":
            head = content
        elif kind == b"PLTE":
            palette = content
        elif kind == b"tRNS":
            clear = content
        elif kind == b"IDAT":
            pixels += content
        elif kind[0] < ord("a") and kind != b"IEND":
            raise PictureFault(f"holds a part {kind!a} that pictures do not have")
    if len(head) != 13:
        raise PictureFault("is damaged: it has no header")
    wide, high, depth, colour, packing, filtering, interlaced = struct.unpack(">IIBBBBB", head)
    if not (1 <= wide <= MOST_PIXELS and 1 <= high <= MOST_PIXELS):
        raise PictureFault(f"has {wide} x {high} pixels; up to {MOST_PIXELS} x {MOST_PIXELS} are allowed")
    if depth != 8 or colour not in CHANNELS or packing or filtering or interlaced:
        raise PictureFault("is of a rare kind: save it with 8 bits a channel, and not interlaced")
    _check_pixels(bytes(pixels), wide * CHANNELS[colour], high)
    parts = [(b"IHDR", head)]
    if colour == 3:
        if not palette or len(palette) % 3 or len(palette) > 768:
            raise PictureFault("is damaged: its colours are missing")
        parts.append((b"PLTE", palette))
    if clear and ((colour == 3 and len(clear) <= 256) or (colour in (0, 2) and len(clear) == 2 * CHANNELS[colour])):
        parts.append((b"tRNS", clear))
    parts += [(b"IDAT", bytes(pixels)), (b"IEND", b"")]
    return PNG_START + b"".join(_chunk(kind, content) for kind, content in parts)


def _chunks(raw: bytes) -> list[tuple[bytes, bytes]]:
    found, place = [], len(PNG_START)
    while place < len(raw):
        if place + 12 > len(raw):
            raise PictureFault(f"is damaged: it ends within a part, at byte {place}")
        length, kind = struct.unpack(">I4s", raw[place : place + 8])
        content = raw[place + 8 : place + 8 + length]
        tail = raw[place + 8 + length : place + 12 + length]
        if len(tail) < 4 or zlib.crc32(kind + content) != struct.unpack(">I", tail)[0]:
            raise PictureFault(f"is damaged at byte {place}")
        found.append((kind, content))
        place += 12 + length
        if kind == b"IEND":
            return found
    raise PictureFault("is damaged: its end is missing")


def _check_pixels(packed: bytes, wide: int, high: int) -> None:
    """Raise PictureFault where pixels are not as many as the header says, or rows are filtered in no known way."""
    wanted = (wide + 1) * high
    unpacking = zlib.decompressobj()
    try:
        rows = unpacking.decompress(packed, wanted + 1)
    except zlib.error:
        raise PictureFault("is damaged: its pixels cannot be unpacked") from None
    if len(rows) != wanted or any(one > 4 for one in rows[:: wide + 1]):
        raise PictureFault("is damaged: it holds other pixels than its header says")


def _chunk(kind: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))
