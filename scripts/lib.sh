# Shared by the scripts of this folder: where things are kept.
# shellcheck shell=bash

# Slow things (libcurl, Kubernetes' binaries, compiler output) are kept here,
# outside the checkout, by version.
PROFEFE_CACHE=${PROFEFE_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/kubectl-profefe}
export PROFEFE_CACHE

CURL_VERSION=8.14.1
# HTTP(S) and WebSockets only. No path of the build machine goes in (SOURCE is
# the folder it is built from); the client names the CA bundle it wants.
CURL_OPTIONS=(
  -DCMAKE_C_COMPILER=clang-19 -DCMAKE_BUILD_TYPE=Release
  "-DCMAKE_C_FLAGS_RELEASE=-O2 -DNDEBUG -ffunction-sections -fdata-sections"
  "-DCMAKE_C_FLAGS=-fno-asynchronous-unwind-tables -ffile-prefix-map=SOURCE=."
  -DCMAKE_POSITION_INDEPENDENT_CODE=ON -DCMAKE_INSTALL_LIBDIR=lib
  -DBUILD_STATIC_LIBS=ON -DBUILD_SHARED_LIBS=OFF -DBUILD_CURL_EXE=OFF
  -DBUILD_TESTING=OFF -DBUILD_EXAMPLES=OFF -DBUILD_LIBCURL_DOCS=OFF
  -DBUILD_MISC_DOCS=OFF -DENABLE_CURL_MANUAL=OFF
  -DHTTP_ONLY=ON -DENABLE_ARES=ON -DCURL_USE_OPENSSL=ON -DUSE_NGHTTP2=ON
  -DCURL_ZLIB=ON -DCURL_BROTLI=OFF -DCURL_ZSTD=OFF -DCURL_USE_LIBPSL=OFF
  -DUSE_LIBIDN2=OFF -DCURL_USE_LIBSSH2=OFF -DCURL_USE_GSSAPI=OFF
  -DCURL_DISABLE_ALTSVC=ON -DCURL_DISABLE_HSTS=ON -DCURL_DISABLE_DOH=ON
  -DCURL_DISABLE_NETRC=ON -DCURL_DISABLE_NTLM=ON -DCURL_DISABLE_AWS=ON
  -DCURL_DISABLE_KERBEROS_AUTH=ON -DCURL_DISABLE_NEGOTIATE_AUTH=ON
  -DCURL_DISABLE_SRP=ON -DCURL_DISABLE_OPENSSL_AUTO_LOAD_CONFIG=ON
  -DCURL_CA_BUNDLE=/etc/ssl/certs/ca-certificates.crt -DCURL_CA_PATH=none
)

# The folder with include/curl and lib/libcurl.a that scripts/bootstrap fills.
# Another version or other options are another folder.
curl_root() {
  local key
  key=$(printf '%s\n' "${CURL_OPTIONS[@]}" | sha256sum)
  echo "$PROFEFE_CACHE/curl-$CURL_VERSION-${key:0:12}"
}

# usage: ends the script with the comment at its top.
usage() {
  awk 'NR > 1 && !/^#/ { exit } NR > 1 { sub(/^# ?/, ""); print }' "scripts/${0##*/}" >&2
  exit 2
}

# fail <message>: ends the script with the message on stderr.
fail() {
  echo "scripts/${0##*/}: $*" >&2
  exit 1
}

# logged <log> <command...>: output goes to the log, and is shown when the
# command fails.
logged() {
  local log=$1
  shift
  "$@" >"$log" 2>&1 || {
    local status=$?
    cat "$log" >&2
    return "$status"
  }
}
