// SPDX-License-Identifier: MIT

package main

import (
	"crypto/sha256"
	"runtime"
	"sync"
	"sync/atomic"
	"time"
)

var kept [256][]byte

// lookers are the requests under way. Without one the program hardly works: a
// dozen of them would take the CPUs from the tests.
var lookers atomic.Int32

// startWork keeps goroutines busy with something for each kind of profile.
func startWork(hashes int) {
	var counter sync.Mutex
	for i := 0; i < 4; i++ {
		go waitForLock(&counter)
	}
	orders := make(chan [32]byte)
	go takeOrders(orders)
	go func() {
		for range time.Tick(100 * time.Millisecond) {
			orders <- hash(amount(hashes))
		}
	}()
}

func amount(hashes int) int {
	if lookers.Load() == 0 {
		return 1
	}
	return hashes
}

// hash is what CPU profiles show: an amount of work, not of time, so that a
// busy machine makes it late and not less.
//
//go:noinline
func hash(times int) (sum [32]byte) {
	for i := 0; i < times; i++ {
		sum = sha256.Sum256(sum[:])
	}
	return sum
}

// takeOrders is what heap and allocs profiles show: 16 MB from the start, so
// that the sampling of one allocation in 512 kB cannot miss it.
func takeOrders(orders <-chan [32]byte) {
	for i := range kept {
		kept[i] = remember([32]byte{})
	}
	// A heap profile shows what lived through the last collections.
	runtime.GC()
	runtime.GC()
	for i := 0; ; i++ {
		kept[i%len(kept)] = remember(<-orders)
	}
}

//go:noinline
func remember(order [32]byte) []byte {
	record := make([]byte, 64<<10)
	copy(record, order[:])
	return record
}

// waitForLock is what mutex and block profiles show.
//
//go:noinline
func waitForLock(counter *sync.Mutex) {
	for {
		counter.Lock()
		time.Sleep(time.Millisecond)
		counter.Unlock()
		time.Sleep(5 * time.Millisecond)
	}
}
