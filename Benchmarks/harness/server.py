"""What is polled, and configurations for it: nginx with healthy answers, the simulator, a port that never answers."""

import contextlib
import dataclasses
import os
import re
import shutil
import socket
import subprocess
import time

ANSWER = os.path.join(os.path.dirname(__file__), "../../Sources/Simulator/Fixtures/kapso/kapso-healthy.json")
PATH = "/platform/v1/whatsapp/phone_numbers/{}/health"

NGINX = """\
daemon off; worker_processes 1; pid {folder}/nginx.pid; error_log {folder}/nginx.log warn;
events {{ worker_connections 4096; }}
http {{
  client_body_temp_path {folder}/t; proxy_temp_path {folder}/t; fastcgi_temp_path {folder}/t;
  uwsgi_temp_path {folder}/t; scgi_temp_path {folder}/t;
  access_log off; keepalive_requests 100000000; keepalive_timeout 300s; default_type application/json;
  server {{
    listen 127.0.0.1:{port} backlog=4096 {tls};
    location ~ ^/platform/v1/whatsapp/phone_numbers/(?<waba>[0-9]+)(?<last>[0-9])/health$ {{
      return 200 '{answer}';
    }}
  }}
}}
"""


@dataclasses.dataclass
class Account:
    """A Kapso account of healthy numbers."""
    base_url: str
    api_key: str
    ids: list
    ca_file: str = ""

    def configuration(self, folder, count=None, concurrency=64, refresh="60s", clock="on"):
        """Writes a configuration of its first `count` numbers, and returns the path."""
        ids = self.ids[:count]
        path = os.path.join(folder, f"config-{len(ids)}-{refresh}-{clock}-{concurrency}.yaml")
        lines = [f"refresh: {refresh}", f"clock: {clock}", "accounts:", "  - name: acme", "    provider: kapso",
                 f"    base_url: {self.base_url}", f"    api_key: {self.api_key}",
                 "    requests_per_minute: unlimited", f"    concurrency: {concurrency}",
                 *([f"    ca_file: {self.ca_file}"] if self.ca_file else []),
                 "    numbers: [" + ",".join(f'"{number}"' for number in ids) + "]"]
        return _write(path, lines)

    def urls(self):
        return [self.base_url + PATH.format(number) for number in self.ids]


def ids(count):
    """As long as Meta's; beyond 10,000 short ones, for a configuration of at most 1 MiB."""
    start = 100_000_000_000_000 if count <= 10_000 else 100_000
    return [str(start + index) for index in range(count)]


@contextlib.contextmanager
def healthy(binary, folder, count, tls=False):
    """An account of so many numbers that answer at once: by nginx, or by the simulator where there is none.

    None where it should speak TLS and can't.
    """
    if shutil.which("nginx", path=os.environ["PATH"] + ":/usr/sbin"):
        with _nginx(folder, tls) as served:
            yield served and Account(*served[:1], "kapso-demo-key", ids(count), served[1])
    elif tls:
        yield None
    else:
        scenario = ["accounts:", f"  - {{ name: acme, provider: kapso, count: {count}, listing: numbers }}"]
        with simulated(binary, folder, "--scenario", _write(os.path.join(folder, "healthy.yaml"), scenario)) as text:
            found = [re.search(rf"{key}: \"?([^\s\"]+)", text)[1] for key in ("base_url", "api_key")]
            yield Account(*found, re.findall(r"\d{15}", text))


@contextlib.contextmanager
def _nginx(folder, tls):
    port, ca_file = free_port(), ""
    answer = open(ANSWER, encoding="utf-8").read().replace("123456789012345", "$waba$last")
    answer = answer.replace("987654321098765", "$waba").replace("+1 555-123-4567", "+1 555-$waba$last")
    answer = answer.replace("2025-01-20T14:25:30Z", "$time_iso8601")
    if tls:
        ca_file = _certificate(folder)
        if not ca_file:
            yield None
            return
    certificate = f"ssl; ssl_certificate {ca_file}; ssl_certificate_key {folder}/key.pem" if tls else ""
    path = os.path.join(folder, "nginx.conf")
    _write(path, [NGINX.format(folder=folder, port=port, tls=certificate, answer=answer)])
    nginx = shutil.which("nginx", path=os.environ["PATH"] + ":/usr/sbin")
    server = subprocess.Popen([nginx, "-p", folder, "-c", path], stderr=subprocess.DEVNULL)
    try:
        wait_for(port)
        yield f"{'https' if tls else 'http'}://127.0.0.1:{port}", ca_file
    finally:
        server.terminate()
        server.wait()


def _certificate(folder):
    """A certificate for 127.0.0.1 that nobody but `ca_file` trusts; empty without openssl."""
    path = os.path.join(folder, "certificate.pem")
    if not os.path.exists(path) and shutil.which("openssl"):
        subprocess.run(
            ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes",
             "-days", "2", "-subj", "/CN=127.0.0.1", "-addext", "subjectAltName=IP:127.0.0.1",
             "-keyout", os.path.join(folder, "key.pem"), "-out", path], check=True, capture_output=True)
    return path if os.path.exists(path) else ""


@contextlib.contextmanager
def simulated(binary, folder, *arguments, environment=None):
    """The simulator as a process of its own: the text of the configuration that belongs to it."""
    path = os.path.join(folder, "simulated.yaml")
    with open(path, "w") as output:
        simulator = subprocess.Popen([binary, "simulate", "--port", "0", *arguments], stdout=output,
                                     stderr=subprocess.PIPE, text=True,
                                     env=dict(os.environ, **(environment or {})))
    try:
        size = -1
        while (now := os.path.getsize(path)) != size or not size:
            if simulator.poll() is not None:
                raise RuntimeError(simulator.stderr.read().strip())
            size = now
            time.sleep(0.3)
        yield open(path).read()
    finally:
        simulator.terminate()
        simulator.wait()


def adjusted(text, folder, name, refresh, clock="off", concurrency=8):
    """A configuration of the simulator with other settings, as a file."""
    text = re.sub(r"(?m)^refresh: .*", f"refresh: {refresh}\nclock: {clock}", text)
    text = re.sub(r"(?m)concurrency: .*", f"concurrency: {concurrency}", text)
    return _write(os.path.join(folder, name + ".yaml"), [text])


def scenario(folder, name, text):
    return _write(os.path.join(folder, name + "-scenario.yaml"), [text])


def accounts(folder, address, numbers):
    """A configuration of several Kapso accounts: their numbers by name."""
    lines = ["refresh: 60s", "accounts:"]
    for name, ids in numbers.items():
        lines += [f"  - name: {name}", "    provider: kapso", f"    base_url: {address}",
                  "    api_key: kapso-demo-key", "    numbers: [" + ",".join(f'"{number}"' for number in ids) + "]"]
    return _write(os.path.join(folder, f"accounts-{len(numbers)}.yaml"), lines)


@contextlib.contextmanager
def silent():
    """The address of a port that takes connections and never answers."""
    with socket.create_server(("127.0.0.1", 0), backlog=4096) as listener:
        yield f"http://127.0.0.1:{listener.getsockname()[1]}"


def _write(path, lines):
    with open(path, "w", encoding="utf-8", opener=lambda name, flags: os.open(name, flags, 0o600)) as file:
        file.write("\n".join(lines) + "\n")
    return path


def free_port():
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return listener.getsockname()[1]


def wait_for(port):
    for _ in range(100):
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), 1):
            return
        time.sleep(0.05)
    raise TimeoutError("nginx did not start")
