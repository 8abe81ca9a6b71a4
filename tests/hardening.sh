#!/bin/sh
# hardening.sh FILE...: whether programs and libraries, built for release, have what makes an error in
# them harder to use: see CMakeLists.txt.
set -eu

failed=0

# Says what a file lacks, if the words are not in standard input.
want() {
    grep -q -- "$2" || {
        echo "$file: $1" >&2
        failed=1
    }
}

for file in "$@"; do
    readelf -hW "$file" | want "can be loaded at one address only (not PIE)" 'Type:  *DYN'
    readelf -lW "$file" | want "tables stay writable (no RELRO)" 'GNU_RELRO'
    readelf -dW "$file" | want "symbols are looked up late, and tables stay writable" 'BIND_NOW\|FLAGS.*NOW'
    readelf -lW "$file" | want "the stack can be executed" 'GNU_STACK.* RW '
    readelf --dyn-syms -W "$file" | want "no stack protector" '__stack_chk_fail'
    readelf --dyn-syms -W "$file" | want "no _FORTIFY_SOURCE" '__[a-z]*_chk@'
    if readelf -hW "$file" | grep -q 'X86-64'; then
        objdump -d "$file" | want "no landing pads for indirect branches (CET)" 'endbr64'
    fi
done
exit "$failed"
