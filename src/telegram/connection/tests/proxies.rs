//! Every kind of proxy in front of the demo server: small ones of our own, written from the descriptions.

use super::rig::{Rig, eventually};
use super::{NEAREST, is_online};
use crate::connection::proxy::{Proxy, ProxyKind, ProxyLogin, ProxyTrouble};
use hmac::{Hmac, KeyInit as _, Mac as _};
use sha2::Sha256;
use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _, copy_bidirectional};
use tokio::net::{TcpListener, TcpStream};

const SECRET: &str = "00112233445566778899aabbccddeeff";
const KEY: [u8; 16] = [0, 0x11, 0x22, 0x33, 0x44, 0x55, 0x66, 0x77, 0x88, 0x99, 0xaa, 0xbb, 0xcc, 0xdd, 0xee, 0xff];

/// A proxy of ours, and how many connections it has led on.
struct Small {
    address: SocketAddr,
    led: Arc<AtomicUsize>,
}

impl Small {
    /// `serve` greets a client and leads it on.
    async fn start<F>(serve: impl Fn(TcpStream, Arc<AtomicUsize>) -> F + Send + 'static) -> Self
    where
        F: Future<Output = Option<()>> + Send + 'static,
    {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let (address, led) = (listener.local_addr().unwrap(), Arc::new(AtomicUsize::new(0)));
        let count = led.clone();
        tokio::spawn(async move {
            while let Ok((client, _)) = listener.accept().await {
                tokio::spawn(serve(client, count.clone()));
            }
        });
        Self { address, led }
    }

    /// A SOCKS5 proxy (RFC 1928, 1929) that leads everyone to `server`, whatever they ask for.
    async fn socks(server: SocketAddr, login: Option<(&'static str, &'static str)>) -> Self {
        Self::start(move |mut client, led| async move {
            let [5, methods] = read::<2>(&mut client).await? else { return None };
            let mut offered = vec![0; usize::from(methods)];
            client.read_exact(&mut offered).await.ok()?;
            let wanted = if login.is_some() { 2 } else { 0 };
            if !offered.contains(&wanted) {
                return client.write_all(&[5, 0xff]).await.ok();
            }
            client.write_all(&[5, wanted]).await.ok()?;
            if let Some((name, password)) = login {
                let [1, length] = read::<2>(&mut client).await? else { return None };
                let mut user = vec![0; usize::from(length)];
                client.read_exact(&mut user).await.ok()?;
                let [length] = read::<1>(&mut client).await?;
                let mut pass = vec![0; usize::from(length)];
                client.read_exact(&mut pass).await.ok()?;
                let known = user == name.as_bytes() && pass == password.as_bytes();
                client.write_all(&[1, u8::from(!known)]).await.ok()?;
                if !known {
                    return None;
                }
            }
            let [5, 1, 0, kind] = read::<4>(&mut client).await? else { return None };
            let length = match kind {
                1 => 4,
                4 => 16,
                _ => usize::from(read::<1>(&mut client).await?[0]),
            };
            client.read_exact(&mut vec![0; length + 2]).await.ok()?;
            client.write_all(&[5, 0, 0, 1, 0, 0, 0, 0, 0, 0]).await.ok()?;
            lead_on(client, server, &led).await
        })
        .await
    }

    /// An HTTP proxy.
    async fn http(server: SocketAddr, login: Option<&'static str>) -> Self {
        Self::start(move |mut client, led| async move {
            let mut head = Vec::new();
            while !head.ends_with(b"\r\n\r\n") {
                head.push(client.read_u8().await.ok()?);
            }
            let head = String::from_utf8(head).ok()?;
            if !head.starts_with("CONNECT 127.0.0.1:9 HTTP/1.1\r\n") {
                return client.write_all(b"HTTP/1.1 405 Method Not Allowed\r\n\r\n").await.ok();
            }
            if login.is_some_and(|login| !head.contains(&format!("Proxy-Authorization: Basic {login}\r\n"))) {
                return client.write_all(b"HTTP/1.1 407 Proxy Authentication Required\r\nX: y\r\n\r\n").await.ok();
            }
            client.write_all(b"HTTP/1.1 200 Connection established\r\n\r\n").await.ok()?;
            lead_on(client, server, &led).await
        })
        .await
    }

    /// What looks like a web site in front of an MTProto proxy.
    async fn disguised(server: SocketAddr) -> Self {
        Self::start(move |mut client, led| async move {
            let mut hello = read::<517>(&mut client).await?;
            let digest: [u8; 32] = hello[11..43].try_into().unwrap();
            hello[11..43].fill(0);
            let mut expected = sign(&[&hello]);
            expected[28..].copy_from_slice(&digest[28..]);
            if expected != digest || !hello.windows(11).any(|part| part == b"example.org") {
                return client.write_all(b"\x15\x03\x03\x00\x02\x02\x28").await.ok();
            }
            let mut answer = [&[0x16, 3, 3, 0, 122, 2, 0, 0, 118, 3, 3][..], &[0; 32], &[7; 84]].concat();
            answer.extend_from_slice(&[0x14, 3, 3, 0, 1, 1, 0x17, 3, 3, 1, 0]);
            answer.extend_from_slice(&[9; 256]);
            let signed = sign(&[&digest, &answer]);
            answer[11..43].copy_from_slice(&signed);
            client.write_all(&answer).await.ok()?;
            let server = TcpStream::connect(server).await.ok()?;
            led.fetch_add(1, Ordering::SeqCst);
            let ((mut from_client, mut to_client), (mut from_server, mut to_server)) =
                (client.into_split(), server.into_split());
            let there = async {
                let mut first = true;
                loop {
                    let mut head = [0; 5];
                    from_client.read_exact(&mut head).await.ok()?;
                    let mut body = vec![0; usize::from(u16::from_be_bytes([head[3], head[4]]))];
                    from_client.read_exact(&mut body).await.ok()?;
                    // The change of cipher comes once, before all else.
                    assert_eq!(head[0], if std::mem::take(&mut first) { 0x14 } else { 0x17 });
                    if head[0] == 0x17 {
                        to_server.write_all(&body).await.ok()?;
                    }
                }
            };
            let back = async {
                let mut bytes = [0; 700];
                loop {
                    let length = from_server.read(&mut bytes).await.ok().filter(|length| *length > 0)?;
                    to_client.write_all(&[0x17, 3, 3, (length >> 8) as u8, length as u8]).await.ok()?;
                    to_client.write_all(&bytes[..length]).await.ok()?;
                }
            };
            tokio::select! { end = there => end, end = back => end }
        })
        .await
    }

    fn as_proxy(&self, kind: ProxyKind) -> Proxy {
        Proxy { host: self.address.ip().to_string(), port: self.address.port(), kind }
    }

    fn led(&self) -> usize {
        self.led.load(Ordering::SeqCst)
    }
}

fn sign(parts: &[&[u8]]) -> [u8; 32] {
    let mut mac = Hmac::<Sha256>::new_from_slice(&KEY).unwrap();
    for part in parts {
        mac.update(part);
    }
    mac.finalize().into_bytes().into()
}

async fn read<const N: usize>(from: &mut TcpStream) -> Option<[u8; N]> {
    let mut bytes = [0; N];
    from.read_exact(&mut bytes).await.ok()?;
    Some(bytes)
}

async fn lead_on(mut client: TcpStream, server: SocketAddr, led: &AtomicUsize) -> Option<()> {
    let mut server = TcpStream::connect(server).await.ok()?;
    led.fetch_add(1, Ordering::SeqCst);
    copy_bidirectional(&mut client, &mut server).await.ok().map(|_| ())
}

fn login(user: &str, password: &str) -> Option<ProxyLogin> {
    Some(ProxyLogin { user: user.into(), password: password.into() })
}

fn site_secret() -> String {
    "example.org".bytes().fold(format!("ee{SECRET}"), |text, byte| format!("{text}{byte:02x}"))
}

/// Whether the server, which nobody reaches straight, is reached by this proxy.
async fn leads(rig: &Rig, proxy: Proxy) {
    assert!(rig.pool.check_proxy(&proxy).await.unwrap() < Duration::from_secs(10));
    rig.pool.set_proxies(vec![proxy], Some(0), false);
    rig.pool.invoke(&NEAREST).await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn socks_and_http_lead_to_the_server_with_and_without_a_password() {
    let rig = Rig::hidden(SECRET, |_| {}).await;
    let open = Small::socks(rig.address(), None).await;
    leads(&rig, open.as_proxy(ProxyKind::Socks5(None))).await;
    // A name where none is wanted is no fault.
    leads(&rig, open.as_proxy(ProxyKind::Socks5(login("somebody", "")))).await;
    let closed = Small::socks(rig.address(), Some(("mara", "pw"))).await;
    leads(&rig, closed.as_proxy(ProxyKind::Socks5(login("mara", "pw")))).await;
    let open = Small::http(rig.address(), None).await;
    leads(&rig, open.as_proxy(ProxyKind::Http(None))).await;
    let closed = Small::http(rig.address(), Some("bWFyYTpwdw==")).await;
    leads(&rig, closed.as_proxy(ProxyKind::Http(login("mara", "pw")))).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn mtproto_proxies_lead_to_the_datacenter_plain_padded_and_disguised() {
    let mut rig = Rig::hidden(SECRET, |_| {}).await;
    let (host, port) = (rig.address().ip().to_string(), rig.address().port());
    for secret in [SECRET.to_owned(), format!("dd{SECRET}")] {
        let kind = ProxyKind::MtProto(secret.parse().unwrap());
        leads(&rig, Proxy { host: host.clone(), port, kind }).await;
    }
    rig.wait(is_online).await;
    let disguised = Small::disguised(rig.address()).await;
    leads(&rig, disguised.as_proxy(ProxyKind::MtProto(site_secret().parse().unwrap()))).await;
    assert!(disguised.led() >= 2, "tried, and then used");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_wrong_with_a_proxy_is_said() {
    let rig = Rig::hidden(SECRET, |shared| shared.timings.connect = Duration::from_secs(2)).await;
    let server = rig.address();
    let trouble = async |proxy: Proxy| rig.pool.check_proxy(&proxy).await.unwrap_err();
    let nobody = Proxy { host: "127.0.0.1".into(), port: 9, kind: ProxyKind::Http(None) };
    assert_eq!(trouble(nobody).await, ProxyTrouble::Unreachable);

    let socks = Small::socks(server, Some(("mara", "pw"))).await;
    assert_eq!(trouble(socks.as_proxy(ProxyKind::Socks5(None))).await, ProxyTrouble::Refused);
    assert_eq!(trouble(socks.as_proxy(ProxyKind::Socks5(login("mara", "no")))).await, ProxyTrouble::Refused);
    let http = Small::http(server, Some("bWFyYTpwdw==")).await;
    assert_eq!(trouble(http.as_proxy(ProxyKind::Http(None))).await, ProxyTrouble::Refused);
    // One that leads to no server of Telegram.
    let elsewhere = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = elsewhere.local_addr().unwrap();
    tokio::spawn(async move { while elsewhere.accept().await.is_ok() {} });
    let open = Small::http(address, None).await;
    assert_eq!(trouble(open.as_proxy(ProxyKind::Http(None))).await, ProxyTrouble::NoServer);

    let wrong = site_secret().replacen("00", "01", 1);
    let disguised = Small::disguised(server).await;
    assert_eq!(trouble(disguised.as_proxy(ProxyKind::MtProto(wrong.parse().unwrap()))).await, ProxyTrouble::Refused);
    // With noise, a wrong secret is answered by nothing at all.
    let kind = ProxyKind::MtProto(SECRET.replacen("00", "01", 1).parse().unwrap());
    let silent = trouble(Proxy { host: server.ip().to_string(), port: server.port(), kind }).await;
    assert!(matches!(silent, ProxyTrouble::TimedOut | ProxyTrouble::NoServer), "{silent:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_proxy_that_dies_is_left_for_the_next_and_nothing_is_lost() {
    let rig = Rig::hidden(SECRET, |shared| shared.timings.connect = Duration::from_secs(5)).await;
    let second = Small::socks(rig.address(), None).await;
    let first = Small::socks(SocketAddr::from(([127, 0, 0, 1], 9)), None).await;
    let proxies = vec![first.as_proxy(ProxyKind::Socks5(None)), second.as_proxy(ProxyKind::Socks5(None))];
    // Asked while there is no way at all.
    let asked = rig.pool.clone();
    let asked = tokio::spawn(async move { asked.invoke(&NEAREST).await });
    rig.pool.set_proxies(proxies.clone(), Some(0), true);
    asked.await.unwrap().unwrap();
    assert_eq!(rig.pool.proxy_in_use(), Some(1));

    // Without leave it stays with the one that was chosen.
    rig.pool.set_proxies(proxies, Some(0), false);
    assert_eq!(rig.pool.proxy_in_use(), Some(0));
    tokio::time::sleep(Duration::from_millis(300)).await;
    assert_eq!(rig.pool.proxy_in_use(), Some(0));
}

#[tokio::test(flavor = "multi_thread")]
async fn another_way_is_taken_at_once_while_connected() {
    let mut rig = Rig::start().await;
    rig.pool.invoke(&NEAREST).await.unwrap();
    rig.wait(is_online).await;
    rig.drain();
    let proxy = Small::socks(rig.address(), None).await;
    rig.pool.set_proxies(vec![proxy.as_proxy(ProxyKind::Socks5(None))], Some(0), false);
    eventually(|| proxy.led() == 1).await;
    rig.pool.invoke(&NEAREST).await.unwrap();
    rig.pool.set_proxies(Vec::new(), None, false);
    rig.pool.invoke(&NEAREST).await.unwrap();
    assert_eq!(rig.pool.proxy_in_use(), None);
}
