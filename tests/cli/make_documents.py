"""Drafts as people have them, small and made here: Word documents, OpenDocument texts, e-mails, and
what is wrong with some of them. Each function returns the bytes of a file."""
import base64
import io
import struct
import zipfile

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml."
NAMESPACES = (f'xmlns:w="{W}" xmlns:r="{R}" '
              'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
              'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
              'xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart" '
              'xmlns:v="urn:schemas-microsoft-com:vml" '
              'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"')
OFFICE = "urn:oasis:names:tc:opendocument:xmlns:"
ODF_NAMESPACES = " ".join(f'xmlns:{name}="{OFFICE}{name}:1.0"' for name in (
    "office", "text", "table", "style", "meta", "manifest")) + (
    f' xmlns:draw="{OFFICE}drawing:1.0" xmlns:svg="{OFFICE}svg-compatible:1.0" '
    'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xlink="http://www.w3.org/1999/xlink"')
DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'


def pack(parts, compression=zipfile.ZIP_DEFLATED):
    """A ZIP file of (name, content) pairs, the same each time."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, content in parts:
            archive.writestr(zipfile.ZipInfo(name), content, compression)
    return out.getvalue()


# ------------------------------------------------------------------------------------------- .docx

def p(*runs, style=None):
    """A paragraph of Word; a run that is no element is text."""
    properties = f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr>' if style else ""
    return "<w:p>" + properties + "".join(
        run if run.startswith("<") else f'<w:r><w:t xml:space="preserve">{run}</w:t></w:r>'
        for run in runs) + "</w:p>"


def part(root, content):
    return f"{DECLARATION}<w:{root} {NAMESPACES}>{content}</w:{root}>"


def body(content):
    return part("document", f"<w:body>{content}</w:body>")


def types(overrides):
    return (DECLARATION + '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
            '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
            '<Default Extension="xml" ContentType="application/xml"/>'
            '<Default Extension="png" ContentType="image/png"/>'
            '<Default Extension="bin" ContentType="application/vnd.openxmlformats-officedocument.oleObject"/>'
            + "".join(f'<Override PartName="/{name}" ContentType="{kind}"/>'
                      for name, kind in overrides) + "</Types>")


def docx(content, others=(), main=WORD + "document.main+xml", name="word/document.xml",
         compression=zipfile.ZIP_DEFLATED):
    """A Word document with this body; `others` are (name, content type or None, content)."""
    overrides = [(name, main)] + [(other, kind) for other, kind, _ in others if kind]
    parts = [("[Content_Types].xml", types(overrides)), (name, content)]
    return pack(parts + [(other, text) for other, _, text in others], compression)


def links(*targets):
    kind = R + "/hyperlink"
    return (DECLARATION + '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
            + "".join(f'<Relationship Id="rId{i + 1}" Type="{kind}" Target="{target}" TargetMode="External"/>'
                      for i, target in enumerate(targets)) + "</Relationships>")


def core(**values):
    return (DECLARATION + '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/'
            'metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/">'
            + "".join(f"<dc:{name}>{value}</dc:{name}>" for name, value in values.items())
            + "</cp:coreProperties>")


CORE = "application/vnd.openxmlformats-package.core-properties+xml"


def full_docx(word):
    """A Word document that says `word` in each place where words can be; and those places."""
    cell = lambda *paragraphs: "<w:tc>" + "".join(paragraphs) + "</w:tc>"
    box = lambda text: f"<w:txbxContent>{p(text)}</w:txbxContent>"
    content = body(
        p(f"A title: {word}", style="Title")
        + p("Mr ", "<w:proofErr/>", word.split()[1])
        + p("Nothing here.")
        + p(f"Thanks to {word}.", style="IntenseQuote")
        + "<w:tbl><w:tr>" + cell(p("Name")) + cell(p("Post")) + "</w:tr><w:tr>"
        + cell(p(word)) + cell(p("first"), p(word)) + "</w:tr></w:tbl>"
        + p("The man was ", '<w:del w:id="1" w:author="A"><w:r><w:delText xml:space="preserve">'
            + word.split()[0] + " </w:delText></w:r></w:del>",
            '<w:ins w:id="2" w:author="A"><w:r><w:t>Sir </w:t></w:r></w:ins>', word.split()[1])
        + p('<w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wp:docPr id="1" name="P" '
            f'descr="{word} in the garden"/>{box("Box of " + word)}</w:drawing></mc:Choice><mc:Fallback>'
            f'<w:pict><v:shape alt="{word} in the garden">{box("Box of " + word)}'
            f'{box("Old box of " + word)}</v:shape></w:pict></mc:Fallback></mc:AlternateContent></w:r>')
        + p('<w:hyperlink r:id="rId1"><w:r><w:t>here</w:t></w:r></w:hyperlink>')
        + p('<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>HYPERLINK "https://'
            f'example.org/{word.replace(" ", "%20")}"</w:instrText></w:r>', "there")
        + p('<w:r><w:rPr><w:vanish/></w:rPr><w:t>' + word + "</w:t></w:r>"))
    chart = f'{DECLARATION}<c:chartSpace {NAMESPACES}><a:p><a:r><a:t>{word}</a:t></a:r></a:p>' \
            "<c:v>42</c:v></c:chartSpace>"
    note = lambda kind, text: part(kind + "s", f'<w:{kind} w:type="separator" w:id="-1">{p()}</w:{kind}>'
                                   f'<w:{kind} w:id="1">{p(text)}</w:{kind}>')
    custom = f"{DECLARATION}<data><entry>{word}</entry></data>"
    places = [
        "paragraph 1", "paragraph 2", "paragraph 4", "table 1, row 2, column 1",
        "table 1, row 2, column 2", "paragraph 5, with its deleted text", "text box 1", "text box 3",
        "paragraph 6, picture", "paragraph 7, link", "paragraph 8, field", "paragraph 9", "header",
        "footer", "footnote 1", "endnote 1", "comment 1", "chart or diagram", "hidden data",
        "properties, title", "properties, author", "properties, keywords", "properties, description",
    ]
    return docx(content, [
        ("word/_rels/document.xml.rels", None,
         links(f"https://example.org/{word.replace(' ', '%20')}")),
        ("word/header1.xml", WORD + "header+xml", part("hdr", p(word))),
        ("word/footer1.xml", WORD + "footer+xml", part("ftr", p(word))),
        ("word/footnotes.xml", WORD + "footnotes+xml", note("footnote", word)),
        ("word/endnotes.xml", WORD + "endnotes+xml", note("endnote", word)),
        ("word/comments.xml", WORD + "comments+xml",
         part("comments", f'<w:comment w:id="0" w:author="A">{p(word)}</w:comment>')),
        ("word/charts/chart1.xml",
         "application/vnd.openxmlformats-officedocument.drawingml.chart+xml", chart),
        ("customXml/item1.xml", None, custom),
        ("word/media/image1.png", None, b"\x89PNG"),
        ("docProps/core.xml", CORE,
         core(title=word, creator=word, keywords=word, description=word)),
    ]), places


# -------------------------------------------------------------------------------------------- .odt

def odf(root, content):
    return f"{DECLARATION}<office:{root} {ODF_NAMESPACES}>{content}</office:{root}>"


def odt(content, others=(), kind="application/vnd.oasis.opendocument.text",
        manifest="<manifest:manifest/>"):
    """An OpenDocument text with this body; `others` are (name, content)."""
    manifest = manifest.replace("<manifest:manifest", f"<manifest:manifest {ODF_NAMESPACES}", 1)
    return pack([("mimetype", kind),
                 ("content.xml", odf("document-content",
                                     f"<office:body><office:text>{content}</office:text></office:body>")),
                 ("META-INF/manifest.xml", DECLARATION + manifest)] + list(others))


def full_odt(word):
    """An OpenDocument text that says `word` in each place where words can be; and those places."""
    t = lambda text: f"<text:p>{text}</text:p>"
    first, second = word.split()
    content = (
        f"<text:tracked-changes><text:changed-region text:id='c1'><text:deletion>{t('Thanks to ' + word)}"
        "</text:deletion></text:changed-region><text:changed-region text:id='c2'><text:deletion>"
        f"{t(first)}</text:deletion></text:changed-region><text:changed-region text:id='c3'>"
        "<text:insertion/></text:changed-region></text:tracked-changes>"
        + f"<text:h>{word}</text:h>" + t(f"{first}<text:s/><text:span>{second}</text:span>")
        + t("") + t('The <text:change text:change-id="c2"/> '
                 f'<text:change-start text:change-id="c3"/>old<text:change-end text:change-id="c3"/>'
                 f"{second}.")
        + "<table:table><table:table-row><table:table-cell>" + t(first) + "</table:table-cell>"
        "<table:table-cell>" + t(second) + "</table:table-cell></table:table-row><table:table-row>"
        "<table:covered-table-cell/><table:table-cell>" + t(word) + "</table:table-cell>"
        "</table:table-row></table:table>"
        + t("A note<text:note text:note-class=\"footnote\"><text:note-citation>1</text:note-citation>"
            f"<text:note-body>{t(word)}</text:note-body></text:note> in a line.")
        + t("A comment<office:annotation><dc:creator>Mr Spade</dc:creator><dc:date>2025-01-01</dc:date>"
            f"{t(word)}</office:annotation>.")
        + t(f'<draw:frame><draw:image xlink:href="Pictures/1.png"/><svg:title>{word}</svg:title>'
            "</draw:frame>")
        + t(f"<draw:frame><draw:text-box>{t(word)}</draw:text-box></draw:frame>")
        + t(f'<text:a xlink:href="https://example.org/{first}%20{second}">here</text:a>')
        + t(f"Written by <text:author-name>{word}</text:author-name> on <text:date>{word}</text:date>"))
    styles = odf("document-styles", "<office:master-styles><style:master-page><style:header>"
                 f"{t(word)}</style:header><style:footer>{t(word)}</style:footer></style:master-page>"
                 "</office:master-styles>")
    meta = odf("document-meta", f"<office:meta><dc:title>{word}</dc:title><meta:generator>{word}"
               f"</meta:generator><meta:keyword>{word}</meta:keyword></office:meta>")
    places = ["deleted text 1", "paragraph 1", "paragraph 2", "paragraph 3, with its deleted text",
              "table 1, row 2, column 2",
              "footnote 1", "comment 1", "picture 1", "text box 1", "paragraph 6, link",
              "paragraph 7", "paragraph 7", "header", "footer", "properties, title",
              "properties, keywords"]
    return odt(content, [("styles.xml", styles), ("meta.xml", meta), ("settings.xml", "<a>" + word),
                         ("Pictures/1.png", b"\x89PNG")]), places


# -------------------------------------------------------------------------------------------- .eml

HEADER = b"From: a@example.org\r\nDate: Wed, 1 Jan 2025 10:00:00 +0000\r\nMIME-Version: 1.0\r\n"


def eml(fields, content):
    if isinstance(fields, str):
        fields = fields.encode()
    if isinstance(content, str):
        content = content.encode()
    return HEADER + b"".join(field.rstrip() + b"\r\n" for field in fields.splitlines()) + b"\r\n" + content


def multipart(kind, *parts, boundary="edge"):
    """The fields and content of a multipart entity."""
    edge = boundary.encode()
    content = b"".join(b"--" + edge + b"\r\n" + (text.encode() if isinstance(text, str) else text)
                       + b"\r\n" for text in parts)
    return f'Content-Type: multipart/{kind}; boundary="{boundary}"', content + b"--" + edge + b"--\r\n"


def attachment(name, kind, content):
    return (f'Content-Type: {kind}; name="{name}"\r\nContent-Disposition: attachment;\r\n'
            f' filename="{name}"\r\nContent-Transfer-Encoding: base64\r\n\r\n').encode() \
        + base64.encodebytes(content)


def full_eml(word):
    """An e-mail that says `word` in each place where words can be; and those places."""
    encoded = base64.b64encode(word.encode("utf-16-le")).decode()
    first, second = word.split()
    alternative = multipart(
        "alternative",
        'Content-Type: text/plain; charset="utf-8"\r\nContent-Transfer-Encoding: quoted-printable\r\n'
        f"\r\nThanks to {first}=20=\r\n{second}.\r\n\r\nNothing here.\r\n\r\n> {first}\r\n> {second}\r\n",
        "Content-Type: text/html; charset=iso-8859-1\r\n\r\n<html><body><p>Thanks to "
        f"<b>{first}</b>\r\n{second}.<p>Nothing here.<p>Only here: {word}<img src='a.png' alt='{word}'>"
        f"<a href='https://example.org/{first}%20{second}'>link</a><!-- {word} --><td>{first}<td>{second}",
        boundary="inner")
    message = f"From: b@example.org\r\nSubject: {word}\r\n\r\nThanks to {word}.\r\n"
    mixed = multipart(
        "mixed",
        alternative[0].encode() + b"\r\n\r\n" + alternative[1],
        attachment("letter.docx", "application/octet-stream", docx(body(p(word)))),
        attachment("note.txt", "text/plain; charset=utf-16le", word.encode("utf-16-le")),
        "Content-Type: message/rfc822\r\n\r\n" + message,
        "Content-Type: image/png; name=\"=?utf-8?Q?Mr_Trowel.png?=\"\r\n\r\npicture")
    fields = f"Subject: =?utf-16le?B?{encoded}?=\r\nTo: =?utf-8?Q?{first}?=\r\n =?utf-8?Q?_{second}?= <c@example.org>\r\n"
    places = ["subject", "to", "paragraph 1", "paragraph 3", "HTML form, hidden comment",
              "HTML form, paragraph 3", "HTML form, paragraph 3, picture",
              "HTML form, paragraph 3, link", "attachment 1, paragraph 1",
              "attachment 2, paragraph 1", "attached e-mail 1, subject",
              "attached e-mail 1, paragraph 1", "attachment 3, name"]
    return eml(fields + mixed[0], mixed[1]), places


# ----------------------------------------------------------------------------------------- damaged

def bad_sum(data, name):
    """The archive with a byte of a stored part changed."""
    at = data.index(name.encode()) + len(name) + 60
    return data[:at] + bytes([data[at] ^ 1]) + data[at + 1:]


def encrypted(data):
    """The archive with all entries marked as encrypted."""
    out = bytearray(data)
    for mark, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        start = out.find(mark)
        while start >= 0:
            flags = struct.unpack_from("<H", out, start + at)[0]
            struct.pack_into("<H", out, start + at, flags | 1)
            start = out.find(mark, start + 4)
    return bytes(out)


def old_office(name):
    """What an old Office file begins with, and the name of a stream of it."""
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504) + name.encode("utf-16-le") + bytes(400)
