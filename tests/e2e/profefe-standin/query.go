// SPDX-License-Identifier: MIT

package main

import (
	"net/url"
	"sort"
	"strconv"
	"strings"
	"time"
)

var knownTypes = map[string]bool{
	"cpu": true, "heap": true, "block": true, "mutex": true,
	"goroutine": true, "threadcreate": true, "other": true, "trace": true,
}

// query is what a list or a merge asks for; an unknown type is any type.
type query struct {
	row
	from, to time.Time
	limit    int
}

func name(kind string) string {
	if knownTypes[kind] {
		return kind
	}
	return "unknown"
}

// rowOf reads the parameters that storing and finding share.
func rowOf(q url.Values) (row, error) {
	r := row{Service: q.Get("service"), Type: q.Get("type")}
	if r.Service == "" {
		return r, badRequest("missing \"service\"")
	}
	labels, err := parseLabels(q.Get("labels"))
	if err != nil {
		return r, badRequest("bad \"labels\" %q: %s", q.Get("labels"), err)
	}
	r.Labels = labels
	return r, nil
}

func queryOf(q url.Values) (query, error) {
	var err error
	var wanted query
	if wanted.row, err = rowOf(q); err != nil {
		return wanted, err
	}
	if wanted.from, err = timeOf(q, "from"); err != nil {
		return wanted, err
	}
	if wanted.to, err = timeOf(q, "to"); err != nil {
		return wanted, err
	}
	if wanted.from.After(wanted.to) {
		return wanted, badRequest("CreatedAtMin after CreatedAtMax")
	}
	if v := q.Get("limit"); v != "" {
		if wanted.limit, err = strconv.Atoi(v); err != nil {
			return wanted, badRequest("bad \"limit\" %q", v)
		}
	}
	return wanted, nil
}

func timeOf(q url.Values, key string) (time.Time, error) {
	v := q.Get(key)
	if v == "" {
		return time.Time{}, badRequest("missing %q", key)
	}
	t, err := time.Parse(timeFormat, v)
	if err != nil {
		return t, badRequest("bad %q timestamp %q", key, v)
	}
	return t, nil
}

// parseLabels reads k=v,k2=v2 and unescapes each part once more after the
// query's own decoding.
func parseLabels(text string) (labels []label, err error) {
	for _, pair := range strings.Split(text, ",") {
		key, value, _ := strings.Cut(pair, "=")
		if key, err = url.QueryUnescape(strings.TrimSpace(key)); err != nil {
			return nil, err
		}
		if value, err = url.QueryUnescape(strings.TrimSpace(value)); err != nil {
			return nil, err
		}
		if key != "" {
			labels = append(labels, label{key, value})
		}
	}
	sort.SliceStable(labels, func(i, j int) bool { return labels[i].Key < labels[j].Key })
	return labels, nil
}

// matches says whether a stored row is one of those asked for.
func (q query) matches(r *row) bool {
	if r.Service != q.Service || knownTypes[q.Type] && r.Type != q.Type {
		return false
	}
	if r.CreatedAt.Before(q.from) || r.CreatedAt.After(q.to) {
		return false
	}
	for _, l := range q.Labels {
		if !r.has(l) {
			return false
		}
	}
	return true
}
