// SPDX-License-Identifier: MIT
#include "pprof/demangle/itanium.hpp"

#include "pprof/demangle/itanium_nodes.hpp"
#include "pprof/demangle/longest_text.hpp"

#include <cstddef>
#include <cstdlib>
#include <memory>
#include <vector>

namespace llvm::itanium_demangle {

/// LLVM's parser is a template, all but this: the end of `_1` or `__12_`.
const char* parse_discriminator(const char* first, const char* last) {
  const auto is_digit = [](char c) { return c >= '0' && c <= '9'; };
  const auto skip_digits = [&](const char* at) {
    while (at != last && is_digit(*at)) {
      ++at;
    }
    return at;
  };
  if (first == last) {
    return first;
  }
  if (*first != '_') {
    // Of old compilers, and only at the end.
    return skip_digits(first) == last ? last : first;
  }
  const char* at = first + 1;
  if (at != last && is_digit(*at)) {
    return at + 1;
  }
  if (at != last && *at == '_') {
    const char* const end = skip_digits(at + 1);
    if (end != at + 1 && end != last && *end == '_') {
      return end + 1;
    }
  }
  return first;
}

}  // namespace llvm::itanium_demangle

namespace kprofefe::pprof {
namespace {

using itanium::Node;
using itanium::Nodes;
using llvm::itanium_demangle::LocalName;
using llvm::itanium_demangle::NameType;
using llvm::itanium_demangle::parse_discriminator;
using llvm::itanium_demangle::ScopedOverride;
using llvm::itanium_demangle::SpecialName;
using llvm::itanium_demangle::TemplateArgumentPack;

/// Levels of what is nested in a name.
constexpr std::size_t k_deepest = 600;

/// It calls itself for what is nested, so it must not go too deep.
class Parser
    : public llvm::itanium_demangle::AbstractManglingParser<Parser, Nodes> {
  using Base = AbstractManglingParser;

 public:
  Parser(std::string_view mangled, NameParts parts)
      : Base(mangled.data(), mangled.data() + mangled.size()) {
    ASTAllocator.begin(parts, {.visits = longest_text(mangled.size()) / 4,
                               .depth = k_deepest,
                               .text = longest_text(mangled.size())});
  }

  // NOLINTBEGIN(readability-identifier-naming): these hide those of LLVM
  Node* parseType() { return nested(&Base::parseType); }

  Node* parseExpr() { return nested(&Base::parseExpr); }

  Node* parseTemplateArg();

  Node* parseBracedExpr() { return nested(&Base::parseBracedExpr); }

  Node* parseQualifiedType() { return nested(&Base::parseQualifiedType); }

  Node* parseEncoding() {
    const Level level(*this);
    return level.is_allowed() ? Base::parseEncoding() : nullptr;
  }

  Node* parseName(NameState* state = nullptr);
  Node* parseTemplateParam();
  Node* parseTemplateParamDecl(TemplateParamList* params);
  Node* parseLocalName(NameState* state);
  Node* parseSpecialName();
  Node* parseUnresolvedType();
  // NOLINTEND(readability-identifier-naming)

  /// The name alone, whatever its parameters are.
  Node* parse_name();

  std::optional<std::string> print(const Node& root);

 private:
  class Level {
   public:
    explicit Level(Parser& parser) : parser_(parser) { ++parser_.level_; }

    Level(const Level&) = delete;
    Level& operator=(const Level&) = delete;

    ~Level() { --parser_.level_; }

    [[nodiscard]] bool is_allowed() const { return parser_.level_ < k_deepest; }

   private:
    Parser& parser_;
  };

  Node* nested(Node* (Base::*parse)()) {
    const Level level(*this);
    return level.is_allowed() ? (this->*parse)() : nullptr;
  }

  Node* parse_entity(NameState* state);

  std::size_t level_ = 0;
  std::vector<itanium::TemplateParameter*> autos_;  ///< of lambdas
};

/// A generic lambda is called as a template: what its parameters name again
/// are the arguments of that.
Node* Parser::parseName(NameState* state) {
  const Level level(*this);
  Node* const name = level.is_allowed() ? Base::parseName(state) : nullptr;
  if (name == nullptr || state == nullptr || !state->EndsWithTemplateArgs ||
      TemplateParams.empty() || TemplateParams[0] == nullptr) {
    return name;
  }
  for (itanium::TemplateParameter* const parameter : autos_) {
    if (parameter->index() < TemplateParams[0]->size()) {
      parameter->replace_by((*TemplateParams[0])[parameter->index()]);
    }
  }
  autos_.clear();
  return name;
}

/// A pack of arguments begins with `I` in the code of old compilers. What the
/// type of a conversion operator may not have, its arguments may.
Node* Parser::parseTemplateArg() {
  const ScopedOverride<bool> templates(TryToParseTemplateArgs, true);
  if (!consumeIf('I')) {
    return nested(&Base::parseTemplateArg);
  }
  const std::size_t begin = Names.size();
  while (!consumeIf('E')) {
    Node* const argument = nested(&Base::parseTemplateArg);
    if (argument == nullptr) {
      return nullptr;
    }
    Names.push_back(argument);
  }
  return make<TemplateArgumentPack>(popTrailingNodeArray(begin));
}

Node* Parser::parseTemplateParam() {
  const char* const begin = First;
  Node* const found = Base::parseTemplateParam();
  if (found == nullptr || InConstraintExpr) {
    return found;
  }
  // T_ is the first one, T0_ the second, TL0__ the first of another level.
  std::string_view number(begin + 1,
                          static_cast<std::size_t>(First - begin - 2));
  if (number.starts_with('L')) {
    number.remove_prefix(number.find('_') + 1);
  }
  auto* const parameter = ASTAllocator.create<itanium::TemplateParameter>(
      found, itanium::count_of(number), ASTAllocator.printing());
  if (found->getKind() == Node::KNameType &&
      static_cast<const NameType*>(found)->getName() == "auto") {
    autos_.push_back(parameter);
  }
  return parameter;
}

/// What a constraint says is not shown, and may name parameters that come
/// later.
Node* Parser::parseTemplateParamDecl(TemplateParamList* params) {
  const ScopedOverride<bool> constraint(InConstraintExpr,
                                        InConstraintExpr || look(1) == 'k');
  return Base::parseTemplateParamDecl(params);
}

/// LLVM forgets the template arguments of a local function before it comes to
/// its parameters, and in which default argument something is.
Node* Parser::parseLocalName(NameState* state) {
  if (!consumeIf('Z')) {
    return nullptr;
  }
  Node* const encoding = parseEncoding();
  if (encoding == nullptr || !consumeIf('E')) {
    return nullptr;
  }
  if (consumeIf('s')) {
    First = parse_discriminator(First, Last);
    return make<LocalName>(encoding, make<NameType>("string literal"));
  }
  const bool is_default = consumeIf('d');
  const std::string_view argument =
      is_default ? parseNumber(true) : std::string_view();
  if (is_default && !consumeIf('_')) {
    return nullptr;
  }
  Node* const entity = parse_entity(state);
  if (entity == nullptr) {
    return nullptr;
  }
  if (is_default) {
    return make<LocalName>(
        encoding,
        ASTAllocator.create<itanium::DefaultArgument>(argument, entity));
  }
  First = parse_discriminator(First, Last);
  return make<LocalName>(encoding, entity);
}

Node* Parser::parse_entity(NameState* state) {
  if (state != nullptr) {
    TemplateParams.clear();
    return parseName(state);
  }
  const SaveTemplateParams outer(this);
  return parseName(state);
}

/// Transaction clones are missing in LLVM.
Node* Parser::parseSpecialName() {
  for (const auto& [code, prefix] :
       {std::pair{"GTt", "transaction clone for "},
        std::pair{"GTn", "non-transaction clone for "},
        std::pair{"GA", "hidden alias for "}}) {
    if (consumeIf(std::string_view(code))) {
      Node* const encoding = parseEncoding();
      return encoding == nullptr ? nullptr
                                 : make<SpecialName>(prefix, encoding);
    }
  }
  return Base::parseSpecialName();
}

/// As old compilers have it, the type may be in `std`.
Node* Parser::parseUnresolvedType() {
  if (look() != 'S' || look(1) != 't') {
    return Base::parseUnresolvedType();
  }
  Node* const type = parseName();
  if (type != nullptr) {
    Subs.push_back(type);
  }
  return type;
}

Node* Parser::parse_name() {
  if (look() == 'G' || look() == 'T') {
    return parseSpecialName();
  }
  NameState state(this);
  Node* const name = parseName(&state);
  return name == nullptr || resolveForwardTemplateRefs(state) ? nullptr : name;
}

std::optional<std::string> Parser::print(const Node& root) {
  llvm::itanium_demangle::OutputBuffer out;
  root.print(out);
  const std::unique_ptr<char, itanium::Free> owner(out.getBuffer());
  if (ASTAllocator.printing().is_too_much) {
    return std::nullopt;
  }
  return std::string(std::string_view(out));
}

}  // namespace

std::optional<std::string> demangle_itanium(std::string_view symbol,
                                            NameParts parts) {
  Parser parser(symbol.substr(std::string_view("_Z").size()), parts);
  const Node* const root =
      parts.params ? parser.parseEncoding() : parser.parse_name();
  if (root == nullptr) {
    return std::nullopt;
  }
  return parser.print(*root);
}

}  // namespace kprofefe::pprof
