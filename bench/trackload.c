// trackload: closed-loop load on a BitTorrent tracker on loopback.
//   trackload http|close|udp HOST_IP PORT SECONDS CONNS TORRENTS [PATH] [NUMWANT] [SEED_SHARE%] [PEERS]
// http: keep-alive connections; close: one TCP connection per announce (what most clients do);
// udp: BEP 15, CONNS announces in flight over 16 sockets, sendmmsg/recvmmsg.
// PEERS: how many a torrent has at most, over all client addresses; without it the swarms grow for as long as it runs.
//   trackload bare PORT    answers announces over UDP with 50 made-up peers and does nothing else: what the kernel takes
//   trackload hashes N     prints the N info-hashes it uses, in hex (a whitelist)
// Prints: announces per second, mean body bytes, failures, latency p50/p99 in microseconds, client CPU share.
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/tcp.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

static uint64_t rng = 88172645463325252ull;
static uint64_t rnd(void) { rng ^= rng << 13; rng ^= rng >> 7; rng ^= rng << 17; return rng; }
static double now(void) { struct timespec t; clock_gettime(CLOCK_MONOTONIC, &t); return t.tv_sec + t.tv_nsec * 1e-9; }
static void die(const char *m) { perror(m); exit(2); }

static const char *path = "/announce";
static int torrents = 10000, numwant = 50, seedshare = 30, peers = 0;
static struct sockaddr_in addr;
static uint64_t done, failed, bytes;
static uint32_t hist[1 << 20]; // latency in microseconds, capped
static void lat(double s) { uint64_t u = (uint64_t)(s * 1e6); if (u >= (1 << 20)) u = (1 << 20) - 1; hist[u]++; }
static double pct(double p) { uint64_t n = 0, t = 0; for (int i = 0; i < 1 << 20; i++) t += hist[i]; for (int i = 0; i < 1 << 20; i++) { n += hist[i]; if (n >= t * p) return i; } return 0; }

static void infohash(uint32_t t, uint8_t out[20]) { uint64_t x = t * 0x9E3779B97F4A7C15ull + 0x1234567; for (int i = 0; i < 20; i++) { x ^= x >> 29; x *= 0xBF58476D1CE4E5B9ull; x ^= x >> 32; out[i] = (uint8_t)(x >> (8 * (i % 7))); } }

static int build_http(char *b, int keep, uint32_t from) {
  uint8_t ih[20]; infohash(rnd() % torrents, ih); char h[61]; char *o = h;
  for (int i = 0; i < 20; i++) o += sprintf(o, "%%%02x", ih[i]);
  uint32_t port = rnd() % (peers ? 1 : 60000) + 1024, peer = from << 16 | port; int seed = (int)(rnd() % 100) < seedshare;
  return sprintf(b, "GET %s?info_hash=%s&peer_id=-TR4060-%012u&port=%u&uploaded=%u&downloaded=%u&left=%u&numwant=%d&key=%08x&compact=1&supportcrypto=1 HTTP/1.1\r\nHost: %s:%d\r\nUser-Agent: Transmission/4.0.6\r\nAccept: */*\r\nAccept-Encoding: deflate, gzip, br, zstd\r\n%s\r\n",
    path, h, peer, port, 0, 0, seed ? 0 : 1000000, numwant, peer * 2654435761u, inet_ntoa(addr.sin_addr), ntohs(addr.sin_port), keep ? "" : "Connection: close\r\n");
}

struct conn { int fd; uint32_t from; double t0; int got; char buf[16384]; int connecting; };

static void start_conn(struct conn *c, int ep) {
  c->fd = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0); if (c->fd < 0) die("socket");
  int one = 1; setsockopt(c->fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
  struct sockaddr_in src = {.sin_family = AF_INET}; src.sin_addr.s_addr = htonl(0x7f000001u + ((c->from = rnd() % (peers ? peers : 60000)) << 2)); // many loopback client addresses
  setsockopt(c->fd, IPPROTO_IP, IP_BIND_ADDRESS_NO_PORT, &one, sizeof one);
  bind(c->fd, (void *)&src, sizeof src);
  c->t0 = now(); c->got = 0; c->connecting = 1;
  if (connect(c->fd, (void *)&addr, sizeof addr) < 0 && errno != EINPROGRESS) { failed++; close(c->fd); c->fd = -1; return; }
  struct epoll_event e = {.events = EPOLLIN | EPOLLOUT, .data.ptr = c}; epoll_ctl(ep, EPOLL_CTL_ADD, c->fd, &e);
}
static void send_req(struct conn *c, int keep) { char b[1024]; int n = build_http(b, keep, c->from); c->t0 = keep ? now() : c->t0; c->got = 0; if (write(c->fd, b, n) != n) failed++; }

static int complete(struct conn *c, int eof) { // 0 more, 1 ok, -1 fail
  c->buf[c->got] = 0; char *e = strstr(c->buf, "\r\n\r\n"); if (!e) return eof ? -1 : 0;
  int head = (int)(e + 4 - c->buf), body = c->got - head; char *cl = strcasestr(c->buf, "content-length:");
  if (cl && cl < e) { if (body < atoi(cl + 15)) return eof ? -1 : 0; } else if (!eof) return 0;
  if (memcmp(c->buf, "HTTP/1.", 7) || memcmp(c->buf + 9, "200", 3)) return -1;
  if (body < 2 || e[4] != 'd' || memmem(e + 4, body, "14:failure reason", 17)) return -1;
  bytes += body; return 1;
}

static void run_http(int conns, double secs, int keep) {
  int ep = epoll_create1(0); struct conn *cs = calloc(conns, sizeof *cs); double end = now() + secs;
  for (int i = 0; i < conns; i++) start_conn(&cs[i], ep);
  struct epoll_event ev[512];
  while (now() < end) {
    int n = epoll_wait(ep, ev, 512, 100);
    for (int i = 0; i < n; i++) {
      struct conn *c = ev[i].data.ptr; int re = 0;
      if (c->connecting && (ev[i].events & EPOLLOUT)) { c->connecting = 0; struct epoll_event e = {.events = EPOLLIN, .data.ptr = c}; epoll_ctl(ep, EPOLL_CTL_MOD, c->fd, &e); send_req(c, keep); }
      if (ev[i].events & (EPOLLIN | EPOLLHUP | EPOLLERR)) {
        int r = read(c->fd, c->buf + c->got, sizeof c->buf - 1 - c->got); if (r > 0) c->got += r; int eof = r == 0 || (r < 0 && errno != EAGAIN);
        int k = complete(c, eof);
        if (k) { if (k > 0) { done++; lat(now() - c->t0); } else failed++; if (keep && !eof && k > 0) send_req(c, 1); else re = 1; }
        else if (eof) { failed++; re = 1; }
      }
      if (re) { close(c->fd); start_conn(c, ep); }
    }
  }
}

#define NS 16
static void run_udp(int window, double secs) {
  int fds[NS]; uint64_t cid[NS]; double *t0[NS]; int per = window / NS ? window / NS : 1; int ep = epoll_create1(0);
  for (int s = 0; s < NS; s++) {
    fds[s] = socket(AF_INET, SOCK_DGRAM, 0); struct sockaddr_in src = {.sin_family = AF_INET}; src.sin_addr.s_addr = htonl(0x7f000001u + s * 7); bind(fds[s], (void *)&src, sizeof src);
    int sz = 4 << 20; setsockopt(fds[s], SOL_SOCKET, SO_RCVBUF, &sz, sizeof sz);
    if (connect(fds[s], (void *)&addr, sizeof addr)) die("connect");
    struct timeval tv = {2, 0}; setsockopt(fds[s], SOL_SOCKET, SO_RCVTIMEO, &tv, sizeof tv);
    uint8_t q[16]; uint64_t magic = htobe64(0x41727101980ull); memcpy(q, &magic, 8); memset(q + 8, 0, 4); uint32_t tx = htonl(s); memcpy(q + 12, &tx, 4); send(fds[s], q, 16, 0);
    uint8_t r[64]; if (recv(fds[s], r, 64, 0) < 16 || r[3] != 0) { fprintf(stderr, "no connect response\n"); exit(3); } memcpy(&cid[s], r + 8, 8);
    fcntl(fds[s], F_SETFL, O_NONBLOCK); struct epoll_event e = {.events = EPOLLIN, .data.u32 = s}; epoll_ctl(ep, EPOLL_CTL_ADD, fds[s], &e); t0[s] = calloc(65536, 8);
  }
  static uint8_t out[64][98], in[64][2048]; struct mmsghdr mo[64], mi[64]; struct iovec vo[64], vi[64];
  memset(mo, 0, sizeof mo); memset(mi, 0, sizeof mi);
  for (int i = 0; i < 64; i++) { vo[i] = (struct iovec){out[i], 98}; mo[i].msg_hdr.msg_iov = &vo[i]; mo[i].msg_hdr.msg_iovlen = 1; vi[i] = (struct iovec){in[i], 2048}; mi[i].msg_hdr.msg_iov = &vi[i]; mi[i].msg_hdr.msg_iovlen = 1; }
  uint32_t seq[NS] = {0}; int infl[NS] = {0}; double last[NS]; for (int s = 0; s < NS; s++) last[s] = now();
  double end = now() + secs; int lost = 0;
  while (now() < end) {
    for (int s = 0; s < NS; s++) {
      double t = now(); if (infl[s] && t - last[s] > 0.5) { lost += infl[s]; infl[s] = 0; last[s] = t; }
      int n = per - infl[s]; if (n > 64) n = 64; if (n <= 0) continue;
      for (int i = 0; i < n; i++) {
        uint8_t *p = out[i]; memcpy(p, &cid[s], 8); p[8] = p[9] = p[10] = 0; p[11] = 1; uint32_t id = seq[s]++ & 0xffff; uint32_t tx = htonl(id); memcpy(p + 12, &tx, 4);
        infohash(rnd() % torrents, p + 16); uint32_t port = rnd() % (peers ? (peers + NS - 1) / NS : 60000) + 1024, peer = (uint32_t)s << 16 | port; memcpy(p + 36, "-TR4060-000000000000", 20); memcpy(p + 50, &peer, 4); memset(p + 56, 0, 24); if ((int)(rnd() % 100) >= seedshare) p[71] = 99;
        memset(p + 80, 0, 8); memcpy(p + 88, &peer, 4); uint32_t nw = htonl(numwant); memcpy(p + 92, &nw, 4); uint16_t pt = htons(port); memcpy(p + 96, &pt, 2); t0[s][id] = t;
      }
      int k = sendmmsg(fds[s], mo, n, 0); if (k > 0) { infl[s] += k; last[s] = infl[s] == k ? t : last[s]; }
    }
    struct epoll_event ev[NS]; int m = epoll_wait(ep, ev, NS, 5);
    for (int j = 0; j < m; j++) {
      int s = ev[j].data.u32, k;
      while ((k = recvmmsg(fds[s], mi, 64, MSG_DONTWAIT, NULL)) > 0) { double t = now(); last[s] = t; for (int i = 0; i < k; i++) { infl[s]--; if (mi[i].msg_len >= 20 && in[i][3] == 1) { done++; bytes += mi[i].msg_len; uint32_t tx; memcpy(&tx, in[i] + 4, 4); lat(t - t0[s][ntohl(tx) & 0xffff]); } else failed++; } if (k < 64) break; }
      if (infl[s] < 0) infl[s] = 0;
    }
  }
  failed += lost;
}

static void run_bare(void) {
  int fd = socket(AF_INET, SOCK_DGRAM, 0), sz = 4 << 20; setsockopt(fd, SOL_SOCKET, SO_RCVBUF, &sz, sizeof sz); setsockopt(fd, SOL_SOCKET, SO_SNDBUF, &sz, sizeof sz);
  if (bind(fd, (void *)&addr, sizeof addr)) die("bind");
  static uint8_t in[64][1536], out[64][1452]; static struct sockaddr_in from[64]; struct mmsghdr mi[64] = {0}, mo[64] = {0}; struct iovec vi[64], vo[64];
  for (int i = 0; i < 64; i++) { vi[i] = (struct iovec){in[i], sizeof in[i]}; vo[i] = (struct iovec){out[i], 0}; mi[i].msg_hdr = (struct msghdr){.msg_name = &from[i], .msg_iov = &vi[i], .msg_iovlen = 1}; mo[i].msg_hdr = (struct msghdr){.msg_name = &from[i], .msg_namelen = sizeof from[i], .msg_iov = &vo[i], .msg_iovlen = 1}; }
  for (;;) {
    for (int i = 0; i < 64; i++) mi[i].msg_hdr.msg_namelen = sizeof from[i];
    int k = recvmmsg(fd, mi, 64, MSG_WAITFORONE, NULL);
    for (int i = 0; i < k; i++) { int connect = in[i][11] == 0; memcpy(out[i], in[i] + 8, 8); memset(out[i] + 8, 1, 12); vo[i].iov_len = connect ? 16 : 20 + 6 * numwant; }
    for (int s = 0; s < k;) { int n = sendmmsg(fd, mo + s, k - s, 0); s += n > 0 ? n : 1; }
  }
}

int main(int c, char **v) {
  if (c == 3 && !strcmp(v[1], "hashes")) { for (int t = 0; t < atoi(v[2]); t++) { uint8_t h[20]; infohash(t, h); for (int i = 0; i < 20; i++) printf("%02X", h[i]); puts(""); } return 0; }
  if (c == 3 && !strcmp(v[1], "bare")) { addr.sin_family = AF_INET; addr.sin_port = htons(atoi(v[2])); addr.sin_addr.s_addr = htonl(INADDR_LOOPBACK); run_bare(); }
  if (c < 7) { fprintf(stderr, "usage: trackload http|close|udp IP PORT SECONDS CONNS TORRENTS [PATH] [NUMWANT] [SEED%%] [PEERS]\n"); return 2; }
  addr.sin_family = AF_INET; addr.sin_port = htons(atoi(v[3])); inet_pton(AF_INET, v[2], &addr.sin_addr);
  if ((ntohl(addr.sin_addr.s_addr) >> 24) != 127) { fprintf(stderr, "loopback only\n"); return 2; }
  double secs = atof(v[4]); int conns = atoi(v[5]); torrents = atoi(v[6]); if (c > 7) path = v[7]; if (c > 8) numwant = atoi(v[8]); if (c > 9) seedshare = atoi(v[9]); if (c > 10) peers = atoi(v[10]);
  double t = now(); if (!strcmp(v[1], "udp")) run_udp(conns, secs); else run_http(conns, secs, !strcmp(v[1], "http")); t = now() - t;
  struct rusage u; getrusage(RUSAGE_SELF, &u); double cpu = u.ru_utime.tv_sec + u.ru_utime.tv_usec * 1e-6 + u.ru_stime.tv_sec + u.ru_stime.tv_usec * 1e-6;
  printf("%s %.0f/s body %.0fB failed %llu p50 %.0fus p99 %.0fus client-cpu %.2f\n", v[1], done / t, done ? (double)bytes / done : 0, (unsigned long long)failed, pct(.5), pct(.99), cpu / t);
  return done ? 0 : 1;
}
