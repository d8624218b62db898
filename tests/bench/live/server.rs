//! The demo server in a process of its own, told line by line what to do: what it holds is not the program's.

use heliograph_demo::{CodeWay, DemoAccount, Options, Scenario, Server};
use std::io::{BufRead as _, BufReader, Lines, Write as _};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};
use std::time::{Duration, Instant};

/// Separates the parts of a command: no title has it.
const PART: char = '\u{1}';

/// The other process. It ends with this.
pub struct Far {
    child: Child,
    stdin: ChildStdin,
    stdout: Lines<BufReader<ChildStdout>>,
    pub address: String,
    pub key: String,
    /// Who signs in.
    pub account: DemoAccount,
}

impl Drop for Far {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Far {
    pub fn start() -> Self {
        let mut child = Command::new(std::env::current_exe().unwrap())
            .arg("--serve")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let stdin = child.stdin.take().unwrap();
        let mut stdout = BufReader::new(child.stdout.take().unwrap()).lines();
        let mut next = || stdout.next().expect("the server has ended").unwrap();
        let (address, key, phone, code) = (next(), next().replace('|', "\n"), next(), next());
        let account =
            DemoAccount { phone, code, way: CodeWay::App, password: None, recovery: false, dc: 2, user_id: 0 };
        Self { child, stdin, stdout, address, key, account }
    }

    /// Tells it something; what it says when it is done.
    pub fn tell(&mut self, parts: &[&str]) -> String {
        self.begin(parts);
        self.done()
    }

    /// Tells it something that takes a while.
    pub fn begin(&mut self, parts: &[&str]) {
        writeln!(self.stdin, "{}", parts.join(&PART.to_string())).unwrap();
        self.stdin.flush().unwrap();
    }

    pub fn done(&mut self) -> String {
        self.stdout.next().expect("the server has ended").unwrap()
    }
}

/// The server's own side.
pub fn serve() {
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap();
    let scenario = Scenario::default();
    let options = Options { quiet: true, scenario: scenario.clone(), ..Options::default() };
    let server = runtime.block_on(Server::start(options)).unwrap();
    let account = server.accounts().into_iter().find(|account| account.password.is_none()).unwrap();
    println!("{}\n{}", server.address(), server.public_key_pem().replace('\n', "|"));
    println!("{}\n{}", account.phone, account.code);
    for line in std::io::stdin().lines() {
        let parts: Vec<String> = line.unwrap().split(PART).map(str::to_owned).collect();
        println!("{}", obey(&server, &scenario, &account, &parts));
    }
}

fn obey(server: &Server, scenario: &Scenario, account: &DemoAccount, parts: &[String]) -> String {
    let number = |at: usize| parts[at].parse::<u64>().unwrap();
    match parts[0].as_str() {
        "far" => scenario.set_distance(Duration::from_millis(number(1))),
        "cut" => scenario.cut_connections(),
        "calls" => return scenario.calls(&parts[1]).to_string(),
        // So many messages a second, for so many seconds, in these chats: three of four in the first one.
        "storm" => {
            let (rate, chats) = (number(1) as f64, &parts[3..]);
            let (began, mut said) = (Instant::now(), 0);
            let other = server.accounts().into_iter().find(|other| other.user_id != account.user_id).unwrap();
            while began.elapsed() < Duration::from_secs(number(2)) {
                while said < (began.elapsed().as_secs_f64() * rate) as usize {
                    let chat = super::storm::chat_of(said, chats.len());
                    server.api().say(other.user_id, &chats[chat], &account.phone, &super::storm::words(said));
                    said += 1;
                }
                std::thread::sleep(Duration::from_millis(1));
            }
            return said.to_string();
        }
        other => panic!("nobody knows {other}"),
    }
    "done".to_owned()
}
