"""A peer: libcurl's multi interface from Python, and orjson. Run as `pycurl_peer.py URLS KEY [CA_FILE]`."""

import io
import sys

import orjson
import pycurl

path, key, ca_file = sys.argv[1:4]
waiting = open(path).read().split()
multi = pycurl.CurlMulti()
multi.setopt(pycurl.M_MAXCONNECTS, 64)
free = [pycurl.Curl() for _ in range(64)]
running = 0
for handle in free:
    handle.setopt(pycurl.HTTPHEADER, [f"X-API-Key: {key}"])
    if ca_file:
        handle.setopt(pycurl.CAINFO, ca_file)
while waiting or running:
    while waiting and free:
        handle = free.pop()
        handle.body = io.BytesIO()
        handle.setopt(pycurl.URL, waiting.pop())
        handle.setopt(pycurl.WRITEDATA, handle.body)
        multi.add_handle(handle)
        running += 1
    multi.perform()
    left = 1
    while left:
        left, done, failed = multi.info_read()
        if failed:
            sys.exit(f"failed: {failed[0]}")
        for handle in done:
            orjson.loads(handle.body.getvalue())["checks"]["messaging_health"]["overall_status"]
            multi.remove_handle(handle)
            free.append(handle)
            running -= 1
    if running:
        multi.select(1.0)
