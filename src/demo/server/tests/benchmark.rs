//! How much the server carries. Run by tests/bench/run; figures are printed, none is asserted: they depend on the machine.
//! Server and clients share the process and its cores, so the server alone would do better.

use std::sync::atomic::{AtomicUsize, Ordering};

use grammers_crypto::aes::ige_encrypt;

use super::fuzz::resident;
use super::*;

const CONNECTIONS: usize = 200;
const REQUESTS: usize = 20_000;
/// How many requests of a client are under way.
const AT_ONCE: usize = 10;
const FILES: usize = 400;

fn rate(count: usize, since: Instant) -> f64 {
    count as f64 / since.elapsed().as_secs_f64()
}

/// MiB a second of one core.
fn aes_ige() -> f64 {
    let mut bytes = vec![7u8; 1 << 20];
    let started = Instant::now();
    for _ in 0..64 {
        ige_encrypt(&mut bytes, &[1; 32], &[2; 32]);
    }
    rate(64, started)
}

/// Asks again and again, some requests at once, until there is nothing left to do.
async fn work(mut client: Client, left: Arc<AtomicUsize>, call: fn() -> Vec<u8>, at_once: usize) -> Client {
    loop {
        let mut sent = Vec::new();
        while sent.len() < at_once {
            let taken = left.fetch_update(Ordering::Relaxed, Ordering::Relaxed, |left| left.checked_sub(1));
            if taken.is_err() {
                break;
            }
            let message = client.content(call());
            client.send(&message).await;
            sent.push(message.msg_id);
        }
        if sent.is_empty() {
            return client;
        }
        for request in sent {
            client.result(request).await.unwrap();
        }
        client.acknowledge().await;
    }
}

async fn all(clients: Vec<Client>, count: usize, call: fn() -> Vec<u8>, at_once: usize) -> (Vec<Client>, f64) {
    let left = Arc::new(AtomicUsize::new(count));
    let started = Instant::now();
    let tasks: Vec<_> =
        clients.into_iter().map(|client| tokio::spawn(work(client, left.clone(), call, at_once))).collect();
    let mut back = Vec::new();
    for task in tasks {
        back.push(task.await.unwrap());
    }
    (back, rate(count, started))
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
#[ignore = "a benchmark: tests/bench/run"]
async fn what_the_server_carries() {
    let stand = stand().await;
    let pem = stand.front.hub.rsa.public_pem();
    let aes = aes_ige();
    println!("AES-256-IGE, one core:            {aes:8.0} MiB/s");

    let before = resident();
    let started = Instant::now();
    let address = stand.address(HOME);
    let signing: Vec<_> = (0..CONNECTIONS)
        .map(|_| {
            let pem = pem.clone();
            tokio::spawn(async move {
                let mut client = Client::sign(address, Kind::Intermediate, &pem).await;
                client.ask(get_nearest()).await.unwrap();
                client
            })
        })
        .collect();
    let mut clients = Vec::new();
    for client in signing {
        clients.push(client.await.unwrap());
    }
    println!("{CONNECTIONS} connections, each with a new key: {:8.1} a second", rate(CONNECTIONS, started));
    let each = resident().saturating_sub(before) / CONNECTIONS as u64;
    println!("memory of a connection, both ends: {:7} KiB", each >> 10);

    let before = resident();
    let (mut clients, requests) = all(clients, REQUESTS, get_nearest, AT_ONCE).await;
    println!("small requests over all of them:  {requests:8.0} a second");
    println!("memory that they left behind:     {:8} KiB", resident().saturating_sub(before) >> 10);

    clients.truncate(4);
    let (_, files) = all(clients, FILES, get_file, 4).await;
    let files = files * FILE as f64 / f64::from(1 << 20);
    println!(
        "files over 4 connections:         {files:8.0} MiB/s, {:.0} % of AES-IGE on one core",
        files / aes * 100.0
    );
}
