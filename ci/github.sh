#!/bin/sh
# github.sh: the steps of action.yml, whose inputs stand in the environment.
#
#     github.sh install   installs the package INPUT_DEB, or builds postvet from this tree
#     github.sh check     prints annotations, and writes INPUT_SARIF_FILE if that is named
set -eu

here=$(cd "$(dirname "$0")/.." && pwd)

install_package() {
    package=$1
    case $package in
    https://*)
        package=$(mktemp -d)/postvet.deb
        curl -fsSL --proto '=https' -o "$package" "$1"
        ;;
    /*) ;;
    *) package=$PWD/$package ;;
    esac
    sudo apt-get install -y --no-install-recommends "$package"
}

install() {
    if [ -n "${INPUT_DEB:-}" ]; then
        install_package "$INPUT_DEB"
    else
        "$here/dev" build release
        sudo cmake --install "$here/build/release" --prefix /usr/local
    fi
    postvet --version
}

paths() {
    printf '%s\n' "$INPUT_PATHS" | sed '/^[[:space:]]*$/d'
}

check() {
    set -- check
    [ -z "${INPUT_PROFILE:-}" ] || set -- "$@" "--profile=$INPUT_PROFILE"
    [ -z "${INPUT_VOICE:-}" ] || set -- "$@" "--voice=$INPUT_VOICE"
    [ -z "${INPUT_FAIL_ON:-}" ] || set -- "$@" "--fail-on=$INPUT_FAIL_ON"
    [ -z "${INPUT_CONFIG:-}" ] || set -- "$@" "--config=$INPUT_CONFIG"
    while IFS= read -r option; do
        [ -z "$option" ] || set -- "$@" "$option"
    done <<OPTIONS
${INPUT_OPTIONS:-}
OPTIONS
    status=0
    if [ -n "${INPUT_SARIF_FILE:-}" ]; then # what is wrong is told below, once
        paths | postvet "$@" --format sarif --exit-zero --files-from - >"$INPUT_SARIF_FILE" 2>/dev/null || :
    fi
    paths | postvet "$@" --format github --files-from - || status=$?
    [ -z "${GITHUB_OUTPUT:-}" ] || echo "exit-status=$status" >>"$GITHUB_OUTPUT"
    exit "$status"
}

case ${1:-} in
install) install ;;
check) check ;;
*)
    echo "usage: github.sh install|check" >&2
    exit 2
    ;;
esac
