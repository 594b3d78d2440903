# Shared by the scripts of this folder: where things are kept.
# shellcheck shell=bash

# Slow things (libcurl, OpenSSL, Kubernetes' binaries, compiler output) are kept
# here, outside the checkout, by version.
PROFEFE_CACHE=${PROFEFE_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/kubectl-profefe}
export PROFEFE_CACHE

CURL_VERSION=8.14.1
# HTTP(S) and WebSockets only. No path of the build machine goes in (SOURCE is
# the folder it is built from, @OPENSSL@ that of OpenSSL's headers and archives);
# the client names the CA bundle it wants.
CURL_OPTIONS=(
  -DCMAKE_C_COMPILER=clang-19 -DCMAKE_BUILD_TYPE=Release
  -DOPENSSL_ROOT_DIR=@OPENSSL@ -DOPENSSL_USE_STATIC_LIBS=ON
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

# TLS as clients of today speak it, built for size: Debian's archive has every
# cipher there ever was, each in the way of the linker, which makes 2 MB. This
# release's series, as its headers are those of the system's libssl-dev.
OPENSSL_SERIES=3.0
OPENSSL_OPTIONS=(
  no-shared no-tests no-dso no-engine no-legacy no-autoload-config no-ui-console
  no-dtls no-srtp no-srp no-psk no-ct no-ts no-cms no-cmp no-ocsp no-comp no-rfc3779
  no-aria no-bf no-blake2 no-camellia no-cast no-des no-dsa no-gost no-idea no-md4
  no-mdc2 no-ocb no-rc2 no-rc4 no-rmd160 no-scrypt no-seed no-siphash no-sm2 no-sm3
  no-sm4 no-whirlpool
  --prefix=/usr --libdir=lib --openssldir=/etc/ssl
  -Os -ffunction-sections -fdata-sections -fno-asynchronous-unwind-tables
)

# The folder with include/ and lib/ of the static libcurl and OpenSSL that
# scripts/bootstrap fills. Another version or other options are another folder.
libraries_root() {
  local key
  key=$(printf '%s\n' "$OPENSSL_SERIES" "${CURL_OPTIONS[@]}" "${OPENSSL_OPTIONS[@]}" | sha256sum)
  echo "$PROFEFE_CACHE/curl-$CURL_VERSION-${key:0:12}"
}

# The library that lays out the graph of `kubectl profefe web`, @dagrejs/dagre.
DAGRE_VERSION=3.1.3

# The file that scripts/page-library prepares, its licence beside it.
dagre_file() {
  echo "$PROFEFE_CACHE/dagre-$DAGRE_VERSION/dagre.min.js"
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
