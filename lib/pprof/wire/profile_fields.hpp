// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>

/// The numbers of the fields of profile.proto, under the names that they have
/// there: github.com/google/pprof/blob/main/proto/profile.proto.
namespace kprofefe::pprof::proto {

struct Profile {
  enum : std::uint32_t {
    sample_type = 1,
    sample = 2,
    mapping = 3,
    location = 4,
    function = 5,
    string_table = 6,
    drop_frames = 7,
    keep_frames = 8,
    time_nanos = 9,
    duration_nanos = 10,
    period_type = 11,
    period = 12,
    comment = 13,
    default_sample_type = 14,
    doc_url = 15,
    end = 16  ///< one more than the last
  };
};

struct ValueType {
  enum : std::uint32_t { type = 1, unit = 2, end = 3 };
};

struct Sample {
  enum : std::uint32_t { location_id = 1, value = 2, label = 3, end = 4 };
};

struct Label {
  enum : std::uint32_t { key = 1, str = 2, num = 3, num_unit = 4, end = 5 };
};

struct Mapping {
  enum : std::uint32_t {
    id = 1,
    memory_start = 2,
    memory_limit = 3,
    file_offset = 4,
    filename = 5,
    build_id = 6,
    has_functions = 7,
    has_filenames = 8,
    has_line_numbers = 9,
    has_inline_frames = 10,
    end = 11
  };
};

struct Location {
  enum : std::uint32_t {
    id = 1,
    mapping_id = 2,
    address = 3,
    line = 4,
    is_folded = 5,
    end = 6
  };
};

struct Line {
  enum : std::uint32_t { function_id = 1, line = 2, column = 3, end = 4 };
};

struct Function {
  enum : std::uint32_t {
    id = 1,
    name = 2,
    system_name = 3,
    filename = 4,
    start_line = 5,
    end = 6
  };
};

}  // namespace kprofefe::pprof::proto
