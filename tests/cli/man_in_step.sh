#!/bin/sh
# man_in_step.sh POSTVET MANUAL: the manual page names every option and command that --help does.
set -u

postvet=${1:?which program?}
manual=${2:?which manual page?}
plain=$(sed 's/\\-/-/g; s/\\f[BIR]//g' "$manual")
status=0

options=$(for command in check redact clean rules view explain init; do "$postvet" help "$command"; done |
    grep -o -- '--[a-z][a-z-]*' | sort -u)
commands=$("$postvet" --help | sed -n '/^Commands:/,/^$/s/^  \([a-z]\{1,\}\) .*/\1/p')
[ -n "$options" ] && [ -n "$commands" ] || exit 1
for word in $options; do
    printf '%s\n' "$plain" | grep -q -- "$word\([^a-z-]\|\$\)" || {
        echo "$manual says nothing of $word"
        status=1
    }
done
for word in $commands; do
    printf '%s\n' "$plain" | grep -q "postvet.* \[*$word" || {
        echo "$manual says nothing of postvet $word"
        status=1
    }
done
exit $status
