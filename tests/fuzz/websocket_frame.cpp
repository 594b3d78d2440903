// SPDX-License-Identifier: MIT
#include "http/websocket_frame.hpp"

#include "fuzz_target.hpp"

#include "kube/forward/port_channel.hpp"

#include <cstdlib>
#include <string>
#include <string_view>

namespace {

using namespace kprofefe;

/// What a port-forward's bytes come to.
struct Outcome {
  std::string data;
  std::string errors;
  std::string control;
  bool broken = false;

  bool operator==(const Outcome&) const = default;
};

void take(const http::FramePiece& piece, kube::PortChannels& channels,
          Outcome& outcome) {
  if (piece.opcode >= http::Opcode::close) {
    outcome.control += piece.payload;
    return;
  }
  const auto came = channels.read(piece);
  if (!came) {
    outcome.broken = true;
    return;
  }
  (came->channel == kube::Channel::data ? outcome.data : outcome.errors) +=
      came->bytes;
}

Outcome read_in_steps(std::string_view wire, std::size_t step) {
  constexpr std::uint16_t k_port = 6060;
  http::FrameReader reader;
  kube::PortChannels channels(k_port);
  Outcome outcome;
  for (std::size_t at = 0; at < wire.size(); at += step) {
    std::string_view input = wire.substr(at, step);
    while (!outcome.broken) {
      const auto piece = reader.next(input);
      outcome.broken = !piece;
      if (!piece || !*piece) {
        break;
      }
      take(**piece, channels, outcome);
    }
    if (outcome.broken) {
      break;
    }
    if (!input.empty()) {
      std::abort();  // bytes were left although nothing more can be read
    }
  }
  return outcome;
}

}  // namespace

/// The first byte says how the wire is cut; the cut must not matter.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data,
                                      std::size_t size) {
  if (size == 0) {
    return 0;
  }
  const std::string_view wire(reinterpret_cast<const char*>(data) + 1,
                              size - 1);
  const Outcome whole = read_in_steps(wire, size);
  if (whole != read_in_steps(wire, std::size_t{1} + data[0])) {
    std::abort();
  }
  if (whole.data.size() + whole.errors.size() + whole.control.size() > size) {
    std::abort();
  }
  return 0;
}
