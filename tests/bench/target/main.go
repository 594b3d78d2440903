// SPDX-License-Identifier: MIT

// Command target answers as any number of pods with pprof would: one listener
// for all addresses of a loopback network, each serving the same profiles from
// a folder, at once, however many seconds are asked for. What is left to
// measure is the collector.
package main

import (
	"flag"
	"fmt"
	"log"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"strings"
)

func main() {
	dir := flag.String("dir", "", "folder with heap, allocs, profile...")
	network := flag.String("network", "127.20", "first two numbers of the addresses, in 127/8")
	port := flag.Int("port", 6060, "port")
	flag.Parse()
	mux, err := profiles(*dir)
	if err != nil {
		log.Fatal(err)
	}
	// A listener for each address would need as many open files.
	listener, err := net.Listen("tcp4", fmt.Sprintf(":%d", *port))
	if err != nil {
		log.Fatal(err)
	}
	log.Fatal(http.Serve(only{listener, *network + "."}, mux))
}

// only takes connections to addresses with a prefix, and closes all others.
type only struct {
	net.Listener
	prefix string
}

func (o only) Accept() (net.Conn, error) {
	for {
		connection, err := o.Listener.Accept()
		if err != nil || strings.HasPrefix(connection.LocalAddr().String(), o.prefix) {
			return connection, err
		}
		connection.Close()
	}
}

func profiles(dir string) (*http.ServeMux, error) {
	files, err := os.ReadDir(dir)
	if err != nil {
		return nil, err
	}
	mux := http.NewServeMux()
	for _, file := range files {
		body, err := os.ReadFile(filepath.Join(dir, file.Name()))
		if err != nil {
			return nil, err
		}
		mux.HandleFunc("/debug/pprof/"+file.Name(), func(w http.ResponseWriter, r *http.Request) {
			w.Header().Set("Content-Type", "application/octet-stream")
			w.Write(body)
		})
	}
	return mux, nil
}
