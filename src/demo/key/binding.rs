//! Binding a temporary key to a permanent one: <https://core.telegram.org/method/auth.bindTempAuthKey>.
//!
//! The client proves that it has the permanent key by a message that is encrypted with it, in the old way of MTProto 1.

use grammers_crypto::aes::ige_decrypt;
use grammers_tl_types::{Cursor, Deserializable, Identifiable, enums, functions, types};
use sha1::{Digest as _, Sha1};

use super::{AuthKey, AuthKeys, Epochs};
use crate::rpc::RpcError;

/// What a client says that binds a key.
#[derive(Debug)]
pub(crate) struct Asked<'a> {
    /// The temporary key over which it came.
    pub(crate) key: &'a AuthKey,
    pub(crate) msg_id: i64,
    pub(crate) session_id: i64,
    /// The call, with its constructor.
    pub(crate) body: &'a [u8],
    /// Unix seconds.
    pub(crate) now: i64,
    pub(crate) epochs: Epochs,
}

/// Whether a call is this one.
pub(crate) fn is_bind(constructor: u32) -> bool {
    constructor == functions::auth::BindTempAuthKey::CONSTRUCTOR_ID
}

/// Checks the proof and binds the key. Gives the id of the permanent one.
pub(crate) fn bind(keys: &AuthKeys, asked: &Asked<'_>) -> Result<i64, RpcError> {
    let refused = |name: &str| RpcError::new(400, name);
    let arguments = asked.body.get(4..).unwrap_or_default();
    let request =
        functions::auth::BindTempAuthKey::from_bytes(arguments).map_err(|_| refused("INPUT_REQUEST_INVALID"))?;
    let Some(expires_at) = asked.key.expires_at() else { return Err(refused("TEMP_AUTH_KEY_EMPTY")) };
    let found = keys.find(request.perm_auth_key_id, asked.key.dc(), asked.now, asked.epochs);
    // A client that hears this makes a new permanent key, which is right when this one is unknown.
    let permanent =
        found.filter(|key| key.expires_at().is_none()).ok_or_else(|| refused("ENCRYPTED_MESSAGE_INVALID"))?;
    let proof = open(permanent.data(), permanent.id(), &request.encrypted_message)
        .ok_or_else(|| refused("ENCRYPTED_MESSAGE_INVALID"))?;
    let inner = &proof.inner;
    let fits = proof.msg_id == asked.msg_id
        && inner.nonce == request.nonce
        && inner.temp_auth_key_id == asked.key.id()
        && inner.perm_auth_key_id == permanent.id()
        && inner.temp_session_id == asked.session_id
        && inner.expires_at == request.expires_at;
    if !fits {
        return Err(refused("ENCRYPTED_MESSAGE_INVALID"));
    }
    // The clocks of both sides may differ a little.
    if i64::from(request.expires_at) <= asked.now || i64::from(request.expires_at) > expires_at + 3600 {
        return Err(refused("EXPIRES_AT_INVALID"));
    }
    if !asked.key.bind(permanent.id()) {
        return Err(refused("TEMP_AUTH_KEY_ALREADY_BOUND"));
    }
    Ok(permanent.id())
}

struct Proof {
    msg_id: i64,
    inner: types::BindAuthKeyInner,
}

/// Opens a message of MTProto 1: <https://core.telegram.org/mtproto/description_v1>.
fn open(key: &[u8; 256], key_id: i64, encrypted: &[u8]) -> Option<Proof> {
    let (head, rest) = encrypted.split_first_chunk::<8>()?;
    let (message_key, rest) = rest.split_first_chunk::<16>()?;
    if i64::from_le_bytes(*head) != key_id || rest.is_empty() || rest.len() > 512 || !rest.len().is_multiple_of(16) {
        return None;
    }
    let (aes, iv) = aes_key(key, message_key);
    let mut plain = rest.to_vec();
    ige_decrypt(&mut plain, &aes, &iv);
    let mut cursor = Cursor::from_slice(&plain);
    // Random bytes where salt and session otherwise are.
    let _random = <[u8; 16]>::deserialize(&mut cursor).ok()?;
    let msg_id = i64::deserialize(&mut cursor).ok()?;
    let seq_no = i32::deserialize(&mut cursor).ok()?;
    let length = usize::try_from(i32::deserialize(&mut cursor).ok()?).ok()?;
    let end = cursor.pos().checked_add(length)?;
    let (body, all) = (plain.get(cursor.pos()..end)?, plain.get(..end)?);
    let digest: [u8; 20] = Sha1::digest(all).into();
    if digest.get(4..20)? != message_key || seq_no != 0 || plain.len() - end > 15 {
        return None;
    }
    let enums::BindAuthKeyInner::Inner(inner) = enums::BindAuthKeyInner::from_bytes(body).ok()?;
    Some(Proof { msg_id, inner })
}

fn aes_key(key: &[u8; 256], message_key: &[u8; 16]) -> ([u8; 32], [u8; 32]) {
    let sum = |parts: [&[u8]; 3]| -> [u8; 20] {
        parts.iter().fold(Sha1::new(), |sum, part| sum.chain_update(part)).finalize().into()
    };
    let a = sum([message_key, &key[0..32], &[]]);
    let b = sum([&key[32..48], message_key, &key[48..64]]);
    let c = sum([&key[64..96], message_key, &[]]);
    let d = sum([message_key, &key[96..128], &[]]);
    let mut aes = [0u8; 32];
    aes[..8].copy_from_slice(&a[..8]);
    aes[8..20].copy_from_slice(&b[8..20]);
    aes[20..].copy_from_slice(&c[4..16]);
    let mut iv = [0u8; 32];
    iv[..12].copy_from_slice(&a[8..20]);
    iv[12..20].copy_from_slice(&b[..8]);
    iv[20..24].copy_from_slice(&c[16..20]);
    iv[24..].copy_from_slice(&d[..8]);
    (aes, iv)
}

/// What a client would send to bind a key.
#[cfg(test)]
pub(crate) fn proof(key: &[u8; 256], key_id: i64, msg_id: i64, inner: types::BindAuthKeyInner) -> Vec<u8> {
    use grammers_crypto::aes::ige_encrypt;
    use grammers_tl_types::Serializable;
    let body = enums::BindAuthKeyInner::Inner(inner).to_bytes();
    let mut plain = vec![0x33u8; 16];
    plain.extend(msg_id.to_le_bytes());
    plain.extend(0i32.to_le_bytes());
    plain.extend((body.len() as i32).to_le_bytes());
    plain.extend(body);
    let digest: [u8; 20] = Sha1::digest(&plain).into();
    let message_key: [u8; 16] = digest[4..].try_into().unwrap();
    plain.resize(plain.len().next_multiple_of(16), 0x44);
    let (aes, iv) = aes_key(key, &message_key);
    ige_encrypt(&mut plain, &aes, &iv);
    let mut out = key_id.to_le_bytes().to_vec();
    out.extend(message_key);
    out.extend(plain);
    out
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use grammers_tl_types::Serializable;

    use super::*;
    use crate::wire::tests::{Noise, rounds};

    const NOW: i64 = 1_700_000_000;

    struct Stand {
        keys: AuthKeys,
        permanent: Arc<AuthKey>,
        temporary: Arc<AuthKey>,
    }

    fn stand() -> Stand {
        let keys = AuthKeys::default();
        let permanent = Arc::new(AuthKey::new([1; 256], 2, 0, NOW, Epochs::default()));
        let temporary = Arc::new(AuthKey::new([2; 256], 2, 0, NOW, Epochs::default()).temporary(NOW + 86400));
        assert!(keys.add(permanent.clone()) && keys.add(temporary.clone()));
        Stand { keys, permanent, temporary }
    }

    impl Stand {
        fn inner(&self) -> types::BindAuthKeyInner {
            types::BindAuthKeyInner {
                nonce: 5,
                temp_auth_key_id: self.temporary.id(),
                perm_auth_key_id: self.permanent.id(),
                temp_session_id: 9,
                expires_at: (NOW + 86400) as i32,
            }
        }

        fn ask(&self, by: &AuthKey, inner: types::BindAuthKeyInner, msg_id: i64) -> Result<i64, RpcError> {
            let request = functions::auth::BindTempAuthKey {
                perm_auth_key_id: self.permanent.id(),
                nonce: 5,
                expires_at: inner.expires_at,
                encrypted_message: proof(self.permanent.data(), self.permanent.id(), msg_id, inner),
            };
            self.send(by, &request.to_bytes())
        }

        fn send(&self, key: &AuthKey, body: &[u8]) -> Result<i64, RpcError> {
            let epochs = Epochs::default();
            bind(&self.keys, &Asked { key, msg_id: 400, session_id: 9, body, now: NOW, epochs })
        }
    }

    fn refused(name: &str) -> Result<i64, RpcError> {
        Err(RpcError::new(400, name))
    }

    #[test]
    fn who_has_both_keys_may_bind_them() {
        let stand = stand();
        let permanent = stand.permanent.id();
        assert_eq!(stand.ask(&stand.temporary, stand.inner(), 400), Ok(permanent));
        assert_eq!(stand.temporary.device(), Some(permanent));
        assert_eq!(stand.ask(&stand.temporary, stand.inner(), 400), Ok(permanent), "again is as good");
    }

    #[test]
    fn a_proof_that_does_not_fit_is_refused() {
        let stand = stand();
        type Change = fn(&mut types::BindAuthKeyInner);
        let changes: [Change; 4] = [
            |inner| inner.nonce += 1,
            |inner| inner.temp_auth_key_id += 1,
            |inner| inner.perm_auth_key_id += 1,
            |inner| inner.temp_session_id += 1,
        ];
        for change in changes {
            let mut inner = stand.inner();
            change(&mut inner);
            assert_eq!(stand.ask(&stand.temporary, inner, 400), refused("ENCRYPTED_MESSAGE_INVALID"));
        }
        assert_eq!(stand.ask(&stand.temporary, stand.inner(), 404), refused("ENCRYPTED_MESSAGE_INVALID"), "its id");
        assert_eq!(stand.ask(&stand.permanent, stand.inner(), 400), refused("TEMP_AUTH_KEY_EMPTY"));
        for expires_at in [NOW - 1, NOW + 100_000] {
            let inner = types::BindAuthKeyInner { expires_at: expires_at as i32, ..stand.inner() };
            assert_eq!(stand.ask(&stand.temporary, inner, 400), refused("EXPIRES_AT_INVALID"));
        }
        stand.keys.remove(stand.permanent.id());
        assert_eq!(stand.ask(&stand.temporary, stand.inner(), 400), refused("ENCRYPTED_MESSAGE_INVALID"));
        assert_eq!(stand.temporary.device(), None);
    }

    #[test]
    fn a_bound_key_is_not_bound_to_another() {
        let stand = stand();
        assert!(stand.temporary.bind(12345));
        assert_eq!(stand.ask(&stand.temporary, stand.inner(), 400), refused("TEMP_AUTH_KEY_ALREADY_BOUND"));
    }

    #[test]
    fn damaged_proofs_are_refused_and_nothing_panics() {
        let stand = stand();
        let mut noise = Noise::new(3);
        let good = functions::auth::BindTempAuthKey {
            perm_auth_key_id: stand.permanent.id(),
            nonce: 5,
            expires_at: stand.inner().expires_at,
            encrypted_message: proof(stand.permanent.data(), stand.permanent.id(), 400, stand.inner()),
        }
        .to_bytes();
        for _ in 0..rounds(20_000) {
            let mut body = good.clone();
            let at = 4 + noise.below(body.len() - 4);
            body[at] ^= 1 << noise.below(8);
            if noise.below(4) == 0 {
                body.truncate(noise.below(body.len()));
            }
            // Bytes that only pad the end of the argument are nobody's business.
            if body.len() < good.len() || at < good.len() - 3 {
                assert!(stand.send(&stand.temporary, &body).is_err(), "byte {at}");
            }
        }
    }
}
