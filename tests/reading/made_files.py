"""Files as people attach them: a PDF and a Word document with a few lines."""

import io
import zipfile

import docx

STATEMENT = "Shells fell near Pokrovsk on 5 November, Vitalii Deineha said."
PAGE = f"""\
<html><head><title>News</title>
<meta property="article:published_time" content="2025-11-06T10:00:00+02:00"></head>
<body><nav>Home Contact</nav><article><h1>A strike</h1><p>{STATEMENT}</p>
<p>Roman Pohorilyi said on 4 November that Myrnohrad was not surrounded, and would hold.</p>
</article><script>alert(1)</script></body></html>
"""


def make_docx(*paragraphs: str) -> bytes:
    """Return a Word document with these paragraphs."""
    document = docx.Document()
    for paragraph in paragraphs:
        document.add_paragraph(paragraph)
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def replace_in_docx(data: bytes, old: str, new: str) -> bytes:
    """Return a Word document with other XML in its body."""
    result = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(result, "w") as target:
        for part in source.infolist():
            content = source.read(part)
            if part.filename == "word/document.xml":
                content = content.decode().replace(old, new).encode()
            target.writestr(part.filename, content)
    return result.getvalue()


def make_pdf(*lines: str) -> bytes:
    """Return a PDF of one page with these lines; with none, it is like a scan."""
    shown = " ".join(f"({line}) Tj T*" for line in lines)
    drawing = f"BT /F1 12 Tf 50 700 Td 14 TL {shown} ET"
    fonts = "/Resources<</Font<</F1 5 0 R>>>>"
    objects = [
        "<</Type/Catalog/Pages 2 0 R>>",
        "<</Type/Pages/Kids[3 0 R]/Count 1>>",
        f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Contents 4 0 R{fonts}>>",
        f"<</Length {len(drawing)}>>stream\n{drawing}\nendstream",
        "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    ]
    file, offsets = b"%PDF-1.4\n", []
    for number, content in enumerate(objects, 1):
        offsets.append(len(file))
        file += f"{number} 0 obj{content}endobj\n".encode()
    table = "".join(f"{offset:010} 00000 n \n" for offset in offsets)
    count, start = len(objects) + 1, len(file)
    file += f"xref\n0 {count}\n0000000000 65535 f \n{table}".encode()
    return file + f"trailer<</Size {count}/Root 1 0 R>>\nstartxref\n{start}\n%%EOF".encode()
