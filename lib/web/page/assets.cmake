# SPDX-License-Identifier: MIT
# The page's files as C++: web_assets is a source of lib/web that defines assets() of
# web/assets.hpp. The library that lays the graph out is no part of the checkout;
# scripts/page-library puts it into the cache.
set(PROFEFE_DAGRE "" CACHE FILEPATH
    "dagre.min.js of @dagrejs/dagre, which scripts/page-library puts into the cache")
if(NOT EXISTS "${PROFEFE_DAGRE}")
  message(FATAL_ERROR "PROFEFE_DAGRE \"${PROFEFE_DAGRE}\" is not there: run "
    "scripts/bootstrap, or name the file with -DPROFEFE_DAGRE=FILE.")
endif()

set(web_scripts elements.js address.js server.js session.js refine.js settings.js
  functions.js top.js layout.js graph.js flame.js texts.js source.js tags.js live.js
  keys.js app.js)
set(web_styles ../../flame/palette.css app.css)
set(web_page ${CMAKE_CURRENT_LIST_DIR})
set(web_assets ${CMAKE_CURRENT_BINARY_DIR}/assets.cpp)
set(web_asset_files ${web_scripts} ${web_styles} index.html assets.cmake embed.cmake)
list(TRANSFORM web_asset_files PREPEND ${web_page}/)
add_custom_command(
  OUTPUT ${web_assets}
  COMMAND ${CMAKE_COMMAND} -D FOLDER=${web_page} -D "SCRIPTS=${web_scripts}"
          -D "STYLES=${web_styles}" -D DAGRE=${PROFEFE_DAGRE} -D OUTPUT=${web_assets}
          -P ${web_page}/embed.cmake
  DEPENDS ${web_asset_files} ${PROFEFE_DAGRE} VERBATIM)
