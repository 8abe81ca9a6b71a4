#!/bin/sh
# image.sh COMPILER IMAGE ROOT: compiles the rules and compares the image with that of another build:
# it is the same, whatever the compiler of C and its options.
set -eu

made=$(mktemp "${TMPDIR:-/tmp}/image-XXXXXX.${2##*.}")
trap 'rm -f "$made"' EXIT
"$1" "$made" "$3/rules"
cmp "$made" "$2"
