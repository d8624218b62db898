//! Another session of an account, which can do what our client cannot yet: scan QR codes, end sessions.

use crate::stage::Stage;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use grammers_crypto::two_factor_auth::calculate_2fa;
use grammers_tl_types::{Deserializable as _, RemoteCall, enums, functions, types};
use heliograph_demo::rpc::Caller;
use heliograph_demo::{Api, DemoAccount};
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

/// It asks the server without a socket.
pub struct Friend {
    api: Arc<Api>,
    caller: Caller,
}

impl Friend {
    /// Signs in to the account.
    pub async fn of(stage: &Stage, demo: &DemoAccount) -> Self {
        static KEYS: AtomicI64 = AtomicI64::new(1);
        let key_id = KEYS.fetch_add(1, Ordering::Relaxed);
        let friend =
            Self { api: stage.server.api(), caller: Caller { key_id, session_id: 1, dc: demo.dc, layer: 230 } };
        let settings = types::CodeSettings {
            allow_flashcall: false,
            current_number: false,
            allow_app_hash: false,
            allow_missed_call: false,
            allow_firebase: false,
            unknown_number: false,
            logout_tokens: None,
            token: None,
            app_sandbox: None,
        };
        let phone_number = demo.phone.clone();
        let send = functions::auth::SendCode {
            phone_number: phone_number.clone(),
            api_id: 1,
            api_hash: "x".into(),
            settings: settings.into(),
        };
        let enums::auth::SentCode::Code(sent) = friend.call(&send).await.unwrap() else { panic!("a code") };
        let sign_in = functions::auth::SignIn {
            phone_number,
            phone_code_hash: sent.phone_code_hash,
            phone_code: Some(demo.code.clone()),
            email_verification: None,
        };
        match (friend.call(&sign_in).await, &demo.password) {
            (Ok(_), None) => {}
            (Err(error), Some(words)) if error == "SESSION_PASSWORD_NEEDED" => friend.unlock(words).await,
            (other, _) => panic!("{other:?}"),
        }
        friend
    }

    async fn unlock(&self, words: &str) {
        let enums::account::Password::Password(password) =
            self.call(&functions::account::GetPassword {}).await.unwrap();
        let Some(enums::PasswordKdfAlgo::Sha256Sha256Pbkdf2Hmacsha512iter100000Sha256ModPow(algo)) =
            password.current_algo
        else {
            panic!("an algorithm")
        };
        let b = password.srp_b.unwrap();
        let (m1, a) = calculate_2fa(&algo.salt1, &algo.salt2, &algo.p, &algo.g, b, vec![9; 256], words);
        let proof = types::InputCheckPasswordSrp { srp_id: password.srp_id.unwrap(), a: a.to_vec(), m1: m1.to_vec() };
        self.call(&functions::auth::CheckPassword { password: proof.into() }).await.unwrap();
    }

    /// The answer to a request, or the name of the error.
    pub async fn call<R: RemoteCall>(&self, request: &R) -> Result<R::Return, String> {
        match self.api.answer(&self.caller, &request.to_bytes()).await {
            Ok(bytes) => Ok(R::Return::from_bytes(&bytes).unwrap()),
            Err(error) => Err(error.message),
        }
    }

    /// Says yes to what a QR code says.
    pub async fn scan(&self, url: &str) -> Result<(), String> {
        let token = url.strip_prefix("tg://login?token=").expect("the form that phones know");
        let token = URL_SAFE_NO_PAD.decode(token).unwrap();
        self.call(&functions::auth::AcceptLoginToken { token }).await.map(|_| ())
    }

    /// The numbers of the other sessions.
    pub async fn others(&self) -> Vec<i64> {
        let enums::account::Authorizations::Authorizations(all) =
            self.call(&functions::account::GetAuthorizations {}).await.unwrap();
        let all = all.authorizations.into_iter().map(|enums::Authorization::Authorization(one)| one);
        all.filter(|one| !one.current).map(|one| one.hash).collect()
    }
}
