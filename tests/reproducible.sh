#!/bin/sh
# reproducible.sh BUILD: builds BUILD's commit again, in a directory of another name and length, and
# compares what is installed, byte for byte. The image of the rules is BUILD's: that it is the same
# whoever compiles it is the test `image`.
set -eu

root=$(cd "$(dirname "$0")/.." && pwd)
build=$(cd "$1" && pwd)
again=$(mktemp -d "${TMPDIR:-/tmp}/postvet-built-again-XXXXXX")
trap 'rm -rf "$again"' EXIT

cmake -S "$root" -B "$again/b" -G Ninja -DCMAKE_BUILD_TYPE=Release -DBUILD_TESTING=OFF \
    -DPOSTVET_IMAGE_BUILD="$build" >"$again/log" 2>&1 || { cat "$again/log"; exit 1; }
cmake --build "$again/b" >"$again/log" 2>&1 || { cat "$again/log"; exit 1; }

status=0
for file in postvet libpostvet.a libpostvet.so libpostvet-document.so embedded_files.c; do
    cmp "$build/$file" "$again/b/$file" || status=1
done
exit "$status"
