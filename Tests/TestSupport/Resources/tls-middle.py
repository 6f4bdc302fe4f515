# tls-middle.py CERTIFICATE KEY PORT TARGET: somebody in the middle who ends TLS on 127.0.0.1:PORT with a certificate of his own, begins it anew
# to 127.0.0.1:TARGET without a check, and passes everything on.
import socket
import ssl
import sys
import threading

certificate, key, port, target = sys.argv[1], sys.argv[2], int(sys.argv[3]), int(sys.argv[4])
ours = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
ours.load_cert_chain(certificate, key)
theirs = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
theirs.check_hostname = False
theirs.verify_mode = ssl.CERT_NONE


def pump(source, sink):
    try:
        while data := source.recv(65536):
            sink.sendall(data)
    except OSError:
        pass
    for end in (source, sink):
        try:
            end.shutdown(socket.SHUT_RDWR)
        except OSError:
            pass


def serve(client):
    try:
        client = ours.wrap_socket(client, server_side=True)
        server = theirs.wrap_socket(socket.create_connection(("127.0.0.1", target)))
    except OSError:
        return client.close()
    for ends in ((client, server), (server, client)):
        threading.Thread(target=pump, args=ends, daemon=True).start()


listener = socket.create_server(("127.0.0.1", port))
while True:
    threading.Thread(target=serve, args=(listener.accept()[0],), daemon=True).start()
