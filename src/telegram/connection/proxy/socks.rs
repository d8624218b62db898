//! SOCKS version 5.

use super::{ProxyLogin, refused};
use crate::connection::stream::{BoxStream, Stream};
use std::io;
use tokio_socks::Error;
use tokio_socks::tcp::Socks5Stream;

/// Has the proxy connect to `address`. Names are looked up by the proxy: nobody on the way sees them.
pub(super) async fn through(
    stream: impl Stream + 'static,
    login: Option<&ProxyLogin>,
    address: &str,
) -> io::Result<BoxStream> {
    let opened = match login {
        // RFC 1929 counts both with one byte, and neither may be empty in the library that asks.
        Some(login) if !login.user.is_empty() => {
            let password = if login.password.is_empty() { " " } else { &login.password };
            Socks5Stream::connect_with_password_and_socket(stream, address, &login.user, password).await
        }
        _ => Socks5Stream::connect_with_socket(stream, address).await,
    };
    match opened {
        Ok(stream) => Ok(Box::new(stream)),
        Err(Error::Io(error)) => Err(error),
        Err(Error::PasswordAuthFailure(_) | Error::NoAcceptableAuthMethods | Error::InvalidAuthValues(_)) => {
            Err(refused("does not take this name and password"))
        }
        Err(Error::InvalidResponseVersion | Error::UnknownAuthMethod | Error::UnknownError) => {
            Err(refused("does not speak SOCKS5"))
        }
        Err(_) => Err(refused("cannot reach the server")),
    }
}
