# Writes the page's parts as C++ to OUTPUT, with what the page's
# Content-Security-Policy needs to know of them: no tool but CMake itself.
set(html page.html)
set(css ../palette.css page.css)
set(js data.js tree.js sandwich.js words.js colours.js picture.js details.js whole.js
  page.js)
set(code "// Made by lib/flame/page/embed.cmake.\n#include \"flame/page.hpp\"\n
namespace kprofefe::flame {\n")
foreach(part html css js)
  set(text "")
  foreach(file ${${part}})
    file(READ ${FOLDER}/${file} content)
    string(APPEND text "${content}")
  endforeach()
  if(part MATCHES "^js$")
    # Comments and indents are for those who read the files: every page would carry
    # them.
    string(REGEX REPLACE "\n *//[^\n]*" "" text "\n${text}")
    string(REGEX REPLACE "\n +" "\n" text "${text}")
  endif()
  string(SHA256 hash "${text}")
  string(APPEND code "
constexpr PagePart k_page_${part} = {R\"page(${text})page\",
    \"${hash}\"};\n")
endforeach()
file(WRITE ${OUTPUT} "${code}\n}  // namespace kprofefe::flame\n")
