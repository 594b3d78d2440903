// SPDX-License-Identifier: MIT
#pragma once

#include "pprof/demangle/name_parts.hpp"

#include <llvm/Demangle/ItaniumDemangle.h>

#include <cstddef>
#include <cstdlib>
#include <deque>
#include <memory_resource>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>

// The nodes of LLVM's parser for C++ names. It asks an allocator for each of
// them, and takes what it is given: that is where names lose the parts that
// nobody asked for, get the spelling of GNU's demangler, which is pprof's, and
// come to an end.

namespace kprofefe::pprof::itanium {

namespace llvm_names = llvm::itanium_demangle;
using llvm_names::Node;
using llvm_names::NodeArray;
using llvm_names::OutputBuffer;

/// Of what libc allocated.
struct Free {
  void operator()(char* text) const { std::free(text); }
};

/// Counted from 1. Names leave out the number of the first, and that of the
/// second is 0.
long count_of(std::string_view number);

/// What printing may still cost. What a name says twice is one node with two
/// parents, so that a short name can stand for gigabytes of text.
struct Printing {
  std::size_t visits = 0;
  std::size_t depth = 0;
  std::size_t text = 0;  ///< bytes
  bool is_too_much = false;
  /// Inside of the parameters of a lambda: how many template parameters it
  /// declares. Others are those of `auto`.
  std::optional<std::size_t> lambda_params = std::nullopt;
};

/// A node that is printed while the budget lasts. Every node with more than
/// one child is behind one.
class Bounded final : public Node {
 public:
  Bounded(Node* node, Printing& printing)
      : Node(node->getKind(), node->getPrecedence(), node->RHSComponentCache,
             node->ArrayCache, node->FunctionCache),
        node_(node),
        printing_(&printing) {}

  [[nodiscard]] const Node* inner() const { return node_; }

  // NOLINTBEGIN(readability-identifier-naming): names of LLVM
  bool hasRHSComponentSlow(OutputBuffer& out) const override {
    return node_->hasRHSComponent(out);
  }

  bool hasArraySlow(OutputBuffer& out) const override {
    return node_->hasArray(out);
  }

  bool hasFunctionSlow(OutputBuffer& out) const override {
    return node_->hasFunction(out);
  }

  const Node* getSyntaxNode(OutputBuffer& out) const override {
    return node_->getSyntaxNode(out);
  }

  [[nodiscard]] std::string_view getBaseName() const override {
    return node_->getBaseName();
  }

  void printLeft(OutputBuffer& out) const override {
    if (enter(out)) {
      node_->printLeft(out);
      ++printing_->depth;
    }
  }

  void printRight(OutputBuffer& out) const override {
    if (enter(out)) {
      node_->printRight(out);
      ++printing_->depth;
    }
  }

  // NOLINTEND(readability-identifier-naming)

 private:
  bool enter(OutputBuffer& out) const;

  Node* node_;
  Printing* printing_;
};

/// A template parameter that stands for what it was replaced with; as the type
/// of a lambda's parameter, for `auto:1`.
class TemplateParameter final : public Node {
 public:
  TemplateParameter(const Node* replacement, long number,
                    const Printing& printing)
      : Node(replacement->getKind(), replacement->getPrecedence(),
             Cache::Unknown, Cache::Unknown, Cache::Unknown),
        replacement_(replacement),
        number_(number),
        printing_(&printing) {}

  [[nodiscard]] std::size_t index() const {
    return static_cast<std::size_t>(number_ - 1);
  }

  void replace_by(const Node* node) { replacement_ = node; }

  // NOLINTBEGIN(readability-identifier-naming): names of LLVM
  bool hasRHSComponentSlow(OutputBuffer& out) const override {
    const Visit visit(*this);
    return visit.is_allowed() && replacement_->hasRHSComponent(out);
  }

  bool hasArraySlow(OutputBuffer& out) const override {
    const Visit visit(*this);
    return visit.is_allowed() && replacement_->hasArray(out);
  }

  bool hasFunctionSlow(OutputBuffer& out) const override {
    const Visit visit(*this);
    return visit.is_allowed() && replacement_->hasFunction(out);
  }

  const Node* getSyntaxNode(OutputBuffer& out) const override {
    const Visit visit(*this);
    return visit.is_allowed() ? replacement_->getSyntaxNode(out) : this;
  }

  void printLeft(OutputBuffer& out) const override;
  void printRight(OutputBuffer& out) const override;
  // NOLINTEND(readability-identifier-naming)

 private:
  /// What a parameter stands for may contain it, in a name that no compiler
  /// made.
  class Visit {
   public:
    explicit Visit(const TemplateParameter& parameter)
        : parameter_(parameter), is_first_(!parameter.is_visited_) {
      parameter_.is_visited_ = true;
    }

    Visit(const Visit&) = delete;
    Visit& operator=(const Visit&) = delete;

    ~Visit() { parameter_.is_visited_ = !is_first_; }

    [[nodiscard]] bool is_allowed() const {
      return is_first_ && !parameter_.is_auto();
    }

   private:
    const TemplateParameter& parameter_;
    bool is_first_;
  };

  [[nodiscard]] bool is_auto() const;

  const Node* replacement_;
  long number_;  ///< counted from 1
  const Printing* printing_;
  mutable bool is_visited_ = false;
};

class Nodes;

/// `{lambda(int)#1}`
class Closure final : public llvm_names::ClosureTypeName {
 public:
  // NOLINTNEXTLINE(readability-function-size): LLVM's five, and the nodes
  Closure(Nodes& nodes, NodeArray template_params, const Node* requires1,
          NodeArray params, const Node* requires2, std::string_view count)
      : ClosureTypeName(template_params, requires1, params, requires2, count),
        nodes_(&nodes),
        declared_(template_params.size()),
        count_(count) {}

  // NOLINTBEGIN(readability-identifier-naming): names of LLVM
  [[nodiscard]] std::string_view getBaseName() const override;
  void printLeft(OutputBuffer& out) const override;
  // NOLINTEND(readability-identifier-naming)

 private:
  Nodes* nodes_;
  std::size_t declared_;
  std::string_view count_;
};

/// `{unnamed type#1}`
class UnnamedType final : public Node {
 public:
  UnnamedType(Nodes& nodes, std::string_view count);

  // NOLINTBEGIN(readability-identifier-naming): names of LLVM
  [[nodiscard]] std::string_view getBaseName() const override { return name_; }

  void printLeft(OutputBuffer& out) const override { out += name_; }

  // NOLINTEND(readability-identifier-naming)

 private:
  std::string_view name_;
};

/// `<int, std::allocator<int> >`, with the blank of C++98.
class TemplateArguments final : public Node {
 public:
  explicit TemplateArguments(NodeArray arguments)
      : Node(KTemplateArgs), arguments_(arguments) {}

  // NOLINTNEXTLINE(readability-identifier-naming)
  void printLeft(OutputBuffer& out) const override;

 private:
  NodeArray arguments_;
};

/// A class template of the standard library with one of the short names of the
/// ABI, where its constructor is named: `std::basic_string`.
class StdTemplate final : public Node {
 public:
  StdTemplate(std::string_view name, std::string_view arguments)
      : Node(KExpandedSpecialSubstitution),
        name_(name),
        arguments_(arguments) {}

  // NOLINTBEGIN(readability-identifier-naming): names of LLVM
  [[nodiscard]] std::string_view getBaseName() const override { return name_; }

  void printLeft(OutputBuffer& out) const override;
  // NOLINTEND(readability-identifier-naming)

 private:
  std::string_view name_;
  std::string_view arguments_;
};

/// `{default arg#1}::` before what is local to it.
class DefaultArgument final : public Node {
 public:
  DefaultArgument(std::string_view number, const Node* entity)
      : Node(KNameType), number_(number), entity_(entity) {}

  // NOLINTNEXTLINE(readability-identifier-naming)
  void printLeft(OutputBuffer& out) const override;

 private:
  std::string_view number_;
  const Node* entity_;
};

/// What LLVM's parser makes its nodes with.
class Nodes {
 public:
  Nodes() = default;

  void begin(NameParts parts, const Printing& printing) {
    parts_ = parts;
    printing_ = printing;
  }

  Printing& printing() { return printing_; }

  /// A copy that lives as long as the nodes.
  std::string_view keep(std::string text) {
    return texts_.emplace_back(std::move(text));
  }

  template <typename T, typename... Args>
  T* create(Args&&... args) {
    return new (memory_.allocate(sizeof(T), alignof(T)))
        T(std::forward<Args>(args)...);
  }

  // NOLINTBEGIN(readability-identifier-naming): names of LLVM
  void reset() {}

  void* allocateNodeArray(std::size_t size) {
    return memory_.allocate(sizeof(Node*) * size, alignof(Node*));
  }

  template <typename T, typename... Args>
  Node* makeNode(Args&&... args) {
    if constexpr (std::is_same_v<T, llvm_names::NameWithTemplateArgs>) {
      return template_of(args...);
    } else if constexpr (std::is_same_v<T, llvm_names::TemplateArgs>) {
      return bounded(create<TemplateArguments>(first(args...)));
    } else if constexpr (std::is_same_v<T, llvm_names::LocalName>) {
      return local_name(args...);
    } else if constexpr (std::is_same_v<T, llvm_names::ClosureTypeName>) {
      return create<Closure>(*this, std::forward<Args>(args)...);
    } else if constexpr (std::is_same_v<T, llvm_names::UnnamedTypeName>) {
      return create<UnnamedType>(*this, std::forward<Args>(args)...);
    } else if constexpr (std::is_same_v<
                             T, llvm_names::ExpandedSpecialSubstitution>) {
      return expanded(create<T>(std::forward<Args>(args)...));
    } else if constexpr (std::is_same_v<T, llvm_names::SpecialName>) {
      return special_name(args...);
    } else if constexpr (std::is_same_v<T, llvm_names::NameType>) {
      return create<T>(gnu_name(args...));
    } else if constexpr (is_leaf_or_cast<T>()) {
      return create<T>(std::forward<Args>(args)...);
    } else {
      return bounded(create<T>(std::forward<Args>(args)...));
    }
  }

  // NOLINTEND(readability-identifier-naming)

 private:
  /// Those whose fields the parser and other nodes look at. They have no more
  /// than one child, or children that are bounded.
  template <typename T>
  static constexpr bool is_leaf_or_cast() {
    return std::is_same_v<T, llvm_names::ObjCProtoName> ||
           std::is_same_v<T, llvm_names::ModuleName> ||
           std::is_same_v<T, llvm_names::SpecialSubstitution> ||
           std::is_same_v<T, llvm_names::ForwardTemplateReference> ||
           std::is_same_v<T, llvm_names::TemplateParamQualifiedArg> ||
           std::is_same_v<T, llvm_names::TemplateArgumentPack>;
  }

  static NodeArray first(NodeArray array, const Node* /*constraint*/) {
    return array;
  }

  static std::string_view gnu_name(std::string_view name);

  Node* bounded(Node* node) { return create<Bounded>(node, printing_); }

  Node* template_of(Node* name, Node* arguments);
  Node* local_name(Node* encoding, Node* entity);
  Node* expanded(const llvm_names::ExpandedSpecialSubstitution* type);
  Node* special_name(std::string_view prefix, Node* child);

  NameParts parts_;
  Printing printing_;
  std::pmr::monotonic_buffer_resource memory_;
  std::deque<std::string> texts_;
};

}  // namespace kprofefe::pprof::itanium
