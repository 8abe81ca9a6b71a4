#!/bin/sh
# Compares what the shared library exports with the list. usage: symbols.sh LIBRARY LIST
set -eu
if nm -D --defined-only "$1" | awk '{ print $3 }' | LC_ALL=C sort | diff -u "$2" -; then
    exit 0
fi
echo "The library exports other symbols than $2 lists. A name that is added there is a promise;" >&2
echo "one that goes breaks programs and needs a new SOVERSION." >&2
exit 1
