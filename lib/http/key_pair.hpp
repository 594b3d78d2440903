// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <string_view>

namespace kprofefe::http {

/// False when the first certificate and the first key in these PEM texts do not
/// belong together. What cannot be read, and what has no check, is for the TLS
/// library to judge: true.
bool is_key_pair(const std::string& cert_pem, const std::string& key_pem);

/// A private key in DER (PKCS#8, PKCS#1 or SEC 1, told by its content) as PEM,
/// in PKCS#8. Empty when it is none.
std::string key_to_pem(std::string_view der);

}  // namespace kprofefe::http
