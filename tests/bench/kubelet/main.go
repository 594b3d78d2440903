// SPDX-License-Identifier: MIT

// Command kubelet is as much of a node as port-forwarding needs: it takes what
// the API server sends on for pods/portforward, a WebSocket of
// v4.channel.k8s.io, and dials the port on an address of its own for every
// pod. With it hundreds of forwards stay on loopback.
package main

import (
	"bufio"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/sha1"
	"crypto/tls"
	"crypto/x509"
	"encoding/base64"
	"encoding/binary"
	"flag"
	"fmt"
	"io"
	"log"
	"math/big"
	"net"
	"net/http"
	"strconv"
	"time"
)

const (
	dataChannel = 0
	headerBytes = 14
	maxPayload  = 32 << 10
)

func main() {
	listen := flag.String("listen", "127.0.0.1:10250", "address of the node")
	target := flag.String("target", "127.0.0.1", "where every pod's ports are")
	flag.Parse()
	http.HandleFunc("/portForward/", func(w http.ResponseWriter, r *http.Request) {
		if err := forward(w, r, *target); err != nil {
			log.Print(err)
		}
	})
	server := &http.Server{
		Addr:      *listen,
		TLSConfig: &tls.Config{Certificates: []tls.Certificate{selfSigned()}},
		// An HTTP/2 connection cannot be upgraded.
		TLSNextProto: map[string]func(*http.Server, *tls.Conn, http.Handler){},
	}
	log.Fatal(server.ListenAndServeTLS("", ""))
}

func selfSigned() tls.Certificate {
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		log.Fatal(err)
	}
	template := x509.Certificate{SerialNumber: big.NewInt(1), NotAfter: time.Now().Add(time.Hour)}
	der, err := x509.CreateCertificate(rand.Reader, &template, &template, &key.PublicKey, key)
	if err != nil {
		log.Fatal(err)
	}
	return tls.Certificate{Certificate: [][]byte{der}, PrivateKey: key}
}

// forward serves one WebSocket until one of its two ends closes.
func forward(w http.ResponseWriter, r *http.Request, target string) error {
	port, err := strconv.ParseUint(r.URL.Query().Get("port"), 10, 16)
	if err != nil {
		http.Error(w, err.Error(), http.StatusBadRequest)
		return err
	}
	pod, err := net.Dial("tcp", net.JoinHostPort(target, fmt.Sprint(port)))
	if err != nil {
		http.Error(w, err.Error(), http.StatusBadGateway)
		return err
	}
	defer pod.Close()
	client, buffered, err := w.(http.Hijacker).Hijack()
	if err != nil {
		return err
	}
	defer client.Close()
	accept := sha1.Sum([]byte(r.Header.Get("Sec-WebSocket-Key") +
		"258EAFA5-E914-47DA-95CA-C5AB0DC85B11"))
	fmt.Fprintf(client, "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\n"+
		"Connection: Upgrade\r\nSec-WebSocket-Accept: %s\r\n"+
		"Sec-WebSocket-Protocol: v4.channel.k8s.io\r\n\r\n",
		base64.StdEncoding.EncodeToString(accept[:]))
	for channel := byte(0); channel < 2; channel++ {
		greeting := binary.LittleEndian.AppendUint16([]byte{channel}, uint16(port))
		client.Write(append([]byte{0x82, byte(len(greeting))}, greeting...))
	}
	go func() {
		defer client.Close()
		copyOut(client, pod)
	}()
	return copyIn(pod, buffered.Reader)
}

// copyOut sends what the pod says, in messages of the data channel.
func copyOut(client io.Writer, pod io.Reader) {
	frame := make([]byte, headerBytes+maxPayload)
	for {
		n, err := pod.Read(frame[headerBytes:])
		if err != nil {
			return
		}
		header := []byte{0x82, byte(n + 1)}
		if n+1 >= 126 {
			header = binary.BigEndian.AppendUint16([]byte{0x82, 126}, uint16(n+1))
		}
		header = append(header, dataChannel)
		start := headerBytes - len(header)
		copy(frame[start:], header)
		if _, err := client.Write(frame[start : headerBytes+n]); err != nil {
			return
		}
	}
}

// copyIn hands on the data messages of a client, which masks them.
func copyIn(pod io.Writer, client *bufio.Reader) error {
	for {
		payload, opcode, err := readFrame(client)
		if err != nil || opcode == 8 {
			return err
		}
		if len(payload) > 1 && payload[0] == dataChannel {
			if _, err := pod.Write(payload[1:]); err != nil {
				return err
			}
		}
	}
}

func readFrame(client *bufio.Reader) (payload []byte, opcode byte, err error) {
	var head [2]byte
	if _, err = io.ReadFull(client, head[:]); err != nil {
		return nil, 0, err
	}
	size := uint64(head[1] & 0x7f)
	if bytes := map[uint64]int{126: 2, 127: 8}[size]; bytes > 0 {
		var long [8]byte
		if _, err = io.ReadFull(client, long[8-bytes:]); err != nil {
			return nil, 0, err
		}
		size = binary.BigEndian.Uint64(long[:])
	}
	var mask [4]byte
	if _, err = io.ReadFull(client, mask[:]); err != nil {
		return nil, 0, err
	}
	if size > 1<<20 {
		return nil, 0, fmt.Errorf("a frame of %d bytes", size)
	}
	payload = make([]byte, size)
	_, err = io.ReadFull(client, payload)
	for i := range payload {
		payload[i] ^= mask[i%4]
	}
	return payload, head[0] & 0x0f, err
}
