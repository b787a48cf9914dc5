#include "cluster/tokens/make_token_verifier.hpp"

#include "cluster/tokens/jwt_verifier.hpp"
#include "configs/check_settings.hpp"
#include "configs/file_text.hpp"
#include "configs/value_text.hpp"

namespace rookery {

namespace {

using texts = std::vector<std::string>;

/// The largest key file in bytes, far larger than any public key in PEM.
constexpr std::size_t max_key_file = 64 * 1024;

/// An element of a list of keys: "kid:NAME:VALUE", or a value alone.
struct key_entry {
  std::optional<std::string> name;
  std::string value;
};

std::optional<key_entry> parse_entry(const std::string& text) {
  constexpr std::string_view prefix = "kid:";
  if (!text.starts_with(prefix))
    return key_entry{std::nullopt, text};
  const auto colon = text.find(':', prefix.size());
  if (colon == text.npos || colon == prefix.size())
    return std::nullopt;
  return key_entry{text.substr(prefix.size(), colon - prefix.size()),
                   text.substr(colon + 1)};
}

// Collects the keys of one kind of token.
struct key_loader {
  token_setup& setup;
  bool is_insecure;
  token_keys keys = {};

  void fail(const std::string& where, std::string_view what) {
    setup.errors.push_back(where + ": " + std::string{what});
  }

  void add(const std::string& where, std::optional<std::string> name,
           token_key_result made) {
    if (const auto* bad = std::get_if<bad_key>(&made))
      fail(where, bad->text);
    else if (name && keys.contains(*name))
      fail(where, "has the name of another key");
    else
      keys.add(std::move(name), std::move(std::get<token_key_ptr>(made)));
  }

  void add_secrets(std::string_view setting, const texts& secrets) {
    for (std::size_t i = 0; i < secrets.size(); ++i) {
      const auto where =
        std::string{setting} + ": secret " + std::to_string(i + 1);
      auto entry = parse_entry(secrets[i]);
      if (!entry) {
        fail(where, "expected kid:NAME:SECRET");
        continue;
      }
      const auto size = entry->value.size();
      if (size > 0 && size < min_secret_size && !is_insecure) {
        fail(where, "is shorter than 16 bytes and can be guessed; to allow "
                    "that, set node.insecure");
        continue;
      }
      if (size > 0 && size < safe_secret_size)
        setup.warnings.push_back(where
                                 + ": is shorter than 32 bytes and may "
                                   "be guessed");
      add(where, std::move(entry->name),
          make_secret_key(std::move(entry->value)));
    }
  }

  void add_files(std::string_view setting, const texts& files) {
    for (const auto& file : files) {
      const auto where = std::string{setting} + ": " + format_quoted(file);
      auto entry = parse_entry(file);
      if (!entry) {
        fail(where, "expected kid:NAME:FILE");
        continue;
      }
      const auto pem = read_file(entry->value, max_key_file);
      if (const auto* error = std::get_if<file_error>(&pem))
        fail(where, error->text);
      else
        add(where, std::move(entry->name),
            read_public_key(std::get<std::string>(pem)));
    }
  }
};

} // namespace

token_setup make_token_verifier(const settings::token_settings& given,
                                bool is_insecure) {
  token_setup result;
  key_loader connection{result, is_insecure};
  connection.add_secrets("token.hmac-secrets", given.hmac_secrets);
  connection.add_files("token.public-keys", given.public_keys);
  key_loader subscription{result, is_insecure};
  subscription.add_secrets("token.subscription-hmac-secrets",
                           given.subscription_hmac_secrets);
  subscription.add_files("token.subscription-public-keys",
                         given.subscription_public_keys);
  if (result.errors.empty())
    result.verifier = std::make_unique<jwt_verifier>(
      std::move(connection.keys), std::move(subscription.keys),
      token_policy{given.audience, given.issuer,
                   std::chrono::ceil<std::chrono::seconds>(given.leeway)});
  return result;
}

} // namespace rookery
