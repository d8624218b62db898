//! A client over a real socket that can also misbehave.

use std::collections::HashMap;
use std::net::SocketAddr;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use grammers_crypto::{AuthKey, DequeBuffer, decrypt_data_v2, encrypt_data_v2};
use grammers_tl_types::{Cursor, Deserializable, Serializable, enums, functions, types};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;
use tokio::time::timeout;

use crate::handshake::tests::Client as Exchange;
use crate::transport::{Decoder, Encoder, Keystream, Kind, ProxySecret, greet};
use crate::wire::{MSG_CONTAINER, Message, RPC_RESULT, constructor, read_container, read_plain, write_plain};
use crate::{key, wire};

const PATIENCE: Duration = Duration::from_secs(60);

/// What a call brought: the boxed result, or code and text of the error.
pub(super) type Result = std::result::Result<Vec<u8>, (i32, String)>;

pub(super) struct Client {
    socket: TcpStream,
    address: SocketAddr,
    kind: Kind,
    cloak: Cloak,
    encoder: Encoder,
    decoder: Decoder,
    /// Quick acknowledgements that came.
    pub(super) receipts: Vec<u32>,
    key: AuthKey,
    session_id: i64,
    pub(super) salt: i64,
    pub(super) containers: u32,
    pub(super) retries: u32,
    pub(super) failures: u32,
    last_id: i64,
    content: i32,
    results: HashMap<i64, Result>,
    others: Vec<Vec<u8>>,
    to_acknowledge: Vec<i64>,
}

/// How a client comes: openly, obfuscated, or as to a proxy that leads to a datacenter.
#[derive(Clone, Debug)]
pub(super) enum Cloak {
    None,
    Obfuscated,
    Proxy(ProxySecret, i16),
}

async fn connect(address: SocketAddr, kind: Kind, cloak: &Cloak) -> (TcpStream, Encoder, Decoder) {
    let mut socket = TcpStream::connect(address).await.unwrap();
    let tag: &[u8] = match kind {
        Kind::Full => &[],
        Kind::Abridged => &[0xef],
        Kind::Intermediate => &[0xee; 4],
        Kind::Padded => &[0xdd; 4],
    };
    let (header, incoming, outgoing): (Vec<u8>, Option<Keystream>, Option<Keystream>) = match cloak {
        Cloak::None => (tag.to_vec(), None, None),
        Cloak::Obfuscated => {
            let (header, incoming, outgoing) = greet(kind, None, 0x5555);
            (header.to_vec(), Some(incoming), Some(outgoing))
        }
        Cloak::Proxy(secret, dc) => {
            let (header, incoming, outgoing) = greet(kind, Some(secret), *dc);
            (header.to_vec(), Some(incoming), Some(outgoing))
        }
    };
    // The server may have closed it already.
    let _ = socket.write_all(&header).await;
    (socket, Encoder::obfuscated(kind, outgoing), Decoder::of(kind, incoming))
}

/// A key exchange alone; the transport error when it is refused.
pub(super) async fn exchange(address: SocketAddr, dc: Option<i32>, pem: &str) -> std::result::Result<(), i32> {
    let mut client = Client::fresh(address, Kind::Full).await;
    let mut exchange = Exchange::new();
    exchange.dc = dc;
    client.plain(exchange.ask()).await;
    let answer = client.plain_answer().await?;
    client.plain(exchange.prove(&answer, pem)).await;
    let answer = client.plain_answer().await?;
    client.plain(exchange.choose(&answer)).await;
    exchange.finish(&client.plain_answer().await?).unwrap();
    Ok(())
}

impl Client {
    async fn fresh(address: SocketAddr, kind: Kind) -> Self {
        Self::cloaked(address, kind, Cloak::None).await
    }

    async fn cloaked(address: SocketAddr, kind: Kind, cloak: Cloak) -> Self {
        let (socket, encoder, decoder) = connect(address, kind, &cloak).await;
        let mut session_id = [0u8; 8];
        getrandom::fill(&mut session_id).unwrap();
        Self {
            socket,
            address,
            kind,
            cloak,
            encoder,
            decoder,
            receipts: Vec::new(),
            key: AuthKey::from_bytes([0; 256]),
            session_id: i64::from_le_bytes(session_id),
            salt: 0,
            containers: 0,
            retries: 0,
            failures: 0,
            last_id: 0,
            content: 0,
            results: HashMap::new(),
            others: Vec::new(),
            to_acknowledge: Vec::new(),
        }
    }

    /// Connects and makes a key.
    pub(super) async fn sign(address: SocketAddr, kind: Kind, pem: &str) -> Self {
        Self::sign_cloaked(address, kind, Cloak::None, pem).await
    }

    /// Connects and makes a temporary key.
    pub(super) async fn sign_for_a_time(address: SocketAddr, pem: &str) -> Self {
        let mut exchange = Exchange::new();
        exchange.temporary = true;
        Self::fresh(address, Kind::Full).await.exchange(exchange, pem).await
    }

    /// The same, obfuscated or as through a proxy.
    pub(super) async fn sign_cloaked(address: SocketAddr, kind: Kind, cloak: Cloak, pem: &str) -> Self {
        Self::cloaked(address, kind, cloak).await.exchange(Exchange::new(), pem).await
    }

    async fn exchange(self, mut exchange: Exchange, pem: &str) -> Self {
        let mut client = self;
        client.plain(exchange.ask()).await;
        let answer = client.plain_answer().await.unwrap();
        client.plain(exchange.prove(&answer, pem)).await;
        let answer = client.plain_answer().await.unwrap();
        client.plain(exchange.choose(&answer)).await;
        let made = loop {
            let answer = client.plain_answer().await.unwrap();
            match exchange.finish(&answer) {
                Ok(made) => break made,
                Err(enums::SetClientDhParamsAnswer::DhGenFail(_)) => {
                    client.failures += 1;
                    client.plain(exchange.ask()).await;
                    let answer = client.plain_answer().await.unwrap();
                    client.plain(exchange.prove(&answer, pem)).await;
                    let answer = client.plain_answer().await.unwrap();
                    client.plain(exchange.choose(&answer)).await;
                }
                Err(_) => {
                    client.retries += 1;
                    client.plain(exchange.choose_again()).await;
                }
            }
        };
        client.key = AuthKey::from_bytes(made.key);
        client.salt = made.salt;
        client
    }

    /// The same key in a session of its own.
    pub(super) async fn clone_to(&self, address: SocketAddr, kind: Kind) -> Self {
        Self { key: self.key.clone(), salt: self.salt, ..Self::fresh(address, kind).await }
    }

    /// The same session over a new socket.
    pub(super) async fn reconnect(&mut self) {
        (self.socket, self.encoder, self.decoder) = connect(self.address, self.kind, &self.cloak).await;
    }

    pub(super) fn key(&self) -> [u8; 256] {
        self.key.to_bytes()
    }

    pub(super) fn key_id(&self) -> i64 {
        key::AuthKey::new(self.key.to_bytes(), 0, 0, 0, key::Epochs::default()).id()
    }

    /// Binds this client's temporary key to another's permanent one. Gives what the server said.
    pub(super) async fn bind(&mut self, permanent: &Client) -> Result {
        let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap().as_secs() as i32;
        let mut message = self.content(Vec::new());
        let inner = types::BindAuthKeyInner {
            nonce: 1,
            temp_auth_key_id: self.key_id(),
            perm_auth_key_id: permanent.key_id(),
            temp_session_id: self.session_id,
            expires_at: now + 3600,
        };
        let request = functions::auth::BindTempAuthKey {
            perm_auth_key_id: permanent.key_id(),
            nonce: 1,
            expires_at: now + 3600,
            encrypted_message: key::binding::proof(&permanent.key(), permanent.key_id(), message.msg_id, inner),
        };
        message.body = request.to_bytes();
        self.send(&message).await;
        self.result(message.msg_id).await
    }

    pub(super) fn session_id(&self) -> i64 {
        self.session_id
    }

    async fn plain(&mut self, body: Vec<u8>) {
        let id = self.next_id();
        self.send_packet(&write_plain(id, &body)).await;
    }

    async fn plain_answer(&mut self) -> std::result::Result<Vec<u8>, i32> {
        let packet = self.packet().await.expect("the connection ended");
        match *packet.as_slice() {
            [a, b, c, d] => Err(i32::from_le_bytes([a, b, c, d])),
            _ => {
                let (msg_id, body) = read_plain(&packet).unwrap();
                assert_eq!(msg_id & 3, 1);
                Ok(body.to_vec())
            }
        }
    }

    fn next_id(&mut self) -> i64 {
        let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap();
        let id = ((now.as_secs() as i64) << 32) | (i64::from(now.subsec_nanos()) << 2);
        self.last_id = id.max(self.last_id + 4);
        self.last_id
    }

    pub(super) fn content(&mut self, body: Vec<u8>) -> Message {
        self.content += 2;
        Message { msg_id: self.next_id(), seq_no: self.content - 1, body }
    }

    pub(super) fn service(&mut self, body: Vec<u8>) -> Message {
        Message { msg_id: self.next_id(), seq_no: self.content, body }
    }

    pub(super) fn sealed(&self, message: &Message) -> Vec<u8> {
        let mut buffer = DequeBuffer::with_capacity(message.body.len() + 128, 64);
        buffer.extend(self.salt.to_le_bytes());
        buffer.extend(self.session_id.to_le_bytes());
        buffer.extend(message.msg_id.to_le_bytes());
        buffer.extend(message.seq_no.to_le_bytes());
        buffer.extend((message.body.len() as i32).to_le_bytes());
        buffer.extend(message.body.iter().copied());
        encrypt_data_v2(&mut buffer, &self.key);
        buffer[..].to_vec()
    }

    pub(super) async fn send(&mut self, message: &Message) {
        let packet = self.sealed(message);
        self.send_packet(&packet).await;
    }

    pub(super) async fn send_packet(&mut self, packet: &[u8]) {
        let bytes = self.encoder.packet(packet);
        timeout(PATIENCE, self.socket.write_all(&bytes)).await.unwrap().unwrap();
    }

    /// Sends a message that asks for a quick acknowledgement; gives what that has to say.
    pub(super) async fn send_with_receipt(&mut self, message: &Message) -> u32 {
        let packet = self.sealed(message);
        let bytes = self.encoder.packet_with_receipt(&packet);
        self.socket.write_all(&bytes).await.unwrap();
        wire::decrypt(&self.key.to_bytes(), &packet).unwrap().receipt | 1 << 31
    }

    /// Through the same proxy to another datacenter, from the next connection on.
    pub(super) fn lead_to(&mut self, other: i16) {
        if let Cloak::Proxy(_, dc) = &mut self.cloak {
            *dc = other;
        }
    }

    /// The next packet, `None` at the end of the connection.
    pub(super) async fn packet(&mut self) -> Option<Vec<u8>> {
        loop {
            if let Some(packet) = self.decoder.next_packet().unwrap() {
                if !packet.quick_ack {
                    return Some(packet.bytes);
                }
                self.receipts.push(u32::from_le_bytes(packet.bytes.try_into().unwrap()));
                continue;
            }
            let mut chunk = vec![0; 1 << 16];
            match timeout(PATIENCE, self.socket.read(&mut chunk)).await.expect("the server is silent") {
                Ok(0) | Err(_) => return None,
                Ok(count) => self.decoder.extend(&chunk[..count]),
            }
        }
    }

    /// Takes one packet in. Gives the requests that it answered.
    async fn take(&mut self) -> Vec<i64> {
        let mut packet = self.packet().await.expect("the connection ended");
        // The padded transport leaves bytes behind the last block.
        packet.truncate(24 + (packet.len() - 24) / 16 * 16);
        let plain = decrypt_data_v2(&mut packet, &self.key).unwrap();
        let mut cursor = Cursor::from_slice(plain);
        let _salt = i64::deserialize(&mut cursor).unwrap();
        assert_eq!(i64::deserialize(&mut cursor).unwrap(), self.session_id);
        let msg_id = i64::deserialize(&mut cursor).unwrap();
        let seq_no = i32::deserialize(&mut cursor).unwrap();
        let length = i32::deserialize(&mut cursor).unwrap() as usize;
        let body = plain[cursor.pos()..cursor.pos() + length].to_vec();
        let outer = Message { msg_id, seq_no, body };
        let messages = match constructor(&outer.body) {
            Some(MSG_CONTAINER) => {
                let inner = read_container(&outer.body).unwrap();
                assert!(inner.iter().all(|m| m.msg_id < outer.msg_id) && outer.seq_no & 1 == 0);
                self.containers += 1;
                inner
            }
            _ => vec![outer],
        };
        let mut answered = Vec::new();
        for message in messages {
            if message.seq_no & 1 == 1 {
                self.to_acknowledge.push(message.msg_id);
            }
            if constructor(&message.body) == Some(RPC_RESULT) {
                let request = i64::from_bytes(&message.body[4..]).unwrap();
                let body = message.body[12..].to_vec();
                let result = match enums::RpcError::from_bytes(&body) {
                    Ok(enums::RpcError::Error(error)) => Err((error.error_code, error.error_message)),
                    Err(_) => Ok(body),
                };
                self.results.insert(request, result);
                answered.push(request);
            } else {
                self.others.push(message.body);
            }
        }
        answered
    }

    pub(super) async fn result(&mut self, msg_id: i64) -> Result {
        loop {
            if let Some(result) = self.results.remove(&msg_id) {
                return result;
            }
            self.take().await;
        }
    }

    /// The request that is answered next.
    pub(super) async fn next_result(&mut self) -> i64 {
        loop {
            if let Some(request) = self.take().await.first() {
                return *request;
            }
        }
    }

    pub(super) async fn ask(&mut self, body: Vec<u8>) -> Result {
        let message = self.content(body);
        self.send(&message).await;
        self.result(message.msg_id).await
    }

    pub(super) async fn ping(&mut self) {
        let message = self.content(functions::Ping { ping_id: 77 }.to_bytes());
        self.send(&message).await;
        self.find(|body| match enums::Pong::from_bytes(body) {
            Ok(enums::Pong::Pong(pong)) => (pong.msg_id == message.msg_id).then_some(()),
            Err(_) => None,
        })
        .await;
    }

    /// Waits for a message that is no answer to a call.
    pub(super) async fn find<T>(&mut self, wanted: impl Fn(&[u8]) -> Option<T>) -> T {
        loop {
            if let Some(at) = self.others.iter().position(|body| wanted(body).is_some()) {
                return wanted(&self.others.remove(at)).unwrap();
            }
            self.take().await;
        }
    }

    pub(super) fn has(&self, wanted: impl Fn(&[u8]) -> bool) -> bool {
        self.others.iter().any(|body| wanted(body))
    }

    pub(super) fn has_result(&self, msg_id: i64) -> bool {
        self.results.contains_key(&msg_id)
    }

    /// Everything that came and answers no call.
    pub(super) fn others(&self) -> &[Vec<u8>] {
        &self.others
    }

    /// Whether a packet has begun that did not end.
    pub(super) fn is_mid_packet(&self) -> bool {
        self.decoder.is_mid_packet()
    }

    /// The bytes that this message is on the socket.
    pub(super) fn framed(&mut self, message: &Message) -> Vec<u8> {
        let packet = self.sealed(message);
        self.encoder.packet(&packet)
    }

    pub(super) async fn write_raw(&mut self, bytes: &[u8]) {
        // The server may have closed it already.
        let _ = self.socket.write_all(bytes).await;
    }

    /// Says that nothing more will come.
    pub(super) async fn finish_writing(&mut self) {
        let _ = self.socket.shutdown().await;
    }

    pub(super) fn socket(&mut self) -> &mut TcpStream {
        &mut self.socket
    }

    /// At least this many bytes as they are on the socket, fewer at its end.
    pub(super) async fn raw(&mut self, least: usize) -> Vec<u8> {
        let mut all = Vec::new();
        let mut chunk = vec![0; 1 << 16];
        while all.len() < least {
            match timeout(PATIENCE, self.socket.read(&mut chunk)).await.expect("the server is silent") {
                Ok(0) | Err(_) => break,
                Ok(count) => all.extend_from_slice(&chunk[..count]),
            }
        }
        all
    }

    pub(super) fn results(&self) -> usize {
        self.results.len()
    }

    /// Acknowledges all that came.
    pub(super) async fn acknowledge(&mut self) {
        let msg_ids = std::mem::take(&mut self.to_acknowledge);
        if !msg_ids.is_empty() {
            let message = self.service(enums::MsgsAck::Ack(types::MsgsAck { msg_ids }).to_bytes());
            self.send(&message).await;
        }
    }
}
