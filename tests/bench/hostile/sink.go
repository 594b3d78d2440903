// SPDX-License-Identifier: MIT

package main

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"encoding/json"
	"fmt"
	"io"
	"log"
	"math/big"
	"net"
	"net/http"
	"sync/atomic"
	"time"
)

const awayFor = 12 * time.Second

// modes of a server: what it does with the nth profile that it is sent, once
// it has been read. Its version can be had from each, so that a round begins.
var modes = map[string]func(s *sink, n int, w http.ResponseWriter, r *http.Request){
	"store": func(s *sink, n int, w http.ResponseWriter, r *http.Request) { s.store(w, r) },
	// One answer of 64 MiB in twenty.
	"huge": func(s *sink, n int, w http.ResponseWriter, r *http.Request) {
		s.store(w, r)
		for i := 0; n%20 == 0 && i < 1024; i++ {
			w.Write(noise)
		}
	},
	"hang": func(s *sink, n int, w http.ResponseWriter, r *http.Request) { <-r.Context().Done() },
	"drip": func(s *sink, n int, w http.ResponseWriter, r *http.Request) {
		for r.Context().Err() == nil {
			io.WriteString(w, " ")
			w.(http.Flusher).Flush()
			time.Sleep(200 * time.Millisecond)
		}
	},
	"retry-after": func(s *sink, n int, w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Retry-After", "3600")
		http.Error(w, "later", http.StatusServiceUnavailable)
	},
	// Goes away at the first profile and comes back.
	"away": func(s *sink, n int, w http.ResponseWriter, r *http.Request) {
		if s.went.CompareAndSwap(false, true) {
			go s.goAway()
			<-r.Context().Done()
			return
		}
		s.store(w, r)
	},
	// Does not survive profiles of the service "deadly".
	"dies": func(s *sink, n int, w http.ResponseWriter, r *http.Request) {
		if r.URL.Query().Get("service") == "deadly" {
			panic(http.ErrAbortHandler)
		}
		s.store(w, r)
	},
}

type sink struct {
	mode   string
	listen string
	pushed *counter // by service, whatever became of them
	stored *counter
	went   atomic.Bool
	server *http.Server
}

func serveSink(mode, listen string) error {
	s := &sink{mode: mode, listen: listen, pushed: newCounter(), stored: newCounter()}
	if mode == "tls" {
		server := &http.Server{Addr: listen, Handler: s, TLSConfig: untrusted()}
		return server.ListenAndServeTLS("", "")
	}
	if modes[mode] == nil {
		return fmt.Errorf("no mode %s", mode)
	}
	for {
		s.server = &http.Server{Addr: listen, Handler: s}
		if err := s.server.ListenAndServe(); err != http.ErrServerClosed {
			return err
		}
		log.Print("away")
		time.Sleep(awayFor)
	}
}

func (s *sink) goAway() { s.server.Close() }

func (s *sink) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	switch {
	case r.URL.Path == "/api/0/version":
		answer(w, map[string]string{"version": "hostile"})
	case r.URL.Path == "/stats":
		s.tell(w)
	case r.Method == http.MethodPost:
		service := r.URL.Query().Get("service")
		io.Copy(io.Discard, r.Body)
		s.pushed.add(service)
		modes[s.mode](s, s.pushed.add("all"), w, r)
	default:
		http.NotFound(w, r)
	}
}

func (s *sink) store(w http.ResponseWriter, r *http.Request) {
	q := r.URL.Query()
	s.stored.add(q.Get("service"))
	n := s.stored.add("all")
	answer(w, map[string]any{"id": fmt.Sprintf("hostile%013d", n), "type": q.Get("type"),
		"service": q.Get("service"), "created_at": time.Now().Format("2006-01-02T15:04:05")})
}

func (s *sink) tell(w http.ResponseWriter) {
	s.pushed.lock.Lock()
	s.stored.lock.Lock()
	defer s.pushed.lock.Unlock()
	defer s.stored.lock.Unlock()
	json.NewEncoder(w).Encode(map[string]any{"pushed": s.pushed.times, "stored": s.stored.times})
}

func answer(w http.ResponseWriter, body any) {
	json.NewEncoder(w).Encode(map[string]any{"code": 200, "body": body})
}

// untrusted is a certificate that nobody has signed.
func untrusted() *tls.Config {
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		log.Fatal(err)
	}
	template := x509.Certificate{SerialNumber: big.NewInt(1), NotAfter: time.Now().Add(time.Hour),
		IPAddresses: []net.IP{net.IPv4(127, 0, 0, 1)}}
	der, err := x509.CreateCertificate(rand.Reader, &template, &template, &key.PublicKey, key)
	if err != nil {
		log.Fatal(err)
	}
	return &tls.Config{Certificates: []tls.Certificate{{Certificate: [][]byte{der}, PrivateKey: key}}}
}
