# For everything of this project that is compiled or linked: code with and without a sanitizer does not mix.
if(NINES_SANITIZE)
  add_compile_options(-fsanitize=${NINES_SANITIZE} -fno-sanitize-recover=all -fno-omit-frame-pointer)
  add_link_options(-fsanitize=${NINES_SANITIZE})
endif()
