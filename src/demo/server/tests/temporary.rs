//! Temporary keys: perfect forward secrecy.

use super::*;

fn get_users() -> Vec<u8> {
    functions::users::GetUsers { id: Vec::new() }.to_bytes()
}

impl Stand {
    async fn temporary(&self) -> Client {
        Client::sign_for_a_time(self.address(HOME), &self.front.hub.rsa.public_pem()).await
    }
}

#[tokio::test]
async fn a_bound_key_calls_as_the_permanent_one() {
    let stand = stand().await;
    let permanent = stand.client().await;
    let mut client = stand.temporary().await;
    assert_eq!(client.bind(&permanent).await, Ok(true.to_bytes()));
    client.ask(get_users()).await.unwrap();
    let caller = *stand.methods.callers.lock().unwrap().last().unwrap();
    assert_eq!((caller.key_id, caller.session_id), (permanent.key_id(), client.session_id()));
    assert_ne!(caller.key_id, client.key_id());
}

#[tokio::test]
async fn an_unbound_key_may_only_ask_how_things_are() {
    let stand = stand().await;
    let mut client = stand.temporary().await;
    assert_eq!(client.ask(get_users()).await, Err((401, "AUTH_KEY_PERM_EMPTY".to_owned())));
    assert_eq!(client.ask(get_nearest()).await, Ok(nearest()));
    assert_eq!(stand.scenario.calls("users.getUsers"), 1, "and nobody carried it out");
    assert_eq!(*stand.methods.carried_out.lock().unwrap(), ["help.getNearestDc"]);
}

#[tokio::test]
async fn updates_reach_every_key_of_the_device_and_no_other() {
    let stand = stand().await;
    let mut permanent = stand.client().await;
    let mut stranger = stand.temporary().await;
    let mut clients = [stand.temporary().await, stand.temporary().await];
    for client in &mut clients {
        client.bind(&permanent).await.unwrap();
        client.ask(get_users()).await.unwrap();
    }
    permanent.ask(get_users()).await.unwrap();
    stranger.ask(get_nearest()).await.unwrap();
    let updates = enums::Updates::TooLong.to_bytes();
    stand.front.hub.sessions.push(permanent.key_id(), updates.clone());
    for client in clients.iter_mut().chain([&mut permanent]) {
        client.find(|body| (body == updates).then_some(())).await;
    }
    stranger.ping().await;
    assert!(!stranger.has(|body| body == updates));
}

#[tokio::test]
async fn a_wrong_proof_and_a_permanent_key_are_refused() {
    let stand = stand().await;
    let permanent = stand.client().await;
    let mut other = stand.client().await;
    let mut client = stand.temporary().await;
    assert_eq!(other.bind(&permanent).await, Err((400, "TEMP_AUTH_KEY_EMPTY".to_owned())));
    stand.front.hub.keys.remove(permanent.key_id());
    assert_eq!(client.bind(&permanent).await, Err((400, "ENCRYPTED_MESSAGE_INVALID".to_owned())));
    assert_eq!(client.bind(&other).await, Ok(true.to_bytes()), "the session lives on");
    let elsewhere = Client::sign(stand.address(FILES), Kind::Full, &stand.front.hub.rsa.public_pem()).await;
    let mut another = stand.temporary().await;
    let told = another.bind(&elsewhere).await;
    assert_eq!(told, Err((400, "ENCRYPTED_MESSAGE_INVALID".to_owned())), "a key of another datacenter");
}
