#!/usr/bin/env python3
"""What run.sh cannot see: postvet on a terminal, and with a reader who goes away.

    streams.py POSTVET
"""
import os
import pty
import signal
import subprocess
import sys
import tempfile
import unittest

HERE = os.path.dirname(os.path.abspath(__file__))
POSTVET = ""
RULES = ["--no-default-rules", "--rules", "packs/garden.yaml"]
DRAFT = "drafts/garden.md"
ESCAPE = "\x1b["


def on_terminal(arguments, **environment):
    """Runs postvet with a terminal as standard output; returns what it printed there."""
    env = {key: value for key, value in os.environ.items() if key not in ("NO_COLOR", "COLUMNS")}
    env.update({"TERM": "xterm"}, **environment)
    ours, theirs = pty.openpty()
    with subprocess.Popen([POSTVET, *arguments], stdin=subprocess.DEVNULL, stdout=theirs,
                          stderr=subprocess.PIPE, env=env) as process:
        os.close(theirs)
        printed = b""
        while True:
            try:
                chunk = os.read(ours, 65536)
            except OSError:  # what Linux says when the other side has closed
                break
            if not chunk:
                break
            printed += chunk
        process.communicate()
    os.close(ours)
    return printed.decode("utf-8").replace("\r\n", "\n")


class Terminal(unittest.TestCase):
    def test_shows_the_authors_own_words(self):
        printed = on_terminal([*RULES, "--color", "never", DRAFT])
        self.assertIn("gate code 1234 works", printed)
        self.assertIn("^^^^", printed)

    def test_json_stays_masked(self):
        printed = on_terminal([*RULES, "--format", "json", DRAFT])
        self.assertNotIn("1234", printed)

    def test_colours(self):
        self.assertIn(ESCAPE, on_terminal([*RULES, DRAFT]))

    def test_no_color_turns_colours_off(self):
        self.assertNotIn(ESCAPE, on_terminal([*RULES, DRAFT], NO_COLOR="1"))

    def test_an_empty_no_color_does_not(self):
        self.assertIn(ESCAPE, on_terminal([*RULES, DRAFT], NO_COLOR=""))

    def test_a_dumb_terminal_has_no_colours(self):
        self.assertNotIn(ESCAPE, on_terminal([*RULES, DRAFT], TERM="dumb"))

    def test_the_option_beats_the_environment(self):
        self.assertIn(ESCAPE, on_terminal([*RULES, "--color=always", DRAFT], NO_COLOR="1"))
        self.assertNotIn(ESCAPE, on_terminal([*RULES, "--color=never", DRAFT]))

    def test_json_has_no_colours(self):
        self.assertNotIn(ESCAPE, on_terminal([*RULES, "--format=json", "--color=always", DRAFT]))

    def test_fits_the_width(self):
        for width in (40, 57, 200):
            printed = on_terminal([*RULES, "--color=never", DRAFT], COLUMNS=str(width))
            self.assertLessEqual(max(map(len, printed.splitlines())), width)

    def test_control_characters_of_a_draft_stay_off_the_terminal(self):
        with tempfile.NamedTemporaryFile("w", suffix=".txt") as draft:
            draft.write("\x1b[2J gate code 1234 \x9b31m \u202e end\n")
            draft.flush()
            printed = on_terminal([*RULES, "--color=never", draft.name])
        self.assertIn("1234", printed)
        for character in "\x1b\x9b\u202e":
            self.assertNotIn(character, printed)


class Pipe(unittest.TestCase):
    def run_without_reader(self, restore_signals):
        ours, theirs = os.pipe()
        os.close(ours)
        done = subprocess.run([POSTVET, *RULES, DRAFT], stdout=theirs, stderr=subprocess.PIPE,
                              restore_signals=restore_signals, check=False)
        os.close(theirs)
        self.assertEqual(b"", done.stderr)
        return done.returncode

    def test_a_reader_who_goes_away_is_met_in_silence(self):
        self.assertEqual(-signal.SIGPIPE, self.run_without_reader(True))

    def test_also_when_the_signal_is_ignored(self):
        self.assertEqual(2, self.run_without_reader(False))  # as Python itself ignores it

    def test_a_closed_output_is_an_error(self):
        done = subprocess.run(["/bin/sh", "-c", 'exec "$@" >&-', "sh", POSTVET, *RULES, DRAFT],
                              stderr=subprocess.PIPE, check=False)
        self.assertEqual(2, done.returncode)
        self.assertIn(b"cannot write to standard output", done.stderr)


if __name__ == "__main__":
    POSTVET = os.path.abspath(sys.argv.pop(1))
    os.chdir(HERE)
    unittest.main()
