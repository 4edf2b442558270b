//! How is a tag looked at quickly, beside the list, and chosen, by keys?

use leptos::prelude::*;

use super::selection::Selection;
use crate::{
    keys::{Act, focus},
    routes::Here,
    shared::{filter::Names, rows::Choose},
    shell::actions::Actions,
};

/// Offers the keys of the current row. While the pane beside the list is open it follows the rows that the keys reach;
/// the list keeps the focus, and the way back stays as it was.
pub(super) fn offer(
    selection: Selection,
    names: Memo<Names>,
    current: Memo<Option<usize>>,
    choose: Callback<(usize, Choose)>,
) {
    let Here { selected, .. } = expect_context();
    let actions = Actions::here();
    let close = Callback::new(move |()| {
        selection.close();
        focus::to_rows_from(".inspector");
    });
    let peek = Callback::new(move |()| {
        if selected.read_untracked().is_some() {
            return close.run(());
        }
        let at = current.get_untracked().unwrap_or_default();
        if let Some(name) = names.read_untracked().get(at).cloned() {
            selection.show(name);
        }
    });
    actions.offer(Act::PeekRow, peek);
    let toggle = Callback::new(move |()| {
        if let Some(at) = current.get_untracked() {
            choose.run((at, Choose::Toggle));
        }
    });
    actions.offer(Act::ChooseRow, toggle);
    let open = Memo::new(move |_| selected.read().is_some());
    Effect::new(move |_| {
        if open.get() {
            actions.offer(Act::ClosePeek, close);
        }
    });
}
