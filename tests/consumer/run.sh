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

    step "pkg-config, static" # without the shared library the linker takes the archive
    rm "$libdir"/libpostvet.so*
    $CC $CFLAGS -std=c11 $strict "$here/consumer.c" \
        $(pkg-config --static --cflags --libs postvet) -o "$temp/static"
    "$temp/static"
}
