//! Notices that the machine's network changed, so that nobody waits for a timer to find out.

use std::net::{IpAddr, Ipv4Addr, SocketAddr, UdpSocket};
use std::time::Duration;

/// Between two looks, where the system does not tell of changes.
const LOOK_EVERY: Duration = Duration::from_secs(3);

/// A new network comes with several changes at once; they are over after this.
#[cfg(target_os = "linux")]
const SETTLING: Duration = Duration::from_millis(300);

/// Waits for the times when it is worth a look. On Linux the kernel tells of new addresses and routes, so nobody wakes
/// up for nothing.
pub(super) enum Occasions {
    #[cfg(target_os = "linux")]
    Told(tokio::net::UnixDatagram),
    Never,
}

impl Occasions {
    /// Must be called within a runtime.
    pub fn start() -> Self {
        #[cfg(target_os = "linux")]
        match routes::listen() {
            Ok(socket) => return Self::Told(socket),
            Err(error) => tracing::debug!("the kernel does not tell of networks, so we look by ourselves: {error}"),
        }
        Self::Never
    }

    /// Returns when something may have changed.
    pub async fn next(&mut self) {
        #[cfg(target_os = "linux")]
        if let Self::Told(socket) = self {
            if routes::told(socket).await.is_ok() {
                tokio::time::sleep(SETTLING).await;
                return;
            }
            *self = Self::Never;
        }
        tokio::time::sleep(LOOK_EVERY).await;
    }
}

/// The kernel's messages about addresses and routes (rtnetlink(7)). What they say does not matter here, only that there
/// are some.
#[cfg(target_os = "linux")]
mod routes {
    use rustix::net::netlink::SocketAddrNetlink;
    use rustix::net::{AddressFamily, SocketFlags, SocketType, bind, socket_with};
    use std::io::ErrorKind;
    use tokio::net::UnixDatagram;

    /// RTMGRP_IPV4_IFADDR, RTMGRP_IPV4_ROUTE, RTMGRP_IPV6_IFADDR, RTMGRP_IPV6_ROUTE.
    const GROUPS: u32 = 0x10 | 0x40 | 0x100 | 0x400;

    /// tokio has no type for such a socket; one for datagrams reads it by the same call.
    pub fn listen() -> std::io::Result<UnixDatagram> {
        let flags = SocketFlags::CLOEXEC | SocketFlags::NONBLOCK;
        let socket = socket_with(AddressFamily::NETLINK, SocketType::RAW, flags, None)?;
        bind(&socket, &SocketAddrNetlink::new(0, GROUPS))?;
        UnixDatagram::from_std(socket.into())
    }

    /// Waits for a message and takes all that are there.
    pub async fn told(socket: &UnixDatagram) -> std::io::Result<()> {
        let mut message = [0_u8; 4096];
        heard(socket.recv(&mut message).await)?;
        for _ in 0..256 {
            match socket.try_recv(&mut message) {
                Err(error) if error.kind() == ErrorKind::WouldBlock => break,
                received => heard(received)?,
            }
        }
        Ok(())
    }

    /// More messages than there was room for says as much as the messages.
    fn heard(received: std::io::Result<usize>) -> std::io::Result<()> {
        match received {
            Err(error) if error.raw_os_error() != Some(rustix::io::Errno::NOBUFS.raw_os_error()) => Err(error),
            _ => Ok(()),
        }
    }
}

/// Any address that is reached through the default route; nothing is ever sent there (RFC 5737 keeps it unused).
const OUTSIDE: SocketAddr = SocketAddr::new(IpAddr::V4(Ipv4Addr::new(192, 0, 2, 1)), 9);

/// Remembers by which address of ours the world is reached.
pub(super) struct NetworkWatch {
    last: Option<IpAddr>,
}

impl NetworkWatch {
    /// Begins with how it is now.
    pub fn start() -> Self {
        Self { last: own_address() }
    }

    /// Whether there is another network than at the last look.
    pub fn changed(&mut self) -> bool {
        self.changed_to(own_address())
    }

    /// Having lost the network is not worth a try to connect; having it back is.
    fn changed_to(&mut self, now: Option<IpAddr>) -> bool {
        std::mem::replace(&mut self.last, now) != now && now.is_some()
    }
}

/// The address from which we would speak to the world. Asks only the system's table of routes: connecting a datagram
/// socket sends nothing.
fn own_address() -> Option<IpAddr> {
    let socket = UdpSocket::bind((Ipv4Addr::UNSPECIFIED, 0)).ok()?;
    socket.connect(OUTSIDE).ok()?;
    socket.local_addr().ok().map(|address| address.ip())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_new_or_regained_network_is_noticed_once() {
        let home = Some(IpAddr::V4(Ipv4Addr::new(192, 168, 0, 2)));
        let cafe = Some(IpAddr::V4(Ipv4Addr::new(10, 0, 0, 7)));
        let mut watch = NetworkWatch { last: home };
        let looks = [home, cafe, cafe, None, None, cafe, home];
        let noticed = looks.map(|now| watch.changed_to(now));
        assert_eq!(noticed, [false, true, false, false, false, true, true]);
    }

    /// In a network namespace of its own, which only root may make.
    #[cfg(target_os = "linux")]
    #[test]
    #[allow(unsafe_code, reason = "a namespace for this thread alone")]
    fn the_kernel_tells_of_a_new_address() {
        use rustix::net::{
            AddressFamily, SendFlags, SocketFlags, SocketType, netlink::SocketAddrNetlink, sendto, socket_with,
        };

        let thread = std::thread::spawn(|| {
            // SAFETY: nothing of this thread depends on its network.
            if unsafe { libc::unshare(libc::CLONE_NEWNET) } != 0 {
                println!("not shown: this user may not make a network namespace");
                return;
            }
            let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
            runtime.block_on(async {
                let mut occasions = Occasions::start();
                assert!(matches!(occasions, Occasions::Told(_)));
                let early = tokio::time::timeout(LOOK_EVERY + SETTLING, occasions.next()).await;
                assert!(early.is_err(), "nobody looks while nothing changes");

                // RTM_NEWLINK for the first interface, the loopback: IFF_UP. With it comes its address.
                let mut up = Vec::new();
                up.extend(32_u32.to_ne_bytes());
                up.extend(16_u16.to_ne_bytes());
                up.extend(1_u16.to_ne_bytes());
                up.extend([0; 8]);
                up.extend([0; 4]);
                up.extend(1_i32.to_ne_bytes());
                up.extend(1_u32.to_ne_bytes());
                up.extend(1_u32.to_ne_bytes());
                let socket = socket_with(AddressFamily::NETLINK, SocketType::RAW, SocketFlags::CLOEXEC, None).unwrap();
                sendto(&socket, &up, SendFlags::empty(), &SocketAddrNetlink::new(0, 0)).unwrap();
                tokio::time::timeout(Duration::from_secs(30), occasions.next()).await.unwrap();
            });
        });
        thread.join().unwrap();
    }

    #[test]
    fn a_machine_that_stays_where_it_is_has_not_changed() {
        assert!(!NetworkWatch::start().changed());
    }
}
