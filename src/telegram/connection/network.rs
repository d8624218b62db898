//! Notices that the machine's network changed, so that nobody waits for a timer to find out.

use std::net::{IpAddr, Ipv4Addr, SocketAddr, UdpSocket};
use std::time::Duration;

/// Between two looks.
pub(super) const LOOK_EVERY: Duration = Duration::from_secs(3);

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

    #[test]
    fn a_machine_that_stays_where_it_is_has_not_changed() {
        assert!(!NetworkWatch::start().changed());
    }
}
