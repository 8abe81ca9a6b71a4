#!/bin/sh
# Installs a build tree to a temporary prefix, moves that elsewhere, and builds consumer.c against
# it in each way that users do. usage: run.sh BUILD_DIR, with CC and CFLAGS as it was built.
set -eu

build=$1
here=$(cd "$(dirname "$0")" && pwd)
: "${CC:=cc}" "${CFLAGS:=}"
case $CC in # its C++ twin
*clang) CXX=$CC++ ;;
*gcc) CXX=${CC%gcc}g++ ;;
*) CXX=${CC%cc}c++ ;;
esac
strict='-Wall -Wextra -Wpedantic -Wconversion -Wsign-conversion -Werror'
temp=$(mktemp -d)
trap 'rm -rf "$temp"' EXIT

step() {
    echo "consumer: $*"
}

step install
cmake --install "$build" --prefix "$temp/first" >"$temp/log" || { cat "$temp/log"; exit 1; }
mv "$temp/first" "$temp/usr"
prefix=$temp/usr
"$prefix/bin/postvet" --version
test -s "$prefix/share/man/man1/postvet.1"

step "find_package, shared and static"
cmake -S "$here" -B "$temp/cmake" -DCMAKE_PREFIX_PATH="$prefix" -DCMAKE_C_COMPILER="$CC" \
    -DCMAKE_C_FLAGS="$CFLAGS" >"$temp/log" || { cat "$temp/log"; exit 1; }
cmake --build "$temp/cmake" >"$temp/log" || { cat "$temp/log"; exit 1; }
"$temp/cmake/consumer_shared"
"$temp/cmake/consumer_static"
[ ! -x "$temp/cmake/consumer_document" ] || "$temp/cmake/consumer_document"

pc=$(find "$prefix" -name postvet.pc)
PKG_CONFIG_PATH=$(dirname "$pc")
libdir=$(dirname "$PKG_CONFIG_PATH")
export PKG_CONFIG_PATH

# The flags below are lists of words.
# shellcheck disable=SC2046,SC2086
{
    step "pkg-config, shared"
    $CC $CFLAGS -std=c11 $strict "$here/consumer.c" $(pkg-config --cflags --libs postvet) \
        -o "$temp/shared"
    LD_LIBRARY_PATH=$libdir "$temp/shared"

    step "C++17"
    $CXX $CFLAGS -std=c++17 $strict -x c++ "$here/consumer.c" -x none \
        $(pkg-config --cflags --libs postvet) -o "$temp/cxx"
    LD_LIBRARY_PATH=$libdir "$temp/cxx"

    if [ -f "$PKG_CONFIG_PATH/postvet-document.pc" ]; then
        step "both libraries, and the program with the second"
        for language in c11:c c++17:c++; do
            compiler=$CC
            [ "$language" = c11:c ] || compiler=$CXX
            $compiler $CFLAGS -std=${language%:*} $strict -x ${language#*:} "$here/document.c" -x none \
                $(pkg-config --cflags --libs postvet-document) -o "$temp/document"
            LD_LIBRARY_PATH=$libdir "$temp/document"
        done
        printf 'Subject: A story\n\nMy NHS number is 943 476 5919\n' >"$temp/a.eml"
        status=0
        "$prefix/bin/postvet" --format gcc "$temp/a.eml" >"$temp/log" 2>&1 || status=$?
        if [ "$status" != 1 ] || ! grep -q ':1:1: error: paragraph 1: ' "$temp/log"; then
            cat "$temp/log"
            exit 1
        fi
    fi

    step "pkg-config, static" # without the shared library the linker takes the archive
    rm "$libdir"/libpostvet.so*
    $CC $CFLAGS -std=c11 $strict "$here/consumer.c" \
        $(pkg-config --static --cflags --libs postvet) -o "$temp/static"
    "$temp/static"
}
