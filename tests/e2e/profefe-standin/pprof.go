// SPDX-License-Identifier: MIT

package main

import (
	"bytes"
	"compress/gzip"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"time"
)

// Fields of message Profile (github.com/google/pprof, profile.proto).
const (
	fieldSample    = 2
	fieldTimeNanos = 9
)

var errFormat = errors.New("parsing profile: unrecognized profile format")

// inspect reads as much of a profile as the server must know: that it is one,
// that it has samples, and when it was taken (zero when it does not say).
func inspect(content []byte) (taken time.Time, err error) {
	if len(content) == 0 {
		return taken, errors.New("parsing profile: empty input file")
	}
	if bytes.HasPrefix(content, []byte{0x1f, 0x8b}) {
		if content, err = gunzip(content); err != nil {
			return taken, fmt.Errorf("decompressing profile: %w", err)
		}
	}
	samples := 0
	for len(content) > 0 {
		field, value, rest, err := nextField(content)
		if err != nil {
			return taken, err
		}
		switch field {
		case fieldSample:
			samples++
		case fieldTimeNanos:
			taken = time.Unix(0, int64(value))
		}
		content = rest
	}
	if samples == 0 {
		return taken, errors.New("profile is empty: no samples")
	}
	return taken, nil
}

func gunzip(content []byte) ([]byte, error) {
	reader, err := gzip.NewReader(bytes.NewReader(content))
	if err != nil {
		return nil, err
	}
	return io.ReadAll(reader)
}

// nextField takes one protobuf field off the front: its number, its value
// when that is a varint, and what follows.
func nextField(b []byte) (field, value uint64, rest []byte, err error) {
	key, n := binary.Uvarint(b)
	if n <= 0 {
		return 0, 0, nil, errFormat
	}
	b, field = b[n:], key>>3
	if value, n = binary.Uvarint(b); n <= 0 {
		return 0, 0, nil, errFormat
	}
	switch key & 7 {
	case 0:
		return field, value, b[n:], nil
	case 2:
		if value > uint64(len(b)-n) {
			return 0, 0, nil, errFormat
		}
		return field, 0, b[n+int(value):], nil
	}
	return 0, 0, nil, errFormat
}
