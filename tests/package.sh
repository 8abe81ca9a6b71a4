#!/bin/sh
# package.sh FOLDER: installs the Debian packages in FOLDER on a clean Debian 12, a folder of its own
# made by mmdebstrap, and uses them as people do: the program on drafts, the completions, the manual
# pages, and the library in a project. Needs root, for chroot, and Debian's packages.
set -eu

packages=$(cd "${1:?which folder?}" && pwd)
here=$(cd "$(dirname "$0")" && pwd)
temp=$(mktemp -d)
root=$temp/root
trap 'rm -rf "$temp"' EXIT
trap 'exit 2' HUP INT TERM

step() {
    echo "package: $*"
}

inside() {
    chroot "$root" env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin HOME=/root LC_ALL=C.UTF-8 \
        DEBIAN_FRONTEND=noninteractive sh -euc "$1"
}

fail() {
    echo "package: FAILED: $*" >&2
    exit 1
}

install() {
    inside "apt-get install -q -y --no-install-recommends $*" >"$temp/log" 2>&1 || {
        cat "$temp/log" >&2
        fail "apt-get install $*"
    }
}

step "a clean root"
mmdebstrap --quiet --variant=apt bookworm "$root" || exit 2
cp "$packages"/*.deb "$root/tmp/"
inside 'apt-get update -q' >/dev/null

step "the program"
install "/tmp/libpostvet0_*.deb" "/tmp/postvet_*.deb"
inside 'postvet --version'
inside 'echo "My NHS number is 943 476 5919." | postvet --profile blackpool - || test $? = 1' >"$temp/out"
grep -q 'Blackpool CORP/POL/220' "$temp/out" || fail "no finding with its section"
! grep -q 5919 "$temp/out" || fail "the number was not masked"
inside 'echo "The roses are out." | postvet -' >/dev/null || fail "a clear draft"
cp "$here/package.eml" "$root/tmp/draft.eml"
inside 'postvet /tmp/draft.eml || test $? = 1' >"$temp/out" # loads libpostvet-document
grep -q 'postvet explain nhs-number-labelled' "$temp/out" || fail "an e-mail was not read"

step "completions"
# shellcheck disable=SC2016 # all of this is for the shell inside
inside 'bash -c "
    compopt() { :; }
    . /usr/share/bash-completion/completions/postvet
    COMP_WORDS=(postvet explain nhs-number-lab) COMP_CWORD=2
    _postvet
    test \"\${COMPREPLY[*]}\" = nhs-number-labelled
"' || fail "bash completes nothing"
for file in zsh/vendor-completions/_postvet fish/vendor_completions.d/postvet.fish; do
    [ -s "$root/usr/share/$file" ] || fail "$file"
done

step "manual pages and documents"
install man-db
inside 'man postvet 5 postvet-packs' >"$temp/out" 2>&1
grep -q 'check a draft post' "$temp/out" || fail "man postvet"
grep -q 'rule packs and profiles' "$temp/out" || fail "man 5 postvet-packs"
for file in README.md copyright changelog.gz changelog.Debian.gz docs/rules.md; do
    [ -s "$root/usr/share/doc/postvet/$file" ] || fail "$file is missing"
done

step "the library in a project"
install gcc libc6-dev cmake make pkg-config "/tmp/libpostvet-dev_*.deb"
cp -R "$here/consumer" "$root/tmp/"
# shellcheck disable=SC2016 # all of this is for the shell inside
inside '
    cd /tmp/consumer
    cmake -S . -B build >/dev/null
    cmake --build build >/dev/null
    build/consumer_shared
    build/consumer_static
    cc consumer.c $(pkg-config --cflags --libs postvet) -o plain
    ./plain
' || fail "a project cannot be built"

step "removal"
inside 'dpkg --purge postvet libpostvet-dev libpostvet0' >/dev/null 2>&1
[ -z "$(find "$root/usr" -name '*postvet*')" ] || fail "something is left"
echo "1 passed, 0 failed"
