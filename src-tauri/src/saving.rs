//! How does what was saved become a file of the user's?
//!
//! `choose_place` asks the user before anything is fetched (`x-name`: a suggestion, percent-encoded) and gives an id:
//! the page never names a path, so it can write where the user pointed, and nowhere else. `place_saved` puts the
//! file of a ticket there (`x-place`, `x-ticket`) and gives its path.

#![allow(clippy::needless_pass_by_value, reason = "the shell hands its arguments over by value")]

use std::{
    collections::VecDeque,
    path::PathBuf,
    sync::{Mutex, PoisonError},
};

use api::{Code, Error};
use host::{decode, file_name, place};
use tauri::{
    State, WebviewWindow,
    async_runtime::spawn_blocking,
    ipc::{Request, Response},
};

use crate::{
    bridge::{Bridge, header, text},
    dialog,
};

/// Places that were chosen and not used; of more, the oldest are forgotten.
const MOST_PLACES: usize = 50;

/// The places that the user chose, by id.
#[derive(Debug, Default)]
pub(crate) struct Places(Mutex<Chosen>);

#[derive(Debug, Default)]
struct Chosen {
    chosen: VecDeque<(String, PathBuf)>,
    count: u64,
}

impl Places {
    fn keep(&self, path: PathBuf) -> String {
        let mut state = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        state.count += 1;
        let id = format!("place-{}", state.count);
        if state.chosen.len() == MOST_PLACES {
            state.chosen.pop_front();
        }
        state.chosen.push_back((id.clone(), path));
        id
    }

    fn of(&self, id: &str) -> Option<PathBuf> {
        let state = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        state.chosen.iter().find(|(given, _)| given == id).map(|(_, path)| path.clone())
    }

    fn forget(&self, id: &str) {
        let mut state = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        state.chosen.retain(|(given, _)| given != id);
    }
}

/// Asks the user for a place; gives its id, or null.
#[tauri::command]
pub(crate) async fn choose_place(
    request: Request<'_>,
    bridge: State<'_, Bridge>,
    window: WebviewWindow,
) -> Result<Response, String> {
    let asked = decode(header(&request, "x-name")?).unwrap_or_default();
    let chosen = dialog::choose(&window, file_name(&asked)).await;
    let chosen =
        chosen.map_err(|error| text(Error::new(Code::Internal, format!("no dialog opens: {error}"))))?;
    json(&chosen.map(|path| bridge.places.keep(path)))
}

/// Puts a saved file in its place; gives the path. A place that cannot be written can be tried again, and so can
/// another one for the same ticket.
#[tauri::command]
pub(crate) async fn place_saved(request: Request<'_>, bridge: State<'_, Bridge>) -> Result<Response, String> {
    let (id, ticket) = (header(&request, "x-place")?, header(&request, "x-ticket")?);
    let unknown = |what: &str| {
        text(Error::new(
            Code::BadRequest,
            format!("This {what} was used before, or is of another window: save again."),
        ))
    };
    let to = bridge.places.of(id).ok_or_else(|| unknown("place"))?;
    let saved = bridge.returned.or_new(&bridge.composed.service, ticket).ok_or_else(|| unknown("file"))?;
    let (from, at) = (saved.path.clone(), to.clone());
    // A copy to another disk takes its time.
    let placed = spawn_blocking(move || place(&from, &at)).await;
    let placed = placed.unwrap_or_else(|error| Err(Error::new(Code::Internal, error.to_string())));
    match placed {
        Ok(()) => {
            bridge.places.forget(id);
            json(&to.to_string_lossy())
        }
        Err(error) => {
            bridge.returned.give(ticket, saved);
            Err(text(error))
        }
    }
}

fn json(value: &impl serde::Serialize) -> Result<Response, String> {
    let bytes =
        serde_json::to_vec(value).map_err(|error| text(Error::new(Code::Internal, error.to_string())))?;
    Ok(Response::new(bytes))
}
