// SPDX-License-Identifier: MIT
#pragma once

#include <string>

namespace kprofefe::http {

/// The certificates in a PEM text without those that cannot be read, for one of
/// which libcurl would refuse them all and Go none. A text of which all or none
/// can be read stays as it is: the TLS library says what is wrong with it.
std::string usable_certificates(const std::string& pem);

}  // namespace kprofefe::http
