# Writes OUTPUT from version.cpp.in, when that changes it: a new commit compiles one
# file again. GIT, SOURCE (the checkout) and COMPILER are given.
set(PROFEFE_VERSION "0.0.0-unknown")
if(GIT)
  execute_process(
    COMMAND ${GIT} describe --tags --always --dirty --match v*
    WORKING_DIRECTORY ${SOURCE} OUTPUT_VARIABLE described
    OUTPUT_STRIP_TRAILING_WHITESPACE ERROR_QUIET)
  if(described MATCHES "^v")
    set(PROFEFE_VERSION "${described}")
  elseif(described)
    set(PROFEFE_VERSION "v0.11.0-dev+${described}")
  endif()
endif()
configure_file(${CMAKE_CURRENT_LIST_DIR}/version.cpp.in ${OUTPUT} @ONLY)
