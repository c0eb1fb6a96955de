"""Small real files for the tests, written by hand."""

PAGE = """<!DOCTYPE html>
<html lang="en-GB"><head><meta charset="utf-8"><title>Drills in the valley | Hill Review</title>
<meta property="og:title" content="Drills in the valley"><meta property="og:site_name" content="Hill Review">
<meta property="article:published_time" content="2019-07-24T10:00:00Z">
<link rel="canonical" href="https://example.org/drills"></head>
<body><nav><a href="/">Home</a> <a href="/world">World</a></nav>
<article><h1>Drills in the valley</h1>
<figure><img src="a.jpg" alt="Soldiers"><figcaption>Soldiers stand in a row, 2016</figcaption></figure>
<p>At the end of July, two neighbours will hold joint drills in the <a href="/gb">high valleys</a>. Their size is not known.</p>
<h2>Background</h2>
<p>In 2016, a joint force of about 10,000 held the first drills, and the old patron was silent.</p>
</article><footer>Copyright 2024 Hill Review. All rights reserved.</footer></body></html>
"""


def pdf(*pages: list[str], made: str | None = None) -> bytes:
    """A PDF with one text line per entry; a page without entries holds no text."""
    objects = ["<< /Type /Catalog /Pages 2 0 R >>", ""]
    kids = []
    for lines in pages:
        shown = " T* ".join("({}) Tj".format(x.replace("(", r"\(").replace(")", r"\)")) for x in lines)
        stream = f"BT /F1 11 Tf 14 TL 72 720 Td {shown} ET" if lines else ""
        objects.append(f"<< /Length {len(stream)} >>\nstream\n{stream}\nendstream")
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents {len(objects)} 0 R"
            " /Resources << /Font << /F1 << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >> >> >>"
        )
        kids.append(f"{len(objects)} 0 R")
    objects[1] = f"<< /Type /Pages /Count {len(kids)} /Kids [{' '.join(kids)}] >>"
    info = ""
    if made:
        objects.append(f"<< /CreationDate ({made}) >>")
        info = f" /Info {len(objects)} 0 R"
    out, places = b"%PDF-1.4\n", []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += f"{number} 0 obj\n{body}\nendobj\n".encode("latin-1")
    table = "".join(f"{place:010d} 00000 n \n" for place in places)
    size = len(objects) + 1
    tail = f"xref\n0 {size}\n0000000000 65535 f \n{table}trailer\n<< /Size {size} /Root 1 0 R{info} >>\nstartxref\n{len(out)}\n%%EOF\n"
    return out + tail.encode()
