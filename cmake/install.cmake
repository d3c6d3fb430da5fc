# cmake --install, and what find_package(nines) reads.
include(GNUInstallDirs)
include(CMakePackageConfigHelpers)
set(config_dir ${CMAKE_INSTALL_LIBDIR}/cmake/nines)
install(TARGETS nines EXPORT nines-targets)
install(TARGETS nines_program)
# Headers of internal parts stay here: they show third-party code.
install(DIRECTORY model sim DESTINATION ${CMAKE_INSTALL_INCLUDEDIR}/nines FILES_MATCHING PATTERN "*.hpp"
        PATTERN "tree_builder.hpp" EXCLUDE)
install(EXPORT nines-targets NAMESPACE nines:: DESTINATION ${config_dir})
write_basic_package_version_file(nines-config-version.cmake COMPATIBILITY SameMinorVersion)
install(FILES cmake/nines-config.cmake ${PROJECT_BINARY_DIR}/nines-config-version.cmake DESTINATION ${config_dir})
