#!/bin/sh
# scale.sh POSTVET MANUAL POSTS: runs the recipes of docs/scale.md as they stand there, and compares
# what comes out with what one postvet says. POSTS is the labelled corpus, a JSON object a line.
# Exits with 77 where GNU parallel is not installed: the test is then skipped.
#
# The hosts are this computer: in place of ssh stands a script that runs the command in a login of
# its own making, with nothing but a PATH, in another directory.
set -eu

postvet=$(cd "$(dirname "${1:?which program?}")" && pwd)/$(basename "$1")
manual=$(cd "$(dirname "${2:?which manual?}")" && pwd)/$(basename "$2")
posts=${3:?which posts?}

case $(parallel --version 2>/dev/null) in
"GNU parallel"*) ;;
*)
    echo "skipped: GNU parallel is not installed"
    exit 77
    ;;
esac

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
trap 'exit 2' HUP INT TERM
mkdir "$work/bin" "$work/home" "$work/archive"
ln -s "$postvet" "$work/bin/postvet"
sed 's/"kind":/"category":/' "$posts" >"$work/posts.ndjson" # a word of ours, and one of the corpus
cd "$work"

cat >ssh <<TEXT
#!/bin/sh
while [ "\${1#-}" != "\$1" ]; do shift; done
echo "\$1" >>"$work/hosts-used"
shift
[ "\$1" != -- ] || shift
cd "$work/home"
exec env -i HOME="$work/home" PATH="$work/bin:$PATH" SHELL=/bin/sh sh -c "\$*"
TEXT
chmod +x ssh
printf '%s\n' 2/ward1.example.org 2/ward2.example.org 1/: >hosts
export PATH="$work/bin:$PATH" HOME="$work/home" PARALLEL_SSH="$work/ssh" SHELL=/bin/sh

fail() {
    echo "FAILED: $*" >&2
    exit 1
}

# Prints the block of the manual that is marked with a name.
recipe() {
    sed -n "/^<!-- tested: $1 -->\$/,/^\`\`\`\$/{/^<!--/d; /^\`\`\`/d; p;}" "$manual" >block
    [ -s block ] || fail "the manual has no recipe $1"
    cat block
}

# Runs a recipe with small blocks, of the size given, so that there is work for every host.
run_recipe() {
    recipe "$1" >recipe.sh
    sed "s/--block [0-9]*[kM]/--block $2/" recipe.sh >small.sh
    rm -f results.ndjson hosts-used
    sh -eu ./small.sh || fail "$1 ended with exit status $?"
    cmp wanted.ndjson results.ndjson || fail "$1 does not say what one postvet says"
    for host in ward1.example.org ward2.example.org; do
        grep -qx "$host" hosts-used || fail "$1 never asked $host"
    done
}

# Records, from end to end of the corpus.
postvet check --ndjson-input --exit-zero <posts.ndjson >wanted.ndjson
[ "$(wc -l <wanted.ndjson)" -ge 100 ] || fail "there are too few records for a test"
grep -q '"verdict":"block"' wanted.ndjson || fail "nothing was found in the records"
run_recipe parallel-records 16k
[ "$(wc -l <jobs.log)" -ge 6 ] || fail "the records were not cut into blocks"
recipe parallel-count >count.sh
sh -eu ./count.sh || fail "parallel-count says that drafts are missing"
sed -i '$d' results.ndjson
! sh -eu ./count.sh || fail "parallel-count does not see that a draft is missing"

# Files, some with names that need care.
i=0
while IFS= read -r line && [ $i -lt 200 ]; do
    i=$((i + 1))
    printf '%s\n' "$line" >"archive/$i it's a \"draft\".md"
done <posts.ndjson
postvet check --format ndjson --exit-zero "$work/archive" >wanted.ndjson
run_recipe parallel-files 1k

# A draft that is not complete fails its block, and no other.
printf 'no record\n' >>posts.ndjson
recipe parallel-records >recipe.sh
status=0
sh -eu ./recipe.sh 2>/dev/null || status=$?
[ "$status" -eq 1 ] || fail "a wrong record gave the exit status $status, not 1 for one block"

# The script for Hadoop and Spark, on parts, of which one is empty and one has a wrong record.
recipe vet.sh >recipe.sh
cp recipe.sh vet.sh
chmod +x vet.sh
if ./vet.sh </dev/null 2>/dev/null; then
    fail "vet.sh ends well without a postvet"
fi
ln -s "$postvet" postvet
postvet check --ndjson-input --exit-zero <posts.ndjson >wanted.ndjson 2>/dev/null || true
split -l 100 posts.ndjson part.
: >part.zz
for part in part.*; do
    ./vet.sh <"$part" 2>/dev/null || fail "vet.sh ended with exit status $? on $part"
done >results.ndjson
# Each part counts its lines anew, so places may differ.
sed 's/"error":{"line":[0-9]*/"error":{/' wanted.ndjson >wanted
sed 's/"error":{"line":[0-9]*/"error":{/' results.ndjson >results
cmp wanted results || fail "vet.sh does not say of parts what postvet says of the whole"
echo "all recipes hold"
