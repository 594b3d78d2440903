// SPDX-License-Identifier: MIT
#pragma once

namespace kprofefe::http::test {

/// A real one, of `/CN=a`, which signs itself.
inline constexpr const char* k_certificate =
    "-----BEGIN CERTIFICATE-----\n"
    "MIIBbzCCARWgAwIBAgIUOP3w4Kns9mZl7Gy4UAEYuKd2pI8wCgYIKoZIzj0EAwIw\n"
    "DDEKMAgGA1UEAwwBYTAgFw0yNjExMjQyMjE3NDdaGA8yMTI2MTAzMTIyMTc0N1ow\n"
    "DDEKMAgGA1UEAwwBYTBZMBMGByqGSM49AgEGCCqGSM49AwEHA0IABJb4knbJAgfh\n"
    "S6ci1HqJgR8BKf+ySK33VkNTzjicTh3S90e4YCVnagcd3h/3h9uep47N1TvDD5Ex\n"
    "HKa0nXbi3qujUzBRMB0GA1UdDgQWBBQhgRewC/u/nyyVpJ0LbFDybvI63DAfBgNV\n"
    "HSMEGDAWgBQhgRewC/u/nyyVpJ0LbFDybvI63DAPBgNVHRMBAf8EBTADAQH/MAoG\n"
    "CCqGSM49BAMCA0gAMEUCIQD10zxRQox1U4YIOx4v7W9Ha5e4JH/av0LTIdCFhR8r\n"
    "XgIgQsRbhMPKt9A+o1nESA2JaubG+FIomcFjnvfxdGh0k5M=\n"
    "-----END CERTIFICATE-----\n";

/// What looks like one and is none.
inline constexpr const char* k_broken =
    "-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n";

}  // namespace kprofefe::http::test
