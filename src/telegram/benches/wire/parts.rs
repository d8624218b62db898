//! The measurements.

use crate::client::{Client, telethon};
use crate::measure::{Report, median, memory, processor, slowest};
use crate::server::Far;
use crate::{DISTANCES, Plan};
use heliograph_model::{Change, Media, MessageId, PeerId, PeerKind, Place};
use heliograph_telegram::Event;
use std::collections::{HashMap, HashSet};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

/// A group of five thousand messages.
const WATCH: &str = "Long Watch";
/// What the server calls the chat with oneself.
const OWN: &str = "Saved Messages";
/// Messages of a page, as the window asks for them.
const PAGE: u32 = 50;
const MIB: f64 = 1024.0 * 1024.0;

fn id_of(all: &heliograph_model::ChatPage, title: &str) -> PeerId {
    all.peers.iter().find(|peer| peer.name == title).unwrap().id
}

/// 5,000 messages fetched, converted and stored.
pub async fn messages(_plan: &Plan, report: &mut Report) {
    report.title("5,000 messages fetched, converted and stored: processor time of the client alone");
    let far = Far::start(0).await;
    let client = Client::sign_in(&far).await;
    let chat = id_of(&client.chats().await, WATCH);
    let (before, began) = (processor(), Instant::now());
    let (mut place, mut count, mut pages) = (Place::Newest, 0, 0);
    loop {
        let page = client.account.history(chat, place, PAGE).await.unwrap();
        count += page.messages.len();
        pages += 1;
        match page.messages.first().map(|first| first.id) {
            Some(MessageId::Server(id)) if !page.complete => place = Place::Before(id),
            _ => break,
        }
    }
    // It is asked after all that was written: what waits to be written is done then.
    while client.account.stored_history(chat, Place::Newest, count).await.unwrap().messages.len() < count {
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    let (ours, took) = ((processor() - before).as_secs_f64(), began.elapsed());
    report.say("Heliograph", format!("{ours:.3} s of {took:.2?}, {count} messages in {pages} pages"));
    let Some(theirs) = telethon(&far, "messages").await else { return };
    report.say("Telethon", format!("{:.3} s of {:.2} s", theirs["processor"], theirs["elapsed"]));
    report.at_most("messages: Heliograph / Telethon", ours / theirs["processor"], 1.0 / 3.0);
}

/// 60 profile photos of the second datacenter.
pub async fn photos(plan: &Plan, report: &mut Report) {
    report.title("60 profile photos of another datacenter at once; each was drawn by the server before");
    for distance in DISTANCES {
        let far = Far::start(distance).await;
        let client = Client::sign_in(&far).await;
        let faces = client.faces(60).await;
        let fetch = async |face: &heliograph_model::Peer| {
            let began = Instant::now();
            let photo = face.photo.as_ref().unwrap();
            assert!(!client.account.profile_photo(face.id, photo).await.unwrap().is_empty());
            began.elapsed()
        };
        let all_at_once = async || {
            let began = Instant::now();
            futures::future::join_all(faces.iter().map(fetch)).await;
            began.elapsed().as_secs_f64() * 1e3
        };
        let cold = all_at_once().await;
        let (mut together, mut alone, mut busy) = (Vec::new(), Vec::new(), Vec::new());
        for _ in 0..if plan.quick { 2 } else { 7 } {
            client.account.clear_pictures(heliograph_telegram::Clear::All).await.unwrap();
            for face in faces.iter().take(8) {
                alone.push(fetch(face).await);
            }
            client.account.clear_pictures(heliograph_telegram::Clear::All).await.unwrap();
            let before = processor();
            together.push(Duration::from_secs_f64(all_at_once().await / 1e3));
            busy.push(processor() - before);
        }
        let (together, alone) = (median(&together), slowest(&alone));
        let name = format!("{distance} ms, {} photos", faces.len());
        report
            .say(&name, format!("{together:.1} ms at once, slowest alone {alone:.1} ms; the first time {cold:.1} ms"));
        if distance == 200 {
            report.at_most(&format!("{name}: at once / slowest alone"), together / alone, 1.3);
        }
        if let Some(theirs) = telethon(&far, "photos").await {
            let said = format!("{:.1} ms at once; the first time {:.1} ms", theirs["together"], theirs["cold"]);
            report.say("Telethon", said);
            report.at_least(&format!("{name}: Telethon / Heliograph"), theirs["together"] / together, 2.0);
            report.say("the first time: Telethon / Heliograph", format!("{:.2}", theirs["cold"] / cold));
        }
    }
}

/// A small request beside a large file.
pub async fn beside(plan: &Plan, report: &mut Report) {
    const SIZE: u64 = 500 << 20;
    report.title("A small request while a file of 500 MB comes");
    for distance in DISTANCES {
        let mut far = Far::start(distance).await;
        let client = Client::sign_in(&far).await;
        let chat = id_of(&client.chats().await, WATCH);
        far.tell(&["file", &SIZE.to_string(), WATCH]).await;
        let page = client.account.history(chat, Place::Newest, 1).await.unwrap();
        let message = page.messages.last().unwrap();
        let Some(Media::Document(document)) = &message.media else { panic!("a file was sent") };
        let ask = async || {
            let began = Instant::now();
            client.account.myself().await.unwrap();
            began.elapsed()
        };
        let times = if plan.quick { 30 } else { 150 };
        for _ in 0..5 {
            ask().await;
        }
        let mut idle = Vec::new();
        for _ in 0..times {
            idle.push(ask().await);
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
        let done = Arc::new(AtomicU64::new(0));
        let download = {
            let (account, done) = (client.account.clone(), done.clone());
            let (document, into) = (document.clone(), client.folder.path().join("large.bin"));
            let message = (chat, message.id.server().unwrap());
            tokio::spawn(async move {
                let wish = heliograph_telegram::Wish::new(heliograph_telegram::Purpose::Save);
                let progress = move |now, _| done.store(now, Ordering::Relaxed);
                account.download(message, &document, &wish, &into, progress).await
            })
        };
        while done.load(Ordering::Relaxed) == 0 {
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
        let (began, start) = (Instant::now(), done.load(Ordering::Relaxed));
        let mut busy = Vec::new();
        while busy.len() < times && !download.is_finished() {
            busy.push(ask().await);
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
        let rate = (done.load(Ordering::Relaxed) - start) as f64 / MIB / began.elapsed().as_secs_f64();
        download.abort();
        let (idle, busy, count) = (median(&idle), median(&busy), busy.len());
        let said = format!("{idle:.2} ms idle, {busy:.2} ms beside it ({count} times, {rate:.0} MiB/s)");
        report.say(&format!("{distance} ms"), said);
        report.at_most(&format!("{distance} ms: beside a file / idle"), busy / idle, 1.5);
        if let Some(theirs) = telethon(&far, if plan.quick { "beside-quick" } else { "beside" }).await {
            let (idle, busy) = (theirs["idle"], theirs["busy"]);
            report.say("Telethon", format!("{idle:.2} ms idle, {busy:.2} ms beside it: {:.2} times", busy / idle));
        }
    }
}

/// 5,000 updates a second for a minute.
pub async fn storm(plan: &Plan, report: &mut Report) {
    let seconds = if plan.quick { 5 } else { 60 };
    report.title(&format!("A storm of 5,000 updates a second for {seconds} s"));
    let mut far = Far::start(0).await;
    let mut client = Client::sign_in(&far).await;
    client.chats().await;
    far.begin(&["storm", "5000", &seconds.to_string(), &format!("{WATCH}@0")]).await;
    let began = Instant::now();
    let (mut words, mut twice, mut batches, mut largest) = (HashSet::new(), 0, Vec::new(), 0);
    let mut samples: Vec<(Duration, f64)> = Vec::new();
    let mut said: Option<usize> = None;
    let mut lasted = Duration::ZERO;
    while said.is_none_or(|said| words.len() < said) {
        if samples.last().is_none_or(|(at, _)| began.elapsed() - *at >= Duration::from_secs(1)) {
            samples.push((began.elapsed(), memory()));
        }
        let event = tokio::select! {
            event = client.events.recv() => event.unwrap(),
            done = far.done(), if said.is_none() => {
                said = Some(done.parse().unwrap());
                lasted = began.elapsed();
                continue;
            }
            () = tokio::time::sleep(Duration::from_secs(30)) => break,
        };
        let Event::Changes(changes) = event else { continue };
        let mut new = 0;
        for change in changes {
            if let Change::NewMessage(message) = change
                && let Some(number) = message.text.text.strip_prefix("storm ")
            {
                new += 1;
                twice += u32::from(!words.insert(number.parse::<u32>().unwrap()));
            }
        }
        if new > 0 {
            batches.push(began.elapsed());
            largest = largest.max(new);
        }
    }
    let (said, took) = (said.unwrap_or_default(), began.elapsed());
    let rate = said as f64 / lasted.as_secs_f64();
    report.say("", format!("{said} said at {rate:.0} a second, all here {:.2?} after the last", took - lasted));
    let close = batches.windows(2).filter(|pair| pair[1] - pair[0] < Duration::from_millis(12)).count();
    report.say("", format!("{} batches of at most {largest}; {close} closer than 12 ms", batches.len()));
    report.at_most("storm: lost or twice", (said - words.len()) as f64 + f64::from(twice), 0.0);
    // What it takes to remember what was heard is the benchmark's own.
    let own = words.capacity() as f64 * 5.0 / MIB;
    let settled = samples.get(samples.len() / 6).map_or(0.0, |(_, memory)| *memory);
    let most = samples.iter().map(|(_, memory)| *memory).fold(0.0, f64::max);
    let all: Vec<String> = samples.iter().step_by(samples.len().div_ceil(8)).map(|s| format!("{:.0}", s.1)).collect();
    report.say("", format!("memory over it in MiB: {}; the benchmark's own {own:.1}", all.join(" ")));
    report.at_most("storm: memory, most / after a sixth of the time", (most - own) / settled, 1.15);
}

/// From a wake-up to a live stream.
pub async fn wake(plan: &Plan, report: &mut Report) {
    report.title("From a wake-up to a live stream; every connection has died without a word meanwhile");
    let away: [(&str, usize, usize); 2] = [("30 s", 20, 5), ("8 h", if plan.quick { 1000 } else { 10_000 }, 50)];
    for distance in DISTANCES {
        for (absence, count, chats) in away {
            let mut far = Far::start(distance).await;
            let mut client = Client::sign_in(&far).await;
            let all = client.chats().await;
            // The open one is a group; the others as they come.
            let listed = |peer: &&heliograph_model::Peer| all.chats.iter().any(|chat| chat.id == peer.id);
            let mut peers: Vec<_> = all.peers.iter().filter(listed).filter(|peer| peer.name != WATCH).collect();
            peers.sort_by_key(|peer| !matches!(peer.id, PeerId::Channel(_)));
            let open = peers[0].id;
            // Of the few, not all are groups.
            peers[1..].reverse();
            peers.truncate(chats);
            let title = |peer: &&heliograph_model::Peer| {
                let from = if let PeerId::User(id) = peer.id { id } else { 0 };
                // What somebody keeps for himself stands under no name.
                let own = matches!(peer.kind, PeerKind::User { is_self: true, .. });
                format!("{}@{from}", if own { OWN } else { &peer.name })
            };
            let titles: Vec<String> = peers.iter().map(title).collect();
            let at = 0;
            client.account.history(open, Place::Newest, PAGE).await.unwrap();
            tokio::time::sleep(Duration::from_millis(500)).await;
            while client.events.try_recv().is_ok() {}

            far.tell(&["strand"]).await;
            let (missed, mut told) = (count.to_string(), vec!["missed"]);
            told.push(&missed);
            told.extend(titles.iter().map(String::as_str));
            far.tell(&told).await;
            let last_here = (0..count).filter(|n| n % titles.len() == at).max().unwrap();
            let before = far.tell(&["calls", "updates.getChannelDifference"]).await.parse::<u64>().unwrap();

            let began = Instant::now();
            client.account.reconnect_now();
            far.tell(&["say", "live", &titles[at]]).await;
            let page = {
                // As the window does when it is online again.
                let account = client.account.clone();
                tokio::spawn(async move {
                    account.history(open, Place::Newest, PAGE).await.unwrap();
                    began.elapsed()
                })
            };
            let mut heard: HashMap<String, Duration> = HashMap::new();
            let (mut missed, mut refetched) = (HashSet::new(), false);
            while began.elapsed() < Duration::from_secs(60) && (missed.len() < count || !heard.contains_key("live")) {
                let event = tokio::time::timeout(Duration::from_secs(3), client.events.recv()).await;
                let Ok(Some(Event::Changes(changes))) = event else {
                    if event.is_err() {
                        break;
                    }
                    continue;
                };
                for change in changes {
                    refetched |= matches!(change, Change::Refetch | Change::Missed(_));
                    if let Change::NewMessage(message) = change {
                        let words = message.text.text;
                        if let Some(number) = words.strip_prefix("missed ") {
                            missed.insert(number.to_owned());
                        }
                        heard.entry(words).or_insert(began.elapsed());
                    }
                }
            }
            let shown = page.await.unwrap().as_secs_f64();
            let when = |words: &str| heard.get(words).map_or(f64::INFINITY, Duration::as_secs_f64);
            let (here, live) = (when(&format!("missed {last_here}")), when("live"));
            let everything = missed.iter().map(|n| when(&format!("missed {n}"))).fold(0.0, f64::max);
            let calls = far.tell(&["calls", "updates.getChannelDifference"]).await.parse::<u64>().unwrap() - before;
            let bound = 1.0 + 2.0 * distance as f64 / 1e3;
            let name = format!("{distance} ms, {absence}, {count} in {} chats", titles.len());
            let said = format!(
                "page of the open chat {shown:.2} s, its updates {here:.2} s, all {} after {everything:.2} s{}; {calls} channel differences",
                missed.len(),
                if refetched { " (some to be fetched anew)" } else { "" },
            );
            report.say(&name, said);
            report.at_most(&format!("{name}: open chat right"), shown.min(here), bound);
            report.at_most(&format!("{name}: live again"), live, bound);
        }
    }
}
