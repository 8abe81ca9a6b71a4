# Debian packages, made by `./dev package`: the program, the libraries that it and others load, and
# what programs are built with. dpkg-shlibdeps tells what each depends on.
set(CPACK_GENERATOR DEB)
set(CPACK_PACKAGING_INSTALL_PREFIX /usr)
set(CPACK_PACKAGE_NAME postvet)
set(CPACK_PACKAGE_CONTACT "The postvet authors <postvet@example.org>")
set(CPACK_PACKAGE_DESCRIPTION_SUMMARY "checks draft posts against NHS Trusts' social media policies")
set(CPACK_PACKAGE_HOMEPAGE_URL ${PROJECT_HOMEPAGE_URL})
set(CPACK_STRIP_FILES ON)
set(CPACK_DEB_COMPONENT_INSTALL ON)
set(CPACK_COMPONENTS_ALL program library dev)
set(CPACK_COMPONENTS_GROUPING IGNORE)
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_PACKAGE_RELEASE 1)
set(CPACK_DEBIAN_PACKAGE_CONTROL_STRICT_PERMISSION ON)
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS ON)
# The libraries may not be installed where they are made, nor be in a package yet.
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS_PRIVATE_DIRS ${PROJECT_BINARY_DIR})

set(version ${PROJECT_VERSION}-${CPACK_DEBIAN_PACKAGE_RELEASE})

set(CPACK_DEBIAN_PROGRAM_PACKAGE_NAME postvet)
set(CPACK_DEBIAN_PROGRAM_PACKAGE_SECTION text)
set(CPACK_DEBIAN_PROGRAM_PACKAGE_DEPENDS "libpostvet${PROJECT_VERSION_MAJOR} (= ${version})") # loaded for .docx, .odt and .eml
set(CPACK_DEBIAN_PROGRAM_PACKAGE_SUGGESTS "bash-completion")
set(CPACK_DEBIAN_PROGRAM_DESCRIPTION
"postvet tells the author of a draft post what in it would break an NHS
Trust's social media policy, before it is published: patients' names and
numbers, slurs, views without a disclaimer, concerns that have a safer route.
It runs on your own computer and sends nothing anywhere.")

set(CPACK_DEBIAN_LIBRARY_PACKAGE_NAME libpostvet${PROJECT_VERSION_MAJOR})
set(CPACK_DEBIAN_LIBRARY_PACKAGE_SECTION libs)
configure_file(packaging/shlibs.in packaging/shlibs @ONLY)
set(CPACK_DEBIAN_LIBRARY_PACKAGE_CONTROL_EXTRA
    ${PROJECT_BINARY_DIR}/packaging/shlibs ${PROJECT_SOURCE_DIR}/packaging/triggers)
set(CPACK_DEBIAN_LIBRARY_DESCRIPTION
"libpostvet looks for what in a draft would break an NHS Trust's social media
policy; libpostvet-document makes text of .docx, .odt and .eml files for it. This
package has both.")

set(CPACK_DEBIAN_DEV_PACKAGE_NAME libpostvet-dev)
set(CPACK_DEBIAN_DEV_PACKAGE_SECTION libdevel)
set(CPACK_DEBIAN_DEV_PACKAGE_SHLIBDEPS OFF)
set(CPACK_DEBIAN_DEV_PACKAGE_DEPENDS # the static library's users link what it was made with
    "libpostvet${PROJECT_VERSION_MAJOR} (= ${version}), libpcre2-dev, libcyaml-dev, libyaml-dev, libunistring-dev")
set(CPACK_DEBIAN_DEV_DESCRIPTION
"The headers, the static library, and the files for pkg-config and CMake that
programs using libpostvet are built with.")

# ---------------------------------------------------------- what Debian asks of a package
# The licence as a field of Debian's copyright file: lines indented, a dot in place of an empty one.
file(READ ${PROJECT_SOURCE_DIR}/LICENSE license)
string(REGEX REPLACE "^.*\n\nPermission" "Permission" license "${license}")
string(STRIP "${license}" license)
string(REPLACE "\n\n" "\n.\n" license "${license}")
string(REPLACE "\n" "\n " license "${license}")
configure_file(packaging/copyright.in packaging/copyright @ONLY)
configure_file(packaging/changelog.Debian.in packaging/changelog.Debian @ONLY)

find_program(GZIP_PROGRAM gzip REQUIRED)
set(compressed)
foreach(file docs/postvet.1 docs/postvet-packs.5 CHANGELOG.md packaging/changelog.Debian)
    get_filename_component(name ${file} NAME)
    set(path ${PROJECT_SOURCE_DIR}/${file})
    if(NOT EXISTS ${path})
        set(path ${PROJECT_BINARY_DIR}/${file})
    endif()
    add_custom_command(OUTPUT packaging/${name}.gz
        COMMAND ${GZIP_PROGRAM} -9nc ${path} > packaging/${name}.gz DEPENDS ${path} VERBATIM)
    list(APPEND compressed ${PROJECT_BINARY_DIR}/packaging/${name}.gz)
endforeach()
add_custom_target(postvet_compressed ALL DEPENDS ${compressed})

set(made ${PROJECT_BINARY_DIR}/packaging)
install(FILES ${made}/postvet.1.gz DESTINATION ${CMAKE_INSTALL_MANDIR}/man1 COMPONENT program)
install(FILES ${made}/postvet-packs.5.gz DESTINATION ${CMAKE_INSTALL_MANDIR}/man5 COMPONENT program)
foreach(component program library dev)
    string(TOUPPER ${component} upper)
    set(folder ${CMAKE_INSTALL_DATADIR}/doc/${CPACK_DEBIAN_${upper}_PACKAGE_NAME})
    install(FILES ${made}/copyright ${made}/changelog.Debian.gz
        DESTINATION ${folder} COMPONENT ${component})
    install(FILES ${made}/CHANGELOG.md.gz RENAME changelog.gz
        DESTINATION ${folder} COMPONENT ${component})
endforeach()

include(CPack)
