//! The demo server in a process of its own, told line by line what to do.

use heliograph_demo::{Options, Scenario, Server};
use std::process::Stdio;
use std::time::{Duration, Instant};
use tokio::io::{AsyncBufReadExt as _, AsyncWriteExt as _, BufReader, Lines};
use tokio::process::{Child, ChildStdin, ChildStdout, Command};

/// Separates the parts of a command: no title has it.
const PART: char = '\u{1}';

/// The other process.
pub struct Far {
    _child: Child,
    stdin: ChildStdin,
    stdout: Lines<BufReader<ChildStdout>>,
    pub descriptor: String,
    pub key: String,
    pub address: String,
}

impl Far {
    /// Starts a server so far away.
    pub async fn start(distance: u64) -> Self {
        let mut child = Command::new(std::env::current_exe().unwrap())
            .arg("--serve")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .kill_on_drop(true)
            .spawn()
            .unwrap();
        let stdin = child.stdin.take().unwrap();
        let mut stdout = BufReader::new(child.stdout.take().unwrap()).lines();
        let mut next = async || stdout.next_line().await.unwrap().expect("the server has ended");
        let (address, key, descriptor) = (next().await, next().await.replace('|', "\n"), next().await);
        let mut far = Self { _child: child, stdin, stdout, descriptor, key, address };
        far.tell(&["far", &distance.to_string()]).await;
        far
    }

    /// Tells it something; what it says when it is done.
    pub async fn tell(&mut self, parts: &[&str]) -> String {
        self.begin(parts).await;
        self.done().await
    }

    /// Tells it something that takes a while.
    pub async fn begin(&mut self, parts: &[&str]) {
        let line = format!("{}\n", parts.join(&PART.to_string()));
        self.stdin.write_all(line.as_bytes()).await.unwrap();
        self.stdin.flush().await.unwrap();
    }

    pub async fn done(&mut self) -> String {
        self.stdout.next_line().await.unwrap().expect("the server has ended")
    }
}

/// The server's own side.
pub async fn serve() {
    let scenario = Scenario::default();
    let server =
        Server::start(Options { quiet: true, scenario: scenario.clone(), ..Options::default() }).await.unwrap();
    println!("{}\n{}\n{}", server.address(), server.public_key_pem().replace('\n', "|"), server.descriptor());
    let listen = move || {
        for line in std::io::stdin().lines() {
            let parts: Vec<String> = line.unwrap().split(PART).map(str::to_owned).collect();
            println!("{}", obey(&server, &scenario, &parts));
        }
    };
    tokio::task::spawn_blocking(listen).await.unwrap();
}

fn obey(server: &Server, scenario: &Scenario, parts: &[String]) -> String {
    let number = |at: usize| parts[at].parse::<u64>().unwrap();
    let accounts = server.accounts();
    let robin = accounts.iter().find(|account| account.password.is_none()).unwrap();
    let mara = accounts.iter().find(|account| account.user_id != robin.user_id).unwrap();
    let api = server.api();
    let said = |at: usize, words: &str| {
        let (title, from) = parts[at].rsplit_once('@').unwrap();
        let from = from.parse().ok().filter(|from| *from != 0).unwrap_or(mara.user_id);
        api.say(from, title, &robin.phone, words);
    };
    match parts[0].as_str() {
        "far" => scenario.set_distance(Duration::from_millis(number(1))),
        "strand" => scenario.strand_connections(),
        "file" => api.send_file(mara.user_id, &parts[2], &robin.phone, "large.bin", number(1)),
        "say" => said(2, &parts[1]),
        // So many messages in these chats, one after the other.
        "missed" => (0..number(1)).for_each(|n| said(2 + n as usize % (parts.len() - 2), &format!("missed {n}"))),
        // So many a second, for so many seconds.
        "storm" => {
            let (rate, began, mut n) = (number(1) as f64, Instant::now(), 0);
            let end = Duration::from_secs(number(2));
            while began.elapsed() < end {
                while n < (began.elapsed().as_secs_f64() * rate) as usize {
                    said(3, &format!("storm {n}"));
                    n += 1;
                }
                std::thread::sleep(Duration::from_millis(1));
            }
            return n.to_string();
        }
        "calls" => return scenario.calls(&parts[1]).to_string(),
        other => panic!("nobody knows {other}"),
    }
    "done".to_owned()
}
