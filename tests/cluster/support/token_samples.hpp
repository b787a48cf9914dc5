#pragma once

#include <array>
#include <string_view>

/// Tokens signed by other programs than the tested one: Python's hmac, the
/// openssl command, and the examples of RFC 7515. All name user 42, Ann, and
/// expire in 2100; those of the RFC have its own claims.
namespace rookery::samples {

inline constexpr std::string_view secret = "a secret of 32 bytes and then some";

inline constexpr std::string_view rsa_pem =
  "-----BEGIN PUBLIC KEY-----\n"
  "MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEA3Kgw0RJZxh63n2gpIiWw\n"
  "xyVvwqj/dw45ktK6qa7lmsZBhdcRf/ffx/bARKidfIWMG4ARgV3uw9VWh9Z+aOH2\n"
  "zjJoOZxVbMXTh4PdCitAeltor/XzPoNljfcq2ixOVIvgrqD5mCzGtIDwma0zu0T/\n"
  "OuPLtMKsViubEPoXJ57iL3zHzVZArTkgNeR88btTrkU5zOZL93qK+1Y7PhZS0aMs\n"
  "PdoCDAn/8UFVV9ab4OUc+S2JdZ0x6cutvV5VzvbtQTHi61zTYhZ5guqXmrjDKRES\n"
  "p9I+Yft0ds3wXqpCi1BUHgEhzb20knzgiUNIJ/X5VGwAVYA/XZ2qnHVWB4sgTjQE\n"
  "fQIDAQAB\n"
  "-----END PUBLIC KEY-----\n";

inline constexpr std::string_view p256_pem =
  "-----BEGIN PUBLIC KEY-----\n"
  "MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEoediPiCmMjssqeI4+ANZOJ68+RS9\n"
  "OrY0lcYNUR/wiHC7w81VnK4l/+kg5l3lV4fRQKRWO323gRjwy1Ejthbbyg==\n"
  "-----END PUBLIC KEY-----\n";

inline constexpr std::string_view p384_pem =
  "-----BEGIN PUBLIC KEY-----\n"
  "MHYwEAYHKoZIzj0CAQYFK4EEACIDYgAEQ/hUT62sjrHH/v4TyH+yojh79uGsG3U9\n"
  "ZSoMT7lRf9auEKeqm9l5GkfMBcegsR4ndjOiZ/dza3VWDEUVcZjnoHu8kc/cCQBj\n"
  "LSuf7L80Q9TM82GB5QnYka6X91WdGKBf\n"
  "-----END PUBLIC KEY-----\n";

inline constexpr std::string_view p521_pem =
  "-----BEGIN PUBLIC KEY-----\n"
  "MIGbMBAGByqGSM49AgEGBSuBBAAjA4GGAAQBWm428HVrjwOjcz2SUrSoxtnY1yJE\n"
  "JWf1GsXI/lXK+nngxvuE5cdoC5qYb3vv87tcTz2pbDtOnIurfgfHxdH79WIAP4XR\n"
  "w87MRKiKi+uvBJI1PmWnxXsDM92QiWvqHV/c6fA3po/UiG37XFvXsPn/pADxpA/m\n"
  "y8oeJo/T8HRaYXu6aAE=\n"
  "-----END PUBLIC KEY-----\n";

/// Too short to be trusted.
inline constexpr std::string_view rsa_1024_pem =
  "-----BEGIN PUBLIC KEY-----\n"
  "MIGfMA0GCSqGSIb3DQEBAQUAA4GNADCBiQKBgQDAW8c0iPjBjA+bLtnvOuxeoowX\n"
  "9kjEMxoq8hc+S6s+IRrd0A306Omz6ZUw2YVKATQIrjnH/InQnIx+7cRs5xU1WvBj\n"
  "9ONZ2jvDiGFEPpRTZLdjJixCP9G7rccsVhd5hDsjY7RUiwJcmgnANSqJsoRGGFXD\n"
  "ADeLijubZ/wNWcwxGwIDAQAB\n"
  "-----END PUBLIC KEY-----\n";

struct signed_token {
  std::string_view algorithm;
  std::string_view text;
};

inline constexpr std::array tokens{
  signed_token{
    "HS256",
    "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJzdWIiOiI0MiIsImV4cCI6NDEwMjQ0NDg"
    "wMCwiaW5mbyI6eyJuYW1lIjoiQW5uIn19.wdN7MRh4vZaF8vYaAzUWqAH5mFj0vJ_l849srm"
    "huVvM"},
  signed_token{
    "HS384",
    "eyJhbGciOiJIUzM4NCIsInR5cCI6IkpXVCJ9.eyJzdWIiOiI0MiIsImV4cCI6NDEwMjQ0NDg"
    "wMCwiaW5mbyI6eyJuYW1lIjoiQW5uIn19.HsFyFmqCdpMqVzVBs0w_Hsec64adFtSlwxvNGf"
    "sSyOzWR0ACvu5Pb50YH9Qj7lJL"},
  signed_token{
    "HS512",
    "eyJhbGciOiJIUzUxMiIsInR5cCI6IkpXVCJ9.eyJzdWIiOiI0MiIsImV4cCI6NDEwMjQ0NDg"
    "wMCwiaW5mbyI6eyJuYW1lIjoiQW5uIn19.qLdibtVtXpa5HygCEBMWxye9ZBZh_W0qsXmKPW"
    "7WUkJ7YCAoXyR72UzlAD6JgZxztbKACJapNSWcQk6LuiDZew"},
  signed_token{
    "RS256",
    "eyJhbGciOiJSUzI1NiIsInR5cCI6IkpXVCJ9.eyJzdWIiOiI0MiIsImV4cCI6NDEwMjQ0NDg"
    "wMCwiaW5mbyI6eyJuYW1lIjoiQW5uIn19.2w6xylwDtV7FmiIJd4vQOEZRsX1ECpae8MovqI"
    "WqPu1BuxSAd58TLlhspMjU7SC9jUKJVU6xpSIOycyfimT-uSDNg94MOsQFcrNJZSPGpxT0ZI"
    "dro9ciSsCuRMiXAtpcWVU613krTLsKxqpJes6fEoXbJ9zKCsh_KjChYu5YLPXLFxJJ6LEwg7"
    "cIfbDD_UGOg3u1EydzuarMMwgTisXwY9kqj3018TFOQJMO6uLr3o0PW9CpVeP40q6QEirMrD"
    "9oejAtL7d-twqiftA8pz8h1pXN-HP4A4eNTZhSKadnq0mm4UwP3MYOqHQ2ZZJ_mV1cZkjRQZ"
    "c1OCZZwCn5qoYdKQ"},
  signed_token{
    "RS384",
    "eyJhbGciOiJSUzM4NCIsInR5cCI6IkpXVCJ9.eyJzdWIiOiI0MiIsImV4cCI6NDEwMjQ0NDg"
    "wMCwiaW5mbyI6eyJuYW1lIjoiQW5uIn19.fkFSjAbeuEnK9RkBstYSaL-HPc0uXTXlwzmwxp"
    "_FvwYKKfI_cUbi7PNfgZaCNqm4XDUqT-Hhs5Kjv5mAGScaFOnGsdMEU9nEyzpejSLqhDBIML"
    "_snGUMZGb-pqakLNEPt6PgHwYAUhN0QlKHkn4lYTSmw7MbaKbfp8CV5j2KQtqP4GHJM4oYJv"
    "eLSg8MjT-Ae6PLYSStzxMj0n7x-KvA1dCsNONRJxj-KV93yM9ZXGf_yj57MUKop-YMeTtQI6"
    "UmSnKCcLGkNyV0v14w9ujCdTstpcwtR9FcaT3Q3erWtuujD1a3IXXWpBhVN7wS7PRlH-3v_y"
    "h4PqUWiVleacrYGQ"},
  signed_token{
    "RS512",
    "eyJhbGciOiJSUzUxMiIsInR5cCI6IkpXVCJ9.eyJzdWIiOiI0MiIsImV4cCI6NDEwMjQ0NDg"
    "wMCwiaW5mbyI6eyJuYW1lIjoiQW5uIn19.N-Xshnyy4LisTGDGELm0iDb42VL6D_Iyfvw8uG"
    "bT8CcVi92I_TZe4v-R_RgnuSG4PfaSvUFrKviHp-EYWUrJ9I9rZmEJ3qzT6N46G_x906B3ez"
    "ssXrYeda261-2-Gzyp3dmwPL-wm_7BrXtr-vlS3v2HK4vkhUYjIYWgjXMIE6jgKHBkaUCCt7"
    "DOIwXvx-ItvnpxN39cnkzoobpV7ase5ybnB0nN3C9Q0eaLJ0CS7hw-MW85bAurZKTCyTdvaW"
    "21V80f4r8g9foR4-ZwKuu-6FDM_-He43AFeUEQuDwKsUYVNbZxFtuHgEhzIye8k3uwRWRtUs"
    "_qUIis0dgd2dtVVA"},
  signed_token{
    "ES256",
    "eyJhbGciOiJFUzI1NiIsInR5cCI6IkpXVCJ9.eyJzdWIiOiI0MiIsImV4cCI6NDEwMjQ0NDg"
    "wMCwiaW5mbyI6eyJuYW1lIjoiQW5uIn19.wlB4HhPNQMbmbKQTcL9Y75FxDGi2Tt0ugJ449K"
    "HohcQeEiM83nSUtv8CuqXHoao5IGZPGsP5ZsjdfKdLWSuTeA"},
  signed_token{
    "ES384",
    "eyJhbGciOiJFUzM4NCIsInR5cCI6IkpXVCJ9.eyJzdWIiOiI0MiIsImV4cCI6NDEwMjQ0NDg"
    "wMCwiaW5mbyI6eyJuYW1lIjoiQW5uIn19.obnRwuu4VmB79lcXWtMlaoWvMXgGoXcM8Q1EG6"
    "bMlj7ZVnqdui1xMPUR4WLRCBpKnwpZ3VvuSqyruLi-RL3enFW7H6ym-1HvZ0YzocSdcEKx-8"
    "oIXIVeSdEvM9ls67Cf"},
  signed_token{
    "ES512",
    "eyJhbGciOiJFUzUxMiIsInR5cCI6IkpXVCJ9.eyJzdWIiOiI0MiIsImV4cCI6NDEwMjQ0NDg"
    "wMCwiaW5mbyI6eyJuYW1lIjoiQW5uIn19.AGnORSnjQ_LbV3rxxTuEWl3om9mtZbz0CG5z1M"
    "q48UOuBBFIXAs4y8BXdlT4ZsfDQoBKDUmuyXy8_0Fnc8TRSuvIAUtUPvSzT28w8WOB3oAKj-"
    "J4Nh7W2uJfvru-9bxnYY8nzhmp4WjWmcqUryPpTETIaBGHbD8BhRE47yaVgLqEUF3j"},
};

/// RFC 7515, appendix A.1; the secret in base64url.
inline constexpr std::string_view rfc_secret =
  "AyM1SysPpbyDfgZld3umj1qzKObwVMkoqQ-EstJQLr_T-1qS0gZH75aKtMN3Yj0iPS4hcgUu"
  "TwjAzZr1Z9CAow";

inline constexpr std::string_view rfc_hs256 =
  "eyJ0eXAiOiJKV1QiLA0KICJhbGciOiJIUzI1NiJ9.eyJpc3MiOiJqb2UiLA0KICJleHAiOjE"
  "zMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ.dBjftJeZ"
  "4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";

/// RFC 7515, appendix A.3.
inline constexpr std::string_view rfc_pem =
  "-----BEGIN PUBLIC KEY-----\n"
  "MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEf83OJ3D2xF1Bg8vub9tLe1gHMzV7\n"
  "6e8Tus9uPHvRVEXH8UTNG72bfocs3+257rn0s2ldbqkLJK2KRiMohYjlrQ==\n"
  "-----END PUBLIC KEY-----\n";

inline constexpr std::string_view rfc_es256 =
  "eyJhbGciOiJFUzI1NiJ9.eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh"
  "0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ.DtEhU3ljbEg8L38VWAfUAqOyKAM6"
  "-Xx-F4GawxaepmXFCgfTjDxw5djxLa8ISlSApmWQxfKTUJqPP3-Kg6NU1Q";

} // namespace rookery::samples
