//! The options of `demo-server`.

use super::{Usage, number, text, usage, word};
use heliograph_demo::{ProxySecret, WorldKind};
use lexopt::Parser;
use std::net::SocketAddr;
use std::path::PathBuf;

/// What `demo-server` is to be.
#[derive(Debug)]
pub struct DemoServer {
    /// Where its home datacenter listens.
    pub listen: SocketAddr,
    /// Other computers may reach it.
    pub allow_remote: bool,
    /// Which world.
    pub seed: u64,
    /// Which kind of world.
    pub world: WorldKind,
    /// Nobody does anything by themselves.
    pub quiet: bool,
    /// The file of trouble that it makes on purpose.
    pub scenario: Option<PathBuf>,
    /// It plays an MTProxy with this secret too.
    pub mtproxy_secret: Option<ProxySecret>,
}

/// What was read so far.
#[derive(Default)]
pub(super) struct Draft {
    listen: Option<SocketAddr>,
    allow_remote: bool,
    seed: Option<u64>,
    world: Option<WorldKind>,
    quiet: bool,
    scenario: Option<PathBuf>,
    mtproxy_secret: Option<ProxySecret>,
}

/// Whether this is an option of the demo server.
pub(super) fn knows(option: &str) -> bool {
    matches!(option, "listen" | "allow-remote" | "seed" | "world" | "quiet" | "scenario" | "mtproxy-secret")
}

impl Draft {
    /// Reads the value of an option that [`knows`] knows.
    pub(super) fn read(&mut self, option: &str, parser: &mut Parser) -> Result<(), Usage> {
        match option {
            "listen" => self.listen = Some(number(parser, "--listen", "an address like 127.0.0.1:0")?),
            "allow-remote" => self.allow_remote = true,
            "seed" => self.seed = Some(number(parser, "--seed", "a number")?),
            "world" => {
                let kinds = [("lifelike", WorldKind::Lifelike), ("plain", WorldKind::Plain)];
                self.world = Some(word(parser, "--world", &kinds)?);
            }
            "scenario" => {
                let file = parser.value()?;
                if file.is_empty() {
                    return usage("--scenario needs a file");
                }
                self.scenario = Some(file.into());
            }
            "mtproxy-secret" => {
                let secret = text(parser, "--mtproxy-secret")?.parse();
                self.mtproxy_secret =
                    Some(secret.or_else(|e: heliograph_demo::SecretRefused| usage(format!("--mtproxy-secret: {e}")))?);
            }
            _ => self.quiet = true,
        }
        Ok(())
    }

    pub(super) fn finish(self) -> Result<DemoServer, Usage> {
        let Some(listen) = self.listen else {
            return usage("demo-server needs --listen, an address like 127.0.0.1:0");
        };
        if !listen.ip().is_loopback() && !self.allow_remote {
            return usage("--listen names an address that other computers reach: that needs --allow-remote");
        }
        Ok(DemoServer {
            listen,
            allow_remote: self.allow_remote,
            seed: self.seed.unwrap_or(1),
            world: self.world.unwrap_or(WorldKind::Lifelike),
            quiet: self.quiet,
            scenario: self.scenario,
            mtproxy_secret: self.mtproxy_secret,
        })
    }
}
