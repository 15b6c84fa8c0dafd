"""Pages and files made to do harm, of each kind that is known; a seed makes the same again."""

import io
import random
import zipfile
import zlib
from collections.abc import Callable, Iterator

from tests.reading.made_files import PAGE, STATEMENT, make_docx, make_pdf, replace_in_docx

SECRET = "/etc/hostname"
ESCAPED = ("../../escaped", "/var/tmp/escaped", "../escaped")  # noqa: S108 -- nobody writes there
Made = tuple[str, bytes]


def break_file(data: bytes, chance: random.Random) -> bytes:
    """Return a file with some bytes that are not its own: changed, cut out, or put in."""
    broken = bytearray(data)
    for _ in range(chance.randint(1, 20)):
        at = chance.randrange(len(broken))
        match chance.randrange(3):
            case 0:
                broken[at] = chance.randrange(256)
            case 1:
                del broken[at : at + chance.randint(1, 40)]
            case _:
                broken[at:at] = chance.randbytes(chance.randint(1, 40))
        if len(broken) < 2:
            break
    return bytes(broken) or b"x"


def cut_file(data: bytes, chance: random.Random) -> bytes:
    """Return the beginning of a file."""
    return data[: chance.randint(1, len(data) - 1)]


def put_zeros(data: bytes, chance: random.Random) -> bytes:
    """Return a file with NULs in several places."""
    for _ in range(chance.randint(1, 30)):
        at = chance.randrange(len(data))
        data = data[:at] + b"\0" * chance.randint(1, 50) + data[at:]
    return data


def pack(parts: dict[str, bytes]) -> bytes:
    """Return an archive of parts, whatever they are called."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return file.getvalue()


def add_part(name: str, content: bytes) -> bytes:
    """Return a document with one more part, as one that climbs out of its folder."""
    file = io.BytesIO(make_docx(STATEMENT))
    with zipfile.ZipFile(file, "a") as archive:
        archive.writestr(name, content)
    return file.getvalue()


def deep_docx(depth: int) -> bytes:
    """Return a document whose insertions stand one within the other."""
    deep = "<w:ins w:id='1'>" * depth + "<w:r><w:t>x</w:t></w:r>" + "</w:ins>" * depth
    return replace_in_docx(make_docx("Two."), "<w:r>", deep + "<w:r>")


def entity_docx(document: str, entity: str) -> bytes:
    """Return a document whose text is an entity that its head declares."""
    data = replace_in_docx(make_docx("Two."), "?>", f"?><!DOCTYPE d [{document}]>")
    return replace_in_docx(data, ">Two.<", f">&{entity};<")


def laugh_docx() -> bytes:
    """Return a document whose text unpacks to a thousand million letters."""
    entities = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 10))
    return entity_docx(f'<!ENTITY e0 "x">{entities}', "e9")


def stream_pdf(packed: bytes, length: int) -> bytes:
    """Return a PDF whose page is a packed stream of a stated length."""
    plain = make_pdf("x")
    start, end = plain.index(b"<</Length"), plain.index(b"endstream")
    stream = b"<</Filter/FlateDecode/Length %d>>stream\n%s\n" % (length, packed)
    return plain[:start] + stream + plain[end:]


def bomb_pdf() -> bytes:
    """Return a PDF of a page that unpacks to 84 MB."""
    packed = zlib.compress(b"(x) Tj " * 12_000_000, 1)
    return stream_pdf(packed, len(packed))


def huge(chance: random.Random) -> int:
    """Return a number that nothing of the kind has."""
    return chance.choice([2**31, 2**63, 10**30, -1, -(2**40)])


_DOCX, _PDF = make_docx(STATEMENT), make_pdf(STATEMENT)
_PLAIN = {"a.pdf": _PDF, "a.docx": _DOCX, "a.html": PAGE.encode(), "a.txt": STATEMENT.encode()}


def _change(how: Callable[[bytes, random.Random], bytes]) -> Callable[[random.Random], Made]:
    def make(chance: random.Random) -> Made:
        name = chance.choice(list(_PLAIN))
        return name, how(_PLAIN[name], chance)

    return make


def _mistake(chance: random.Random) -> Made:
    """Return a file that is called what it is not."""
    name, other = chance.sample(list(_PLAIN), 2)
    return name, _PLAIN[other]


KINDS: dict[str, Callable[[random.Random], Made]] = {
    "bytes changed": _change(break_file),
    "cut short": _change(cut_file),
    "zeros within": _change(put_zeros),
    "called what it is not": _mistake,
    "noise": lambda c: (c.choice(list(_PLAIN)), c.randbytes(c.randint(1, 5000))),
    "empty": lambda c: (c.choice(list(_PLAIN)), b""),
    "a program": lambda c: (c.choice(list(_PLAIN)), b"\x7fELF" + c.randbytes(900)),
    "not UTF-8": lambda c: ("a.txt", "Снаряди впали.".encode("cp1251") * c.randint(1, 99)),
    "one endless line": lambda c: ("a.txt", b"x" * c.randint(200_001, 3_000_000)),
    "marks of direction": lambda c: ("a.txt", ("\u202e\u0000\ufeff" * c.randint(1, 900)).encode()),
    "a deep page": lambda c: ("a.html", b"<div>" * c.randint(9_000, 200_000) + PAGE.encode()),
    "a wide page": lambda c: ("a.html", b"<p " + b"a=1 " * c.randint(9, 900_000) + PAGE.encode()),
    "entities in a page": lambda c: ("a.html", b"&" + b"amp;" * c.randint(9, 900_000)),
    "an entity from outside, page": lambda _: (
        "a.html",
        f'<!DOCTYPE d [<!ENTITY x SYSTEM "file://{SECRET}">]><p>&x;</p>'.encode(),
    ),
    "a PDF that holds itself": lambda _: ("a.pdf", _PDF.replace(b"Kids[3 0 R]", b"Kids[2 0 R]")),
    "a PDF of huge numbers": lambda c: (
        "a.pdf",
        _PDF.replace(b"/Count 1", b"/Count %d" % huge(c)).replace(
            b"[0 0 612 792]", b"[0 0 %d %d]" % (huge(c), huge(c))
        ),
    ),
    "a PDF that lies about lengths": lambda c: ("a.pdf", stream_pdf(b"x" * 99, huge(c))),
    "a PDF that unpacks to much": lambda _: ("a.pdf", bomb_pdf()),
    "a deep document": lambda c: ("a.docx", deep_docx(c.randint(300, 9_000))),
    "a document that unpacks to much": lambda c: (
        "a.docx",
        pack({"word/document.xml": b"\0" * c.randint(65_000_000, 90_000_000)}),
    ),
    "entities in a document": lambda _: ("a.docx", laugh_docx()),
    "an entity from outside, document": lambda _: (
        "a.docx",
        entity_docx(f'<!ENTITY x SYSTEM "file://{SECRET}">', "x"),
    ),
    "a part that climbs out": lambda c: (
        "a.docx",
        add_part(c.choice(ESCAPED), b"out"),
    ),
    "an archive of archives": lambda c: (
        "a.docx",
        pack({f"word/{n}.zip": pack({"x": b"0" * 999_999}) for n in range(c.randint(1, 40))}),
    ),
    "very many parts": lambda c: (
        "a.docx",
        pack({f"word/{n}.xml": b"<x/>" for n in range(c.randint(1_000, 9_000))}),
    ),
}
"""How each is made; there are twenty-five."""


def make_hostile(each: int, seed: int = 7) -> Iterator[tuple[str, str, bytes]]:
    """Return the kind, the name and the bytes of so many files of each kind."""
    chance = random.Random(seed)
    for _ in range(each):
        for kind, make in KINDS.items():
            yield kind, *make(chance)
