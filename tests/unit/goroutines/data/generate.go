// SPDX-License-Identifier: MIT

//go:build ignore

// Makes the goroutine dumps of this folder: a program whose goroutines wait for
// everything that one can wait for. See README.md.
package main

import (
	"context"
	"net"
	"os"
	"runtime"
	"runtime/pprof"
	"sync"
	"syscall"
	"time"
)

type worker[T any] struct {
	jobs chan T
	lock sync.Mutex
}

//go:noinline
func (w *worker[T]) receive(n int, s []byte) T { return <-w.jobs }

//go:noinline
func (w *worker[T]) deadlock() {
	w.lock.Lock()
	w.lock.Lock()
}

func inlined(ch chan int) int { return <-ch }

//go:noinline
func recurse(n int, ch chan int) int {
	if n == 0 {
		return inlined(ch)
	}
	return recurse(n-1, ch) + 1
}

func start() {
	w := &worker[int]{jobs: make(chan int)}
	for range 3 {
		go w.receive(7, []byte("x"))
	}
	go w.receive(8, nil) // created elsewhere: another group
	go w.deadlock()
	go func() { var nobody chan int; <-nobody }()
	go func() { w2 := make(chan string); w2 <- "never" }()
	go func() { select {} }()
	go func() {
		select {
		case <-make(chan int):
		case <-make(chan string):
		}
	}()
	go time.Sleep(time.Hour)
	go func() { var group sync.WaitGroup; group.Add(1); group.Wait() }()
	go func() {
		var lock sync.Mutex
		lock.Lock()
		sync.NewCond(&lock).Wait()
	}()
	go func() { var lock sync.RWMutex; lock.RLock(); lock.Lock() }()
	go func() { runtime.LockOSThread(); select {} }()
	go recurse(150, make(chan int))
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		panic(err)
	}
	go listener.Accept()
	go func() {
		var fds [2]int
		if err := syscall.Pipe(fds[:]); err != nil {
			panic(err)
		}
		syscall.Read(fds[0], make([]byte, 1))
	}()
	pprof.Do(context.Background(), pprof.Labels("tenant", "a, 7 minutes]:", "z", "\"q\""),
		func(context.Context) { go func() { select {} }() })
	time.Sleep(100 * time.Millisecond)
}

func main() {
	start()
	switch os.Args[1] {
	case "dump":
		pprof.Lookup("goroutine").WriteTo(os.Stdout, 2)
	case "waited":
		runtime.GC() // from here on Go counts
		time.Sleep(190 * time.Second)
		pprof.Lookup("goroutine").WriteTo(os.Stdout, 2)
	case "panic":
		panic("something\nis wrong: goroutine 7 [x]")
	case "quit":
		syscall.Kill(os.Getpid(), syscall.SIGQUIT)
		time.Sleep(time.Second)
	}
}
