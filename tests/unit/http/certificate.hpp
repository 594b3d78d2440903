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

inline constexpr const char* k_its_key =
    "-----BEGIN PRIVATE KEY-----\n"
    "MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgiNtwhfErYSnjFLjX\n"
    "G1s5J301ItrAHolQG8vfHogI9DOhRANCAASW+JJ2yQIH4UunItR6iYEfASn/skit\n"
    "91ZDU844nE4d0vdHuGAlZ2oHHd4f94fbnqeOzdU7ww+RMRymtJ124t6r\n"
    "-----END PRIVATE KEY-----\n";

/// The same with `DNS:a` as Subject Alternative Name.
inline constexpr const char* k_certificate_with_san =
    "-----BEGIN CERTIFICATE-----\n"
    "MIIBfTCCASOgAwIBAgIUWA3i7WAN5iPBdDPKYZ1YtcbFvxYwCgYIKoZIzj0EAwIw\n"
    "DDEKMAgGA1UEAwwBYTAgFw0yNjExMjgyMjU3NDZaGA8yMTI2MTEwNDIyNTc0Nlow\n"
    "DDEKMAgGA1UEAwwBYTBZMBMGByqGSM49AgEGCCqGSM49AwEHA0IABKYRLwc0xC6r\n"
    "PLXWoFWbGuw5ABThgzD1k2Ow48S0ypVsrxochidQTnMRP8gH0tVxOmbLdArJYOwX\n"
    "asE6sUVHmQujYTBfMB0GA1UdDgQWBBRU5H22wkyoy1S4tRwCQdC7Yq+OezAfBgNV\n"
    "HSMEGDAWgBRU5H22wkyoy1S4tRwCQdC7Yq+OezAPBgNVHRMBAf8EBTADAQH/MAwG\n"
    "A1UdEQQFMAOCAWEwCgYIKoZIzj0EAwIDSAAwRQIhANaSqgDwhP309GFLDCMLe1s5\n"
    "XALXEZQVeY96F3uRWTVUAiB9ScMb8UViowiO+jJBw4X0HOyYJRpjc9NdI4ebvAvM\n"
    "pw==\n"
    "-----END CERTIFICATE-----\n";
inline constexpr const char* k_key_of_it =
    "-----BEGIN PRIVATE KEY-----\n"
    "MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgvBn1Gh/zA5GX7QOK\n"
    "XPHD0/3yJj10Yndy0/rBBQNVch+hRANCAASmES8HNMQuqzy11qBVmxrsOQAU4YMw\n"
    "9ZNjsOPEtMqVbK8aHIYnUE5zET/IB9LVcTpmy3QKyWDsF2rBOrFFR5kL\n"
    "-----END PRIVATE KEY-----\n";

/// What looks like one and is none.
inline constexpr const char* k_broken =
    "-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n";

}  // namespace kprofefe::http::test
