#!/bin/sh
# run.sh: golden tests of the program.
#
#     run.sh POSTVET [CASE...]           runs the cases named, or all but those of WITHOUT="CASE..."
#     UPDATE=1 run.sh POSTVET [CASE...]  records what they print now; read the diff before you commit
#
# A case is a folder in cases/ with a shell script `cmd`, and what it must print and return:
# `stdout`, `stderr` (none when empty) and `exit`. It runs in an empty folder that holds copies of
# packs/ and drafts/, with `postvet` in the PATH, no colours, no terminal, a fixed clock, and no
# configuration but its own.
set -u

here=$(cd "$(dirname "$0")" && pwd)
postvet=$(cd "$(dirname "${1:?which program?}")" && pwd)/$(basename "$1")
shift
work=$(mktemp -d) || exit 2
trap 'rm -rf "$work"' EXIT
trap 'exit 2' HUP INT TERM

mkdir "$work/bin"
ln -s "$postvet" "$work/bin/postvet"
PATH=$work/bin:$PATH
SOURCE_DATE_EPOCH=1767225600 # 1 January 2026
LC_ALL=C
TERM=dumb
XDG_CONFIG_DIRS=$work/none
XDG_CONFIG_HOME=$work/none
export PATH SOURCE_DATE_EPOCH LC_ALL TERM XDG_CONFIG_DIRS XDG_CONFIG_HOME
unset COLUMNS NO_COLOR POSTVET_CONFIG

# Runs one case and leaves what it printed in $work/out.
run_case() {
    rm -rf "$work/here" "$work/out"
    mkdir "$work/here" "$work/out"
    cp -R "$here/packs" "$here/drafts" "$work/here/"
    (cd "$work/here" && sh "$here/cases/$1/cmd") \
        >"$work/out/stdout" 2>"$work/out/stderr" </dev/null
    echo "$?" >"$work/out/exit"
}

record_case() {
    for part in stdout stderr exit; do
        if [ -s "$work/out/$part" ]; then
            cp "$work/out/$part" "$here/cases/$1/$part"
        else
            rm -f "$here/cases/$1/$part"
        fi
    done
}

# Prints how the case differs from what was recorded; true when it does not.
compare_case() {
    same=0
    for part in stdout stderr exit; do
        wanted=$here/cases/$1/$part
        [ -f "$wanted" ] || wanted=/dev/null
        diff -u "$wanted" "$work/out/$part" >"$work/diff" || {
            echo "FAILED $1: $part"
            sed 1,2d "$work/diff"
            same=1
        }
    done
    return $same
}

if [ $# -eq 0 ]; then
    cd "$here/cases" || exit 2
    for case in *; do
        case " ${WITHOUT:-} " in
        *" $case "*) ;;
        *) set -- "$@" "$case" ;;
        esac
    done
fi
passed=0
failed=0
for case in "$@"; do
    if [ ! -f "$here/cases/$case/cmd" ]; then
        echo "FAILED $case: there is no cases/$case/cmd"
        failed=$((failed + 1))
        continue
    fi
    run_case "$case"
    [ -z "${UPDATE:-}" ] || record_case "$case"
    if [ ! -f "$here/cases/$case/exit" ]; then
        echo "FAILED $case: it was never recorded"
        failed=$((failed + 1))
    elif compare_case "$case"; then
        passed=$((passed + 1))
    else
        failed=$((failed + 1))
    fi
done
echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]
