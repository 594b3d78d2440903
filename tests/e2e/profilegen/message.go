// SPDX-License-Identifier: MIT

package main

import (
	"bytes"
	"compress/gzip"
	"hash/crc32"
)

// What follows are the messages of profile.proto, written by hand: the field
// numbers are those of
// https://github.com/google/pprof/blob/main/proto/profile.proto.

type valueType struct{ kind, unit string }

type label struct {
	key, text string // text "": a number
	number    int64
	unit      string
}

type sample struct {
	locations []uint64 // leaf first
	values    []int64
	labels    []label
}

type mapping struct {
	id, start, limit, offset           uint64
	file, buildID                      string
	functions, files, lines, inlinings bool
}

type line struct {
	function     uint64
	line, column int64
}

type location struct {
	id, mapping, address uint64
	lines                []line
	folded               bool
}

type function struct {
	id                     uint64
	name, systemName, file string
	startLine              int64
}

type profile struct {
	sampleTypes              []valueType
	samples                  []sample
	mappings                 []mapping
	locations                []location
	functions                []function
	dropFrames, keepFrames   string
	timeNanos, durationNanos int64
	periodType               valueType
	period                   int64
	comments                 []string
	defaultType, docURL      string

	unpacked bool   // repeated numbers one field each
	extra    []byte // raw fields nobody knows
}

// message is a protobuf message under construction.
type message struct{ bytes.Buffer }

func (m *message) varint(v uint64) {
	for ; v > 0x7f; v >>= 7 {
		m.WriteByte(byte(v) | 0x80)
	}
	m.WriteByte(byte(v))
}

func (m *message) number(field int, v int64) {
	if v != 0 {
		m.varint(uint64(field) << 3)
		m.varint(uint64(v))
	}
}

func (m *message) flag(field int, v bool) {
	if v {
		m.number(field, 1)
	}
}

func (m *message) bytesField(field int, b []byte) {
	m.varint(uint64(field)<<3 | 2)
	m.varint(uint64(len(b)))
	m.Write(b)
}

func (m *message) numbers(field int, values []int64, unpacked bool) {
	if unpacked {
		for _, v := range values {
			m.varint(uint64(field) << 3)
			m.varint(uint64(v))
		}
		return
	}
	var packed message
	for _, v := range values {
		packed.varint(uint64(v))
	}
	m.bytesField(field, packed.Bytes())
}

// encoder numbers the strings of one profile.
type encoder struct {
	out     message
	strings map[string]int64
	table   []string
}

func (e *encoder) text(s string) int64 {
	id, known := e.strings[s]
	if !known {
		id = int64(len(e.table))
		e.strings[s] = id
		e.table = append(e.table, s)
	}
	return id
}

func (e *encoder) valueType(field int, v valueType) {
	var m message
	m.number(1, e.text(v.kind))
	m.number(2, e.text(v.unit))
	e.out.bytesField(field, m.Bytes())
}

func (e *encoder) sample(s sample, unpacked bool) {
	var m message
	ids := make([]int64, len(s.locations))
	for i, id := range s.locations {
		ids[i] = int64(id)
	}
	m.numbers(1, ids, unpacked)
	m.numbers(2, s.values, unpacked)
	for _, l := range s.labels {
		var one message
		one.number(1, e.text(l.key))
		one.number(2, e.text(l.text))
		one.number(3, l.number)
		one.number(4, e.text(l.unit))
		m.bytesField(3, one.Bytes())
	}
	e.out.bytesField(2, m.Bytes())
}

func (e *encoder) mapping(p mapping) {
	var m message
	m.number(1, int64(p.id))
	m.number(2, int64(p.start))
	m.number(3, int64(p.limit))
	m.number(4, int64(p.offset))
	m.number(5, e.text(p.file))
	m.number(6, e.text(p.buildID))
	m.flag(7, p.functions)
	m.flag(8, p.files)
	m.flag(9, p.lines)
	m.flag(10, p.inlinings)
	e.out.bytesField(3, m.Bytes())
}

func (e *encoder) location(l location) {
	var m message
	m.number(1, int64(l.id))
	m.number(2, int64(l.mapping))
	m.number(3, int64(l.address))
	for _, one := range l.lines {
		var inner message
		inner.number(1, int64(one.function))
		inner.number(2, one.line)
		inner.number(3, one.column)
		m.bytesField(4, inner.Bytes())
	}
	m.flag(5, l.folded)
	e.out.bytesField(4, m.Bytes())
}

func (e *encoder) function(f function) {
	var m message
	m.number(1, int64(f.id))
	m.number(2, e.text(f.name))
	m.number(3, e.text(f.systemName))
	m.number(4, e.text(f.file))
	m.number(5, f.startLine)
	e.out.bytesField(5, m.Bytes())
}

// encode is the message as it stands in a file that is not compressed.
func (p *profile) encode() []byte {
	e := encoder{strings: map[string]int64{"": 0}, table: []string{""}}
	for _, v := range p.sampleTypes {
		e.valueType(1, v)
	}
	for _, s := range p.samples {
		e.sample(s, p.unpacked)
	}
	for _, m := range p.mappings {
		e.mapping(m)
	}
	for _, l := range p.locations {
		e.location(l)
	}
	for _, f := range p.functions {
		e.function(f)
	}
	e.out.number(7, e.text(p.dropFrames))
	e.out.number(8, e.text(p.keepFrames))
	e.out.number(9, p.timeNanos)
	e.out.number(10, p.durationNanos)
	if p.periodType != (valueType{}) {
		e.valueType(11, p.periodType)
	}
	e.out.number(12, p.period)
	var comments []int64
	for _, c := range p.comments {
		comments = append(comments, e.text(c))
	}
	if len(comments) > 0 {
		e.out.numbers(13, comments, p.unpacked)
	}
	e.out.number(14, e.text(p.defaultType))
	e.out.number(15, e.text(p.docURL))
	e.out.Write(p.extra)
	for _, s := range e.table {
		e.out.bytesField(6, []byte(s))
	}
	return e.out.Bytes()
}

// compress makes gzip members of the parts, one after the other.
func compress(parts ...[]byte) []byte {
	var out bytes.Buffer
	for _, part := range parts {
		w := gzip.NewWriter(&out)
		w.Write(part)
		w.Close()
	}
	return out.Bytes()
}

// withFullHeader is one gzip member with all that RFC 1952 has for its header;
// the header's checksum is off by so much.
func withFullHeader(data []byte, off uint16) []byte {
	const extra, name, comment, checksum, plainHeader = 4, 8, 16, 2, 10
	plain := compress(data)
	header := append([]byte{}, plain[:plainHeader]...)
	header[3] = extra | name | comment | checksum
	header = append(header, "\x03\x00abcname\x00a comment\x00"...)
	sum := uint16(crc32.ChecksumIEEE(header)) + off
	header = append(header, byte(sum), byte(sum>>8))
	return append(header, plain[plainHeader:]...)
}
