#!/usr/bin/env python3
"""Runs clang-tidy on each of our files that a build compiles, one file a process: with more,
clang-tidy 14 takes every va_list of the later ones for uninitialised.

    tidy.py BUILD

A file that passed is not looked at again while it, all that it includes, its flags and the checks
are as they were; what was looked at is remembered in BUILD/tidy.json. Prints what is found.
"""
import concurrent.futures
import hashlib
import json
import os
import pathlib
import re
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
CLANG_TIDY = "clang-tidy"


def included(build):
    """By object, the files that it was made of; empty for what is not built."""
    listed = subprocess.run(["ninja", "-C", build, "-t", "deps"], capture_output=True, text=True,
                            check=False).stdout
    found = {}
    for part in listed.split("\n\n"):
        head, _, rest = part.partition(": #deps")
        if "(VALID)" in rest:
            found[head.strip()] = [line.strip() for line in rest.splitlines()[1:]]
    return found


class Keys:
    """Of what a file's result depends on."""

    def __init__(self, build):
        version = subprocess.run([CLANG_TIDY, "--version"], capture_output=True, check=True).stdout
        self.base = version + b"".join(
            path.read_bytes() for path in sorted([ROOT / ".clang-tidy", *ROOT.glob("*/.clang-tidy")]))
        self.build = build
        self.included = included(build)
        self.hashes = {}

    def hash_of(self, path):
        if path not in self.hashes:
            content = pathlib.Path(self.build, path).read_bytes()
            self.hashes[path] = hashlib.sha256(content).hexdigest()
        return self.hashes[path]

    def of(self, command):
        """None for a file that was not built: then nobody knows what it includes."""
        files = self.included.get(re.search(r" -o (\S+) ", command["command"]).group(1))
        if not files:
            return None
        key = hashlib.sha256(self.base + command["command"].encode())
        for path in sorted([*files, command["file"]]):
            key.update(f"{path} {self.hash_of(path)}\n".encode())
        return key.hexdigest()


def commands(build):
    """One for each of our own files."""
    found = {}
    for command in json.loads(pathlib.Path(build, "compile_commands.json").read_text("utf-8")):
        path = pathlib.Path(command["file"])
        if path.is_relative_to(ROOT) and not path.is_relative_to(build):
            found.setdefault(str(path), command)
    return found


def check(build, path):
    done = subprocess.run([CLANG_TIDY, "--quiet", "-p", build, path], stdout=subprocess.PIPE,
                          stderr=subprocess.STDOUT, text=True, check=False)
    return path, done.returncode == 0, done.stdout


def main():
    build = os.path.abspath(sys.argv[1])
    memory = pathlib.Path(build, "tidy.json")
    known = json.loads(memory.read_text("utf-8")) if memory.exists() else {}
    keys = Keys(build)
    wanted = {path: keys.of(command) for path, command in commands(build).items()}
    todo = [path for path, key in wanted.items() if key is None or known.get(path) != key]
    todo.sort(key=os.path.getsize, reverse=True)  # the longest are begun first
    failed = 0
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        for path, passed, said in pool.map(lambda path: check(build, path), todo):
            known[path] = wanted[path] if passed else None
            failed += not passed
            if not passed:
                print("\n".join(line for line in said.splitlines()
                                if not re.match(r"\d+ warnings? generated", line)))
    memory.write_text(json.dumps({path: key for path, key in known.items() if key}), "utf-8")
    print(f"{len(todo)} of {len(wanted)} files looked at, {failed} failed", file=sys.stderr)
    return failed > 0


if __name__ == "__main__":
    sys.exit(main())
