// SPDX-License-Identifier: MIT
#include "collect/profefe_sink.hpp"

#include <optional>
#include <string>
#include <utility>

namespace kprofefe::collect {
namespace {

class ProfefeSink final : public Sink {
 public:
  explicit ProfefeSink(profefe::Client* client) : client_(client) {}

  async::Task<Result<std::string>> deliver(FetchedProfile profile) override {
    profefe::PushRequest request{
        .service = profile.target->service,
        .type = std::string(pprof::kind_name(profile.kind)),
        .labels = profile_labels(*profile.target),
        .created_at = profile.taken_at,
        .body = profile.bytes};
    CO_TRY_ASSIGN(const std::optional<profefe::StoredProfile> stored,
                  co_await client_->push(std::move(request)));
    if (!stored) {
      // It has samples by our own look, so this deserves to be seen.
      co_return fail(ErrorKind::malformed,
                     "profefe rejected the profile as empty");
    }
    co_return stored->url;
  }

 private:
  profefe::Client* client_;
};

}  // namespace

profefe::Labels profile_labels(const Target& target) {
  profefe::Labels labels{{"from", "kube-profefe"}, {"namespace", target.ns}};
  if (target.service_named) {
    labels.emplace("pod", target.pod);
  }
  return labels;
}

std::unique_ptr<Sink> profefe_sink(profefe::Client* client) {
  return std::make_unique<ProfefeSink>(client);
}

}  // namespace kprofefe::collect
