//! How is work started that ends when nobody wants it any more?

use std::sync::Arc;

use futures_util::future::{AbortHandle, abortable};
use leptos::task::spawn_local;

/// Running work. When its last clone is dropped, the work is dropped too, and with it its request.
#[derive(Debug, Clone)]
pub(crate) struct Task {
    _abort: Arc<Abort>,
}

#[derive(Debug)]
struct Abort(AbortHandle);

impl Drop for Abort {
    fn drop(&mut self) {
        self.0.abort();
    }
}

/// Starts work.
pub(crate) fn start(work: impl Future<Output = ()> + 'static) -> Task {
    let (work, handle) = abortable(work);
    spawn_local(async move {
        let _ = work.await;
    });
    Task { _abort: Arc::new(Abort(handle)) }
}
