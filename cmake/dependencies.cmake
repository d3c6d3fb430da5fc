# Every third-party library, found in one place. The Debian packages are listed in packages.txt, the reasons in
# docs/decisions.
find_package(fmt REQUIRED)
find_package(Eigen3 3.4 REQUIRED NO_MODULE)
find_package(Boost 1.74 REQUIRED)
find_package(Threads REQUIRED)
find_package(yaml-cpp 0.7 REQUIRED)
find_package(tl-expected REQUIRED)
find_package(nlohmann_json 3.11 REQUIRED)
find_package(PkgConfig REQUIRED)
pkg_check_modules(nettle REQUIRED IMPORTED_TARGET nettle)

# What only .cpp files of the library see. Headers only: who links the library needs the rest (nines-config.cmake).
add_library(nines_private_dependencies INTERFACE)
target_link_libraries(nines_private_dependencies INTERFACE Eigen3::Eigen Boost::headers Threads::Threads yaml-cpp PkgConfig::nettle
                                                           nlohmann_json::nlohmann_json)
