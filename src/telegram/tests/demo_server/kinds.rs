//! Every kind of message comes through, and nothing of it is lost on the way.

use crate::stage::{Stage, User};
use heliograph_model::{
    ButtonAction, Buttons, Media, Message, OtherMedia, PeerId, Place, ReactionKind, Service, StickerKind, VideoKind,
};
use std::collections::HashSet;

async fn everything(user: &User, chat: PeerId) -> Vec<Message> {
    let mut all = Vec::new();
    let mut place = Place::Newest;
    loop {
        let page = user.account.history(chat, place, 100).await.unwrap();
        all.splice(0..0, page.messages);
        if page.complete {
            return all;
        }
        place = Place::Before(all[0].id.server().unwrap());
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn one_of_everything() {
    let stage = Stage::new().await;
    let user = stage.sign_in(0, "one").await;
    let chat = user.chat("Every kind").await.id;
    let all = everything(&user, chat).await;
    let any = |what: &str, test: &dyn Fn(&Message) -> bool| assert!(all.iter().any(test), "no {what}");
    let media = |what: &str, test: &dyn Fn(&Media) -> bool| {
        any(what, &|message| message.media.as_ref().is_some_and(test));
    };
    for kind in [VideoKind::Film, VideoKind::Round, VideoKind::Loop] {
        media("moving picture", &|media| {
            matches!(media, Media::Video(video) if video.kind == kind && video.width > 0 && video.duration > 0
                && video.document.thumbnail.as_ref().is_some_and(|still| still.file.is_some() && still.stripped.is_some()))
        });
    }
    for kind in [StickerKind::Still, StickerKind::Lottie, StickerKind::Film] {
        media("sticker", &|media| matches!(media, Media::Sticker(sticker) if sticker.kind == kind));
    }
    media("voice", &|media| matches!(media, Media::Voice(voice) if voice.waveform.len() == 100));
    media(
        "music",
        &|media| matches!(media, Media::Audio(music) if music.title.is_some() && music.document.thumbnail.is_some()),
    );
    media("hidden picture", &|media| matches!(media, Media::Photo(photo) if photo.spoiler));
    media("poll without a vote", &|media| matches!(media, Media::Poll(poll) if !poll.voted() && !poll.quiz));
    media(
        "poll with ours",
        &|media| matches!(media, Media::Poll(poll) if poll.voted() && poll.answers.iter().all(|answer| answer.voters.is_some())),
    );
    media("answered quiz", &|media| {
        matches!(media, Media::Poll(poll) if poll.quiz && poll.voted() && poll.solution.is_some()
            && poll.answers.iter().any(|answer| answer.correct))
    });
    media("contact", &|media| matches!(media, Media::Contact(contact) if contact.user.is_some()));
    media("venue", &|media| matches!(media, Media::Location(place) if place.venue.is_some()));
    media("moving place", &|media| matches!(media, Media::Location(place) if place.live_until.is_some()));
    media("dice", &|media| matches!(media, Media::Dice(dice) if dice.value == 64));
    for kind in
        [OtherMedia::Game, OtherMedia::Invoice, OtherMedia::Giveaway, OtherMedia::Checklist, OtherMedia::Expired]
    {
        media("kind by name", &|media| *media == Media::Other(kind));
    }
    any("quote", &|message| {
        message.reply.as_ref().is_some_and(|reply| reply.quote.is_some() && reply.message.is_some())
    });
    any("answer to a stranger", &|message| message.reply.as_ref().is_some_and(|reply| reply.name.is_some()));
    any("hidden forward", &|message| message.forward.as_ref().is_some_and(|forward| forward.name.is_some()));
    any("signed forward", &|message| {
        message.forward.as_ref().is_some_and(|forward| forward.author.is_some() && forward.post.is_some())
    });
    any("inline bot", &|message| message.via_bot.is_some());
    any("large preview", &|message| message.preview.as_ref().is_some_and(|page| page.large && page.photo.is_some()));
    any("small preview", &|message| message.preview.as_ref().is_some_and(|page| !page.large && page.photo.is_some()));
    any("preview above", &|message| message.preview.as_ref().is_some_and(|page| page.above));
    any("pending preview", &|message| message.preview.as_ref().is_some_and(|page| page.pending));
    any("our reaction", &|message| message.reactions.iter().any(|reaction| reaction.chosen && reaction.count > 1_000));
    any("custom reaction", &|message| {
        message.reactions.iter().any(|reaction| matches!(reaction.kind, ReactionKind::Custom(_)))
    });
    any("keyboard", &|message| matches!(message.buttons, Buttons::Keyboard { once: true, .. }));
    any("inline buttons", &|message| match &message.buttons {
        Buttons::Inline(rows) => rows.iter().flatten().any(|button| matches!(button.action, ButtonAction::Copy(_))),
        _ => false,
    });
    let albums: HashSet<i64> = all.iter().filter_map(|message| message.album).collect();
    for count in 2..=10 {
        let of = |album: &i64| all.iter().filter(|message| message.album == Some(*album)).count();
        assert!(albums.iter().any(|album| of(album) == count), "no album of {count}");
    }
    let happened: Vec<&Service> = all.iter().filter_map(|message| message.service.as_ref()).collect();
    assert_eq!(happened.iter().filter(|service| ***service == Service::Other).count(), 1, "the one that says nothing");
    let kinds: HashSet<_> = happened.iter().map(|service| std::mem::discriminant(*service)).collect();
    assert!(kinds.len() >= 42, "only {} kinds of things that happen", kinds.len());
}

#[tokio::test(flavor = "multi_thread")]
async fn posts_are_signed_seen_and_talked_about() {
    let stage = Stage::new().await;
    let user = stage.sign_in(0, "one").await;
    let herald = user.chat("Harbour Herald").await;
    let posts = everything(&user, herald.id).await;
    let posts: Vec<&Message> = posts.iter().filter(|post| post.service.is_none()).collect();
    assert!(posts.len() >= 300);
    assert!(posts.iter().all(|post| post.author.is_some() && post.views.is_some() && post.forwards.is_some()));
    let comments = posts.iter().filter_map(|post| post.comments.as_ref());
    let most = comments.clone().map(|comments| comments.count).max();
    assert_eq!((comments.clone().count(), most), (posts.len(), Some(3)));
    assert!(comments.clone().any(|comments| comments.group.is_some() && !comments.recent.is_empty()));
    let all = user.everything().await;
    let peer = |name: &str| all.peers.iter().find(|peer| peer.name == name).unwrap();
    assert!(!peer("Harbour Herald").writable && peer("Robin's window").writable && peer("Every kind").writable);
    assert!(peer("Sealed letters").protected && !peer("Every kind").protected);
    let sealed = user.account.history(peer("Sealed letters").id, Place::Newest, 20).await.unwrap();
    assert!(sealed.messages.iter().filter(|message| message.service.is_none()).all(|message| message.protected));
}
