#!/usr/bin/env python3
"""--diff: what is reported of which lines, and every way in which a diff cannot be mapped.

    diff.py POSTVET

Diffs are handed in as text, or made by git in repositories that a test makes. What is found stands
as gcc has it; the rules are those of packs/garden.yaml.
"""
import json
import os
import subprocess
import sys
import tempfile
import unittest

import jsonschema

from folder import Folder

HERE = os.path.dirname(os.path.abspath(__file__))
GARDEN = ["--no-default-rules", "--rules", os.path.join(HERE, "packs", "garden.yaml"), "--no-config"]
POSTVET = os.path.abspath(sys.argv.pop(1))
OLD = "Mr Trowel.\n\nAll is well.\n"
NEW = "Mr Trowel.\n\nAll is well, says Mr Trowel.\n"
WARNING = "warning: This names the gardener. [gardener]"
FOUND = f"a.md:3:19: {WARNING}\n"
HEAD = "--- a/a.md\n+++ b/a.md\n"
HUNK = "@@ -3 +3 @@\n-All is well.\n+All is well, says Mr Trowel.\n"


class Diff(Folder):
    def postvet(self, *arguments, stdin="", cwd="."):
        done = subprocess.run([POSTVET, "check", *GARDEN, *arguments],
                              cwd=os.path.join(self.folder, cwd), capture_output=True, check=False,
                              input=stdin if isinstance(stdin, bytes) else stdin.encode())
        return done.stdout.decode(), done.stderr.decode(), done.returncode

    def checks(self, expected, *arguments, **more):
        self.assertEqual(self.postvet("--format", "gcc", *arguments, **more), expected)

    def fails(self, sentence, *arguments, **more):
        """Nothing is checked."""
        self.checks(("", f"postvet: {sentence}\n", 2), *arguments, **more)


class HandedIn(Diff):
    def maps(self, diff, found, path="a.md", text=NEW, stderr="", exit=0):
        self.write(path, text)
        self.checks((found, stderr, exit), "--diff", "-", path, stdin=diff)

    def test_a_changed_line(self):
        self.maps(HEAD + HUNK, FOUND)
        self.maps("diff --git a/a.md b/a.md\nindex 1..2 100644\n" + HEAD + HUNK, FOUND)
        self.maps("--- a.md\t2026-01-01 00:00\n+++ a.md\t2026-01-02 00:00\n" + HUNK, FOUND)
        self.maps("Index: a.md\n=====\n--- a.md\n+++ a.md\n" + HUNK, FOUND)
        self.maps("diff --git i/a.md w/a.md\n--- i/a.md\n+++ w/a.md\n" + HUNK, FOUND)
        self.maps("diff --git ./a.md ./a.md\n--- ./a.md\n+++ ./a.md\n" + HUNK, FOUND)

    def test_with_lines_round_it(self):
        self.maps(HEAD + "@@ -1,3 +1,3 @@ a heading\n Mr Trowel.\n \n-All is well.\n"
                  "+All is well, says Mr Trowel.\n", FOUND)
        self.maps(HEAD + "@@ -1,3 +1,3 @@\n Mr Trowel.\n\n-All is well.\n"
                  "+All is well, says Mr Trowel.\n", FOUND)

    def test_a_new_file(self):
        self.maps("diff --git a/a.md b/a.md\nnew file mode 100644\n--- /dev/null\n+++ b/a.md\n"
                  "@@ -0,0 +1 @@\n+Mr Trowel.\n", f"a.md:1:1: {WARNING}\n", text="Mr Trowel.\n")

    def test_no_newline_at_the_end(self):
        self.maps(HEAD + "@@ -1 +1 @@\n-x\n\\ No newline at end of file\n+Mr Trowel.\n"
                  "\\ No newline at end of file\n", f"a.md:1:1: {WARNING}\n", text="Mr Trowel.")

    def test_carriage_returns(self):
        found = f"a.md:3:19: {WARNING}\n"
        self.maps(HEAD + HUNK, found, text=NEW.replace("\n", "\r\n"))
        self.maps((HEAD + HUNK).replace("\n", "\r\n"), found)
        self.maps(HEAD + "@@ -1 +1,2 @@\n-x\n+One.\rMr Trowel.\n+Mr Trowel.\n",
                  f"a.md:2:1: {WARNING}\na.md:3:1: {WARNING}\n", text="One.\rMr Trowel.\nMr Trowel.\n")
        self.maps(HEAD + "@@ -2 +2 @@\n-x\n+Mr Trowel.\n",
                  f"a.md:3:1: {WARNING}\n", text="Mr Trowel.\rMr Trowel\nMr Trowel.\n")

    def test_lines_that_went(self):
        """The draft has changed, but none of its lines: what is about all of it is said."""
        self.write("pack.yaml", "pack: own\ntitle: Own\nversion: 1.0.0\ncues:\n"
                   "  - {id: all, terms: [all]}\n  - {id: mine, terms: [mine]}\nrules:\n"
                   "  - id: no-mine\n    title: T\n    severity: error\n    confidence: high\n"
                   "    missing: {have: [all], lack: [mine]}\n    message: Not said.\n    advice: a\n"
                   "    cites: [A 1]\n    suppressible: never\n    tests: {match: [all], no-match: [y]}\n")
        self.write("a.md", NEW)
        self.checks(("a.md:1:1: error: Not said. [no-mine]\n", "", 1), "--rules", "pack.yaml",
                    "--diff", "-", "a.md", stdin=HEAD + "@@ -4 +3,0 @@\n-All views are mine.\n")

    def test_names(self):
        for name, quoted in (("caf\u00e9 x.md", '"b/caf\\303\\251 x.md"'), ("b.md", "b/b.md"),
                             ('q"\t\\.md', '"b/q\\"\\t\\\\.md"'), ("my b.md", "b/my b.md\t")):
            old = quoted.replace("b/", "a/", 1)
            self.maps(f"diff --git {old} {quoted}\n--- {old}\n+++ {quoted}\n{HUNK}",
                      f"{name}:3:19: {WARNING}\n".replace("\t", " "), path=name)

    def test_a_folder_called_b(self):
        self.maps("--- /dev/null\n+++ b/x.md\n@@ -0,0 +1 @@\n+Mr Trowel.\n",
                  f"b/x.md:1:1: {WARNING}\n", path="b/x.md", text="Mr Trowel.\n")

    def test_renamed(self):
        rename = "diff --git a/old.md b/a.md\nsimilarity index 60%\nrename from old.md\nrename to a.md\n"
        self.maps(rename + "--- a/old.md\n+++ b/a.md\n" + HUNK, FOUND)
        self.maps(rename, "")

    def test_several(self):
        self.write("b.md", OLD)
        self.write("c.md", OLD)
        self.maps(HEAD + HUNK + "--- a/c.md\n+++ /dev/null\n@@ -1 +0,0 @@\n-x\n"
                  "diff --git a/b.md b/b.md\nold mode 100644\nnew mode 100755\n", FOUND)
        self.checks((FOUND, "postvet: 2 drafts are not in the diff, and were not checked\n", 0),
                    "--diff", "-", "a.md", "b.md", "c.md", stdin=HEAD + HUNK)

    def test_nothing(self):
        self.maps("", "", stderr="postvet: 1 draft is not in the diff, and was not checked\n")

    def test_text(self):
        self.write("a.md", NEW)
        self.write("b.md", OLD)
        out, err, status = self.postvet("--diff", "-", "a.md", "b.md", stdin=HEAD + HUNK)
        self.assertIn("  Elsewhere        1 finding in lines that have not changed is left out.\n", out)
        self.assertIn("\nLook again: this is about the lines that have changed alone: a person must look", out)
        self.assertNotIn("b.md", out)
        self.assertEqual((err, status),
                         ("postvet: 1 draft is not in the diff, and was not checked\n", 0))

    def test_json(self):
        self.write("a.md", NEW)
        self.write("b.md", OLD)
        out, _, _ = self.postvet("--diff", "-", "--format", "json", ".", stdin=HEAD + HUNK)
        report = json.loads(out)
        with open(os.path.join(HERE, "..", "..", "rules", "schema", "output.json"),
                  encoding="utf-8") as schema:
            jsonschema.Draft7Validator(json.load(schema)).validate(report)
        self.assertEqual([d["path"] for d in report["documents"]], ["a.md"])
        self.assertEqual(report["documents"][0]["elsewhere"], 1)
        self.assertEqual((report["summary"]["unchanged"], report["summary"]["documents"]), (1, 1))

    def refuses(self, diff, sentence):
        self.write("a.md", NEW)
        self.fails(f"standard input: this diff cannot be read: {sentence}", "--diff", "-", "a.md",
                   stdin=diff)

    def test_malformed(self):
        self.refuses("hello\n", "line 1: no file of a unified diff stands in it")
        self.refuses(HUNK, "line 1: a hunk stands before the name of its file")
        self.refuses("diff --git a/a.md b/a.md\n" + HUNK,
                     "line 2: a hunk stands before the name of its file")
        for head in ("@@ -3 3 @@", "@@ -3 +x @@", "@@ -3 +3", "@@ 3 +3 @@",
                     "@@ -3,1234567890 +3 @@"):
            self.refuses(HEAD + head + "\n", "line 3: the head of a hunk cannot be understood")
        self.refuses(HEAD + "@@ -3 +3 @@\n+a\n+b\n", "line 5: the hunk has other lines than its head says")
        self.refuses(HEAD + "@@ -3 +3 @@\n-a\n-b\n", "line 5: the hunk has other lines than its head says")
        self.refuses(HEAD + "@@ -3 +3 @@\nx\n", "line 4: the hunk has other lines than its head says")
        self.refuses(HEAD + "@@ -3,2 +3,2 @@\n a\n", "line 4: the diff ends in the middle of a hunk")
        self.refuses(HEAD + HUNK + "+more\n", "line 6: a line that is added stands in no hunk")
        self.refuses(HEAD + HUNK + HUNK, "line 6: its hunks are not in order")
        self.refuses(HEAD + "@@ -0 +0 @@\n", "line 3: its hunks are not in order")
        self.refuses("--- a/a.md\n+++ /dev/null\n@@ -1 +1 @@\n-a\n+b\n",
                     "line 3: a file that is deleted has lines")
        self.refuses('--- "a/a.md\n+++ b/a.md\n', "line 1: a name in quotes has no end")
        self.refuses('diff --git "a/a.md\n', "line 1: a name in quotes has no end")
        self.refuses("diff --git a/a.md b/c.md\nindex 1..2\n",
                     "line 2: it is not clear which file the lines before this one are about")

    def test_merges(self):
        for head in ("diff --cc a.md\n", "diff --combined a.md\n", "--- a/a.md\n+++ b/a.md\n@@@ -1 -1 +1 @@@\n"):
            self.refuses(head, f"line {head.count(chr(10))}: this is a combined diff, of a merge, and "
                         "not one against one other version")
        self.refuses("* Unmerged path a.md\n", "line 1: a merge is not finished")

    def test_twice(self):
        self.write("a.md", NEW)
        self.fails("the diff has a.md more than once, so its lines cannot be told", "--diff", "-",
                   "a.md", stdin=HEAD + HUNK + HEAD + HUNK)

    def test_not_here(self):
        self.write("sub/a.md", NEW)
        self.fails("standard input: the diff names sub/a.md, and there is no such file here; run "
                   "postvet in the directory that the diff's paths begin in", "--diff", "-", "a.md",
                   cwd="sub", stdin="--- a/sub/a.md\n+++ b/sub/a.md\n" + HUNK)

    def test_other_contents(self):
        problem = ("postvet: a.md: differs from the diff in line {}, so it is not known which of its "
                   "lines have changed; it may have been edited since\n")
        self.maps(HEAD + HUNK, "a.md:1:1: error: not fully checked: It differs from the diff in line 3, "
                  "so it is not known which of its lines have changed; it may have been edited since. [incomplete]\n",
                  text=OLD, stderr=problem.format(3), exit=2)

    def problem(self, diff, problem, text=NEW, *arguments):
        self.write("a.md", text)
        _, err, status = self.postvet("--diff", "-", *arguments, "a.md", stdin=diff)
        self.assertEqual((err, status), (f"postvet: a.md: {problem}\n", 2))

    def test_drafts_that_cannot_be_mapped(self):
        differs = ("differs from the diff in line {}, so it is not known which of its lines have "
                   "changed; it may have been edited since")
        self.problem(HEAD + "@@ -1,3 +1,3 @@\n Mrs Trowel.\n \n-x\n+All is well, says Mr Trowel.\n",
                     differs.format(1))
        self.problem(HEAD + "@@ -4 +4 @@\n-x\n+y\n", differs.format(4))
        self.problem(HEAD + "@@ -99 +99 @@\n-x\n+y\n", differs.format(99))
        binary = ("is no text to the diff, so it is not known which of its lines have changed; check "
                  "it without --diff")
        self.problem("diff --git a/a.md b/a.md\nBinary files a/a.md and b/a.md differ\n", binary)
        self.problem("diff --git a/a.md b/a.md\nGIT binary patch\nliteral 1\n", binary)
        self.problem("Binary files old/a.md and a.md differ\n", binary)
        self.problem("--- a/a.md\n+++ /dev/null\n@@ -1 +0,0 @@\n-x\n",
                     "is there, but the diff says that it was deleted")
        self.problem(HEAD + HUNK, "is no UTF-8 text but latin1, so it is not known which of its lines "
                     "have changed; check it without --diff", NEW, "--encoding", "latin1")

    def test_missing(self):
        self.checks(("missing.md:1:1: error: not fully checked: It could not be read: No such file or "
                     "directory. [incomplete]\n",
                     "postvet: missing.md: could not be read: No such file or directory\n", 2),
                    "--diff", "-", "missing.md")

    def test_standard_input_is_taken(self):
        sentence = "--diff is about files; what comes on standard input has no other version"
        self.fails(sentence, "--diff", "-", "-")
        self.fails(sentence, "--diff", "main", "-")
        self.fails(sentence, "--diff", "main", "--ndjson-input")
        self.fails("standard input can be read only once; - is given more than once", "--diff", "-",
                   "--files-from", "-")


class Git(Diff):
    def setUp(self):
        super().setUp()
        who = {f"GIT_{role}_{what}": value for role in ("AUTHOR", "COMMITTER")
               for what, value in (("NAME", "A"), ("EMAIL", "a@example.org"))}
        for name in [name for name in os.environ if name.startswith("GIT_")]:
            del os.environ[name]
        os.environ.update(who, GIT_CONFIG_GLOBAL="/dev/null", GIT_CONFIG_SYSTEM="/dev/null",
                          GIT_CEILING_DIRECTORIES=os.path.dirname(self.folder))
        self.git("init", "-q", "-b", "main", ".")

    def git(self, *words):
        subprocess.run(["git", *words], cwd=self.folder, check=True, stdout=subprocess.DEVNULL)

    def commit(self):
        self.git("add", "-A")
        self.git("commit", "-qm", "x")

    def test_since_a_revision(self):
        for name in ("a.md", "b.md", "old name.md", "gone.md"):
            self.write(name, OLD)
        self.commit()
        self.write("a.md", NEW)
        self.write("new.md", OLD)  # which git does not know
        self.git("mv", "old name.md", "caf\u00e9.md")
        self.write("caf\u00e9.md", OLD + "\nMr Trowel.")
        os.remove(os.path.join(self.folder, "gone.md"))
        expected = (FOUND + f"caf\u00e9.md:5:1: {WARNING}\nnew.md:1:1: {WARNING}\n",
                    "postvet: 1 draft has not changed since HEAD, and was not checked\n", 0)
        self.checks(expected, "--diff", "HEAD", "a.md", "b.md", "caf\u00e9.md", "new.md")
        for key, value in (("diff.noprefix", "true"), ("diff.mnemonicPrefix", "true"),
                           ("color.ui", "always"), ("core.quotePath", "false"),
                           ("diff.external", "false"), ("diff.interHunkContext", "9"),
                           ("diff.relative", "true"), ("diff.renames", "false")):
            self.git("config", key, value)
            with self.subTest(key):
                out, err, status = self.postvet("--format", "gcc", "--diff", "HEAD", "a.md", "b.md",
                                                "caf\u00e9.md", "new.md")
                self.assertEqual((out, err, status), expected)

    def test_below_the_top(self):
        self.write("sub/a.md", OLD)
        self.write("sub/b.md", OLD)
        self.commit()
        self.write("sub/a.md", NEW)
        self.checks((f"a.md:3:19: {WARNING}\n",
                     "postvet: 1 draft has not changed since HEAD, and was not checked\n", 0),
                    "--diff", "HEAD", ".", cwd="sub")

    def test_where_a_branch_left(self):
        self.write("a.md", OLD)
        self.write("b.md", OLD)
        self.commit()
        self.git("checkout", "-qb", "topic")
        self.write("a.md", NEW)
        self.commit()
        self.git("checkout", "-q", "main")
        self.write("b.md", "All is well.\n")
        self.commit()
        self.git("checkout", "-q", "topic")
        self.checks((FOUND, "postvet: 1 draft has not changed since this branch left main, and was "
                     "not checked\n", 0), "--diff", "main...", "a.md", "b.md")
        self.checks((FOUND + f"b.md:1:1: {WARNING}\n", "", 0), "--diff", "main", "a.md", "b.md")

    def test_carriage_returns_that_git_takes_away(self):
        self.write(".gitattributes", "*.md text eol=crlf\n")
        self.write("a.md", OLD.replace("\n", "\r\n"))
        self.commit()
        self.write("a.md", NEW.replace("\n", "\r\n"))
        self.checks((FOUND, "", 0), "--diff", "HEAD", "a.md")

    def test_what_git_does_not_vouch_for(self):
        for name in ("a.md", "b.md", "c.md"):
            self.write(name, OLD)
        self.write(".gitignore", "ignored.md\n")
        self.commit()
        self.git("update-index", "--assume-unchanged", "a.md")
        self.git("update-index", "--skip-worktree", "b.md")
        self.write("a.md", NEW)
        self.write("ignored.md", OLD)
        os.symlink("a.md", os.path.join(self.folder, "link.md"))
        self.git("add", "link.md")
        self.git("commit", "-qm", "x")
        out, err, status = self.postvet("--format", "gcc", "--diff", "HEAD", "a.md", "b.md", "c.md",
                                        "ignored.md", "link.md")
        self.assertEqual([line.split(": ")[0] for line in out.splitlines()],
                         ["a.md:1:1", "a.md:3:19", "b.md:1:1", "ignored.md:1:1", "link.md:1:1",
                          "link.md:3:19"])
        self.assertEqual((err, status),
                         ("postvet: 1 draft has not changed since HEAD, and was not checked\n", 0))

    def test_binary(self):
        self.write("a.md", OLD)
        self.commit()
        self.write("a.md", b"\xff\xfea\0b\0")
        _, err, status = self.postvet("--diff", "HEAD", "a.md")
        self.assertEqual((err, status), (
            "postvet: a.md: is no text to the diff, so it is not known which of its lines have "
            "changed; check it without --diff\n", 2))

    def test_no_repository(self):
        with tempfile.TemporaryDirectory() as other:
            other = os.path.realpath(other)
            os.environ["GIT_CEILING_DIRECTORIES"] = os.path.dirname(other)
            out, err, status = self.postvet("--diff", "HEAD", "a.md", cwd=other)
            self.assertEqual((out, status), ("", 2))
            self.assertTrue(err.startswith("postvet: --diff HEAD: this directory is not in the working "
                                           "tree of a git repository (git says: not a git repository"),
                            err)
            with open(os.path.join(other, "a.md"), "w", encoding="utf-8") as draft:
                draft.write(OLD)
            self.write("b.md", OLD)
            self.commit()
            _, err, status = self.postvet("--diff", "HEAD", os.path.join(other, "a.md"))
            self.assertEqual((err, status), (
                f"postvet: {other}/a.md: is not in {self.folder}, so git does not say which of its "
                "lines have changed\n", 2))

    def test_unknown_revision(self):
        self.write("a.md", OLD)
        self.commit()
        for base in ("nowhere", "nowhere...", "..."):
            self.fails(f"--diff {base}: git knows no such revision; in CI, fetch the history first "
                       "(git says: Needed a single revision)", "--diff", base, "a.md")
        for base in ("-x", "--output=stolen"):
            self.fails("--diff takes a revision, which cannot begin with a dash, or - for a diff on "
                       f'standard input; not "{base}"', f"--diff={base}", "a.md")
        self.assertNotIn("stolen", os.listdir(self.folder))

    def test_unrelated(self):
        self.write("a.md", OLD)
        self.commit()
        self.git("checkout", "-q", "--orphan", "other")
        self.git("commit", "-qm", "y")
        self.fails("--diff main...: git finds no commit that this branch shares with it (git failed)",
                   "--diff", "main...", "a.md")

    def test_unfinished_merge(self):
        """All of such a draft is checked."""
        self.write("a.md", OLD)
        self.commit()
        self.git("checkout", "-qb", "topic")
        self.write("a.md", NEW)
        self.commit()
        self.git("checkout", "-q", "main")
        self.write("a.md", "Other.\n")
        self.commit()
        subprocess.run(["git", "merge", "-q", "topic"], cwd=self.folder, check=False,
                       stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        self.checks((f"a.md:4:1: {WARNING}\na.md:6:19: {WARNING}\n", "", 0), "--diff", "HEAD", "a.md")

    def test_no_git(self):
        self.write("a.md", OLD)
        path = os.environ["PATH"]
        os.environ["PATH"] = self.folder
        try:
            self.fails("--diff HEAD: git could not be started: No such file or directory", "--diff",
                       "HEAD", "a.md")
        finally:
            os.environ["PATH"] = path


if __name__ == "__main__":
    unittest.main()
