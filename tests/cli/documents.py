#!/usr/bin/env python3
"""postvet on drafts as people have them: what is found in each place of a .docx, .odt and .eml, how
it is shown in each format, and what is said of files that cannot be read, to the letter.

    documents.py POSTVET
"""
import json
import os
import random
import shutil
import subprocess
import sys
import tempfile
import time
import unittest
import xml.etree.ElementTree
import zipfile

import jsonschema

import make_documents as make

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(os.path.dirname(HERE))
POSTVET = ""
RULES = ["--no-default-rules", "--rules", os.path.join(HERE, "packs", "garden.yaml")]
WORD = "Mr Trowel"
SAVE_AS = "save the draft as .docx, .odt, text, Markdown or HTML"
DAMAGED = "is damaged and cannot be opened; save it again from its program"
PASSWORD = "is protected with a password; save a copy without one"
EMBEDDED = "A file that is embedded in it was not checked: open it, and check what it says by itself."
MACROS = "It has macros, which were not checked: save the draft without them."
CHARACTERS = "The e-mail has characters that could not be decoded: save its text as text."
ENCRYPTED = "The text of the e-mail is encrypted, so it was not checked: save it as text."
BROKEN = ("A part of the e-mail has no end or no parts, so that not all of it may have been checked: "
          "save its text as text.")
ENCODING = ("A part of the e-mail is encoded in a way that postvet does not know: save its text as "
            "text.")
PARTS = ("The e-mail has more than 1000 parts, or parts nested more than 16 deep, the most that "
         "postvet checks.")
ATTACHMENT = ("An attachment was not checked, since postvet does not read its kind: save what it says "
              "as text, and check that, too.")
BROKEN_HTML = ("HTML in the e-mail breaks off in a comment or tag, or is larger than any that people "
               "write, so that not all of it was checked: save its text as text.")
DOCUMENT = ("An attached document could not be read, so it was not checked: save it, and check it by "
            "itself.")

with open(os.path.join(ROOT, "rules", "schema", "output.json"), encoding="utf-8") as schema_file:
    SCHEMA = json.load(schema_file)


class Documents(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.TemporaryDirectory()
        self.addCleanup(self.folder.cleanup)

    def run_on(self, name, data, *arguments, command="check"):
        with open(os.path.join(self.folder.name, name), "wb") as file:
            file.write(data)
        return subprocess.run([POSTVET, command, *RULES, *arguments, name], cwd=self.folder.name,
                              stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                              stderr=subprocess.PIPE, timeout=60, check=False)

    def check(self, name, data, *arguments):
        """The one document of the JSON report, and the exit status."""
        done = self.run_on(name, data, "--format", "json", *arguments)
        return json.loads(done.stdout)["documents"][0], done.returncode

    def assert_places(self, name, data, places):
        document, status = self.check(name, data)
        jsonschema.validate(document, {**SCHEMA, **SCHEMA["definitions"]["document"]})
        self.assertEqual([finding["place"] for finding in document["findings"]], places)
        self.assertEqual((document["complete"], document["incomplete_reasons"], status), (True, [], 0))
        self.assertEqual(document["converted_from"], name.rsplit(".", 1)[1])
        self.assertNotIn("Trowel", json.dumps(document))

    def assert_refused(self, name, data, sentence):
        """It is not checked, for that reason, and never clear."""
        document, status = self.check(name, data)
        self.assertEqual(document["incomplete_reasons"], [f"It {sentence}."])
        self.assertEqual((document["verdict"], document["findings"], status), ("incomplete", [], 3))

    def assert_incomplete(self, name, data, *reasons, findings=0):
        document, status = self.check(name, data)
        self.assertEqual(document["incomplete_reasons"], list(reasons))
        self.assertEqual(len(document["findings"]), findings)
        self.assertEqual((document["complete"], status), (False, 3))
        self.assertNotEqual(document["verdict"], "clear")

    # ------------------------------------------------------------------------------------ library

    def test_library_is_missing(self):
        """A program that was copied without it says so; and reads texts all the same."""
        program = os.path.join(self.folder.name, "postvet")
        shutil.copy(POSTVET, program)
        for name in ("a.docx", "a.odt", "a.eml", "a.md"):
            with open(os.path.join(self.folder.name, name), "wb") as file:
                file.write(b"MIME-Version: 1.0" if name == "a.eml" else b"PK\3\4" if name != "a.md" else b"x")
        done = subprocess.run([program, *RULES, "--format", "json", "a.docx", "a.odt", "a.eml", "a.md"],
                              cwd=self.folder.name, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                              check=False)
        *documents, text = json.loads(done.stdout)["documents"]
        for document in documents:
            self.assertEqual(document["incomplete_reasons"], [
                "It needs libpostvet-document to be read, which is not installed; install it, or save "
                "the draft as text, Markdown or HTML."])
            self.assertEqual(document["verdict"], "incomplete")
        self.assertEqual((text["verdict"], done.returncode), ("clear", 3))

    def test_library_is_loaded_when_needed(self):
        loads = lambda name, data: b"libpostvet-document" in subprocess.run(
            [POSTVET, *RULES, name], input=data, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
            env={**os.environ, "LD_DEBUG": "files"}, check=False).stderr
        self.assertFalse(loads("-", b"Thanks to Mr Trowel."))
        self.assertTrue(loads("-", make.full_docx(WORD)[0]))

    # ------------------------------------------------------------------------------------- places

    def test_docx(self):
        self.assert_places("a.docx", *make.full_docx(WORD))

    def test_odt(self):
        self.assert_places("a.odt", *make.full_odt(WORD))

    def test_eml(self):
        self.assert_places("a.eml", *make.full_eml(WORD))

    def test_cells_stay_apart(self):
        cells = "".join(f"<w:tc>{make.p(word)}</w:tc>" for word in ("gate", "code", "1234"))
        table = make.body(f"<w:tbl><w:tr>{cells}</w:tr></w:tbl>")
        self.assertEqual(self.check("a.docx", make.docx(table))[0]["verdict"], "clear")
        prose = make.body(make.p("gate ", "code", "<w:r><w:tab/></w:r>", "1234"))
        self.assertEqual(self.check("a.docx", make.docx(prose))[0]["verdict"], "block")

    def test_kind_is_told_by_content(self):
        for name in ("a.txt", "a.docx.bak", "odd"):
            document, _ = self.check(name, make.full_docx(WORD)[0])
            self.assertEqual(document["converted_from"], "docx", name)
        document, _ = self.check("a.txt", make.full_eml(WORD)[0])
        self.assertEqual(document["converted_from"], "eml")
        document, _ = self.check("a.txt", b"Subject: seeds\n\nThanks to Mr Trowel.")
        self.assertNotIn("converted_from", document)
        document, _ = self.check("a.eml", b"Subject: seeds\n\nThanks to Mr Trowel.")
        self.assertEqual(document["converted_from"], "eml")

    def test_encoding_is_for_text(self):
        document, _ = self.check("a.docx", make.full_docx(WORD)[0], "--encoding", "UTF-16LE")
        self.assertEqual(document["converted_from"], "docx")

    def test_standard_input(self):
        data, places = make.full_docx(WORD)
        done = subprocess.run([POSTVET, *RULES, "--format", "json", "-"], input=data,
                              stdout=subprocess.PIPE, stderr=subprocess.PIPE, check=False)
        findings = json.loads(done.stdout)["documents"][0]["findings"]
        self.assertEqual([finding["place"] for finding in findings], places)

    def test_directories(self):
        for name, (data, _) in (("a.docx", make.full_docx(WORD)), ("b.odt", make.full_odt(WORD)),
                                ("c.eml", make.full_eml(WORD))):
            with open(os.path.join(self.folder.name, name), "wb") as file:
                file.write(data)
        done = self.run_on("d.md", b"Nothing.", "--format", "json", "-j4", ".")
        documents = json.loads(done.stdout)["documents"]
        self.assertEqual([document["path"] for document in documents[:4]],
                         ["a.docx", "b.odt", "c.eml", "d.md"])

    def test_directives_do_nothing(self):
        words = "postvet-disable-file gardener -- for no reason"
        comments = make.part("comments", '<w:comment w:id="0">' + make.p(words) + "</w:comment>")
        data = make.docx(make.body(make.p(WORD) + make.p("&lt;!-- " + words + " --&gt;")), [
            ("word/comments.xml", make.WORD + "comments+xml", comments)])
        document, _ = self.check("a.docx", data)
        self.assertEqual([finding["place"] for finding in document["findings"]], ["paragraph 1"])
        self.assertEqual((document["suppressed"], "notices" in document), (0, False))

    def test_allow_file(self):
        with open(os.path.join(self.folder.name, "allowed.txt"), "w", encoding="ascii") as file:
            file.write("*.docx: gardener -- he agreed\n")
        done = self.run_on("a.docx", make.docx(make.body(make.p("x") + make.p(WORD))),
                           "--allow-file", "allowed.txt", "--report-suppressed")
        self.assertIn(b"Name of the gardener [gardener], paragraph 2: he agreed", done.stdout)

    def test_text_is_never_markup(self):
        words = ("&lt;script> A&amp;E &amp;lt; &amp;#49; 5 &lt; 6 --> &lt;!-- &lt;/p> &quot; &lt;td>"
                 + WORD)
        comments = make.part("comments", f'<w:comment w:id="0">{make.p("--> " + words)}</w:comment>')
        data = make.docx(make.body(make.p(words) + make.p(WORD)), [
            ("word/comments.xml", make.WORD + "comments+xml", comments)])
        document, _ = self.check("a.docx", data)
        self.assertEqual([finding["place"] for finding in document["findings"]],
                         ["paragraph 1", "paragraph 2", "comment 1"])

    def test_charsets(self):
        text = "Thanks to Mr\u00a0Trowel \u2013 caf\u00e9"
        for charset in ("utf-8", "UTF-16LE", "windows-1252"):
            data = make.eml(f"Content-Type: text/plain; charset={charset}", text.encode(charset))
            document, status = self.check("a.eml", data)
            self.assertEqual(([finding["place"] for finding in document["findings"]], status),
                             (["paragraph 1"], 0), charset)

    def test_html_mail_names_its_charset(self):
        page = '<meta charset="windows-1252"><p>caf\u00e9 \u2013 Mr Trowel\u2019s'.encode("cp1252")
        document, status = self.check("a.eml", make.eml("Content-Type: text/html", page))
        self.assertEqual(([finding["place"] for finding in document["findings"]], status),
                         (["paragraph 1"], 0))

    # -------------------------------------------------------------------------------------- shown

    def test_text_report(self):
        data = make.docx(make.body(make.p("A&amp;E says: ", "thanks to Mr Trowel, gate code 1234.")))
        done = self.run_on("a.docx", data)
        self.assertEqual(done.stdout.decode().split("    What is wrong")[0], """\
a.docx: Stop

  Look again [warning]: Name of the gardener, paragraph 1
    A&E says: thanks to ** ******, gate code ****.
                        ^^^^^^^^^
""")
        self.assertEqual((done.stderr, done.returncode), (b"", 1))

    def test_formats(self):
        data = make.docx(make.body(make.p("x") + make.p(WORD)))
        place = "paragraph 2: This names the gardener."
        report = lambda form: self.run_on("a.docx", data, "--format", form).stdout.decode()
        self.assertEqual(report("gcc"), f"a.docx:1:1: warning: {place} [gardener]\n")
        self.assertTrue(report("github").startswith(
            f"::warning file=a.docx,line=1,title=Name of the gardener::{place}%0A"))
        issue, = json.loads(report("gitlab"))
        self.assertEqual((issue["description"], issue["location"]["lines"]),
                         (place, {"begin": 1, "end": 1}))
        case, = xml.etree.ElementTree.fromstring(report("junit")).iter("testcase")
        self.assertEqual(case.get("name"), "paragraph 2: Name of the gardener [gardener]")
        result, = json.loads(report("sarif"))["runs"][0]["results"]
        self.assertEqual(result["message"]["text"], place)
        self.assertEqual(result["locations"][0]["logicalLocations"],
                         [{"fullyQualifiedName": "paragraph 2"}])
        self.assertEqual(set(result["locations"][0]["physicalLocation"]["region"].values()), {1})
        self.assertIn('<span class="place">paragraph 2</span><mark>•• ••••••</mark></div>',
                      report("html"))
        for form in ("text", "json", "ndjson", "gcc", "github", "gitlab", "junit", "sarif", "html"):
            self.assertNotIn("Trowel", report(form), form)

    def test_positions_are_those_of_the_text(self):
        document, _ = self.check("a.docx", make.docx(make.body(make.p("x") + make.p(WORD))))
        finding, = document["findings"]
        self.assertEqual((finding["start"], finding["end"]),
                         ({"byte": 12, "line": 2, "column": 4}, {"byte": 21, "line": 2, "column": 13}))

    def test_copies(self):
        for command in ("redact", "clean"):
            done = self.run_on("a.docx", make.docx(make.body(make.p(WORD))), command=command)
            self.assertEqual((done.stdout, done.returncode), (b"", 3))
            self.assertEqual(done.stderr.decode(), f"postvet: a.docx: is no text, so `postvet {command}`"
                             " cannot copy it; save it as text, Markdown or HTML, and copy that\n")

    # ------------------------------------------------------------------------------------ refused

    def test_other_kinds(self):
        for data, sentence in (
                (b"%PDF-1.7\n", f"is a PDF file, which postvet does not read; {SAVE_AS}"),
                (b"%PDF-1.7\n/Encrypt 3 0 R", "is encrypted; save the draft without a password or key"),
                (b"{\\rtf1 x}", f"is an RTF file, which postvet does not read; {SAVE_AS}"),
                (make.old_office("WordDocument"), "is an old Word, Outlook or Office file, which "
                 f"postvet does not read; {SAVE_AS}"),
                (make.old_office("EncryptedPackage"), PASSWORD),
                (b"-----BEGIN PGP MESSAGE-----\n\nabc", "is encrypted; save the draft without a "
                 "password or key"),
                (b"\x89PNG\r\n\x1a\n", "is a picture, which postvet does not look at; write out what "
                 "it says"),
                (b"\x1f\x8b\x08", "is an archive; unpack it and check the files in it"),
                (b"Rar!\x1a\x07", "is an archive; unpack it and check the files in it"),
                (make.pack([("a.txt", "gate code 1234")]),
                 "is a ZIP archive; unpack it and check the files in it"),
                (make.pack([("Index/Document.iwa", "x")]), "is an Apple Pages, Numbers or Keynote file, "
                 "which postvet does not read; export the draft as Word or text"),
                (make.docx("", main="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
                           ".main+xml"), "is an Excel workbook, which postvet does not read; " + SAVE_AS),
                (make.docx("", main="application/vnd.openxmlformats-officedocument.presentationml."
                           "presentation.main+xml"),
                 "is a PowerPoint presentation, which postvet does not read; " + SAVE_AS),
                (make.odt("", kind="application/vnd.oasis.opendocument.spreadsheet"),
                 f"is a spreadsheet, which postvet does not read; {SAVE_AS}"),
                (make.odt("", kind="application/vnd.oasis.opendocument.presentation"),
                 f"is a presentation, which postvet does not read; {SAVE_AS}"),
                (make.odt("", kind="application/epub+zip"),
                 f"is a document that postvet does not read; {SAVE_AS}")):
            with self.subTest(sentence):
                self.assert_refused("a.docx", data, sentence)

    def test_name_without_content(self):
        for data in (b"", b"plain words"):
            for name in ("a.docx", "a.odt"):
                self.assert_refused(name, data, "is damaged: it does not begin as its name says; save "
                                    "it again from its program")

    def test_password(self):
        self.assert_refused("a.docx", make.encrypted(make.docx(make.body(make.p(WORD)))), PASSWORD)
        manifest = ("<manifest:manifest><manifest:file-entry><manifest:encryption-data/>"
                    "</manifest:file-entry></manifest:manifest>")
        self.assert_refused("a.odt", make.odt("", manifest=manifest), PASSWORD)

    def test_damaged(self):
        whole = make.docx(make.body(make.p(WORD)), compression=zipfile.ZIP_STORED)
        for cut in (30, len(whole) // 2, len(whole) - 10):
            self.assert_refused("a.docx", whole[:cut], DAMAGED)
        self.assert_refused("a.docx", make.bad_sum(whole, "word/document.xml"), DAMAGED)
        self.assert_refused("a.docx", make.pack([("[Content_Types].xml", make.types([]))]),
                            "is damaged: it has no text, or does not say where; save it again from its "
                            "program")
        twice = make.docx(make.body(make.p(WORD)), [("Word/document.xml", None, "<a/>")])
        self.assert_refused("a.docx", twice, "is damaged: it has two parts of one name; save it again "
                            "from its program")
        odt = make.pack([("mimetype", "application/vnd.oasis.opendocument.text"),
                         ("META-INF/manifest.xml", "<a/>")])
        self.assert_refused("a.odt", odt, "is damaged: it has no text, or does not say where; save it "
                            "again from its program")

    def test_bad_xml(self):
        broken = ("is damaged: a part of it is not well-formed XML; save it again from its program")
        document_type = ("declares a document type, as no word processor does, and is not read further")
        bomb = "".join(f'<!ENTITY e{i} "{"&e%d;" % (i - 1) * 10 if i else WORD}">' for i in range(9))
        for content, sentence in (
                (make.body(make.p(WORD))[:-4], broken),
                (make.body("<w:p></w:r>"), broken),
                (make.body(make.p("&nothing;")), broken),
                (make.body(make.p(WORD) + "\x01"), broken),
                ("", broken),
                (f"<!DOCTYPE a [{bomb}]><a>&e8;</a>", document_type),
                ('<!DOCTYPE a SYSTEM "file:///etc/passwd"><a/>', document_type),
                (make.body(make.p(WORD)).encode("utf-16"),
                 "has a part that is not in UTF-8; save it again from its program"),
                (make.body("<w:p " + " ".join(f'a{i}="b"' for i in range(300)) + "/>"),
                 "has an element with more attributes than any draft has"),
                (make.body("<w:p>" * 300), "nests its parts deeper than any draft does")):
            with self.subTest(content[:60]):
                self.assert_refused("a.docx", make.docx(content), sentence)

    def test_bombs(self):
        huge = make.body(make.p("a" * 9000000) * 8)
        self.assert_refused("a.docx", make.docx(huge), "unpacks to more than 250 times its size, as no "
                            "draft does, and is not read further")
        noise = "".join(random.Random(1).choices("abcdefghij ", k=1 << 20))
        self.assert_refused("a.docx", make.docx(make.body(make.p(noise) * 65)),
                            "unpacks to more than 64 MiB, the most that postvet checks")
        self.assert_refused("a.docx", make.docx(make.body(make.p("x") * 200001),
                                                compression=zipfile.ZIP_STORED),
                            "has more than 200000 paragraphs and the like, the most that postvet checks")
        many = [(f"customXml/item{i}.xml", None, "<a/>") for i in range(4100)]
        self.assert_refused("a.docx", make.docx(make.body(""), many),
                            "holds more than 4096 files, the most that postvet opens")

    # --------------------------------------------------------------------------------- incomplete

    def test_embedded(self):
        for name, kind, reason in (
                ("word/embeddings/sheet.xlsx", "application/vnd.openxmlformats-officedocument."
                 "spreadsheetml.sheet", EMBEDDED),
                ("word/embeddings/oleObject1.bin", None, EMBEDDED),
                ("word/afchunk.mht", "message/rfc822", EMBEDDED),
                ("word/vbaProject.bin", "application/vnd.ms-office.vbaProject", MACROS)):
            data = make.docx(make.body(make.p(WORD)), [(name, kind, b"x")])
            self.assert_incomplete("a.docx", data, reason, findings=1)
        self.assert_incomplete("a.odt", make.odt("", [("Object 1", b"x")]), EMBEDDED)
        self.assert_incomplete("a.odt", make.odt("", [("Basic/a.xml", b"<a/>")]), MACROS)

    def test_mail(self):
        plain = "Content-Type: text/plain\r\n\r\nThanks to Mr Trowel."
        for (fields, content), reasons, findings in (
                (make.multipart("mixed", plain, make.attachment("a.pdf", "application/pdf", b"%PDF-1")),
                 [ATTACHMENT], 1),
                (make.multipart("mixed", plain, make.attachment("a.docx", "text/plain", b"PK\3\4x")),
                 [DOCUMENT], 1),
                (make.multipart("mixed", make.attachment(
                    "a.docx", "text/plain", make.docx(make.body("<w:tbl><w:tr><w:tc>"
                                                                + make.p(WORD)))), plain),
                 [DOCUMENT], 2),
                (make.multipart("encrypted", plain), [ENCRYPTED], 0),
                (("Content-Type: application/pkcs7-mime", "x"), [ENCRYPTED], 0),
                (("", "-----BEGIN PGP MESSAGE-----\r\nabc"), [ENCRYPTED], 0),
                (("Content-Type: multipart/mixed; boundary=a", "--a\r\n\r\nMr Trowel\r\n"), [BROKEN], 1),
                (("Content-Type: multipart/mixed", "Mr Trowel"), [BROKEN], 1),
                (("Content-Transfer-Encoding: x-uuencode", "x"), [ENCODING], 0),
                (("Content-Type: text/plain; charset=no-such", "x"), [CHARACTERS], 0),
                (("", b"Mr Trowel \xff"), [CHARACTERS], 1),
                (make.multipart("mixed", *["\r\nx"] * 1100), [PARTS], 0)):
            with self.subTest(fields + str(content[:30])):
                self.assert_incomplete("a.eml", make.eml(fields, content), *reasons, findings=findings)

    def test_mail_depth(self):
        for count, reasons in ((10, []), (20, [PARTS])):
            content = f"Subject: {WORD}\r\n\r\ninnermost"
            for i in range(count):
                content = f"Subject: x{i}\r\nContent-Type: message/rfc822\r\n\r\n" + content
            document, _ = self.check("a.eml", make.HEADER + content.encode())
            self.assertEqual(document["incomplete_reasons"], reasons)
            self.assertEqual(len(document["findings"]), 0 if reasons else 1)

    def test_html_without_end(self):
        for page in ("<p>x<!-- Mr Trowel", "<p>x<a title='Mr Trowel", "<p>x<a Mr Trowel", "<p>x</p",
                     "<p>x<a " + " ".join(f"a{i}=b" for i in range(9000)) + ">y</a>",
                     "<p>x" + "y" * 5000000):
            with self.subTest(page[:30]):
                document, status = self.check("a.eml", make.eml("Content-Type: text/html", page))
                self.assertEqual((document["incomplete_reasons"], status), ([BROKEN_HTML], 3))
        page = "<!DOCTYPE html><p>x<!Mr Trowel><?Mr Trowel?><![if !mso]>y<![endif]><p>Mr\0 Tro\0wel"
        document, status = self.check("a.eml", make.eml("Content-Type: text/html", page))
        self.assertEqual(([finding["place"] for finding in document["findings"]], status),
                         (["hidden comment", "hidden comment", "paragraph 1", "paragraph 2"], 0))

    def test_signed_mail_is_read(self):
        data = make.eml(*make.multipart(
            "signed", "\r\nThanks to Mr Trowel.",
            "Content-Type: application/pkcs7-signature; name=smime.p7s\r\n\r\nx"))
        document, status = self.check("a.eml", data)
        self.assertEqual((len(document["findings"]), document["complete"], status), (1, True, 0))

    # ------------------------------------------------------------------------------------ hostile

    def test_hostile_input_is_quick(self):
        """What is nested, open or repeated takes no more than its share of time."""
        for data in (
                make.eml("Content-Type: text/html", "<div>" * 200 + "x" + "<b>" * 40),
                make.eml("Content-Type: text/html", "<!--" * 300000),
                make.eml("Content-Type: text/html", "<a href='" * 200000),
                make.eml("Content-Type: text/html", "<table><tr><td>" * 80),
                make.eml("Content-Type: text/html", "&" * 1000000),
                make.eml("Content-Type: text/html", "<script>" + "</scrip " * 200000),
                make.eml("Content-Type: text/html", "a\0b" * 300000),
                make.eml("Content-Type: multipart/mixed; boundary=a", "--a\r\n" * 100000),
                make.eml("Subject: " + "=?utf-8?Q?a?= " * 50000, "x"),
                make.eml("Content-Type: text/plain" + "; a=b" * 100000, "x"),
                make.docx(make.body(make.p("x") * 50000)),
                make.docx(make.body("<w:p>" * 120 + "<w:r><w:t>x</w:t></w:r>" + "</w:p>" * 120))):
            with self.subTest(data[100:180]):
                start = time.monotonic()
                self.check("a.eml", data)
                self.assertLess(time.monotonic() - start, 20)

    def test_cut_anywhere(self):
        """Whatever is cut off or changed, there is an answer; and never "clear" for a shorter file."""
        rng = random.Random(7)
        data = make.full_docx(WORD)[0]
        for _ in range(25):
            cut = rng.randrange(4, len(data))
            document, status = self.check("a.docx", data[:cut])
            self.assertEqual((document["verdict"], status), ("incomplete", 3))
        for _ in range(25):
            at = rng.randrange(4, len(data))
            changed = data[:at] + bytes([data[at] ^ 1 << rng.randrange(8)]) + data[at + 1:]
            self.assertNotEqual(self.check("a.docx", changed)[0]["verdict"], "clear")


if __name__ == "__main__":
    POSTVET = os.path.abspath(sys.argv.pop(1))
    os.environ.setdefault("SOURCE_DATE_EPOCH", "1767225600")
    unittest.main()
