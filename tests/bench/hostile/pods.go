// SPDX-License-Identifier: MIT

package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"log"
	"net"
	"net/http"
	"os"
	"strings"
	"time"
)

// kinds of hostile pods: what each does with one request, after which its
// connection is closed. Every other kind is an honest pod.
var kinds = map[string]func(net.Conn){
	"bomb":        func(c net.Conn) { sendSized(c, bomb()) },
	"strings":     func(c net.Conn) { sendSized(c, manyStrings()) },
	"samples":     func(c net.Conn) { sendSized(c, manySamples()) },
	"flood":       func(c net.Conn) { sendSized(c, longAfterSample()) },
	"garbage":     func(c net.Conn) { begin(c, 64<<20); send(c, noise, 64<<20) },
	"endless":     func(c net.Conn) { begin(c, -1); c.Write(gzipHeader); send(c, noise, 1<<62) },
	"stall":       func(c net.Conn) { begin(c, 20<<20); c.Write(gzipHeader); send(c, noise, 15<<20); wait(c) },
	"silent":      wait,
	"drip":        drip,
	"headers":     endlessHeaders,
	"reset":       reset,
	"huge-length": func(c net.Conn) { begin(c, 1<<50); c.Write(gzipHeader); wait(c) },
}

const longest = 10 * time.Minute

var (
	gzipHeader = []byte{0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 0xff}
	noise      = makeNoise(1 << 16)
)

// fleet is pods by their address, all on one port of every loopback address:
// a listener each would take a file each.
type fleet struct {
	kindOf  map[string]string
	counts  *counter // requests by kind
	profile []byte
	delay   time.Duration
}

func newFleet(pods, profile string, delay time.Duration) (*fleet, error) {
	f := &fleet{kindOf: map[string]string{}, counts: newCounter(), delay: delay}
	text, err := os.ReadFile(pods)
	if err != nil {
		return nil, err
	}
	if err := json.Unmarshal(text, &f.kindOf); err != nil {
		return nil, err
	}
	f.profile, err = os.ReadFile(profile)
	return f, err
}

func (f *fleet) serve(port int) error {
	listener, err := net.Listen("tcp4", fmt.Sprintf(":%d", port))
	if err != nil {
		return err
	}
	honest := &handedOn{address: listener.Addr(), connections: make(chan net.Conn)}
	go http.Serve(honest, http.HandlerFunc(f.answer))
	log.Printf("%d pods", len(f.kindOf))
	for {
		connection, err := listener.Accept()
		if err != nil {
			return err
		}
		host, _, _ := net.SplitHostPort(connection.LocalAddr().String())
		kind, known := f.kindOf[host]
		act, hostile := kinds[kind]
		switch {
		case !known: // somebody from outside
			connection.Close()
		case hostile:
			go f.harm(connection, kind, act)
		default:
			honest.connections <- connection
		}
	}
}

func (f *fleet) answer(w http.ResponseWriter, r *http.Request) {
	f.counts.add("honest")
	time.Sleep(f.delay)
	w.Header().Set("Content-Type", "application/octet-stream")
	w.Write(f.profile)
}

func (f *fleet) harm(connection net.Conn, kind string, act func(net.Conn)) {
	defer connection.Close()
	request := bufio.NewReader(connection)
	for {
		line, err := request.ReadString('\n')
		if err != nil {
			return
		}
		if strings.TrimSpace(line) == "" {
			break
		}
	}
	f.counts.add(kind)
	act(connection)
}

// begin sends the head of an answer; a body of unknown length goes on until
// the connection is closed.
func begin(c net.Conn, length int64) {
	head := "HTTP/1.1 200 OK\r\nContent-Type: application/octet-stream\r\nConnection: close\r\n"
	if length >= 0 {
		head += fmt.Sprintf("Content-Length: %d\r\n", length)
	}
	io.WriteString(c, head+"\r\n")
}

// sendSized is a whole answer, which nothing but its content makes harmful.
func sendSized(c net.Conn, body *repeated) {
	begin(c, body.size())
	body.writeTo(c)
}

// send repeats data until so many bytes have been sent.
func send(c net.Conn, data []byte, total int64) {
	for total > 0 {
		n, err := c.Write(data[:min(int64(len(data)), total)])
		if err != nil {
			return
		}
		total -= int64(n)
	}
}

// wait does nothing until the other end has had enough.
func wait(c net.Conn) {
	c.SetReadDeadline(time.Now().Add(longest))
	io.Copy(io.Discard, c)
}

func drip(c net.Conn) {
	begin(c, 1<<20)
	c.Write(gzipHeader)
	for end := time.Now().Add(longest); time.Now().Before(end); time.Sleep(200 * time.Millisecond) {
		if _, err := c.Write([]byte{0}); err != nil {
			return
		}
	}
}

func endlessHeaders(c net.Conn) {
	io.WriteString(c, "HTTP/1.1 200 OK\r\n")
	send(c, []byte("X-More: "+strings.Repeat("x", 1000)+"\r\n"), 1<<62)
}

// reset breaks off in the middle of a body.
func reset(c net.Conn) {
	begin(c, 1<<20)
	c.Write(gzipHeader)
	c.Write(noise)
	c.(*net.TCPConn).SetLinger(0)
}

// handedOn gives an HTTP server the connections that others have accepted.
type handedOn struct {
	address     net.Addr
	connections chan net.Conn
}

func (h *handedOn) Accept() (net.Conn, error) { return <-h.connections, nil }
func (h *handedOn) Addr() net.Addr            { return h.address }
func (h *handedOn) Close() error              { return nil }
