// SPDX-License-Identifier: MIT
#include "pprof/demangle/itanium_nodes.hpp"

#include "base/number.hpp"

#include <algorithm>
#include <array>
#include <memory>

namespace kprofefe::pprof::itanium {
namespace {

void print_count(OutputBuffer& out, std::string_view count) {
  out << '#' << count_of(count);
}

}  // namespace

long count_of(std::string_view number) {
  constexpr long k_most = 1'000'000'000;
  return number.empty()
             ? 1
             : 2 + std::clamp(parse_number<long>(number).value_or(k_most), 0L,
                              k_most);
}

bool Bounded::enter(OutputBuffer& out) const {
  if (printing_->is_too_much || printing_->visits == 0 ||
      printing_->depth == 0 || out.getCurrentPosition() > printing_->text) {
    printing_->is_too_much = true;
    if (out.empty()) {
      out += '?';  // some nodes look at what stands before them
    }
    return false;
  }
  --printing_->visits;
  --printing_->depth;
  return true;
}

bool TemplateParameter::is_auto() const {
  return printing_->lambda_params &&
         static_cast<std::size_t>(number_) > *printing_->lambda_params;
}

void TemplateParameter::printLeft(OutputBuffer& out) const {
  if (is_auto()) {
    out << "auto:" << number_;
    return;
  }
  const Visit visit(*this);
  if (visit.is_allowed()) {
    replacement_->printLeft(out);
  }
}

void TemplateParameter::printRight(OutputBuffer& out) const {
  const Visit visit(*this);
  if (visit.is_allowed()) {
    replacement_->printRight(out);
  }
}

/// Constructors are called after it.
std::string_view Closure::getBaseName() const {
  OutputBuffer out;
  printLeft(out);
  const std::unique_ptr<char, Free> owner(out.getBuffer());
  return nodes_->keep(std::string(std::string_view(out)));
}

void Closure::printLeft(OutputBuffer& out) const {
  const llvm_names::ScopedOverride<std::optional<std::size_t>> inside(
      nodes_->printing().lambda_params, declared_);
  out += "{lambda";
  printDeclarator(out);
  print_count(out, count_);
  out += '}';
}

UnnamedType::UnnamedType(Nodes& nodes, std::string_view count)
    : Node(KUnnamedTypeName),
      name_(nodes.keep("{unnamed type#" + std::to_string(count_of(count)) +
                       "}")) {}

void TemplateArguments::printLeft(OutputBuffer& out) const {
  const llvm_names::ScopedOverride<unsigned> inside(out.GtIsGt, 0);
  if (!out.empty() && out.back() == '<') {
    out += ' ';
  }
  out += '<';
  arguments_.printWithComma(out);
  if (out.back() == '>') {
    out += ' ';
  }
  out += '>';
}

void StdTemplate::printLeft(OutputBuffer& out) const {
  out << "std::" << name_ << arguments_;
}

void DefaultArgument::printLeft(OutputBuffer& out) const {
  out += "{default arg";
  print_count(out, number_);
  out += "}::";
  entity_->print(out);
}

Node* Nodes::template_of(Node* name, Node* arguments) {
  return parts_.template_args
             ? bounded(
                   create<llvm_names::NameWithTemplateArgs>(name, arguments))
             : name;
}

/// What the function returns is left out always.
Node* Nodes::local_name(Node* encoding, Node* entity) {
  if (encoding->getKind() == Node::KFunctionEncoding) {
    const auto* const function =
        static_cast<const llvm_names::FunctionEncoding*>(
            static_cast<const Bounded*>(encoding)->inner());
    encoding = bounded(create<llvm_names::FunctionEncoding>(
        nullptr, function->getName(),
        parts_.enclosing_params ? function->getParams() : NodeArray(), nullptr,
        nullptr, function->getCVQuals(), function->getRefQual()));
  }
  return bounded(create<llvm_names::LocalName>(encoding, entity));
}

Node* Nodes::expanded(const llvm_names::ExpandedSpecialSubstitution* type) {
  std::string_view name;
  std::string_view arguments;
  type->match([&](llvm_names::SpecialSubKind kind) {
    using llvm_names::SpecialSubKind;
    switch (kind) {
      case SpecialSubKind::allocator:
        name = "allocator";
        break;
      case SpecialSubKind::basic_string:
        name = "basic_string";
        break;
      case SpecialSubKind::string:
        name = "basic_string";
        arguments = "<char, std::char_traits<char>, std::allocator<char> >";
        break;
      case SpecialSubKind::istream:
        name = "basic_istream";
        arguments = "<char, std::char_traits<char> >";
        break;
      case SpecialSubKind::ostream:
        name = "basic_ostream";
        arguments = "<char, std::char_traits<char> >";
        break;
      case SpecialSubKind::iostream:
        name = "basic_iostream";
        arguments = "<char, std::char_traits<char> >";
        break;
    }
  });
  return create<StdTemplate>(
      name, parts_.template_args ? arguments : std::string_view());
}

Node* Nodes::special_name(std::string_view prefix, Node* child) {
  return bounded(create<llvm_names::SpecialName>(gnu_name(prefix), child));
}

std::string_view Nodes::gnu_name(std::string_view name) {
  static constexpr auto k_names =
      std::to_array<std::pair<std::string_view, std::string_view>>({
          {"thread-local wrapper routine for ", "TLS wrapper function for "},
          {"thread-local initialization routine for ",
           "TLS init function for "},
          {"std::nullptr_t", "decltype(nullptr)"},
      });
  const auto* const found = std::ranges::find(
      k_names, name, [](const auto& pair) { return pair.first; });
  return found == k_names.end() ? name : found->second;
}

}  // namespace kprofefe::pprof::itanium
