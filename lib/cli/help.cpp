// SPDX-License-Identifier: MIT
#include "cli/help.hpp"

#include "base/text.hpp"

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include <sstream>
#include <utility>
#include <vector>

namespace kprofefe::cli {
namespace {

constexpr std::size_t k_page_width = 90;
constexpr std::size_t k_left_column = 34;

class Formatter final : public CLI::Formatter {
 public:
  explicit Formatter(bool is_collector) : is_collector_(is_collector) {
    column_width(k_left_column);
  }

  [[nodiscard]] std::string make_usage(const CLI::App* app,
                                       std::string name) const override {
    if (app->get_parent() == nullptr && app->get_name().empty()) {
      return "";  // a list of flags
    }
    return is_collector_ && app->get_parent() != nullptr &&
                   app->get_name() == "collect"
               ? "Usage: kprofefe [OPTIONS]\n"
               : CLI::Formatter::make_usage(app, std::move(name));
  }

  [[nodiscard]] std::string make_description(
      const CLI::App* app) const override {
    return wrap(app->get_description(), k_page_width) + "\n";
  }

  [[nodiscard]] std::string make_help(const CLI::App* app, std::string name,
                                      CLI::AppFormatMode mode) const override {
    std::string text = CLI::Formatter::make_help(app, std::move(name), mode);
    constexpr std::string_view k_gap = "\n\n\n";
    for (auto at = text.find(k_gap); at != std::string::npos;
         at = text.find(k_gap, at)) {
      text.erase(at, 1);
    }
    return text;
  }

  [[nodiscard]] std::string make_group(
      std::string group, bool is_positional,
      std::vector<const CLI::Option*> options) const override {
    return group == k_shared_group
               ? ""
               : CLI::Formatter::make_group(std::move(group), is_positional,
                                            std::move(options));
  }

  /// Only the placeholder: what the parser checks beside it is in words.
  [[nodiscard]] std::string make_option_opts(
      const CLI::Option* option) const override {
    const std::string type = option->get_type_name();
    return type.empty() || option->get_type_size() == 0
               ? ""
               : " " + type.substr(0, type.find(':'));
  }

  [[nodiscard]] std::string make_option_desc(
      const CLI::Option* option) const override {
    std::string text = option->get_description();
    if (option->get_required()) {
      text += " (required)";
    } else if (!option->get_default_str().empty()) {
      text += fmt::format(" (default {})", option->get_default_str());
    }
    return wrap(text, k_page_width - k_left_column);
  }

  [[nodiscard]] std::string make_subcommand(
      const CLI::App* command) const override {
    std::ostringstream out;
    CLI::detail::format_help(
        out, command->get_display_name(true),
        wrap(command->get_description(), k_page_width - k_left_column),
        k_left_column);
    return out.str();
  }

 private:
  bool is_collector_;
};

}  // namespace

std::shared_ptr<CLI::FormatterBase> help_formatter(bool is_collector) {
  return std::make_shared<Formatter>(is_collector);
}

std::string point_to_options(const CLI::App& program, std::string_view what) {
  return fmt::format(
      "\nUse \"{} options\" for the flags that commands share:\n{}.\n",
      program.get_name(), what);
}

std::string wrap(std::string_view text, std::size_t width) {
  std::string wrapped;
  std::size_t column = 0;
  for (const std::string_view word : split(text, ' ')) {
    const bool fits = column + 1 + word.size() <= width;
    if (column > 0) {
      wrapped += fits ? ' ' : '\n';
    }
    column = column > 0 && fits ? column + 1 + word.size() : word.size();
    wrapped += word;
    if (const auto line_end = word.rfind('\n');
        line_end != std::string_view::npos) {
      column = word.size() - line_end - 1;
    }
  }
  return wrapped;
}

}  // namespace kprofefe::cli
