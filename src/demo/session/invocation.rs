//! The wrappers around a call: layer, first words of a connection, order, no updates, gzip.

use grammers_tl_types::deserialize::Error;
use grammers_tl_types::{Cursor, Deserializable};

use crate::rpc::RpcError;
use crate::wire::{GZIP_PACKED, unpack};

const INVOKE_AFTER_MSG: u32 = 0xcb9f_372d;
const INVOKE_AFTER_MSGS: u32 = 0x3dc4_b4f0;
const INVOKE_WITH_MESSAGES_RANGE: u32 = 0x3652_75f2;
const MESSAGE_RANGE: u32 = 0x0ae3_0253;
const INIT_CONNECTION: u32 = 0xc1cd_5ea9;
const INVOKE_WITH_LAYER: u32 = 0xda9b_0d0d;
const INVOKE_WITHOUT_UPDATES: u32 = 0xbf94_59b7;
const INPUT_CLIENT_PROXY: u32 = 0x7558_8b3f;
const VECTOR: u32 = 0x1cb5_c415;

const JSON_OBJECT_VALUE: u32 = 0xc0de_1bd9;
const JSON_NULL: u32 = 0x3f6d_7b68;
const JSON_BOOL: u32 = 0xc734_5e6a;
const JSON_NUMBER: u32 = 0x2be0_dfa4;
const JSON_STRING: u32 = 0xb71e_767a;
const JSON_ARRAY: u32 = 0xf744_4763;
const JSON_OBJECT: u32 = 0x99c1_d49d;

/// More wrappers around one another than any client uses.
const DEEPEST: usize = 12;
/// More requests to wait for than any client names.
const MOST_AWAITED: usize = 64;

/// A call, and what its wrappers said.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Invocation {
    pub(crate) layer: Option<i32>,
    /// The connection wants no updates on account of this call.
    pub(crate) without_updates: bool,
    /// The requests that have to be done first.
    pub(crate) after: Vec<i64>,
    /// The call itself, with its constructor.
    pub(crate) body: Vec<u8>,
}

/// Takes the wrappers off.
pub(crate) fn unwrap(body: Vec<u8>) -> Result<Invocation, RpcError> {
    let mut invocation = Invocation { body, ..Invocation::default() };
    for _ in 0..DEEPEST {
        match peel(&mut invocation) {
            Ok(Some(inner)) => invocation.body = inner,
            Ok(None) => return Ok(invocation),
            Err(_) => break,
        }
    }
    Err(RpcError::new(400, "INPUT_REQUEST_INVALID"))
}

/// Takes one wrapper off, `None` when there is none.
fn peel(invocation: &mut Invocation) -> Result<Option<Vec<u8>>, Error> {
    let mut cursor = Cursor::from_slice(&invocation.body);
    match u32::deserialize(&mut cursor)? {
        INVOKE_WITH_LAYER => invocation.layer = Some(i32::deserialize(&mut cursor)?),
        INVOKE_WITHOUT_UPDATES => invocation.without_updates = true,
        INVOKE_AFTER_MSG => invocation.after.push(i64::deserialize(&mut cursor)?),
        INVOKE_AFTER_MSGS => invocation.after.extend(Vec::<i64>::deserialize(&mut cursor)?),
        // Its range spares the server a search; what is answered is the same.
        INVOKE_WITH_MESSAGES_RANGE => {
            expect(&mut cursor, MESSAGE_RANGE)?;
            i64::deserialize(&mut cursor)?;
        }
        INIT_CONNECTION => skip_init_connection(&mut cursor)?,
        GZIP_PACKED => return unpack(&invocation.body).map(Some).ok_or(Error::UnexpectedEof),
        _ => return Ok(None),
    }
    invocation.after.truncate(MOST_AWAITED);
    let mut inner = Vec::new();
    cursor.read_to_end(&mut inner)?;
    Ok(Some(inner))
}

fn skip_init_connection(cursor: &mut Cursor<'_>) -> Result<(), Error> {
    let flags = u32::deserialize(cursor)?;
    let _api_id = i32::deserialize(cursor)?;
    // Device, system, application, system language, language pack, language.
    for _ in 0..6 {
        Vec::<u8>::deserialize(cursor)?;
    }
    if flags & 1 != 0 {
        expect(cursor, INPUT_CLIENT_PROXY)?;
        Vec::<u8>::deserialize(cursor)?;
        i32::deserialize(cursor)?;
    }
    if flags & 2 != 0 {
        skip_json(cursor, DEEPEST)?;
    }
    Ok(())
}

fn expect(cursor: &mut Cursor<'_>, wanted: u32) -> Result<(), Error> {
    match u32::deserialize(cursor)? {
        id if id == wanted => Ok(()),
        id => Err(Error::UnexpectedConstructor { id }),
    }
}

/// Skips a `JSONValue`. By hand, as the generated reader recurses as deep as the sender likes.
fn skip_json(cursor: &mut Cursor<'_>, depth: usize) -> Result<(), Error> {
    let Some(depth) = depth.checked_sub(1) else { return Err(Error::UnexpectedEof) };
    let id = u32::deserialize(cursor)?;
    match id {
        JSON_NULL => {}
        JSON_BOOL => drop(bool::deserialize(cursor)?),
        JSON_NUMBER => drop(f64::deserialize(cursor)?),
        JSON_STRING => drop(Vec::<u8>::deserialize(cursor)?),
        JSON_ARRAY | JSON_OBJECT => {
            expect(cursor, VECTOR)?;
            for _ in 0..u32::deserialize(cursor)? {
                if id == JSON_OBJECT {
                    expect(cursor, JSON_OBJECT_VALUE)?;
                    Vec::<u8>::deserialize(cursor)?;
                }
                skip_json(cursor, depth)?;
            }
        }
        id => return Err(Error::UnexpectedConstructor { id }),
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use grammers_tl_types::{Serializable, enums, functions, types};

    use super::*;
    use crate::wire::pack_if_smaller;
    use crate::wire::tests::{Noise, rounds};

    #[test]
    fn a_range_of_messages_is_taken_off() {
        let range = enums::MessageRange::Range(types::MessageRange { min_id: 0, max_id: i32::MAX });
        let query = functions::help::GetConfig {};
        let body = functions::InvokeWithMessagesRange { range, query: query.clone() }.to_bytes();
        assert_eq!(unwrap(body).unwrap().body, query.to_bytes());
    }

    fn init<X>(query: X, params: Option<enums::Jsonvalue>) -> functions::InitConnection<X> {
        functions::InitConnection {
            api_id: 1,
            device_model: "d".into(),
            system_version: "s".into(),
            app_version: "a".into(),
            system_lang_code: "en".into(),
            lang_pack: String::new(),
            lang_code: "en".into(),
            proxy: Some(types::InputClientProxy { address: "x".into(), port: 1 }.into()),
            params,
            query,
        }
    }

    #[test]
    fn what_a_client_wraps_is_unwrapped() {
        let value = |n: f64| enums::Jsonvalue::JsonNumber(types::JsonNumber { value: n });
        let params = enums::Jsonvalue::JsonObject(types::JsonObject {
            value: vec![
                types::JsonObjectValue {
                    key: "tz_offset".into(),
                    value: enums::Jsonvalue::JsonArray(types::JsonArray { value: vec![value(1.0), value(2.0)] }),
                }
                .into(),
            ],
        });
        let call = functions::help::GetConfig {};
        let body = functions::InvokeWithLayer { layer: 230, query: init(call, Some(params)) }.to_bytes();
        let got = unwrap(body).unwrap();
        assert_eq!(got.layer, Some(230));
        assert!(!got.without_updates);
        assert_eq!(got.body, functions::help::GetConfig {}.to_bytes());

        let call = functions::InvokeWithoutUpdates {
            query: functions::InvokeAfterMsgs {
                msg_ids: vec![8, 12],
                query: functions::InvokeAfterMsg { msg_id: 4, query: functions::help::GetNearestDc {} },
            },
        };
        let got = unwrap(call.to_bytes()).unwrap();
        assert!(got.without_updates);
        assert_eq!((got.after, got.layer), (vec![8, 12, 4], None));
        assert_eq!(got.body, functions::help::GetNearestDc {}.to_bytes());
    }

    #[test]
    fn gzip_is_opened_inside_and_outside() {
        let search =
            functions::contacts::Search { q: "lighthouse ".repeat(300), limit: 5, broadcasts: false, bots: false };
        let plain = search.to_bytes();
        let packed = pack_if_smaller(plain.clone());
        assert!(packed.len() < plain.len());
        assert_eq!(unwrap(packed.clone()).unwrap().body, plain);
        let mut wrapped = INVOKE_WITH_LAYER.to_bytes();
        200i32.serialize(&mut wrapped);
        wrapped.extend(packed);
        let got = unwrap(pack_if_smaller(wrapped)).unwrap();
        assert_eq!((got.layer, got.body), (Some(200), plain));
    }

    #[test]
    fn endless_wrappers_and_deep_json_are_refused() {
        let mut body = Vec::new();
        for _ in 0..20_000 {
            INVOKE_WITHOUT_UPDATES.serialize(&mut body);
        }
        assert_eq!(unwrap(body).unwrap_err().code, 400);

        let plain = init(functions::help::GetConfig {}, Some(enums::Jsonvalue::JsonNull)).to_bytes();
        let null_at = plain.len() - 8;
        let mut body = plain[..null_at].to_vec();
        for _ in 0..80_000 {
            for part in [JSON_ARRAY, VECTOR, 1] {
                part.serialize(&mut body);
            }
        }
        assert_eq!(unwrap(body).unwrap_err().code, 400);
        assert_eq!(unwrap(vec![]).unwrap_err().code, 400);
    }

    #[test]
    fn random_calls_never_panic() {
        let mut noise = Noise::new(9);
        let whole =
            functions::InvokeWithLayer { layer: 230, query: init(functions::help::GetConfig {}, None) }.to_bytes();
        for _ in 0..rounds(20_000) {
            let mut body = whole.clone();
            for _ in 0..4 {
                let at = noise.below(body.len());
                body[at] = noise.next() as u8;
            }
            body.truncate(noise.below(body.len() + 1));
            let _ = unwrap(body);
        }
    }
}
