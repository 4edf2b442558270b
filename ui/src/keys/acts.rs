//! Which actions are there? Each of them once, with its name, its words and the keys that it comes with.
//!
//! Screens offer actions of this list while they are shown; a user's own keys belong to an action's name, which stays
//! when its words change.

/// What a person can do by a key, from the palette, or both.
struct Entry {
    id: &'static str,
    place: Place,
    words: &'static str,
    keys: &'static [&'static str],
}

/// Where an action is at home.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Place {
    /// The rows of a list: heard while the list has the focus.
    Rows,
    /// A list.
    List,
    /// An object, on its own screen or beside a list.
    Object,
    /// An object on its own screen.
    Page,
    /// The window itself.
    Everywhere,
}

macro_rules! acts {
    ($( $act:ident $id:literal $place:ident $words:literal [$($key:literal),*]; )*) => {
        /// An action.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub(crate) enum Act { $( #[doc = $id] $act, )* }

        impl Act {
            /// Every one, in the order in which they are shown.
            pub(crate) const ALL: &[Self] = &[$( Self::$act, )*];

            const fn entry(self) -> Entry {
                match self {
                    $( Self::$act => Entry { id: $id, place: Place::$place, words: $words, keys: &[$($key),*] }, )*
                }
            }
        }
    };
}

acts! {
    RowDown "row-down" Rows "ui.keys.row_down" ["j"];
    RowUp "row-up" Rows "ui.keys.row_up" ["k"];
    OpenRow "open-row" Rows "ui.keys.open_row" ["Enter"];
    PeekRow "peek-row" Rows "ui.tags.peek" ["Space"];
    ChooseRow "choose-row" Rows "ui.tags.choose_row" ["m", "Mod+Space"];

    Filter "filter" List "ui.do.filter" ["/"];
    RefreshList "refresh-list" List "ui.list.refresh" ["r"];
    Pin "pin" List "ui.pin.toggle" ["b"];
    PinRow "pin-row" List "ui.repositories.pin_row" ["B"];
    CopyTagDigest "copy-tag-digest" List "ui.tags.copy_digest" ["c"];
    CopyTagReference "copy-tag-reference" List "ui.tags.copy_reference" ["C"];
    CopyTagPermalink "copy-tag-permalink" List "ui.tags.copy_permalink" ["y"];
    ClosePeek "close-peek" List "ui.tags.close_peek" ["Escape"];
    ChooseNone "choose-none" List "ui.tags.choose_none" ["Escape"];

    ShowOverview "show-overview" Object "ui.object.act.overview" ["1"];
    ShowManifest "show-manifest" Object "ui.object.act.manifest" ["2", "g m"];
    ShowConfig "show-config" Object "ui.object.act.config" ["3"];
    ShowLayers "show-layers" Object "ui.object.act.layers" ["4"];
    ShowHttp "show-http" Object "ui.object.act.http" ["5", "h"];
    ShowContent "show-content" Object "ui.object.act.content" ["6"];
    ReadObjectAgain "read-object-again" Object "ui.object.act.refresh" ["r"];
    ChoosePlatform "choose-platform" Object "ui.object.act.platform" ["p"];
    CopyCommand "copy-command" Object "ui.object.act.copy_command" ["x"];
    CopyDigest "copy-digest" Page "ui.object.act.copy_digest" ["c"];
    CopyReference "copy-reference" Page "ui.object.act.copy_reference" ["C"];
    CopyPermalink "copy-permalink" Page "ui.object.act.copy_permalink" ["y"];

    Palette "palette" Everywhere "ui.do.palette" ["Mod+k"];
    Omnibox "omnibox" Everywhere "ui.do.omnibox" ["Mod+l"];
    Keys "keys" Everywhere "ui.do.keys" ["?", "Mod+/"];
    Back "back" Everywhere "ui.do.back" ["[", "Alt+ArrowLeft"];
    Forward "forward" Everywhere "ui.do.forward" ["]", "Alt+ArrowRight"];
    GoRepositories "go-repositories" Everywhere "ui.do.repositories" ["g r"];
    GoTags "go-tags" Everywhere "ui.do.tags" ["g t"];
    Home "home" Everywhere "ui.do.home" [];
    Tour "tour" Everywhere "ui.do.tour" [];
    TourNext "tour-next" Everywhere "ui.tour.next_stop" [];
    TourPrevious "tour-previous" Everywhere "ui.tour.previous_stop" [];
    CopyLink "copy-link" Everywhere "ui.do.copy_link" [];
    ThemeSystem "theme-system" Everywhere "ui.do.theme_system" [];
    ThemeLight "theme-light" Everywhere "ui.do.theme_light" [];
    ThemeDark "theme-dark" Everywhere "ui.do.theme_dark" [];
    Stop "stop" Everywhere "ui.list.stop_reading" ["Escape"];
    StopSaving "stop-saving" Everywhere "ui.save.stop" ["Escape"];
    CloseDrawer "close-drawer" Everywhere "ui.sources.close" ["Escape"];
}

impl Act {
    /// Its name, once in the app and for good: `copy-digest`.
    pub(crate) fn id(self) -> &'static str {
        self.entry().id
    }

    /// Where it is at home.
    pub(crate) fn place(self) -> Place {
        self.entry().place
    }

    /// What it does, in words.
    pub(crate) fn words(self) -> String {
        view::text(self.entry().words, &[])
    }

    /// The keys that it comes with: `c`, `C` with Shift, `g t` for one after the other, `Escape`, `Mod+k` with Ctrl or
    /// Cmd.
    pub(super) fn own_keys(self) -> &'static [&'static str] {
        self.entry().keys
    }

    /// Whether both can be there at once, so that one key cannot be for both.
    pub(super) fn meets(self, other: Self) -> bool {
        use Place::{Everywhere, List, Object, Page, Rows};
        match (self.place(), other.place()) {
            (Everywhere, _) | (_, Everywhere) => true,
            (Rows | List, Page) | (Page, Rows | List) => false,
            (Rows | List | Object | Page, Rows | List | Object | Page) => true,
        }
    }
}
