// SPDX-License-Identifier: MIT
#pragma once

#include <string_view>

namespace kprofefe::kube::test {

/// PEM texts with the look of the real thing, as far as lib/kube looks.
constexpr std::string_view k_certificate =
    "-----BEGIN CERTIFICATE-----\nMIIBcDCC\n-----END CERTIFICATE-----\n";
constexpr std::string_view k_key =
    "-----BEGIN PRIVATE KEY-----\nMIGHAgEA\n-----END PRIVATE KEY-----\n";
/// k_certificate and k_key in base64, as `*-data` fields hold them.
constexpr std::string_view k_certificate_data =
    "LS0tLS1CRUdJTiBDRVJUSUZJQ0FURS0tLS0tCk1JSUJjRENDCi0tLS0tRU5EIENFUlRJRklDQ"
    "VRFLS0tLS0K";
constexpr std::string_view k_key_data =
    "LS0tLS1CRUdJTiBQUklWQVRFIEtFWS0tLS0tCk1JR0hBZ0VBCi0tLS0tRU5EIFBSSVZBVEUgS"
    "0VZLS0tLS0K";

}  // namespace kprofefe::kube::test
