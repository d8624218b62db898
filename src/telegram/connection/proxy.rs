//! Proxies: other ways to the servers, where the straight one is closed or watched.
//!
//! A proxy is a stream under a lane like any other. Several can be kept; [`Proxied`] takes the one in use and goes on
//! to the next when it dies.

#[cfg(test)]
mod fuzz;
mod hello;
mod http;
mod link;
mod mtproto;
mod secret;
mod socks;

pub use link::LinkError;
pub use secret::{ProxySecret, SecretError};

use super::stream::{BoxStream, Connector, Target, Tcp, reach};
use futures::future::BoxFuture;
use std::fmt;
use std::io;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use tokio::sync::watch;

/// A way to the servers through somebody else's machine.
#[derive(Clone, PartialEq, Eq)]
pub struct Proxy {
    /// Its name or number on the network.
    pub host: String,
    /// Its port.
    pub port: u16,
    /// What it speaks.
    pub kind: ProxyKind,
}

/// What a proxy speaks.
#[derive(Clone, PartialEq, Eq)]
pub enum ProxyKind {
    /// SOCKS version 5 (RFC 1928), with a name and a password or without (RFC 1929).
    Socks5(Option<ProxyLogin>),
    /// HTTP with the method CONNECT (RFC 9110, section 9.3.6), with a name and a password or without.
    Http(Option<ProxyLogin>),
    /// Telegram's own (core.telegram.org/mtproto/mtproto-transports#transport-obfuscation).
    MtProto(ProxySecret),
}

/// Who we are to a proxy.
#[derive(Clone, PartialEq, Eq)]
pub struct ProxyLogin {
    /// Name.
    pub user: String,
    /// Password; may be empty.
    pub password: String,
}

// Passwords and secrets stay out of logs; where someone's proxy stands is nobody's business either.
impl fmt::Debug for Proxy {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let kind = match self.kind {
            ProxyKind::Socks5(_) => "SOCKS5",
            ProxyKind::Http(_) => "HTTP",
            ProxyKind::MtProto(_) => "MTProto",
        };
        write!(f, "Proxy({kind})")
    }
}

impl Proxy {
    /// Opens a stream to a server through it.
    pub(super) async fn connect(&self, target: Target<'_>) -> io::Result<BoxStream> {
        // Not `format!("{host}:{port}")`: a number of IPv6 would need brackets.
        let stream = reach((self.host.as_str(), self.port)).await?;
        match &self.kind {
            ProxyKind::Socks5(login) => socks::through(stream, login.as_ref(), target.address).await,
            ProxyKind::Http(login) => http::through(stream, login.as_ref(), target.address).await,
            ProxyKind::MtProto(secret) => mtproto::through(stream, secret, target.named()).await,
        }
    }
}

/// Why a proxy is of no use.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ProxyTrouble {
    /// Nobody is there.
    #[error("the proxy cannot be reached")]
    Unreachable,
    /// It does not take our name and password or our secret, or is no proxy of this kind.
    #[error("the proxy refuses")]
    Refused,
    /// It is there, but no Telegram server answers through it. A wrong secret looks like this, too.
    #[error("no server answers through the proxy")]
    NoServer,
    /// Too slow.
    #[error("the proxy did not answer in time")]
    TimedOut,
}

/// The ways to the servers, which all accounts of a program share. A clone is the same.
#[derive(Clone, Default)]
pub struct Ways(Arc<Proxied>);

impl fmt::Debug for Ways {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Ways").finish_non_exhaustive()
    }
}

impl Ways {
    /// Nothing goes out before [`Ways::set`] says by which way: nobody knows yet which proxies there are.
    pub fn hold(&self) {
        self.0.hold();
    }

    /// Goes by these proxies from the next connection on, see [`Account::set_proxies`](crate::Account::set_proxies).
    pub fn set(&self, proxies: Vec<Proxy>, current: Option<usize>, switching: bool) {
        self.0.set(proxies, current, switching);
    }

    pub(super) fn shared(&self) -> Arc<Proxied> {
        self.0.clone()
    }
}

/// So many connections must fail in a row before the next proxy is tried: one may fail for other reasons.
const FAILURES: u32 = 2;

/// Opens streams through the proxy in use, or straight where none is.
#[derive(Default)]
pub(crate) struct Proxied {
    state: Mutex<State>,
    /// Nothing goes out while it is held.
    held: watch::Sender<bool>,
}

#[derive(Default)]
struct State {
    proxies: Vec<Proxy>,
    /// Which one is in use, if any is.
    current: Option<usize>,
    /// Goes on to the next one by itself.
    switching: bool,
    failures: u32,
}

impl Proxied {
    /// Takes these from now on; `current` is the one to begin with, `None` goes straight. With `switching`, the next one
    /// is taken when one does not work.
    pub fn set(&self, proxies: Vec<Proxy>, current: Option<usize>, switching: bool) {
        let current = current.filter(|at| *at < proxies.len());
        *self.state() = State { proxies, current, switching, failures: 0 };
        self.held.send_replace(false);
    }

    fn hold(&self) {
        self.held.send_replace(true);
    }

    async fn released(&self) {
        // The sender lives in self, so that this cannot fail.
        let _ = self.held.subscribe().wait_for(|held| !held).await;
    }

    /// Which one is in use.
    pub fn current(&self) -> Option<usize> {
        self.state().current
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn proxy(&self) -> Option<(usize, Proxy)> {
        let state = self.state();
        let at = state.current?;
        Some((at, state.proxies.get(at)?.clone()))
    }

    /// A server spoke through this one, or nobody did.
    fn note(&self, at: usize, worked: bool) {
        let mut state = self.state();
        if state.current != Some(at) {
            return;
        }
        state.failures = if worked { 0 } else { state.failures + 1 };
        if state.switching && state.failures >= FAILURES && state.proxies.len() > 1 {
            state.failures = 0;
            state.current = Some((at + 1) % state.proxies.len());
            tracing::info!("a proxy does not work, the next one is taken");
        }
    }
}

impl Connector for Proxied {
    fn connect<'a>(&'a self, target: Target<'a>) -> BoxFuture<'a, io::Result<BoxStream>> {
        Box::pin(async move {
            self.released().await;
            let Some((at, proxy)) = self.proxy() else { return Tcp.connect(target).await };
            // Dropped when the deadline is over: that is a failure, too.
            let verdict = Verdict { proxied: self, at };
            let stream = proxy.connect(target).await?;
            // Whether anybody speaks on it is seen later.
            std::mem::forget(verdict);
            Ok(stream)
        })
    }

    fn is_direct(&self) -> bool {
        self.current().is_none() && !*self.held.borrow()
    }

    fn tried(&self, answered: bool) {
        if let Some((at, _)) = self.proxy() {
            self.note(at, answered);
        }
    }
}

/// Notes a failure when it is dropped, also by those who wait no longer.
struct Verdict<'a> {
    proxied: &'a Proxied,
    at: usize,
}

impl Drop for Verdict<'_> {
    fn drop(&mut self) {
        self.proxied.note(self.at, false);
    }
}

/// The other side is no proxy, or refuses.
fn refused(why: &str) -> io::Error {
    io::Error::new(io::ErrorKind::ConnectionRefused, format!("the proxy {why}"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::time::Duration;
    use tokio::net::TcpListener;

    #[tokio::test]
    async fn nothing_goes_out_before_it_is_known_by_which_way() {
        let server = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = server.local_addr().unwrap().to_string();
        let ways = Ways::default();
        ways.hold();
        let shared = ways.shared();
        let mut connect = shared.connect(Target { address: &address, dc: 1, files: false, test: false });
        assert!(!shared.is_direct());
        tokio::select! {
            _ = &mut connect => panic!("it went straight"),
            _ = server.accept() => panic!("it went straight"),
            () = tokio::time::sleep(Duration::from_millis(200)) => {}
        }
        ways.set(Vec::new(), None, false);
        assert!(connect.await.is_ok() && shared.is_direct());
    }
}
