// SPDX-License-Identifier: MIT

// Command target answers as a thousand pods with pprof would: one listener
// per address, each serving the same profiles from a folder, at once, however
// many seconds are asked for. What is left to measure is the collector.
package main

import (
	"flag"
	"fmt"
	"log"
	"net"
	"net/http"
	"os"
	"path/filepath"
)

func main() {
	dir := flag.String("dir", "", "folder with heap, allocs, profile...")
	network := flag.String("network", "127.20", "first two numbers of the addresses, in 127/8")
	count := flag.Int("count", 1000, "addresses")
	port := flag.Int("port", 6060, "port")
	flag.Parse()
	mux, err := profiles(*dir)
	if err != nil {
		log.Fatal(err)
	}
	failed := make(chan error)
	for i := 0; i < *count; i++ {
		address := fmt.Sprintf("%s.%d.%d:%d", *network, i/250, i%250+1, *port)
		listener, err := net.Listen("tcp", address)
		if err != nil {
			log.Fatal(err)
		}
		go func() { failed <- http.Serve(listener, mux) }()
	}
	log.Printf("listening on %d addresses", *count)
	log.Fatal(<-failed)
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
