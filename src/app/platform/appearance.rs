//! What the desktop prefers beside day or night, as its settings portal tells it, live
//! (flatpak.github.io/xdg-desktop-portal, Settings, namespace `org.freedesktop.appearance`).

use futures::{Stream, StreamExt, future, stream};
use iced::Subscription;
use std::collections::HashMap;
use std::time::Duration;
use zbus::message::Type;
use zbus::zvariant::{OwnedValue, Value};
use zbus::{MatchRule, MessageStream};

const NAME: &str = "org.freedesktop.portal.Desktop";
const OBJECT: &str = "/org/freedesktop/portal/desktop";
const SETTINGS: &str = "org.freedesktop.portal.Settings";
const NAMESPACE: &str = "org.freedesktop.appearance";
/// A portal that takes longer is not there.
const PATIENCE: Duration = Duration::from_secs(5);

/// Where to ask: on this bus, or the session's.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Source {
    /// Address of the bus, instead of the session's.
    pub bus: Option<String>,
}

/// One thing that the desktop prefers now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Preference {
    /// More contrast, or not.
    Contrast(bool),
    /// Nothing moves by itself, or not.
    ReduceMotion(bool),
}

impl Source {
    /// What is preferred now, and whatever changes later. Nothing where nobody tells it.
    pub fn subscription(&self) -> Subscription<Preference> {
        Subscription::run_with(self.clone(), preferences)
    }
}

fn preferences(source: &Source) -> impl Stream<Item = Preference> + use<> {
    let source = source.clone();
    stream::once(async move {
        match tokio::time::timeout(PATIENCE, source.listen()).await {
            Ok(Ok(preferences)) => preferences.left_stream(),
            Ok(Err(error)) => {
                tracing::debug!(%error, "the desktop does not tell its preferences");
                stream::empty().right_stream()
            }
            Err(_) => stream::empty().right_stream(),
        }
    })
    .flatten()
}

impl Source {
    async fn listen(self) -> zbus::Result<impl Stream<Item = Preference>> {
        let builder = match &self.bus {
            Some(address) => zbus::connection::Builder::address(address.as_str())?,
            None => zbus::connection::Builder::session()?,
        };
        let connection = builder.build().await?;
        // First of all, so that nothing is missed between the answer and the first signal.
        let rule = MatchRule::builder()
            .msg_type(Type::Signal)
            .sender(NAME)?
            .path(OBJECT)?
            .interface(SETTINGS)?
            .member("SettingChanged")?
            .arg(0, NAMESPACE)?
            .build();
        let signals = MessageStream::for_match_rule(rule, &connection, None).await?;
        let answer = connection.call_method(Some(NAME), OBJECT, Some(SETTINGS), "ReadAll", &(vec![NAMESPACE],)).await?;
        let all: HashMap<String, HashMap<String, OwnedValue>> = answer.body().deserialize()?;
        let now: Vec<_> =
            all.into_values().flatten().filter_map(|(key, value)| preference(&key, &Value::from(value))).collect();
        let later = signals.filter_map(|signal| {
            future::ready(signal.ok().and_then(|signal| {
                let body = signal.body();
                let (_namespace, key, value): (String, String, Value<'_>) = body.deserialize().ok()?;
                preference(&key, &value)
            }))
        });
        Ok(stream::iter(now).chain(later))
    }
}

/// 1 means that it is preferred; everything else that it is not.
fn preference(key: &str, value: &Value<'_>) -> Option<Preference> {
    let said = match value {
        Value::U32(said) => *said,
        Value::Value(inner) => return preference(key, inner),
        _ => return None,
    };
    match key {
        "contrast" => Some(Preference::Contrast(said == 1)),
        "reduced-motion" => Some(Preference::ReduceMotion(said == 1)),
        _ => None,
    }
}

#[cfg(test)]
#[cfg(target_os = "linux")]
mod tests {
    use super::*;
    use crate::platform::portal::tests::Bus;
    use zbus::object_server::SignalEmitter;

    struct Settings;

    #[zbus::interface(name = "org.freedesktop.portal.Settings")]
    impl Settings {
        fn read_all(&self, namespaces: Vec<String>) -> HashMap<String, HashMap<String, OwnedValue>> {
            assert_eq!(namespaces, [NAMESPACE]);
            let said = [("contrast", 1_u32), ("reduced-motion", 0), ("color-scheme", 1)];
            let said = said.map(|(key, value)| (key.to_owned(), OwnedValue::from(value)));
            HashMap::from([(NAMESPACE.to_owned(), said.into())])
        }

        #[zbus(signal)]
        async fn setting_changed(
            emitter: &SignalEmitter<'_>,
            namespace: &str,
            key: &str,
            value: Value<'_>,
        ) -> zbus::Result<()>;
    }

    #[tokio::test]
    async fn the_desktop_tells_what_it_prefers_and_what_changes() {
        let Some(bus) = Bus::start() else { return };
        let desktop = zbus::connection::Builder::address(bus.address.as_str())
            .unwrap()
            .serve_at(OBJECT, Settings)
            .unwrap()
            .name(NAME)
            .unwrap()
            .build()
            .await
            .unwrap();
        let mut preferences = Box::pin(preferences(&Source { bus: Some(bus.address.clone()) }));
        let first = [preferences.next().await.unwrap(), preferences.next().await.unwrap()];
        assert!(first.contains(&Preference::Contrast(true)) && first.contains(&Preference::ReduceMotion(false)));
        let emitter = SignalEmitter::new(&desktop, OBJECT).unwrap();
        Settings::setting_changed(&emitter, "org.gnome.fontconfig", "serial", 3_u32.into()).await.unwrap();
        Settings::setting_changed(&emitter, NAMESPACE, "contrast", 0_u32.into()).await.unwrap();
        Settings::setting_changed(&emitter, NAMESPACE, "reduced-motion", 1_u32.into()).await.unwrap();
        assert_eq!(preferences.next().await, Some(Preference::Contrast(false)));
        assert_eq!(preferences.next().await, Some(Preference::ReduceMotion(true)));
    }

    #[tokio::test]
    async fn where_nobody_tells_there_is_nothing() {
        let source = Source { bus: Some("unix:path=/nonexistent".into()) };
        assert_eq!(preferences(&source).collect::<Vec<_>>().await, []);
    }

    #[test]
    fn nonsense_is_no_preference() {
        assert_eq!(preference("contrast", &Value::from("high")), None);
        assert_eq!(preference("contrast", &Value::from(7_u32)), Some(Preference::Contrast(false)));
        assert_eq!(preference("accent-color", &Value::from(1_u32)), None);
    }
}
