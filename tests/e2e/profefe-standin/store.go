// SPDX-License-Identifier: MIT

package main

import (
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"sort"
	"strings"
	"sync"
	"time"
)

type label struct {
	Key   string `json:"key"`
	Value string `json:"value"`
}

// row is one stored profile as the API shows it.
type row struct {
	ID        string  `json:"id"`
	Type      string  `json:"type"`
	Service   string  `json:"service"`
	Labels    []label `json:"labels,omitempty"`
	CreatedAt moment  `json:"created_at"`
}

// moment is compared to the nanosecond and shown to the second.
type moment struct{ time.Time }

func (m moment) MarshalJSON() ([]byte, error) {
	return []byte(m.UTC().Format(`"2006-01-02T15:04:05Z"`)), nil
}

func (r *row) has(wanted label) bool { return slices.Contains(r.Labels, wanted) }

// store keeps rows in memory and contents in a folder, one file per id.
type store struct {
	dir  string
	lock sync.Mutex
	rows []*row
}

func newStore(dir string) *store { return &store{dir: dir} }

func (s *store) add(r row, content []byte) (*row, error) {
	s.lock.Lock()
	defer s.lock.Unlock()
	r.ID = fmt.Sprintf("standin%013d", len(s.rows)+1)
	s.rows = append(s.rows, &r)
	return &r, os.WriteFile(s.file(r.ID), content, 0o600)
}

func (s *store) services() []string {
	s.lock.Lock()
	defer s.lock.Unlock()
	var names []string
	for _, r := range s.rows {
		names = append(names, r.Service)
	}
	sort.Strings(names)
	return slices.Compact(names)
}

// find returns the newest rows up to the limit, oldest first.
func (s *store) find(q query) []*row {
	s.lock.Lock()
	defer s.lock.Unlock()
	var hits []*row
	for _, r := range s.rows {
		if q.matches(r) {
			hits = append(hits, r)
		}
	}
	sort.SliceStable(hits, func(i, j int) bool { return hits[i].CreatedAt.Before(hits[j].CreatedAt.Time) })
	if q.limit > 0 && len(hits) > q.limit {
		hits = hits[len(hits)-q.limit:]
	}
	return hits
}

// known drops the ids that nobody has.
func (s *store) known(ids []string) []string {
	return slices.DeleteFunc(ids, func(id string) bool {
		_, err := os.Stat(s.file(id))
		return err != nil || id == ""
	})
}

// read returns one profile as it came, or several merged by the Go tool.
func (s *store) read(ids []string) ([]byte, error) {
	if len(ids) == 1 {
		return os.ReadFile(s.file(ids[0]))
	}
	merged, err := os.CreateTemp(s.dir, "merge-")
	if err != nil {
		return nil, err
	}
	defer os.Remove(merged.Name())
	merged.Close()
	args := []string{"tool", "pprof", "-proto", "-symbolize=none", "-output", merged.Name()}
	for _, id := range ids {
		args = append(args, s.file(id))
	}
	if out, err := exec.Command("go", args...).CombinedOutput(); err != nil {
		return nil, errors.New(strings.TrimSpace(string(out)))
	}
	return os.ReadFile(merged.Name())
}

func (s *store) file(id string) string {
	return filepath.Join(s.dir, filepath.Base(id)+".profile")
}
