//! Which events does a stream of frames carry?

use api::{Error, Frame};
use futures_util::{
    StreamExt,
    stream::{self, LocalBoxStream, Stream},
};
use serde::de::DeserializeOwned;

/// The longest line that is read: a batch of names is far below.
const LONGEST: usize = 32 * 1024 * 1024;

/// Raw frames, each one JSON.
pub(super) type Frames = LocalBoxStream<'static, Result<Vec<u8>, Error>>;

/// Cuts bytes into lines.
#[derive(Debug, Default)]
pub(super) struct Lines {
    rest: Vec<u8>,
    scanned: usize,
}

impl Lines {
    /// Takes more bytes, gives the lines that are whole now.
    ///
    /// # Errors
    /// A line that is longer than any frame.
    pub(super) fn push(&mut self, bytes: &[u8]) -> Result<Vec<Vec<u8>>, Error> {
        self.rest.extend_from_slice(bytes);
        let mut lines = Vec::new();
        let mut start = 0;
        while let Some(at) = self.rest[self.scanned..].iter().position(|byte| *byte == b'\n') {
            let end = self.scanned + at;
            if end > start {
                lines.push(self.rest[start..end].to_vec());
            }
            start = end + 1;
            self.scanned = start;
        }
        self.rest.drain(..start);
        self.scanned = self.rest.len();
        if self.rest.len() > LONGEST {
            return Err(super::gone(&view::text("ui.client.line_too_long", &[])));
        }
        Ok(lines)
    }
}

/// The events of a watch. A stream that stops without its end was cut: the host is gone.
pub(super) fn events<E: DeserializeOwned + 'static>(frames: Frames) -> impl Stream<Item = Result<E, Error>> {
    stream::unfold(Some(frames), |frames| async move {
        let mut frames = frames?;
        let frame = match frames.next().await {
            None => Err(super::gone(&view::text("ui.client.cut", &[]))),
            Some(Err(error)) => Err(error),
            Some(Ok(bytes)) => super::decode::<Frame<E>>("watch", &bytes),
        };
        match frame {
            Ok(Frame::Event(event)) => Some((Ok(event), Some(frames))),
            Ok(Frame::End) => None,
            Ok(Frame::Failed(error)) | Err(error) => Some((Err(error), None)),
        }
    })
}
