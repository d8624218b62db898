//! What can happen on the screen, and what the screen needs of the application.

use super::history::Asked;
use super::rows::Key;
use super::{calendar, choosing, deleting, menu, pressing, search};
use crate::download;
use crate::media::photos::{self, Face};
use crate::media::pictures::{self, Blurred};
use crate::widget::timeline::{Edge, Saved, Visible};
use heliograph_model::{
    Button, ButtonAnswer, ChatPage, Folder, HistoryPage, Message as Said, MessageId, Messages, Peer, PeerId, Poll,
    ReactionKind,
};
use heliograph_store::Drafts;
use heliograph_telegram::{Error, Proxy, Start, StoredPage, Transfer};
use iced::advanced::image::{Allocation, Handle};
use iced::widget::text_editor;
use iced::{Point, Task};
use std::ops::Range;

/// What happens on the screen.
#[derive(Clone, Debug)]
pub enum Message {
    /// What was seen last came.
    StartCame(Result<Box<Start>, Error>),
    /// A page of the chat list came: the first one, or a further one.
    ChatsCame(bool, Result<ChatPage, Error>),
    /// The person's folders came, or not.
    FoldersCame(Result<Vec<Folder>, Error>),
    /// A folder was chosen, by its number.
    FolderChosen(i32),
    /// Try to load the list again.
    ChatsRetried,
    /// How the connection stands is wanted.
    ConnectionPressed,
    /// These rows of the list are in view.
    Listed(Range<usize>),
    /// A chat was chosen.
    Opened(PeerId),
    /// Back to the list.
    Closed,
    /// A page of messages came, or not.
    HistoryCame {
        /// Of which chat.
        chat: PeerId,
        /// Which one.
        asked: Asked,
        /// The page.
        page: Result<HistoryPage, Error>,
        /// Blurred pictures for its photos.
        blurred: Vec<Blurred>,
    },
    /// What is stored of a page of messages came.
    StoredCame {
        /// Of which chat.
        chat: PeerId,
        /// Which one.
        asked: Asked,
        /// So much of it.
        page: StoredPage,
        /// Blurred pictures for its photos.
        blurred: Vec<Blurred>,
    },
    /// Try to load messages again.
    HistoryRetried,
    /// An end of the messages is near.
    Reached(Edge),
    /// Other messages are in view.
    Seen(Visible<Key>),
    /// A moment has passed since something came into view.
    Lingered,
    /// The window has the focus, or not any more.
    Focused(bool),
    /// The reader has come to rest at another place.
    Placed(Saved<Key>),
    /// Down: back to where one jumped from, to what is new, to the newest message.
    EndWanted,
    /// To a message of a chat.
    MessageWanted(PeerId, i32),
    /// Back to where one was before the last jump.
    BackWanted,
    /// To what names us.
    MentionWanted,
    /// To what was reacted to.
    ReactionWanted,
    /// What names us in a chat came, or not.
    MentionsCame(PeerId, Result<Messages, Error>),
    /// What was reacted to in a chat came, or not.
    ReactionsCame(PeerId, Result<Messages, Error>),
    /// What is kept at the top of a chat came, or not.
    PinsCame(PeerId, Result<Messages, Error>),
    /// What is begun is to answer nothing.
    ReplyDropped,
    /// To the pinned message that is shown.
    PinPressed,
    /// How often posts were seen and passed on.
    ViewsCounted(PeerId, Vec<(i32, u32, u32)>),
    /// In the calendar.
    Calendar(calendar::Message),
    /// In choosing messages and text.
    Choosing(choosing::Message),
    /// The menu of a row is wanted, there.
    MenuWanted(Key, Point),
    /// In the menu of a message.
    Menu(menu::Message),
    /// In deleting.
    Deleting(deleting::Message),
    /// Messages were deleted.
    Deleted(PeerId, Vec<i32>),
    /// The address of a message came, or not.
    MessageLinkCame(Result<Option<String>, Error>),
    /// Say this.
    Say(String),
    /// Something was done in the composer.
    Composed(text_editor::Action),
    /// Send what is written.
    Submitted,
    /// What was begun and not sent came.
    DraftsCame(Vec<(PeerId, Drafts)>),
    /// The other draft of the chat is wanted.
    DraftWanted,
    /// Downloads that were going on when the program ended came.
    TransfersCame(Vec<Transfer>),
    /// What waits since the program ran last came.
    OutgoingCame(Vec<Said>),
    /// Try to send once more.
    SendRetried(MessageId),
    /// Nothing more is to be done about this one.
    SendForgotten(MessageId),
    /// Reading was told to the server.
    Marked(PeerId, Result<(), Error>),
    /// A sign of writing is over.
    TypingEnded(Vec<(PeerId, PeerId, u64)>),
    /// Something was told that needs no answer.
    Told,
    /// Blurred pictures came.
    BlurredCame(Vec<Blurred>),
    /// A profile photo came, or not.
    FaceCame(photos::Key, Option<Face>),
    /// A picture came, or not.
    PictureCame(pictures::Key, Option<Handle>),
    /// What draws it has taken a picture over, or needs it anew each time.
    PictureTaken(pictures::Key, Handle, Option<Allocation>),
    /// Fetch the file of a message.
    DownloadWanted(i32),
    /// Do not.
    DownloadCancelled(i32),
    /// Something happened to a download.
    Downloaded(download::Message),
    /// The path to save to was edited.
    PathEdited(i32, String),
    /// Save there.
    SaveWanted(i32),
    /// Words in a message were pressed that lead somewhere.
    Led(crate::widget::text::Link),
    /// Code in a message is to be copied.
    CodeCopied(String),
    /// A picture that is hidden was pressed.
    Revealed(MessageId),
    /// This answer of a poll was pressed.
    AnswerChosen(MessageId, usize),
    /// Send what is ticked.
    VoteWanted(MessageId),
    /// The server has the vote, or not.
    Voted(PeerId, MessageId, Result<Option<Box<Poll>>, Error>),
    /// Show why the right answer is right, or hide it.
    ExplanationWanted(MessageId),
    /// A second has passed that is counted on the screen.
    Ticked,
    /// A link leads elsewhere than it looks: open it all the same, or not.
    LinkAnswered(bool),
    /// A link was pressed.
    LinkPressed(String),
    /// The desktop opened it, or not.
    LinkOpened(String, bool),
    /// A spoiler in the words of a message was looked under: where it begins.
    SpoilerOpened(MessageId, usize),
    /// Show this person, group or channel.
    PeerWanted(PeerId),
    /// Show the comments on a post: in which channel, which post, and the group that has them.
    CommentsWanted(PeerId, i32, PeerId),
    /// A reaction to a message of the open chat was pressed.
    ReactionPressed(i32, ReactionKind),
    /// A button under a message of the open chat was pressed: its row and column.
    ButtonPressed(i32, pressing::Place),
    /// A bot answered, or not.
    ButtonAnswered(PeerId, i32, pressing::Place, Result<ButtonAnswer, Error>),
    /// A button of the keyboard below the composer was pressed, which came with this message.
    KeyPressed(i32, Button),
    /// What a bot said was confirmed.
    AlertConfirmed,
    /// Something to be said over whatever is shown.
    Noted(String),
    /// Messages that others answer came, or not.
    AnsweredCame(PeerId, Vec<i32>, Result<Messages, Error>),
    /// Who we are, or why that is not known.
    MyselfCame(Result<Peer, Error>),
    /// Whose public name this is came, or not.
    NameCame(String, Result<Option<Peer>, Error>),
    /// In searching.
    Search(search::Place, search::Message),
    /// The edge of the list is dragged to here.
    ListDragged(f32),
    /// It is let go.
    ListDropped,
    /// Escape was pressed.
    Escaped,
    /// How many pixels of the screen one of ours is.
    DensityKnown(f32),
}

/// What the screen needs of the application.
#[derive(Debug)]
pub enum Action {
    /// Nothing.
    None,
    /// Run this.
    Run(Task<Message>),
    /// Say this over whatever is shown.
    Say(String),
    /// Keep the list so wide.
    ListWidth(f32),
    /// Show this page of the settings.
    Settings(crate::screen::settings::Page),
    /// To ask whether to add this proxy.
    Proxy(Box<Proxy>),
}
