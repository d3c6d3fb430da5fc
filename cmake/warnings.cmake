# Warning flags in a target of their own, so that they are never exported to who uses the library.
add_library(nines_warnings INTERFACE)
target_compile_options(nines_warnings INTERFACE -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wsign-conversion
                                                -Wnon-virtual-dtor -Woverloaded-virtual -Wold-style-cast -Wcast-align
                                                # g++ 12 sees overlaps that are not there in std::string (gcc bug 105329)
                                                $<$<CXX_COMPILER_ID:GNU>:-Wno-restrict>)
if(NINES_WERROR)
  target_compile_options(nines_warnings INTERFACE -Werror)
endif()
