#!/usr/bin/env python3
"""ci.py POSTVET: what other people's CI takes from this tree works, as far as one can tell at home.

The hook of pre-commit, the GitHub Action, the GitLab job and the files of `postvet init --ci` are
read as YAML and looked at for what their hosts insist on; then their own scripts run, with POSTVET
in the PATH, over a draft with a finding and one without. pre-commit itself runs if it is there.
"""
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import unittest

import yaml

POSTVET = os.path.abspath(sys.argv.pop(1))
ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
BAD = "Ring me about it. My NHS number is 943 476 5919.\n"
GOOD = "The roses in the garden are out. Come and see.\n"


class Scratch(unittest.TestCase):
    """A test in an empty folder with three drafts and POSTVET in the PATH."""

    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.addCleanup(os.chdir, os.getcwd())
        os.chdir(folder.name)
        os.mkdir("bin")
        os.symlink(POSTVET, "bin/postvet")
        os.mkdir("posts")
        for name, text in [("bad.md", BAD), ("good one.md", GOOD), ("picture.jpg", BAD)]:
            with open(f"posts/{name}", "w", encoding="utf-8") as file:
                file.write(text)
        self.env = dict(os.environ, PATH=f"{folder.name}/bin:{os.environ['PATH']}",
                        PRE_COMMIT_HOME=f"{folder.name}/home", HOME=folder.name,
                        GIT_CONFIG_GLOBAL="/dev/null", **{
                            f"GIT_{who}_{what}": "tester@example.org"
                            for who in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")})

    def run_it(self, *command, **env):
        return subprocess.run(command, env=dict(self.env, **env), capture_output=True, text=True)


def load(path):
    with open(os.path.join(ROOT, path), encoding="utf-8") as file:
        return yaml.safe_load(file)


class PreCommit(Scratch):
    def hook(self):
        (hook,) = load(".pre-commit-hooks.yaml")
        return hook

    def test_manifest(self):
        hook = self.hook()
        self.assertLessEqual(set(hook), {
            "id", "name", "entry", "language", "files", "exclude", "types", "types_or", "args",
            "pass_filenames", "always_run", "require_serial", "description", "stages", "verbose",
            "minimum_pre_commit_version"})
        self.assertLessEqual({"id", "name", "entry", "language"}, set(hook))
        self.assertEqual(hook["args"][-1], "--")

    def test_files_are_those_that_postvet_looks_for(self):
        pattern = re.compile(self.hook()["files"])
        told = " ".join(self.run_it("postvet", "help", "check").stdout.split())
        endings = re.findall(r"\.[a-z]+", re.search(r"stands for the (.*?) files", told)[1])
        self.assertIn(".md", endings)
        for ending in endings:
            self.assertTrue(pattern.search("a" + ending), ending)
            self.assertTrue(pattern.search("a" + ending.upper()), ending)
        for ending in [".jpg", ".c", "md", ".md.c"]:
            self.assertFalse(pattern.search("a" + ending), ending)

    def test_entry(self):
        hook = self.hook()
        entry = hook["entry"].split() + hook["args"]
        bad = self.run_it(*entry, "posts/bad.md", "posts/good one.md")
        self.assertEqual(bad.returncode, 1, bad.stderr)
        self.assertIn("nhs-number-labelled", bad.stdout)
        self.assertEqual(self.run_it(*entry, "posts/good one.md").returncode, 0)

    @unittest.skipUnless(shutil.which("pre-commit") and shutil.which("git"), "no pre-commit here")
    def test_pre_commit_itself(self):
        valid = self.run_it("pre-commit", "validate-manifest", f"{ROOT}/.pre-commit-hooks.yaml")
        self.assertEqual(valid.returncode, 0, valid.stdout)
        os.mkdir("hooks")
        shutil.copy(f"{ROOT}/.pre-commit-hooks.yaml", "hooks/")
        for folder in ("hooks", "."):
            self.run_it("git", "init", "-q", folder)
            self.run_it("git", "-C", folder, "add", ".")
            self.run_it("git", "-C", folder, "commit", "-q", "-m", "All")
        head = self.run_it("git", "-C", "hooks", "rev-parse", "HEAD").stdout.strip()
        with open(".pre-commit-config.yaml", "w", encoding="utf-8") as file:
            yaml.safe_dump({"repos": [{"repo": os.path.abspath("hooks"), "rev": head, "hooks": [
                {"id": "postvet", "args": ["--profile=blackpool", "--"]}]}]}, file)
        ran = self.run_it("pre-commit", "run", "--files", "posts/bad.md", "posts/picture.jpg",
                          "posts/good one.md")
        self.assertEqual(ran.returncode, 1, ran.stdout + ran.stderr)
        self.assertIn("Blackpool CORP/POL/220", ran.stdout)
        self.assertNotIn("picture.jpg", ran.stdout)
        self.assertNotIn("943 476 5919", ran.stdout)
        ran = self.run_it("pre-commit", "run", "--files", "posts/good one.md")
        self.assertEqual(ran.returncode, 0, ran.stdout + ran.stderr)


class GitHub(Scratch):
    def test_action(self):
        action = load("action.yml")
        self.assertLessEqual(set(action), {"name", "author", "description", "branding", "inputs",
                                           "outputs", "runs"})
        self.assertEqual(action["runs"]["using"], "composite")
        for name, one in action["inputs"].items():
            self.assertLessEqual(set(one), {"description", "default", "required"}, name)
            self.assertIsInstance(one["default"], str, name)
        used = set(re.findall(r"inputs\.([a-z-]+)", json.dumps(action["runs"])))
        self.assertEqual(used, set(action["inputs"]))
        for step in action["runs"]["steps"]:
            self.assertEqual("run" in step, "uses" not in step)
            if "run" in step:
                self.assertIn("shell", step)
                self.assertNotIn("${{", step["run"])  # an input is never a command
                self.assertEqual(self.run_it("sh", "-nc", step["run"]).returncode, 0)
            self.assertNotIn("secrets", json.dumps(step))

    def test_inputs_reach_the_script(self):
        with open(f"{ROOT}/ci/github.sh", encoding="utf-8") as file:
            read = set(re.findall(r"INPUT_[A-Z_]+", file.read()))
        given = {name for step in load("action.yml")["runs"]["steps"]
                 for name in step.get("env", {}) if name.startswith("INPUT_")}
        self.assertEqual(read, given)

    def check(self, **inputs):
        return self.run_it(f"{ROOT}/ci/github.sh", "check", GITHUB_OUTPUT="output",
                           **{"INPUT_PATHS": "posts\n", **inputs})

    def test_script_finds(self):
        ran = self.check(INPUT_PROFILE="blackpool", INPUT_SARIF_FILE="all.sarif",
                         INPUT_OPTIONS="--ignore-suppressions\n\n--jobs=1\n")
        self.assertEqual(ran.returncode, 1, ran.stderr)
        self.assertIn("::error file=posts/bad.md,line=1,", ran.stdout)
        with open("output", encoding="utf-8") as file:
            self.assertEqual(file.read(), "exit-status=1\n")
        with open("all.sarif", encoding="utf-8") as file:
            results = json.load(file)["runs"][0]["results"]
        self.assertIn("nhs-number-labelled", [result["ruleId"] for result in results])

    def test_script_finds_nothing(self):
        ran = self.check(INPUT_PATHS="posts/good one.md\n\n")
        self.assertEqual(ran.returncode, 0, ran.stdout + ran.stderr)

    def test_script_is_told_nonsense(self):
        ran = self.check(INPUT_VOICE="loud; touch pwned", INPUT_SARIF_FILE="all.sarif")
        self.assertEqual(ran.returncode, 2)
        self.assertIn('unknown value "loud; touch pwned" for --voice', ran.stderr)
        self.assertFalse(os.path.exists("pwned"))

    def test_workflow_of_init(self):
        self.assertEqual(self.run_it("postvet", "init", "--ci", "github").returncode, 0)
        with open(".github/workflows/postvet.yml", encoding="utf-8") as file:
            text = file.read()
        inputs = set(load("action.yml")["inputs"])
        for source in (text, re.sub(r"^( *)# ((?:  )?[a-z-]+:.*|  --.*)$", r"\1\2", text, flags=re.M)):
            workflow = yaml.safe_load(source)
            self.assertEqual(set(workflow), {"name", True, "permissions", "jobs"})  # True is `on`
            (job,) = workflow["jobs"].values()
            self.assertEqual(set(job), {"runs-on", "steps"})
            given = set(job["steps"][1]["with"])
            self.assertLessEqual(given, inputs)
        self.assertGreater(len(given), 5)  # what stood in comments, too


class GitLab(Scratch):
    def variables(self, **given):
        return {**load("ci/gitlab.yml")["postvet"]["variables"], **given}

    def test_template(self):
        (name, job), = load("ci/gitlab.yml").items()
        self.assertEqual(name, "postvet")
        self.assertEqual(set(job), {"image", "variables", "before_script", "script", "artifacts"})
        self.assertTrue(all(isinstance(value, str) for value in job["variables"].values()))
        for line in job["before_script"] + job["script"]:
            self.assertEqual(self.run_it("sh", "-nc", line).returncode, 0, line)

    def script(self, **variables):
        job = load("ci/gitlab.yml")["postvet"]
        ran = self.run_it("bash", "-ec", "\n".join(job["script"]), **self.variables(**variables))
        with open(job["artifacts"]["reports"]["codequality"], encoding="utf-8") as file:
            return ran, json.load(file)

    def test_script(self):
        ran, report = self.script(POSTVET_OPTIONS="--profile=blackpool --jobs=1",
                                  POSTVET_PATHS="posts/bad.md posts")
        self.assertEqual(ran.returncode, 1, ran.stderr)
        self.assertEqual(report[0]["location"]["path"], "posts/bad.md")
        self.assertIn("Blackpool CORP/POL/220", ran.stdout)
        self.assertNotIn("943 476 5919", ran.stdout)

    def test_script_finds_nothing(self):
        os.remove("posts/bad.md")
        ran, report = self.script()
        self.assertEqual(ran.returncode, 0, ran.stdout + ran.stderr)
        self.assertEqual(report, [])

    def test_pipeline_of_init(self):
        self.assertEqual(self.run_it("postvet", "init", "--ci", "gitlab").returncode, 0)
        with open(".gitlab-ci.yml", encoding="utf-8") as file:
            text = file.read()
        for source in (text, re.sub(r"^( *)# ([A-Z_]+:)", r"\1\2", text, flags=re.M)):
            pipeline = yaml.safe_load(source)
            self.assertEqual(set(pipeline), {"include", "postvet"})
            self.assertEqual(pipeline["include"][0]["file"], "ci/gitlab.yml")
            given = set(pipeline["postvet"]["variables"])
            self.assertLessEqual(given, set(self.variables()))
        self.assertEqual(len(given), 4)


unittest.main()
