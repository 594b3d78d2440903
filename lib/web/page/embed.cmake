# SPDX-License-Identifier: MIT
# Writes the page's files as C++ to OUTPUT, each compressed: no tool but CMake itself.
set(work ${OUTPUT}.files)
file(REMOVE_RECURSE ${work})
file(MAKE_DIRECTORY ${work})

# The library comes with a map of its sources and its licence, a comment, in other
# files. The licence goes with it.
file(READ ${DAGRE} dagre)
string(REGEX REPLACE "//# sourceMappingURL=[^\n]*\n?" "" dagre "${dagre}")
file(READ ${DAGRE}.LEGAL.txt licence)
file(WRITE ${work}/dagre.js "// @dagrejs/dagre\n${licence}\n${dagre}")

foreach(script ${SCRIPTS})
  file(READ ${FOLDER}/${script} text)
  file(APPEND ${work}/app.js "${text}")
endforeach()
foreach(style ${STYLES})
  file(READ ${FOLDER}/${style} text)
  file(APPEND ${work}/app.css "${text}")
endforeach()
file(COPY ${FOLDER}/index.html DESTINATION ${work})

set(code "// Made by lib/web/page/embed.cmake.
#include \"web/assets.hpp\"

#include <array>

namespace kprofefe::web {
namespace {
")
set(table "")
set(number 0)
foreach(row "/ui/|index.html|text/html; charset=utf-8" "/assets/app.js|app.js|text/javascript; charset=utf-8"
            "/assets/app.css|app.css|text/css; charset=utf-8" "/assets/dagre.js|dagre.js|text/javascript; charset=utf-8")
  string(REGEX MATCH "^([^|]*)[|]([^|]*)[|](.*)$" row "${row}")
  set(path ${CMAKE_MATCH_1})
  set(file ${work}/${CMAKE_MATCH_2})
  set(type ${CMAKE_MATCH_3})
  # Without the time in its header: every build shall make the same.
  file(ARCHIVE_CREATE OUTPUT ${file}.gz PATHS ${file} FORMAT raw COMPRESSION GZip)
  file(READ ${file}.gz hex HEX)
  string(SUBSTRING "${hex}" 16 -1 rest)
  set(hex "1f8b080000000000${rest}")
  string(REGEX REPLACE "([0-9a-f][0-9a-f])" "\\\\x\\1" bytes "${hex}")
  string(LENGTH "${hex}" size)
  math(EXPR size "${size} / 2")
  string(APPEND code "\nconstexpr char k_file_${number}[] =\n    \"${bytes}\";\n")
  string(APPEND table "    {\"${path}\", \"${type}\", {k_file_${number}, ${size}}},\n")
  math(EXPR number "${number} + 1")
endforeach()
file(WRITE ${OUTPUT} "${code}
constexpr auto k_assets = std::to_array<Asset>({
${table}});

}  // namespace

std::span<const Asset> assets() {
  return k_assets;
}

}  // namespace kprofefe::web
")
