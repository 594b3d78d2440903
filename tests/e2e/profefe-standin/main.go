// SPDX-License-Identifier: MIT

// Command profefe-standin answers profefe's HTTP API from a folder, for
// machines where profefe itself cannot be installed. It is written from the
// API's documentation and held against the real server by
// test_profefe_contract.py, quirks included: an empty profile is a 400,
// no hit is a 404, a wrong method is an empty 200.
package main

import (
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"log"
	"net"
	"net/http"
	"net/url"
	"os"
	"strings"
	"time"
)

const (
	api        = "/api/0"
	timeFormat = "2006-01-02T15:04:05"
)

// failure is an answer other than 200.
type failure struct {
	status int
	text   string
}

func (f failure) Error() string { return f.text }

func badRequest(format string, args ...any) failure {
	return failure{400, "bad request: " + fmt.Sprintf(format, args...)}
}

var nothingFound = failure{404, "nothing found"}

type server struct{ store *store }

func main() {
	addr := flag.String("addr", "127.0.0.1:10100", "listen address")
	dir := flag.String("dir", "", "folder for the profiles")
	flag.Parse()
	if err := os.MkdirAll(*dir, 0o700); err != nil {
		log.Fatal(err)
	}
	listener, err := net.Listen("tcp", *addr)
	if err != nil {
		log.Fatal(err)
	}
	log.Println("profefe-standin is running on", listener.Addr())
	log.Fatal(http.Serve(listener, &server{newStore(*dir)}))
}

func (s *server) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	body, err := s.answer(w, r)
	if err != nil {
		var f failure
		if !errors.As(err, &f) {
			log.Println(r.URL, err)
			f = failure{500, "internal server error"}
		}
		w.WriteHeader(f.status)
		json.NewEncoder(w).Encode(map[string]any{"code": f.status, "error": f.text})
		return
	}
	if body != nil {
		w.WriteHeader(200)
		json.NewEncoder(w).Encode(map[string]any{"code": 200, "body": body})
	}
}

// answer returns the body of a JSON answer; nil when it wrote its own.
func (s *server) answer(w http.ResponseWriter, r *http.Request) (any, error) {
	path := strings.TrimSuffix(r.URL.Path, "/")
	id, isProfile := strings.CutPrefix(path, api+"/profiles/")
	switch {
	case path == api+"/version":
		return map[string]string{"version": "standin"}, nil
	case r.URL.Path == api+"/services":
		return s.services()
	case path == api+"/profiles" && r.Method == http.MethodPost:
		return s.create(r)
	case path == api+"/profiles" && r.Method == http.MethodGet:
		return s.find(r.URL.Query())
	case path == api+"/profiles":
		return nil, nil
	case path == api+"/profiles/merge":
		return nil, s.merge(w, r.URL.Query())
	case isProfile:
		return nil, s.fetch(w, id)
	}
	return nil, nothingFound
}

func (s *server) services() (any, error) {
	names := s.store.services()
	if len(names) == 0 {
		return nil, nothingFound
	}
	return names, nil
}

func (s *server) create(r *http.Request) (any, error) {
	row, err := rowOf(r.URL.Query())
	if err != nil {
		return nil, err
	}
	if !knownTypes[row.Type] {
		return nil, badRequest("unknown profile type")
	}
	row.CreatedAt = moment{time.Now()}
	if v := r.URL.Query().Get("created_at"); v != "" {
		at, err := time.Parse(timeFormat, v)
		if err != nil {
			return nil, badRequest("bad \"created_at\" %q", v)
		}
		row.CreatedAt = moment{at}
	}
	content, err := io.ReadAll(r.Body)
	if err != nil {
		return nil, err
	}
	if row.Type != "trace" {
		taken, err := inspect(content)
		if err != nil {
			return nil, failure{400, "malformed profile (could not parse pprof profile: " + err.Error() + ")"}
		}
		if !taken.IsZero() {
			row.CreatedAt = moment{taken}
		}
	}
	return s.store.add(row, content)
}

func (s *server) find(q url.Values) (any, error) {
	wanted, err := queryOf(q)
	if err != nil {
		return nil, err
	}
	rows := s.store.find(wanted)
	if len(rows) == 0 {
		return nil, nothingFound
	}
	return rows, nil
}

func (s *server) merge(w http.ResponseWriter, q url.Values) error {
	wanted, err := queryOf(q)
	if err != nil {
		return err
	}
	if !knownTypes[wanted.Type] || wanted.Type == "trace" {
		return failure{405, "can't merge profiles of " + name(wanted.Type) + " type"}
	}
	var ids []string
	for _, row := range s.store.find(wanted) {
		ids = append(ids, row.ID)
	}
	return s.write(w, ids)
}

// fetch serves id or id1+id2; the path is unescaped once more than HTTP does.
func (s *server) fetch(w http.ResponseWriter, ids string) error {
	ids, err := url.PathUnescape(ids)
	if err != nil {
		return failure{400, err.Error()}
	}
	return s.write(w, s.store.known(strings.Split(ids, "+")))
}

func (s *server) write(w http.ResponseWriter, ids []string) error {
	if len(ids) == 0 {
		return nothingFound
	}
	content, err := s.store.read(ids)
	if err != nil {
		return failure{500, "failed to get profile: " + err.Error()}
	}
	w.Header().Set("Content-Type", "application/octet-stream")
	_, err = w.Write(content)
	return err
}
