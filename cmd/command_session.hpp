// SPDX-License-Identifier: MIT
#pragma once

#include "cmd/streams.hpp"

#include "session/process_session.hpp"

namespace kprofefe::cmd {

/// Messages as lines of standard error: `note: ...`, `debug: ...`, `error:
/// ...`.
class StreamMessages final : public Messages {
 public:
  explicit StreamMessages(Streams& streams) : streams_(streams) {}

  void note(std::string_view text) override { print_note(streams_, text); }

  void debug(std::string_view text) override { print_debug(streams_, text); }

  void error(const Error& error) override { print_error(streams_, error); }

 private:
  Streams& streams_;
};

/// The session of a command, which catches signals from its making on: what
/// blocks is read before.
class CommandSession {
 public:
  explicit CommandSession(const Context& context)
      : messages_(context.streams),
        process_(context.env, messages_, context.streams.verbosity) {}

  ProcessSession* operator->() { return &process_; }

  [[nodiscard]] const Session* get() const { return &process_.session(); }

 private:
  StreamMessages messages_;
  ProcessSession process_;
};

}  // namespace kprofefe::cmd
