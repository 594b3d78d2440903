// SPDX-License-Identifier: MIT
#pragma once

#include "base/result.hpp"

#include <string>
#include <string_view>

namespace kprofefe::http {

/// Fails (config) unless `pem` holds at least one certificate in PEM form.
/// `what` names its origin at the start of the message. Whether the
/// certificate makes sense is for the TLS library to say.
Result<void> check_certificates(std::string_view pem, std::string_view what);

/// The certificates in a PEM text without those that cannot be read, for one of
/// which libcurl would refuse them all and Go none. A text of which all or none
/// can be read stays as it is: the TLS library says what is wrong with it.
std::string usable_certificates(const std::string& pem);

/// Fails (config) unless the first private key in `pem` is there and is not
/// encrypted: nobody could be asked for the pass phrase.
Result<void> check_private_key(std::string_view pem, std::string_view what);

/// The first private key in `pem` alone, as PKCS#8, whatever its label says of
/// its encoding: Go takes keys by their content (tls.X509KeyPair), OpenSSL by
/// the label. `pem` as it is when there is no key that can be read.
std::string normal_private_key(const std::string& pem);

}  // namespace kprofefe::http
