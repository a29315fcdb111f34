//! The port that the server listens on.

use std::io;
use std::net::SocketAddr;
use tokio::net::{TcpListener, TcpSocket};

/// What the system may hold for a reader that does not read, in bytes; Linux takes twice as much
/// with its own bookkeeping. Left alone it grows to megabytes, where the live socket promises 256 KiB.
const SEND_BUFFER: u32 = 128 << 10;
/// Connections that may wait to be accepted.
const WAITING: u32 = 1024;

/// Listens; port 0 picks a free one. Every connection gets the listener's buffer, and sends what it has at
/// once: an answer in several parts would wait 40 ms for the other side's word that the first one came.
pub fn listen(address: SocketAddr) -> io::Result<TcpListener> {
    let socket = match address {
        SocketAddr::V4(_) => TcpSocket::new_v4(),
        SocketAddr::V6(_) => TcpSocket::new_v6(),
    }?;
    // A port that was in use a moment ago can be taken again.
    socket.set_reuseaddr(true)?;
    socket.set_send_buffer_size(SEND_BUFFER)?;
    socket.set_nodelay(true)?;
    socket.bind(address)?;
    socket.listen(WAITING)
}
