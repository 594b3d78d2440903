// SPDX-License-Identifier: MIT

package main

import (
	"bytes"
	"compress/flate"
	"encoding/binary"
	"hash/crc32"
	"io"
	"math/rand"
	"sync"
)

// repeated is a gzip'd body which inflates to a start and many times the same
// part: it takes no memory, and its checksum is right.
type repeated struct {
	start, part, end []byte
	times            int64
}

func (r *repeated) size() int64 {
	return int64(len(r.start)) + r.times*int64(len(r.part)) + int64(len(r.end))
}

func (r *repeated) writeTo(w io.Writer) {
	w.Write(r.start)
	for range r.times {
		if _, err := w.Write(r.part); err != nil {
			return
		}
	}
	w.Write(r.end)
}

// newRepeated compresses both once. Each part ends at a byte and looks back no
// further than its own start, so that it can be followed by itself.
func newRepeated(start, part []byte, times int64) *repeated {
	r := &repeated{times: times}
	r.start = append(append([]byte{}, gzipHeader...), deflated(start)...)
	r.part = deflated(part)
	sum, length := crc32.ChecksumIEEE(start), uint32(len(start))
	for range times {
		sum = crc32.Update(sum, crc32.IEEETable, part)
		length += uint32(len(part))
	}
	r.end = []byte{1, 0, 0, 0xff, 0xff} // the last block, empty
	r.end = binary.LittleEndian.AppendUint32(r.end, sum)
	r.end = binary.LittleEndian.AppendUint32(r.end, length)
	return r
}

func deflated(data []byte) []byte {
	var out bytes.Buffer
	writer, _ := flate.NewWriter(&out, flate.BestCompression)
	writer.Write(data)
	writer.Flush()
	return out.Bytes()
}

// A profile of one sample, in the fields of profile.proto.
var (
	oneSample    = []byte{0x12, 6, 0x0a, 1, 1, 0x12, 1, 1}
	smallProfile = bytes.Join([][]byte{
		{0x0a, 4, 8, 1, 0x10, 2},       // sample type: samples, count
		oneSample,                      // of location 1, value 1
		{0x22, 6, 8, 1, 0x22, 2, 8, 1}, // location 1: a line of function 1
		{0x2a, 4, 8, 1, 0x10, 3},       // function 1: main
		{0x32, 0}, []byte("\x32\x07samples\x32\x05count\x32\x04main"),
	}, nil)
)

// bomb inflates 1 MB to 1 GB of zeros, which are no profile.
var bomb = sync.OnceValue(func() *repeated {
	return newRepeated(nil, make([]byte, 1<<20), 1<<10)
})

// manyStrings has 200 million empty strings: small, and large once parsed.
var manyStrings = sync.OnceValue(func() *repeated {
	return newRepeated(smallProfile, bytes.Repeat([]byte{0x32, 0}, 1<<20), 200)
})

var manySamples = sync.OnceValue(func() *repeated {
	return newRepeated(smallProfile, bytes.Repeat(oneSample, 100_000), 100)
})

// longAfterSample is valid from its first sample to its 10 GB.
var longAfterSample = sync.OnceValue(func() *repeated {
	const long = 16 << 20
	part := binary.AppendUvarint([]byte{0x32}, long)
	return newRepeated(smallProfile, append(part, make([]byte, long)...), 640)
})

func makeNoise(size int) []byte {
	data := make([]byte, size)
	rand.New(rand.NewSource(1)).Read(data)
	return data
}
