"""Small PDFs written by hand: pages of placed words, a picture, a password, damage."""

WIDTH, HEIGHT = 612, 792


def pdf(*pages, encrypted=False):
    """A PDF of pages; a page is a list of (left, base, text[, font]) rows or the word "picture"."""
    objects = ["<< /Type /Catalog /Pages 2 0 R >>", ""]
    objects += [
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica-Bold >>",
        "<< /Type /XObject /Subtype /Image /Width 2 /Height 2 /ColorSpace /DeviceGray /BitsPerComponent 8 "
        "/Length 4 >>\nstream\nabcd\nendstream",
    ]
    kids = []
    for rows in pages:
        content = "q 600 0 0 700 5 5 cm /Im Do Q" if rows == "picture" else "\n".join(map(_row, rows))
        objects.append(f"<< /Length {len(content)} >>\nstream\n{content}\nendstream")
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {WIDTH} {HEIGHT}] /Contents {len(objects)} 0 R "
            "/Resources << /Font << /F 3 0 R /B 4 0 R >> /XObject << /Im 5 0 R >> >> >>"
        )
        kids.append(f"{len(objects)} 0 R")
    objects[1] = f"<< /Type /Pages /Kids [{' '.join(kids)}] /Count {len(kids)} >>"
    return _file(objects, encrypted=encrypted)


def _row(row):
    left, base, text, *font = row
    words = text.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")
    return f"BT /{font[0] if font else 'F'} 11 Tf {left} {base} Td ({words}) Tj ET"


def _file(objects, *, encrypted):
    made, places = b"%PDF-1.4\n", []
    for number, body in enumerate(objects, 1):
        places.append(len(made))
        made += f"{number} 0 obj\n{body}\nendobj\n".encode("latin-1")
    table = len(made)
    made += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n".encode()
    made += b"".join(b"%010d 00000 n \n" % place for place in places)
    lock = (
        f"/Encrypt << /Filter /Standard /V 1 /R 2 /P -4 /O <{'41' * 32}> /U <{'42' * 32}> >> /ID [<00> <00>]"
    )
    trailer = f"<< /Size {len(objects) + 1} /Root 1 0 R {lock if encrypted else ''} >>"
    return made + f"trailer\n{trailer}\nstartxref\n{table}\n%%EOF\n".encode()


def prose(text, *, left=72, base=700, width=80, font="F"):
    """Words wrapped to rows of a width, 14 points apart."""
    rows, row = [], ""
    for word in text.split(" "):
        if row and len(row) + 1 + len(word) > width:
            rows.append(row)
            row = word
        else:
            row = f"{row} {word}".strip()
    rows.append(row)
    return [(left, base - 14 * n, text, font) for n, text in enumerate(rows)]
