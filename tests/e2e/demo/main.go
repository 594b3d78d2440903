// SPDX-License-Identifier: MIT

// Command demo is a program worth profiling: it burns CPU, keeps memory,
// waits for locks and serves net/http/pprof, as a service in a pod would.
package main

import (
	"crypto/subtle"
	"flag"
	"log"
	"net"
	"net/http"
	"net/http/pprof"
	"os"
	"runtime"
	"strings"
	"time"
)

type options struct {
	listen       string
	path         string
	work         int
	noBlock      bool
	login        bool
	writeTimeout time.Duration
	tlsCert      string
	tlsKey       string
	tokenFile    string
}

func parseOptions() options {
	var o options
	flag.StringVar(&o.listen, "listen", "127.0.0.1:6060", "address:port[,address:port...]")
	flag.StringVar(&o.path, "path", "/debug/pprof", "where pprof is served")
	flag.IntVar(&o.work, "work", 150_000, "hashes to make ten times a second")
	flag.BoolVar(&o.noBlock, "no-block", false, "record no block and mutex events, as Go does by default")
	flag.BoolVar(&o.login, "login", false, "answer every request with a login page and status 200")
	flag.DurationVar(&o.writeTimeout, "write-timeout", 0, "http.Server.WriteTimeout, behind a middleware that hides it from pprof")
	flag.StringVar(&o.tlsCert, "tls-cert", "", "file with a certificate: serve https")
	flag.StringVar(&o.tlsKey, "tls-key", "", "file with its key")
	flag.StringVar(&o.tokenFile, "token-file", "", "file with the bearer token every request must have")
	flag.Parse()
	return o
}

func main() {
	o := parseOptions()
	if !o.noBlock {
		runtime.SetBlockProfileRate(1)
		runtime.SetMutexProfileFraction(1)
	}
	startWork(o.work)
	server := &http.Server{Handler: handler(o), WriteTimeout: o.writeTimeout}
	failed := make(chan error)
	for _, address := range strings.Split(o.listen, ",") {
		listener, err := net.Listen("tcp", address)
		if err != nil {
			log.Fatal(err)
		}
		log.Println("listening on", listener.Addr())
		go func() { failed <- serve(server, listener, o) }()
	}
	log.Fatal(<-failed)
}

func serve(server *http.Server, listener net.Listener, o options) error {
	if o.tlsCert != "" {
		return server.ServeTLS(listener, o.tlsCert, o.tlsKey)
	}
	return server.Serve(listener)
}

func handler(o options) http.Handler {
	if o.login {
		return http.HandlerFunc(loginPage)
	}
	mux := http.NewServeMux()
	mux.HandleFunc("/debug/pprof/", pprof.Index)
	mux.HandleFunc("/debug/pprof/profile", pprof.Profile)
	mux.HandleFunc("/debug/pprof/trace", pprof.Trace)
	h := mounted(strings.TrimSuffix(o.path, "/"), counted(mux))
	if o.writeTimeout > 0 {
		h = opaque(h)
	}
	if o.tokenFile != "" {
		h = guarded(h, o.tokenFile)
	}
	return h
}

// counted tells startWork that somebody looks.
func counted(h http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		lookers.Add(1)
		defer lookers.Add(-1)
		h.ServeHTTP(w, r)
	})
}

// guarded lets in who has the token.
func guarded(h http.Handler, tokenFile string) http.Handler {
	token, err := os.ReadFile(tokenFile)
	if err != nil {
		log.Fatal(err)
	}
	want := []byte("Bearer " + strings.TrimSpace(string(token)))
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		got := []byte(r.Header.Get("Authorization"))
		if subtle.ConstantTimeCompare(got, want) != 1 {
			w.Header().Set("WWW-Authenticate", "Bearer")
			http.Error(w, "bearer token missing or wrong", http.StatusUnauthorized)
			return
		}
		h.ServeHTTP(w, r)
	})
}

// mounted serves at path what mux has at /debug/pprof, and nothing elsewhere.
func mounted(path string, mux http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		rest, ok := strings.CutPrefix(r.URL.Path, path)
		if !ok {
			http.NotFound(w, r)
			return
		}
		r.URL.Path = "/debug/pprof" + rest
		mux.ServeHTTP(w, r)
	})
}

// opaque does what logging middleware without an Unwrap method does: pprof
// can no longer move the write deadline, so long profiles are cut off.
func opaque(h http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		h.ServeHTTP(struct{ http.ResponseWriter }{w}, r)
	})
}

func loginPage(w http.ResponseWriter, _ *http.Request) {
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	w.Write([]byte("<!DOCTYPE html><title>Sign in</title><form>user</form>\n"))
}
