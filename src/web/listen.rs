//! The port that the server listens on.

use std::io;
use std::net::SocketAddr;
use tokio::net::{TcpListener, TcpSocket};

/// The send buffer of a connection, in bytes; Linux doubles it for its bookkeeping. Without a limit it grows
/// to megabytes for a client that does not read, where the live socket is limited to 256 KiB.
const SEND_BUFFER: u32 = 128 << 10;
/// Connections that may wait to be accepted.
const BACKLOG: u32 = 1024;

/// Listens; port 0 picks a free port. Connections inherit the send buffer, and Nagle's algorithm is off:
/// with it, a response in several parts would wait 40 ms for the acknowledgement of the first.
pub fn listen(address: SocketAddr) -> io::Result<TcpListener> {
    let socket = match address {
        SocketAddr::V4(_) => TcpSocket::new_v4(),
        SocketAddr::V6(_) => TcpSocket::new_v6(),
    }?;
    // Allows binding to the port of a server that has just stopped.
    socket.set_reuseaddr(true)?;
    socket.set_send_buffer_size(SEND_BUFFER)?;
    socket.set_nodelay(true)?;
    socket.bind(address)?;
    socket.listen(BACKLOG)
}
