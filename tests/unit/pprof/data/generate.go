// SPDX-License-Identifier: MIT

// Writes the profiles in this folder: what net/http/pprof of a small program
// answers, byte for byte; of the text formats only the start. Usage, in this
// folder: go run -trimpath generate.go
package main

import (
	"fmt"
	"io"
	"log"
	"net/http"
	"net/http/httptest"
	_ "net/http/pprof"
	"os"
	"runtime"
	"strings"
	"sync"
	"time"
)

var (
	mutex   sync.Mutex
	rwMutex sync.RWMutex
	kept    [][]byte
)

func spin(d time.Duration) {
	for end := time.Now().Add(d); time.Now().Before(end); {
	}
}

// contend makes goroutines wait for each other at a mutex, a read-write mutex,
// a channel, a select, a wait group and a condition.
func contend() {
	var group sync.WaitGroup
	for range 4 {
		group.Add(1)
		go func() {
			defer group.Done()
			for range 20 {
				mutex.Lock()
				spin(100 * time.Microsecond)
				mutex.Unlock()
				rwMutex.RLock()
				spin(50 * time.Microsecond)
				rwMutex.RUnlock()
				rwMutex.Lock()
				spin(50 * time.Microsecond)
				rwMutex.Unlock()
			}
		}()
	}
	ticks, never := make(chan int), make(chan int)
	go func() {
		for i := range 5 {
			time.Sleep(time.Millisecond)
			ticks <- i
		}
		close(ticks)
	}()
	<-ticks
	select {
	case <-ticks:
	case <-never:
	}
	for range ticks {
	}
	woken := sync.NewCond(&mutex)
	time.AfterFunc(5*time.Millisecond, woken.Broadcast)
	mutex.Lock()
	woken.Wait()
	mutex.Unlock()
	group.Wait()
}

func save(server *httptest.Server, name, query string) {
	response, err := http.Get(server.URL + "/debug/pprof/" + query)
	if err != nil {
		log.Fatal(err)
	}
	defer response.Body.Close()
	body, err := io.ReadAll(response.Body)
	if err != nil {
		log.Fatal(err)
	}
	if strings.HasSuffix(name, ".txt") {
		body = body[:min(len(body), 400)]
	}
	if err := os.WriteFile(name, body, 0o644); err != nil {
		log.Fatal(err)
	}
	fmt.Println(name, len(body))
}

func main() {
	runtime.MemProfileRate = 16 << 10
	server := httptest.NewServer(http.DefaultServeMux)
	defer server.Close()

	save(server, "block_empty.pb.gz", "block")
	save(server, "mutex_empty.pb.gz", "mutex")
	runtime.SetBlockProfileRate(1)
	runtime.SetMutexProfileFraction(1)
	contend()
	runtime.SetBlockProfileRate(0)
	runtime.SetMutexProfileFraction(0)
	for range 20 {
		kept = append(kept, make([]byte, 64<<10))
	}
	runtime.GC()

	save(server, "heap.pb.gz", "heap")
	save(server, "allocs.pb.gz", "allocs")
	save(server, "block.pb.gz", "block")
	save(server, "mutex.pb.gz", "mutex")
	save(server, "goroutine.pb.gz", "goroutine")
	save(server, "threadcreate.pb.gz", "threadcreate")
	save(server, "heap_text.txt", "heap?debug=1")
	save(server, "block_text.txt", "block?debug=1")
	save(server, "mutex_text.txt", "mutex?debug=1")
	save(server, "goroutine_text.txt", "goroutine?debug=1")
	save(server, "goroutine_dump.txt", "goroutine?debug=2")
	save(server, "trace.trace", "trace?seconds=0.01")

	go func() {
		time.Sleep(100 * time.Millisecond)
		kept = append(kept, make([]byte, 1<<20))
	}()
	save(server, "heap_delta.pb.gz", "heap?seconds=1")
	save(server, "allocs_delta.pb.gz", "allocs?seconds=1")
	save(server, "cpu_empty.pb.gz", "profile?seconds=1")
	go spin(2 * time.Second)
	save(server, "cpu.pb.gz", "profile?seconds=1")
}
