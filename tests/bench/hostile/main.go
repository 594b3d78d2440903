// SPDX-License-Identifier: MIT

// Command hostile plays pods and servers that do harm: see kinds in pods.go
// and modes in sink.go. With -pods it answers for a list of pods, with -sink
// as a profefe server. What was asked of it is told as JSON by GET /stats: of
// pods at the -listen address, of a server beside its API.
package main

import (
	"encoding/json"
	"flag"
	"log"
	"net/http"
	"sync"
)

func main() {
	pods := flag.String("pods", "", "file with a JSON object: address to kind")
	port := flag.Int("port", 6060, "port of the pods")
	profile := flag.String("profile", "", "file that honest pods serve")
	delay := flag.Duration("delay", 0, "how long honest pods take to answer")
	sink := flag.String("sink", "", "mode of the server")
	listen := flag.String("listen", "127.0.0.1:0", "address of the server or of /stats")
	flag.Parse()
	if *sink != "" {
		log.Fatal(serveSink(*sink, *listen))
	}
	fleet, err := newFleet(*pods, *profile, *delay)
	if err != nil {
		log.Fatal(err)
	}
	go func() { log.Fatal(http.ListenAndServe(*listen, fleet.counts)) }()
	log.Fatal(fleet.serve(*port))
}

// counter is how often each name was seen.
type counter struct {
	lock  sync.Mutex
	times map[string]int
}

func newCounter() *counter { return &counter{times: map[string]int{}} }

// add counts one and returns how many there are now.
func (c *counter) add(name string) int {
	c.lock.Lock()
	defer c.lock.Unlock()
	c.times[name]++
	return c.times[name]
}

func (c *counter) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	c.lock.Lock()
	defer c.lock.Unlock()
	json.NewEncoder(w).Encode(c.times)
}
