// SPDX-License-Identifier: MIT
#pragma once

#include <fmt/format.h>

#include <string>
#include <string_view>

namespace kprofefe::test {

/// PEM texts with the look of the real thing, as far as we look.
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

/// A key of P-256 in SEC 1.
inline constexpr std::string_view k_sec1_body =
    "MHcCAQEEIJsK7m4cF2x/QHfdXi8cLSlF/IB3+M9YriKUqWzADXzEoAoGCCqGSM49\n"
    "AwEHoUQDQgAEdQ7joyglJfFQwkW18SGZLuaTvlt9mDcAknlcdFltUQJDp89sc9fK\n"
    "f99FMVl+NbnBiaTRpSB9N7yJSMohDf7xzw==\n";
/// The same in PKCS#8.
inline constexpr std::string_view k_ec_pkcs8_body =
    "MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgmwrubhwXbH9Ad91e\n"
    "LxwtKUX8gHf4z1iuIpSpbMANfMShRANCAAR1DuOjKCUl8VDCRbXxIZku5pO+W32Y\n"
    "NwCSeVx0WW1RAkOnz2xz18p/30UxWX41ucGJpNGlIH03vIlIyiEN/vHP\n";
/// An RSA key in PKCS#1.
inline constexpr std::string_view k_pkcs1_body =
    "MIIBOgIBAAJBAOIbZnbDt1ATGGg0+gAMPJIEXmQZ88xAwKevHcn68gG8QNYlXHyx\n"
    "8f6ntcf8Rd43TjssYPHqTrM/s8iNjMSgY+ECAwEAAQJAYQXU7/2HuaqX/I9O/5pA\n"
    "m3+YaWfhf7IBeXLhW3x9QFSTEdzhNKgBRP85GE2X/ObPRswH5ehNM8qnMh9LJorW\n"
    "CQIhAPU6+RZo568D9XugzpbFAcHFnOnH8/fmmyrpjpVCBY4DAiEA7AluaGaLmI7y\n"
    "QhhoJFx+Isr9t496sHuyzKojbDJHQ0sCIQDple/XebtdyL6WsNi3YhZHVY0eXdi0\n"
    "RFN+75Nh9s5FswIgO/OxTWcucdNtCQi1+vZbO28fvm39FbJ1mbJlSOgEXb0CIBRZ\n"
    "JzDCXo3GfGiaaUXQa5cmngsIwS0rO5oskl2MqktO\n";
/// The same in PKCS#8.
inline constexpr std::string_view k_rsa_pkcs8_body =
    "MIIBVAIBADANBgkqhkiG9w0BAQEFAASCAT4wggE6AgEAAkEA4htmdsO3UBMYaDT6\n"
    "AAw8kgReZBnzzEDAp68dyfryAbxA1iVcfLHx/qe1x/xF3jdOOyxg8epOsz+zyI2M\n"
    "xKBj4QIDAQABAkBhBdTv/Ye5qpf8j07/mkCbf5hpZ+F/sgF5cuFbfH1AVJMR3OE0\n"
    "qAFE/zkYTZf85s9GzAfl6E0zyqcyH0smitYJAiEA9Tr5FmjnrwP1e6DOlsUBwcWc\n"
    "6cfz9+abKumOlUIFjgMCIQDsCW5oZouYjvJCGGgkXH4iyv23j3qwe7LMqiNsMkdD\n"
    "SwIhAOmV79d5u13Ivpaw2LdiFkdVjR5d2LREU37vk2H2zkWzAiA787FNZy5x020J\n"
    "CLX69ls7bx++bf0VsnWZsmVI6ARdvQIgFFknMMJejcZ8aJppRdBrlyaeCwjBLSs7\n"
    "miySXYyqS04=\n";

/// `body` under a label.
inline std::string pem_block(std::string_view label, std::string_view body) {
  return fmt::format("-----BEGIN {0}-----\n{1}-----END {0}-----\n", label,
                     body);
}

}  // namespace kprofefe::test
