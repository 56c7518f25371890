"""Gives an isolated network the addresses a container instance knows, each led to a socket in a shared directory.

link_network.py ADDRESS:PORT=SOCKET... -- COMMAND... : listens, then becomes COMMAND; a child process serves.
"""
import fcntl
import os
import socket
import struct
import sys
import threading

SIOCSIFADDR = 0x8916


def main(arguments):
    split = arguments.index('--')
    listeners = [listen(*link.split('=')) for link in arguments[:split]]
    if os.fork():
        os.execvp(arguments[split + 1], arguments[split + 1:])
    detach_output()
    for listener, path in listeners:
        threading.Thread(target=accept, args=(listener, path)).start()


def detach_output():
    """The command's output must end with the command, not with this child."""
    nothing = os.open(os.devnull, os.O_RDWR)
    for descriptor in (0, 1, 2):
        os.dup2(nothing, descriptor)


def listen(place, path):
    address, port = place.split(':')
    if not address.startswith('127.'):
        own(address)
    listener = socket.socket()
    listener.bind((address, int(port)))
    listener.listen(16)
    return listener, path


def own(address):
    """Puts the address on the loopback interface of this network namespace."""
    request = struct.pack('16sHH4s8x', b'lo:0', socket.AF_INET, 0, socket.inet_aton(address))
    fcntl.ioctl(socket.socket(socket.AF_INET, socket.SOCK_DGRAM), SIOCSIFADDR, request)


def accept(listener, path):
    while True:
        caller = listener.accept()[0]
        answerer = socket.socket(socket.AF_UNIX)
        answerer.connect(path)
        for source, target in ((caller, answerer), (answerer, caller)):
            threading.Thread(target=pump, args=(source, target)).start()


def pump(source, target):
    try:
        while True:
            chunk = source.recv(65536)
            if not chunk:
                break
            target.sendall(chunk)
        target.shutdown(socket.SHUT_WR)
    except OSError:
        for end in (source, target):
            end.close()


main(sys.argv[1:])
